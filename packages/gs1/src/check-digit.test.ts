import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkCharacterPair, checkDigit, hasValidCheckDigit, normalizeGtin } from './index.ts';

test.each([
  ['0952012345678', '8'], // GTIN-14
  ['629104150021', '3'], // GTIN-13
  ['9638507', '4'], // GTIN-8
  ['34012345111111111', '1'], // SSCC
  ['40123450000006765', '7'], // GSRN
])('check digit of %s is %s', (digits, expected) => {
  expect(checkDigit(digits)).toBe(expected);
  expect(hasValidCheckDigit(digits + expected)).toBe(true);
});

test('a check digit catches every single wrong digit', () => {
  const digits = fc.stringMatching(/^\d{7,17}$/);
  fc.assert(
    fc.property(digits, fc.nat(), fc.integer({ min: 1, max: 9 }), (text, place, add) => {
      const key = text + checkDigit(text);
      const at = place % key.length;
      const wrong = key.slice(0, at) + ((Number(key[at]) + add) % 10) + key.slice(at + 1);
      expect(hasValidCheckDigit(wrong)).toBe(false);
    }),
  );
});

test('throws on what is no string of digits, because that is a bug', () => {
  expect(() => checkDigit('12a')).toThrow(TypeError);
});

test('GTINs of all lengths become 14 digits', () => {
  expect(normalizeGtin('96385074')).toEqual({ ok: true, value: '00000096385074' });
  expect(normalizeGtin(' 6291041500213 ')).toEqual({ ok: true, value: '06291041500213' });
  expect(normalizeGtin('6291041500214')).toMatchObject({
    ok: false,
    error: { code: 'GTIN_CHECK_DIGIT', message: expect.stringContaining('should be 3') },
  });
  expect(normalizeGtin('123')).toMatchObject({ error: { code: 'GTIN_FORMAT' } });
});

test('check characters of a Global Model Number', () => {
  expect(checkCharacterPair('1987654Ad4X4bL5ttr2310c')).toBe('2K');
  expect(checkCharacterPair('')).toBeUndefined();
  expect(checkCharacterPair('a b')).toBeUndefined();
});
