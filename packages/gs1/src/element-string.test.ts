import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  applicationIdentifier,
  checkValue,
  formatElementString,
  parseElementString,
} from './index.ts';

const elements = [
  { ai: '01', value: '09520123456788' },
  { ai: '10', value: 'L(1' },
  { ai: '17', value: '261200' },
  { ai: '21', value: 'S1' },
];

test('for people and as scanned, there and back', () => {
  expect(formatElementString(elements)).toBe('(01)09520123456788(10)L(1(17)261200(21)S1');
  const scanned = formatElementString(elements, 'scanned');
  expect(scanned).toBe('010952012345678810L(1\u001d1726120021S1');
  for (const text of [
    formatElementString(elements),
    scanned,
    `]Q3${scanned}`,
    `\u001d${scanned}`,
  ]) {
    expect(parseElementString(text)).toEqual({ ok: true, value: elements });
  }
});

test.each([
  ['', 'ELEMENT_FORMAT'],
  ['(01)', 'ELEMENT_FORMAT'],
  ['(01)09520123456788 x(', 'ELEMENT_VALUE'],
  ['(01)09520123456789', 'ELEMENT_VALUE'],
  ['(05)1', 'ELEMENT_UNKNOWN'],
  ['0509520123456788', 'ELEMENT_UNKNOWN'],
  ['0109520123', 'ELEMENT_VALUE'],
])('“%s” is refused: %s', (text, code) => {
  expect(parseElementString(text)).toMatchObject({ ok: false, error: { code } });
});

test('values keep the format of their identifier', () => {
  expect(checkValue('3103', '000195').ok).toBe(true);
  expect(checkValue('3103', '00195')).toMatchObject({ error: { code: 'VALUE_LENGTH' } });
  expect(checkValue('3103', '00019x')).toMatchObject({ error: { code: 'VALUE_CHARACTERS' } });
  expect(checkValue('17', '261301')).toMatchObject({ error: { code: 'VALUE_CHECK' } });
  expect(checkValue('8006', '095201234567880302')).toMatchObject({
    error: { code: 'VALUE_CHECK' },
  });
  expect(checkValue('425', '156276').ok).toBe(true);
  expect(checkValue('425', '15627')).toMatchObject({ error: { code: 'VALUE_LENGTH' } });
  expect(checkValue('8013', '1987654Ad4X4bL5ttr2310c2K').ok).toBe(true);
  expect(checkValue('8013', '1987654Ad4X4bL5ttr2310c2L')).toMatchObject({
    error: { code: 'VALUE_CHECK' },
  });
  expect(checkValue('05', '1')).toMatchObject({ error: { code: 'AI_UNKNOWN' } });
  expect(applicationIdentifier('7020')?.title).toBe('REFURB LOT');
});

test.each([
  ['11', '261200', '261300'],
  ['7006', '261231', '261200'],
  ['4326', '260228', '260229'],
  ['7007', '261231270101', '261231270100'],
  ['7003', '2612312359', '2612312400'],
  ['7011', '261231', '2612310960'],
  ['8008', '261231235959', '261231245900'],
  ['7250', '20001231', '20001301'],
  ['8001', '12345678901901', '12345678901221'],
  ['8003', '09520123456788A', '19520123456788A'],
  ['8004', '9520ABC', 'ABC9520'],
  ['8010', '9520-A', 'AB-9520'],
  ['401', '9520A', '952A'],
  ['8007', 'DE89370400440532013000', 'DE89370400440532013001'],
  ['4309', '18000000003600000000', '18000000010000000000'],
  ['4321', '1', '2'],
  ['4330', '000100-', '000100+'],
])('(%s) takes %s, not %s', (ai, good, bad) => {
  expect(checkValue(ai, good)).toMatchObject({ ok: true });
  expect(checkValue(ai, bad)).toMatchObject({ error: { code: 'VALUE_CHECK' } });
});

test('never throws', () => {
  fc.assert(fc.property(fc.string(), (text) => typeof parseElementString(text).ok === 'boolean'));
});

test('a caret stands for FNC1, an escaped bracket for itself', () => {
  expect(parseElementString('^010952012345678810A^21B')).toMatchObject({
    value: [{ ai: '01' }, { ai: '10', value: 'A' }, { ai: '21', value: 'B' }],
  });
  expect(parseElementString(String.raw`(01)09520123456788(10)A\(21)B(21)C`)).toMatchObject({
    value: [{ ai: '01' }, { ai: '10', value: 'A(21)B' }, { ai: '21', value: 'C' }],
  });
});
