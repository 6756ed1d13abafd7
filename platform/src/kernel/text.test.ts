import { expect, test } from 'vitest';
import { bothOf, text } from './text.ts';

test('a field of both languages gives each reader their half, any other itself', () => {
  expect(bothOf('膜厚 | film thickness')).toEqual(text('膜厚', 'film thickness'));
  expect(bothOf('GB/T 28673')).toEqual(text('GB/T 28673', 'GB/T 28673'));
  expect(bothOf('')).toEqual(text('', ''));
});
