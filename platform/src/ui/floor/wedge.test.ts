import { expect, test } from 'vitest';
import { WedgeListener } from './wedge.ts';

function type(keys: string, gap: number, end = 'Enter') {
  const codes: string[] = [];
  const wedge = new WedgeListener((code) => codes.push(code));
  let at = 1000;
  for (const key of keys) {
    at += gap;
    wedge.press(key, at);
  }
  return { swallowed: wedge.press(end, at + gap), codes };
}

test('a fast burst that ends with Enter or Tab is a scan', () => {
  expect(type('ZZ-QDJ-0128', 12)).toEqual({ swallowed: true, codes: ['ZZ-QDJ-0128'] });
  expect(type('ZZ-QDJ-0128', 30, 'Tab').codes).toEqual(['ZZ-QDJ-0128']);
});

test('a hand at the keyboard is not', () => {
  expect(type('ZZ-QDJ-0128', 120)).toEqual({ swallowed: false, codes: [] });
  expect(type('abc', 10)).toEqual({ swallowed: false, codes: [] });
});

test('what was typed before a burst is no part of it', () => {
  const codes: string[] = [];
  const wedge = new WedgeListener((code) => codes.push(code));
  wedge.press('x', 0);
  for (const [i, key] of [...'12345'].entries()) wedge.press(key, 900 + i * 10);
  wedge.press('Enter', 950);
  expect(codes).toEqual(['12345']);
});
