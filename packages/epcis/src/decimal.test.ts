import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalDecimal, decimalOf, hashedNumber, LosslessNumber } from './decimal.ts';
import { parseJson, stringifyJson } from './json.ts';

describe('canonicalDecimal', () => {
  test.each([
    ['1.0', '1'],
    ['+0012.3400', '12.34'],
    ['-0.0', '0'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1e3', '1000'],
    ['1.5E-3', '0.0015'],
    ['12.5e1', '125'],
    ['-7e-1', '-0.7'],
    ['0.12345678901234567890', '0.1234567890123456789'],
    ['9007199254740993', '9007199254740993'],
  ])('%s → %s', (text, expected) => {
    expect(canonicalDecimal(text)).toBe(expected);
  });

  test.each(['', '.', '1,5', 'abc', '0x10', '1e999999', 'Infinity', '1 2'])(
    '%s is no number',
    (t) => {
      expect(canonicalDecimal(t)).toBeUndefined();
    },
  );

  test('keeps the value and is a fixed point', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = canonicalDecimal(String(value));
        expect(Number(text) === value).toBe(true);
        expect(canonicalDecimal(text ?? '')).toBe(text);
      }),
    );
  });
});

test('numbers in hashes go through a double', () => {
  expect(hashedNumber('26.10')).toBe('26.1');
  expect(hashedNumber('-0')).toBe('0');
  expect(hashedNumber('111100001111000011110000')).toBe('111100001111000003641344');
  expect(hashedNumber('0.00001')).toBe('1e-05');
  expect(hashedNumber('1e-12')).toBe('1e-12');
  expect(hashedNumber('1e999')).toBeUndefined();
  expect(hashedNumber('2019-10-21')).toBeUndefined();
});

describe('lossless JSON', () => {
  test('numbers that JavaScript holds are numbers, others keep their digits', () => {
    const text =
      '{"a":1.50,"b":[0.1234567890123456789,9007199254740993],"c":1e3,"d":"12345678901234567890"}';
    const parsed = parseJson(text);
    expect(parsed).toEqual({
      a: 1.5,
      b: [new LosslessNumber('0.1234567890123456789'), new LosslessNumber('9007199254740993')],
      c: 1000,
      d: '12345678901234567890',
    });
    expect(stringifyJson(parsed)).toBe(
      '{"a":1.5,"b":[0.1234567890123456789,9007199254740993],"c":1000,"d":"12345678901234567890"}',
    );
  });

  test('reads what JSON.parse reads, the long way too', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(parseJson(text)).toEqual(JSON.parse(text));
        // A long number first forces the lossless reader.
        const [first, second] = parseJson(`[0.1234567890123456789, ${text}]`) as unknown[];
        expect(first).toBeInstanceOf(LosslessNumber);
        expect(second).toEqual(JSON.parse(text));
      }),
    );
  });

  test('no digit is lost', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^-?[1-9]\d{0,30}\.\d{0,30}[1-9]$/), (text) => {
        expect(stringifyJson(parseJson(`[${text}]`))).toBe(`[${canonicalDecimal(text)}]`);
      }),
    );
  });

  test.each(['{', '[1,]', '{"a":1,}', '01', '1.', '"\n"', '[0.1234567890123456789 x]', ''])(
    '%j is a SyntaxError',
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
      expect(() => parseJson(`[0.1234567890123456789,${text}`)).toThrow(SyntaxError);
    },
  );

  test('hostile nesting is a SyntaxError, not a crash', () => {
    expect(() => parseJson('['.repeat(5000) + ']'.repeat(5000))).toThrow(SyntaxError);
    expect(() => parseJson(`[0.1234567890123456789,${'['.repeat(5000)}`)).toThrow(SyntaxError);
  });

  test('"__proto__" is a key like any other', () => {
    const parsed = parseJson('{"__proto__":{"x":0.1234567890123456789}}');
    expect(Object.keys(parsed as object)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  });

  test('a number that no double holds keeps its digits, one beyond all measure is refused', () => {
    for (const digits of ['1e400', '-1E309', '1e-399', '[1e-324,2e0000000000308]']) {
      expect(stringifyJson(parseJson(digits))).toBe(digits);
    }
    expect(parseJson('[1e5,1e-0000000007]')).toEqual([1e5, 1e-7]);
    for (const digits of ['1e401', '-1e999', '1e-500', '1e-0000000000500', '1e99999999999999']) {
      expect(() => parseJson(digits)).toThrow(SyntaxError);
      expect(() => parseJson(`{"a":${digits}}`)).toThrow(SyntaxError);
    }
  });

  test('a number as XML writes it is written as JSON', () => {
    expect(stringifyJson([decimalOf('+0.1234567890123456789'), decimalOf('.5')])).toBe(
      '[0.1234567890123456789,0.5]',
    );
    expect(stringifyJson(decimalOf('0012345678901234567890'))).toBe('12345678901234567890');
  });

  test('decimalOf prefers a plain number', () => {
    expect(decimalOf('0.100')).toBe(0.1);
    expect(decimalOf('1e2')).toBe(100);
    expect(decimalOf('0.10000000000000000001')).toEqual(
      new LosslessNumber('0.10000000000000000001'),
    );
    expect(() => new LosslessNumber('x')).toThrow(TypeError);
  });
});
