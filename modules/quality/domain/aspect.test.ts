import { expect, test } from 'vitest';
import { aspectOf, marginOf } from './aspect.ts';

test('lengths and angles are accuracy, the rest is function', () => {
  expect(['mm', 'deg', 'in', 'V', 'dB(A)', 'bool'].map(aspectOf)).toEqual([
    ...['accuracy', 'accuracy', 'accuracy', 'function', 'function', 'function'],
  ]);
});

test('the room before the nearest limit: a brush of 15.5 mm against 10 to 15.7, a run-out of 0.019 under 0.076', () => {
  const band = [{ level: 'enterprise', min: '10', max: '15.7' }];
  expect(marginOf(12.85, 'mm', band)).toBeCloseTo(1, 9);
  expect(marginOf(10, 'mm', band)).toBeCloseTo(0, 9);
  expect(marginOf(9, 'mm', band)).toBeLessThan(0);
  expect(marginOf(0.019, 'mm', [{ level: 'national', max: '0.076' }])).toBeCloseTo(0.75, 9);
  const two = [
    { level: 'national', max: '8.5' },
    { level: 'enterprise', max: '8.0' },
    { level: 'customer', max: '7.0' },
  ];
  expect(marginOf(7.6, 'V', two)).toBeCloseTo(0.05, 9); // the plant's limit, not one customer's
  expect(marginOf(1, 'bool', two)).toBeUndefined();
  expect(marginOf(1, 'V', [])).toBeUndefined();
});
