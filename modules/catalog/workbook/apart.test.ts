/** What is read and compared in a thread comes to the same as here, and ends when it is told to. */
import { afterAll, expect, test } from 'vitest';
import { plantRows } from '../testing.ts';
import { BookApart, feedApart } from './apart.ts';
import { compare, type Standing } from './compare.ts';
import { Faults } from './faults.ts';
import { workbookOfFeed } from './feed.ts';
import { namedIn } from './named.ts';
import { readWorkbook } from './read.ts';
import { noRows } from './sheets.ts';
import { writeWorkbook } from './write-xlsx.ts';

const open: BookApart[] = [];
afterAll(() => Promise.all(open.map((book) => book.close())));

async function apart(bytes: Uint8Array, signal = new AbortController().signal): Promise<BookApart> {
  const read = await BookApart.read(bytes, signal);
  if (!read.ok) throw new Error(read.error.code);
  open.push(read.value);
  return read.value;
}

test('the plan and the faults are those of a comparison here, however often it is asked for', async () => {
  const rows = await plantRows('A');
  const bytes = await writeWorkbook(rows, 'filled');
  const changed = { ...rows, parts: rows.parts.map((r, i) => ({ ...r, name_en: `part ${i}` })) };
  const nothing: Standing = { rows: noRows(), contains: [], gtins: new Map() };
  const book = await apart(bytes);
  for (const standing of [nothing, { ...nothing, rows }, { ...nothing, rows: changed }, nothing]) {
    const faults = new Faults();
    const read = await readWorkbook(bytes, faults);
    if (!read.ok) throw new Error(read.error.code);
    expect(book.named).toEqual(namedIn(read.value));
    const plan = compare(read.value, standing, faults);
    const compared = await book.compare(standing);
    expect(compared).toEqual({ ok: true, value: { faults: { count: 0, kept: [] }, plan } });
  }
});

test('a fault of a cell and one of the comparison are told together, with nothing to write', async () => {
  const rows = await plantRows('A');
  const [first, ...others] = rows.parts;
  const parts = [{ ...first, mass_g: 'heavy' }, ...others.slice(1)];
  const book = await apart(await writeWorkbook({ ...rows, parts }, 'filled'));
  const compared = await book.compare({ rows: noRows(), contains: [], gtins: new Map() });
  if (!compared.ok) throw new Error(compared.error.code);
  const { faults, plan } = compared.value;
  const codes = new Set(faults.kept.map((f) => f.code));
  expect([...codes]).toEqual(expect.arrayContaining(['NOT_NUMBER', 'PART_UNKNOWN']));
  expect(plan.write).toEqual(noRows());
});

test('what cannot be read is refused with the same words', async () => {
  const bytes = new Uint8Array(5000);
  const there = await BookApart.read(bytes, new AbortController().signal);
  expect(there).toEqual(await readWorkbook(bytes, new Faults()));
});

test('a cancel ends the reading, and nothing is compared after it', async () => {
  const bytes = await writeWorkbook(await plantRows('A'), 'filled');
  const cancel = new AbortController();
  const reading = BookApart.read(bytes, cancel.signal);
  cancel.abort();
  await expect(reading).rejects.toThrow(/ended/);
  await expect(BookApart.read(bytes, cancel.signal)).rejects.toThrow();
  const later = new AbortController();
  const book = await apart(bytes, later.signal);
  later.abort();
  const standing = { rows: noRows(), contains: [], gtins: new Map<string, string>() };
  await expect(book.compare(standing)).rejects.toThrow();
});

test('a feed becomes the same workbook', async () => {
  const csv = new TextEncoder().encode('part,kind,number\nA-1,oe,77\n');
  const there = await feedApart('feed.csv', csv);
  const here = await workbookOfFeed('feed.csv', csv);
  const rowsOf = async (bytes: Uint8Array | undefined) => {
    const read = bytes && (await readWorkbook(bytes, new Faults()));
    return read?.ok ? read.value.rows : undefined;
  };
  expect(await rowsOf(there)).toEqual(await rowsOf(here));
  expect(await feedApart('feed.json', new TextEncoder().encode('{}'))).toBeUndefined();
});
