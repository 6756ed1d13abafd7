import { err, ok, type Result } from '@zaizao/platform/kernel';
import { catalogErrors } from '../errors.ts';
import { attributesOf, decode, elements, prefixOf } from './xml.ts';
import { type Budget, Damaged, TooLarge, textOf, type ZipEntry, zipEntries } from './zip.ts';

/** A cell as the file has it; `text` of a number is Excel’s own digits. */
export interface Cell {
  readonly ref: string;
  readonly column: number;
  readonly kind: 'text' | 'number' | 'boolean' | 'error';
  readonly text: string;
  readonly formula: boolean;
}

export interface SheetRow {
  readonly row: number;
  readonly cells: readonly Cell[];
}

/** Receives one worksheet after another, row by row; merged ranges come after the rows. */
export interface SheetReader {
  sheet(title: string): void;
  row(row: SheetRow): void;
  merged(range: string): void;
}

const MIB = 1024 * 1024;
export const MOST_MIB = 512;
export const MOST_ROWS = 300_000;
const MOST_CELLS = 200; // of one row
const LONGEST_ROW = 4 * MIB;
const LONGEST_PART = 8 * MIB;
/** Of the table of shared texts: how many, and letters in all. */
const MOST_STRINGS = 3_000_000;
const MOST_LETTERS = 128 * MIB;

/**
 * Reads a workbook in a stream: a hundred thousand rows pass without being held. Understands what
 * Excel, WPS and LibreOffice write; refuses what is not a readable .xlsx or is larger than can be
 * meant.
 * @see ECMA-376 Part 1, SpreadsheetML
 */
export async function readXlsx(bytes: Uint8Array, reader: SheetReader): Promise<Result<undefined>> {
  const entries = zipEntries(bytes);
  if (!entries) return err(whatElse(bytes));
  const budget: Budget = { bytes: MOST_MIB * MIB };
  try {
    const book = await whole(entries.get('xl/workbook.xml'), budget);
    const rels = await whole(entries.get('xl/_rels/workbook.xml.rels'), budget);
    const targets = new Map(
      tags(rels, 'Relationship', 'Relationships').map((a) => [a.Id ?? '', pathOf(a.Target ?? '')]),
    );
    const strings = await sharedStrings(entries.get('xl/sharedStrings.xml'), budget);
    const rows = { left: MOST_ROWS };
    for (const sheet of tags(book, 'sheet', 'workbook')) {
      const entry = entries.get(targets.get(sheet['r:id'] ?? sheet.id ?? '') ?? '');
      if (!entry) continue; // a chart sheet
      reader.sheet(sheet.name ?? '');
      await readSheet(entry, strings, budget, rows, reader);
    }
    return ok();
  } catch (e) {
    if (e instanceof TooLarge) {
      return err(catalogErrors.WORKBOOK_TOO_LARGE({ mib: MOST_MIB, rows: MOST_ROWS }));
    }
    if (e instanceof Damaged) return err(catalogErrors.WORKBOOK_UNREADABLE());
    throw e;
  }
}

/** Bytes that a workbook unpacks to, as its archive says; none when it is no archive. */
export function unpackedSize(bytes: Uint8Array): number {
  return [...(zipEntries(bytes)?.values() ?? [])].reduce((sum, e) => sum + e.size, 0);
}

const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * What a file is that is no archive: Excel keeps both its old format and a workbook under a password
 * in a compound file, and names the stream of the latter.
 * @see MS-CFB 2.2; MS-OFFCRYPTO 2.3.4.4
 */
export function whatElse(bytes: Uint8Array) {
  if (COMPOUND.some((byte, i) => bytes[i] !== byte)) return catalogErrors.WORKBOOK_UNREADABLE();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(ENCRYPTED)
    ? catalogErrors.WORKBOOK_ENCRYPTED()
    : catalogErrors.WORKBOOK_OLD_FORMAT();
}

