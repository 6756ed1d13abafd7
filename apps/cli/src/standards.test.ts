import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentOf, eventHash, objectEvent } from '@zaizao/epcis';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readText } from './read-text.ts';
import { epcisCommand, gs1Command } from './standards.ts';

let home = '';
const said: string[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'standards-'));
  said.length = 0;
  for (const way of ['log', 'error'] as const) {
    vi.spyOn(console, way).mockImplementation((text) => said.push(String(text)));
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(home, { recursive: true, force: true });
});

function file(name: string, text: string | Uint8Array): string {
  writeFileSync(join(home, name), text);
  return join(home, name);
}

const event = objectEvent({
  eventTime: '2026-11-22T09:00:00+08:00',
  action: 'OBSERVE',
  epcList: ['https://id.gs1.org/01/09521141123454/21/1'],
});

test('hashes every event of a document, with a byte order mark or without, and an event alone', async () => {
  const document = JSON.stringify(documentOf([event, event], { creationDate: event.eventTime }));
  expect(await epcisCommand(['hash', file('a.json', `\uFEFF${document}`)])).toBe(0);
  expect(await epcisCommand(['hash', file('b.json', JSON.stringify(event))])).toBe(0);
  expect(said).toEqual(Array(3).fill(eventHash(event)));
  expect(await epcisCommand(['validate', file('a.json', document)])).toBe(0);
});

test('says what is wrong with a file', async () => {
  for (const text of ['', '[]', '"x"', '{', '<a/>', new Uint8Array([0, 200, 1])]) {
    expect(await epcisCommand(['validate', file('x', text)])).toBe(1);
    expect(said.splice(0).join()).toContain('epcisException:ValidationException');
  }
  await expect(epcisCommand(['hash', join(home, 'none')])).rejects.toThrow('没有这个文件');
  await expect(readText(home)).rejects.toThrow('a folder, not a file');
});

test.each([
  [
    'HTTPS://shop.example/a/01/09521141123454?17=261231',
    'https://id.gs1.org/01/09521141123454?17=261231',
  ],
  ['^010952114112345410A^21B', 'https://id.gs1.org/01/09521141123454/10/A/21/B'],
  ['urn:epc:id:sgtin:9521141.012345.400', 'https://id.gs1.org/01/09521141123454/21/400'],
])('gs1 digital-link %s', async (text, link) => {
  expect(await gs1Command(['digital-link', text])).toBe(0);
  expect(said).toEqual([link]);
});

test.each([
  ['ftp://shop.example/01/09521141123454', 'DL_URI'],
  ['https://shop.example/AQnYUc1gmiCNV4JGLjIV', 'decompress'],
  ['(01)09521141123455', 'check digit'],
  ['hello', 'ELEMENT_UNKNOWN'],
])('gs1 digital-link %s is refused', async (text, why) => {
  expect(await gs1Command(['digital-link', text])).toBe(1);
  expect(said.join()).toContain(why);
});
