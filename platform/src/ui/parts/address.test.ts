import { expect, test } from 'vitest';
import { parseSearch, stringifySearch } from './address.ts';

test('the address keeps strings as typed', () => {
  expect(parseSearch('?number=0123&on=true')).toEqual({ number: '0123', on: 'true' });
  expect(stringifySearch({ number: '0123', q: 'a&b', empty: '', none: undefined })).toBe(
    '?number=0123&q=a%26b',
  );
  expect(stringifySearch({})).toBe('');
});