function pathOf(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

/** A small part of the archive as one text. */
async function whole(entry: ZipEntry | undefined, budget: Budget): Promise<string> {
  if (!entry) throw new Damaged();
  let out = '';
  for await (const piece of textOf(entry, budget)) {
    out += piece;
    if (out.length > LONGEST_PART) throw new TooLarge();
  }
  return out;
}

/** The attributes of every element of a name, in a part of the archive held as one text. */
function tags(xml: string, name: string, root: string): Record<string, string>[] {
  return [...elements(xml, name, prefixOf(xml, root))].map((e) => attributesOf(e.attributes));
}

/** What is left of a text after its complete elements: at most the beginning of the next one. */
function restAfter(text: string, used: number, open: string): string {
  const next = text.indexOf(open, used);
  const rest = text.slice(next >= 0 ? next : Math.max(used, text.lastIndexOf('<')));
  if (rest.length > LONGEST_ROW) throw new TooLarge();
  return rest;
}

async function readSheet(
  entry: ZipEntry,
  strings: readonly string[],
  budget: Budget,
  rows: { left: number },
  reader: SheetReader,
): Promise<void> {
  let rest = '';
  let prefix: string | undefined;
  let next = 1;
  let isTail = false; // past the rows, where merged ranges are
  for await (const piece of textOf(entry, budget)) {
    rest += piece;
    prefix ??= prefixOf(rest, 'worksheet');
    let used = 0;
    for (const e of isTail ? [] : elements(rest, 'row', prefix)) {
      used = e.end;
      const row = Number(attributesOf(e.attributes).r ?? next);
      next = row + 1;
      const cells = cellsOf(e.body, row, prefix, strings);
      if (cells.length === 0) continue;
      if (--rows.left < 0) throw new TooLarge();
      reader.row({ row, cells });
    }
    isTail ||= rest.includes(`</${prefix}sheetData>`, used);
    if (isTail) {
      for (const e of elements(rest, 'mergeCell', prefix, used)) {
        used = e.end;
        reader.merged(attributesOf(e.attributes).ref ?? '');
      }
    }
    rest = restAfter(rest, used, `<${prefix}${isTail ? 'mergeCell ' : 'row'}`);
  }
}

function cellsOf(xml: string, row: number, prefix: string, strings: readonly string[]): Cell[] {
  const out: Cell[] = [];
  let column = 0;
  for (const e of elements(xml, 'c', prefix)) {
    const a = attributesOf(e.attributes);
    column = a.r ? columnNumber(a.r) : column + 1;
    const [formula] = elements(e.body, 'f', prefix);
    const [value] = elements(e.body, 'v', prefix);
    const cell = typedValue(a.t, value?.body, () => plainText(e.body, prefix), strings);
    if (!cell && !formula) continue;
    if (out.length >= MOST_CELLS) throw new TooLarge();
    const { kind, text } = cell ?? { kind: 'text', text: '' };
    out.push({ ref: `${columnName(column)}${row}`, column, kind, text, formula: !!formula });
  }
  return out;
}

function typedValue(
  type: string | undefined,
  value: string | undefined,
  inline: () => string,
  strings: readonly string[],
): Pick<Cell, 'kind' | 'text'> | undefined {
  if (type === 'inlineStr') return textCell(inline());
  if (value === undefined) return undefined;
  if (type === 's') return textCell(strings[Number(value)] ?? '');
  if (type === 'str' || type === 'd') return textCell(decode(value));
  if (type === 'b') return { kind: 'boolean', text: value === '1' ? '1' : '0' };
  if (type === 'e') return { kind: 'error', text: decode(value) };
  return { kind: 'number', text: value.trim() };
}

function textCell(text: string): Pick<Cell, 'kind' | 'text'> | undefined {
  const trimmed = text.trim();
  return trimmed === '' ? undefined : { kind: 'text', text: trimmed };
}

async function sharedStrings(entry: ZipEntry | undefined, budget: Budget): Promise<string[]> {
  const out: string[] = [];
  if (!entry) return out;
  let rest = '';
  let letters = 0;
  let prefix: string | undefined;
  for await (const piece of textOf(entry, budget)) {
    rest += piece;
    prefix ??= prefixOf(rest, 'sst');
    let used = 0;
    for (const e of elements(rest, 'si', prefix)) {
      used = e.end;
      const text = plainText(e.body, prefix);
      letters += text.length;
      out.push(text);
    }
    if (out.length > MOST_STRINGS || letters > MOST_LETTERS) throw new TooLarge();
    rest = restAfter(rest, used, `<${prefix}si`);
  }
  return out;
}

/** The text runs of a string item, without the phonetic guides of East Asian Excel. */
function plainText(xml: string, prefix: string): string {
  const guides = [...elements(xml, 'rPh', prefix)];
  return [...elements(xml, 't', prefix)]
    .filter((t) => !guides.some((g) => t.start > g.start && t.end < g.end))
    .map((t) => decode(t.body))
    .join('');
}

function columnNumber(ref: string): number {
  let n = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(ref)?.[0] ?? '') n = n * 26 + letter.charCodeAt(0) - 64;
  return n;
}

/** 1 → A, 27 → AA. */
export function columnName(n: number): string {
  let out = '';
  for (let rest = n; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    out = String.fromCharCode(65 + ((rest - 1) % 26)) + out;
  }
  return out;
}
