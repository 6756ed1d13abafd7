import { deflateRawSync } from 'node:zlib';
import type { Actor, TestApp } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as c from './contract.ts';
import { catalogApp, plantRows } from './testing.ts';
import { Faults } from './workbook/faults.ts';
import { readWorkbook } from './workbook/read.ts';
import { noRows, type Row } from './workbook/sheets.ts';
import { writeWorkbook } from './workbook/write-xlsx.ts';

const MIB = 1024 * 1024;

let t: TestApp;
let owner: Actor;
beforeAll(async () => {
  t = await catalogApp({ background: true });
  owner = await (await t.org()).as('owner');
});
afterAll(() => t.stop());

const upload = (bytes: Uint8Array) => ({ file: { name: 'plant.xlsx', bytes } });

/** A ZIP archive of entries that say of themselves what they like. */
function archive(
  entries: readonly { name: string; packed: Uint8Array; size: number; crc?: number }[],
): Uint8Array {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const e of entries) {
    const head = Buffer.alloc(30 + e.name.length);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(e.packed.length, 18);
    head.writeUInt32LE(e.size, 22);
    head.writeUInt16LE(e.name.length, 26);
    head.write(e.name, 30);
    const central = Buffer.alloc(46 + e.name.length);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(e.crc ?? 0, 16);
    central.writeUInt32LE(e.packed.length, 20);
    central.writeUInt32LE(e.size, 24);
    central.writeUInt16LE(e.name.length, 28);
    central.writeUInt32LE(at, 42);
    central.write(e.name, 46);
    pieces.push(head, Buffer.from(e.packed));
    directory.push(central);
    at += head.length + e.packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...pieces, ...directory, end]);
}

/** Waits for the job of an import and gives what became of it. */
async function settled(importId: string) {
  const read = () => owner.ok(c.getImport, { params: { importId } });
  await expect.poll(async () => (await read()).state, { timeout: 30_000 }).not.toBe('checking');
  return read();
}

describe('a file that is no workbook we read says what to do', () => {
  const compound = (inside: string) =>
    Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.alloc(1016),
      Buffer.from(inside, 'utf16le'),
      Buffer.alloc(2048),
    ]);

  test('a workbook under a password', async () => {
    expect(await owner.refused(c.startImport, upload(compound('EncryptedPackage')))).toBe(
      'WORKBOOK_ENCRYPTED',
    );
  });

  test('a workbook of old Excel', async () => {
    expect(await owner.refused(c.startImport, upload(compound('Workbook')))).toBe(
      'WORKBOOK_OLD_FORMAT',
    );
  });

  test.each([
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'IMPORT_FILE_REQUIRED'],
    ['a page', Buffer.from('<html><body>1</body></html>'), 'FILE_TYPE_REFUSED'],
    ['nothing at all', Buffer.alloc(0), 'FILE_EMPTY'],
    [
      'another office document',
      archive([
        { name: '[Content_Types].xml', packed: deflateRawSync('<Types/>'), size: 8 },
        { name: 'word/document.xml', packed: deflateRawSync('<w/>'), size: 4 },
      ]),
      'WORKBOOK_UNREADABLE',
    ],
  ])('%s', async (_, bytes, code) => {
    expect(await owner.refused(c.startImport, upload(bytes))).toBe(code);
  });
});

describe('a bomb', () => {
  const bomb = deflateRawSync(Buffer.alloc(64 * MIB, 0x20), { level: 9 });
  const of = (size: number) =>
    archive([
      { name: '[Content_Types].xml', packed: deflateRawSync('<Types/>'), size: 8 },
      { name: 'xl/workbook.xml', packed: bomb, size },
    ]);

  test('that says it is small is given up as soon as it is larger than it says', async () => {
    const bytes = of(1000);
    expect(bytes.length).toBeLessThan(256 * 1024);
    const before = process.cpuUsage();
    expect(await owner.refused(c.startImport, upload(bytes))).toBe('WORKBOOK_UNREADABLE');
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
  });

  test('that says how large it is goes to a job, which refuses it in a sentence', async () => {
    const memory = process.memoryUsage().rss;
    const begun = await owner.ok(c.startImport, upload(of(64 * MIB)));
    expect(begun.state).toBe('checking');
    const { state, report } = await settled(begun.id);
    expect(state).toBe('refused');
    expect(report?.faults[0]?.message.zh).toMatch(/展开后超过|文件损坏/);
    expect(process.memoryUsage().rss - memory).toBeLessThan(512 * MIB);
  });
});

test('a file of thirty megabytes that is damaged ends in a report, not in an endless check', async () => {
  const rows = await plantRows('A');
  const bytes = Buffer.concat([await writeWorkbook(rows, 'filled'), Buffer.alloc(30 * MIB)]);
  const begun = await owner.ok(c.startImport, upload(bytes));
  expect(begun.state).toBe('checking');
  const { state, report } = await settled(begun.id);
  expect(state).toBe('refused');
  expect(report).toMatchObject({ faultCount: 1, faults: [{ code: 'WORKBOOK_UNREADABLE' }] });
});

test('a hundred thousand rows are read while others are served', async () => {
  const rows = noRows();
  rows.parts = Array.from(
    { length: 100_000 },
    (_, i): Row => ({
      ...{ number: `N-${i}`, kind: 'component', name_zh: `零件 ${i}`, name_en: `part ${i}` },
      basis: 'assumption',
    }),
  );
  const bytes = await writeWorkbook(rows, 'filled');
  let turns = 0;
  const watch = setInterval(() => turns++, 1);
  const faults = new Faults();
  const book = await readWorkbook(bytes, faults);
  clearInterval(watch);
  if (!book.ok) throw new Error(book.error.code);
  expect(book.value.rows.get('parts')).toHaveLength(100_000);
  expect(turns, 'times that somebody else was served').toBeGreaterThan(20);
}, 60_000);
