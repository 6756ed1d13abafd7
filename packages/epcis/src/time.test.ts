import { describe, expect, test } from 'vitest';
import { canonicalTime, compareTimes, isDateTimeStamp } from './time.ts';

describe('canonicalTime', () => {
  test.each([
    ['2019-04-02T15:00:00+01:00', '2019-04-02T14:00:00.000Z'],
    ['2023-01-18T11:04:03.1415Z', '2023-01-18T11:04:03.142Z'],
    ['2023-01-18T11:04:03.14149999Z', '2023-01-18T11:04:03.141Z'],
    ['2023-12-31T23:59:59.9995Z', '2024-01-01T00:00:00.000Z'],
    ['2020-01-01T00:30:00.5+14:00', '2019-12-31T10:30:00.500Z'],
    ['0099-03-01T00:00:00Z', '0099-03-01T00:00:00.000Z'],
    ['soon', 'soon'],
  ])('%s → %s', (text, expected) => {
    expect(canonicalTime(text)).toBe(expected);
  });
});

test.each([
  ['2024-02-29T00:00:00Z', true],
  ['2023-02-29T00:00:00Z', false],
  ['2023-13-01T00:00:00Z', false],
  ['2023-01-01T24:00:00Z', false],
  ['2023-01-01T00:00:60Z', false],
  ['2023-01-01T00:00:00', false],
  ['2023-01-01T00:00Z', false],
  ['2023-01-01T00:00:00+15:00', false],
  ['2023-01-01 00:00:00Z', false],
])('%s is a dateTimeStamp: %s', (text, expected) => {
  expect(isDateTimeStamp(text)).toBe(expected);
});

test('compares to the last digit, across zones', () => {
  expect(compareTimes('2023-01-01T01:00:00+01:00', '2023-01-01T00:00:00.000Z')).toBe(0);
  expect(compareTimes('2023-01-01T00:00:00.0000001Z', '2023-01-01T00:00:00Z')).toBeGreaterThan(0);
  expect(compareTimes('2023-01-01T00:00:00.00015Z', '2023-01-01T00:00:00.0002Z')).toBeLessThan(0);
  expect(compareTimes('2023-01-01T00:00:00.1Z', '2023-01-01T00:00:00.09Z')).toBeGreaterThan(0);
  expect(compareTimes('x', '2023-01-01T00:00:00Z')).toBeUndefined();
});
