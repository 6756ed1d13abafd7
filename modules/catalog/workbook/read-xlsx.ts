import { err, ok, type Result } from '@zaizao/platform/kernel';
import { catalogErrors } from '../errors.ts';
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
const MOST_MIB = 512;
const MOST_ROWS = 300_000;
const MOST_CELLS = 200; // of one row
const LONGEST_ROW = 4 * MIB;

/**
 * Reads a workbook in a stream: a hundred thousand rows pass without being held. Understands what
 * Excel, WPS and LibreOffice write; refuses what is not a readable .xlsx or is larger than can be
 * meant.
 * @see ECMA-376 Part 1, SpreadsheetML
 */
export async function readXlsx(bytes: Uint8Array, reader: SheetReader): Promise<Result<undefined>> {
  const entries = zipEntries(bytes);
  if (!entries) return err(catalogErrors.WORKBOOK_UNREADABLE());
  const budget: Budget = { bytes: MOST_MIB * MIB };
  try {
    const book = await whole(entries.get('xl/workbook.xml'), budget);
    const rels = await whole(entries.get('xl/_rels/workbook.xml.rels'), budget);
    const targets = new Map(
      tags(rels, 'Relationship').map((a) => [a.Id ?? '', pathOf(a.Target ?? '')]),
    );
    const strings = await sharedStrings(entries.get('xl/sharedStrings.xml'), budget);
    const rows = { left: MOST_ROWS };
    for (const sheet of tags(book, 'sheet')) {
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

function pathOf(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

async function whole(entry: ZipEntry | undefined, budget: Budget): Promise<string> {
  if (!entry) throw new Damaged();
  let out = '';
  for await (const piece of textOf(entry, budget)) out += piece;
  return out;
}

async function readSheet(
  entry: ZipEntry,
  strings: readonly string[],
  budget: Budget,
  rows: { left: number },
  reader: SheetReader,
): Promise<void> {
  let rest = '';
  let next = 1;
  for await (const piece of textOf(entry, budget)) {
    rest += piece;
    const complete = /<(?:\w+:)?row\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?row>)/g;
    let used = 0;
    for (let m = complete.exec(rest); m; m = complete.exec(rest)) {
      used = complete.lastIndex;
      const row = Number(attributes(m[1] ?? '').r ?? next);
      next = row + 1;
      const cells = cellsOf(m[2] ?? '', row, strings);
      if (cells.length === 0) continue;
      if (--rows.left < 0 || cells.length > MOST_CELLS) throw new TooLarge();
      reader.row({ row, cells });
    }
    rest = rest.slice(used);
    if (rest.length > LONGEST_ROW && rest.includes('<row')) throw new TooLarge();
  }
  for (const merge of tags(rest, 'mergeCell')) reader.merged(merge.ref ?? '');
}

const CELL = /<(?:\w+:)?c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g;

function cellsOf(xml: string, row: number, strings: readonly string[]): Cell[] {
  const out: Cell[] = [];
  let column = 0;
  for (const m of xml.matchAll(CELL)) {
    const a = attributes(m[1] ?? '');
    column = a.r ? columnNumber(a.r) : column + 1;
    const body = m[2] ?? '';
    const formula = /<(?:\w+:)?f\b/.test(body);
    const value = /<(?:\w+:)?v\b[^>]*>([\s\S]*?)<\/(?:\w+:)?v>/.exec(body)?.[1];
    const cell = typedValue(a.t, value, body, strings);
    if (!cell && !formula) continue;
    const { kind, text } = cell ?? { kind: 'text', text: '' };
    out.push({ ref: `${columnName(column)}${row}`, column, kind, text, formula });
  }
  return out;
}

function typedValue(
  type: string | undefined,
  value: string | undefined,
  body: string,
  strings: readonly string[],
): Pick<Cell, 'kind' | 'text'> | undefined {
  if (type === 'inlineStr') return textCell(plainText(body));
  if (value === undefined) return undefined;
  if (type === 's') return textCell(strings[Number(value)] ?? '');
  if (type === 'str' || type === 'd') return textCell(decode(value));
  if (type === 'b') return { kind: 'boolean', text: value === '1' ? '1' : '0' };
  if (type === 'e') return { kind: 'error', text: decode(value) };
  return { kind: 'number', text: value };
}

function textCell(text: string): Pick<Cell, 'kind' | 'text'> | undefined {
  const trimmed = text.trim();
  return trimmed === '' ? undefined : { kind: 'text', text: trimmed };
}

async function sharedStrings(entry: ZipEntry | undefined, budget: Budget): Promise<string[]> {
  const out: string[] = [];
  if (!entry) return out;
  let rest = '';
  for await (const piece of textOf(entry, budget)) {
    rest += piece;
    const item = /<(?:\w+:)?si\b[^>]*?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?si>)/g;
    let used = 0;
    for (let m = item.exec(rest); m; m = item.exec(rest)) {
      used = item.lastIndex;
      out.push(plainText(m[1] ?? ''));
    }
    rest = rest.slice(used);
    if (rest.length > LONGEST_ROW) throw new TooLarge();
  }
  return out;
}

/** The text runs of a string item, without the phonetic guides of East Asian Excel. */
function plainText(xml: string): string {
  const spoken = xml.replace(/<(?:\w+:)?rPh\b[\s\S]*?<\/(?:\w+:)?rPh>/g, '');
  let out = '';
  for (const m of spoken.matchAll(/<(?:\w+:)?t\b[^>]*?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?t>)/g)) {
    out += decode(m[1] ?? '');
  }
  return out;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function decode(xml: string): string {
  return xml
    .replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (whole, hex, dec, name) => {
      if (name) return ENTITIES[name] ?? whole;
      const code = hex ? Number.parseInt(hex, 16) : Number(dec);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    })
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll('\0', '');
}

function attributes(xml: string): Record<string, string> {
  const out: Record<string, string> = {};
  for (const m of xml.matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    out[m[1] ?? ''] = decode(m[2] ?? m[3] ?? '');
  }
  return out;
}

function tags(xml: string, name: string): Record<string, string>[] {
  const each = new RegExp(`<(?:\\w+:)?${name}\\b([^>]*?)/?>`, 'g');
  return [...xml.matchAll(each)].map((m) => attributes(m[1] ?? ''));
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
