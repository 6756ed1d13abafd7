/** When two rows are about one thing, and when they say the same of it. */
import { normalizeGtin } from '@zaizao/gs1';
import { wordsOf } from '../domain/dismantle.ts';
import { normaliseNumber } from '../domain/number.ts';
import { type Row, type SheetKey, sheetByKey, type Value } from './sheets.ts';

/** The keys under which two rows are the same thing; numbers compare without dashes and spaces. */
const NUMBER_COLUMNS = new Set(['number', 'from', 'to', 'part', 'product', 'component']);

export function keyOf(sheet: SheetKey, row: Row): string {
  return sheetByKey(sheet)
    .keys.map((k) => {
      const v = row[k];
      return NUMBER_COLUMNS.has(k) ? normaliseNumber(String(v ?? '')) : String(v ?? '');
    })
    .join(' · ');
}

export const norm = (v: Value) => normaliseNumber(String(v ?? ''));

export function belongs(part: Row, programme: Row): boolean {
  return (
    norm(part.product) === norm(programme.product) &&
    part.programme === programme.code &&
    part.version === programme.version
  );
}

/** What a row of versions is a version of. */
export function seriesOf(row: Row): string {
  return [norm(row.product), row.code, row.level ?? '', row.customer ?? ''].join(' · ');
}

/** What an empty cell stands for, where that is not nothing. */
const DEFAULTS: Readonly<Record<string, string>> = { active: 'true', crew: '1', hazard: '0' };

/** Empty, `false` and the default of a column mean the same in a cell. */
function plainValue(column: string, v: Value): string {
  if (v === undefined) return DEFAULTS[column] ?? '';
  if (v === false && column !== 'active') return '';
  return String(v);
}

export function sameRow(sheet: SheetKey, a: Row, b: Row): boolean {
  return sheetByKey(sheet).columns.every((c) => {
    if (c.part) return norm(a[c.key]) === norm(b[c.key]);
    if (c.list) return wordsOf(a[c.key]).join(' ') === wordsOf(b[c.key]).join(' ');
    if (c.key === 'gtin') return gtin14(a.gtin) === gtin14(b.gtin);
    return plainValue(c.key, a[c.key]) === plainValue(c.key, b[c.key]);
  });
}

export function gtin14(v: Value): string {
  const full = normalizeGtin(String(v ?? ''));
  return full.ok ? full.value : '';
}

export function sameRows(sheet: SheetKey, a: readonly Row[], b: readonly Row[]): boolean {
  if (a.length !== b.length) return false;
  const byKey = new Map(b.map((r) => [keyOf(sheet, r), r]));
  return a.every((r) => {
    const other = byKey.get(keyOf(sheet, r));
    return other !== undefined && sameRow(sheet, r, other);
  });
}
