import { expect, test } from 'vitest';
import { wantedLang } from './language.ts';

test('the address, then the last choice, then the browser', () => {
  expect(wantedLang('?lang=en', 'zh', ['zh-CN'])).toBe('en');
  expect(wantedLang('', 'en', ['zh-CN'])).toBe('en');
  expect(wantedLang('', null, ['zh-Hant-TW', 'en'])).toBe('zh');
  expect(wantedLang('', null, ['de-DE'])).toBe('en');
  expect(wantedLang('', null, [])).toBe('zh');
});
