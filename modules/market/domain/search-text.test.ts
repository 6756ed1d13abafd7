import { expect, test } from 'vitest';
import { searchText, searchWords } from './search-text.ts';

const text = searchText(['再制造起动机 12V', 'Reman starter'], ['RS-12-14-9T', '3708010-D9A']);
const finds = (typed: string) =>
  searchWords(typed).every((w) => text.includes(w.word) || text.includes(w.bare));

test('a number is found however its dashes, spaces, case and width are typed', () => {
  for (const typed of [
    '3708010-D9A',
    '3708010d9',
    '3708010 d9',
    '３７０８０１０Ｄ９',
    'rs12149t',
    '起动机 12v',
  ])
    expect(finds(typed), typed).toBe(true);
});

test('what is not there is not found', () => {
  for (const typed of ['3708010-E9', 'alternator', '起动机 24v'])
    expect(finds(typed), typed).toBe(false);
});
