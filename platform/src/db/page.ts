/** Lists in pages: cursors hold the sort key of the last row, opaque to the reader. */

import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';

export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The key, or undefined when the cursor was not made by us. */
export function decodeCursor(cursor: string): (string | number)[] | undefined {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(key) || key.length === 0 || key.length > 4) return undefined;
    // A NUL byte is a valid JSON string and not a valid PostgreSQL text.
    const good = (k: unknown) =>
      typeof k === 'number' || (typeof k === 'string' && !k.includes('\0'));
    return key.every(good) ? key : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Cuts a page out of `limit + 1` rows: if one row more came, there is a next page,
 * which starts after the last row of this one.
 */
export function cutPage<T>(
  rows: readonly T[],
  limit: number,
  keyOf: (row: T) => readonly (string | number)[],
): { items: T[]; next?: string } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last ? { items, next: encodeCursor(keyOf(last)) } : { items };
}

/** What a list is asked for: how many rows, after which. */
interface Page {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** The newest rows first, by an id that carries its time: one more than asked, for {@link cutPage}. */
export function newestFirst<DB, TB extends keyof DB, O>(
  rows: SelectQueryBuilder<DB, TB, O>,
  page: Page,
  key = 'id',
): SelectQueryBuilder<DB, TB, O> {
  return pageOf(rows, page, sql.ref(key), 'desc');
}

/** The rows in the order they were made, by an id that carries its time: one more than asked. */
export function oldestFirst<DB, TB extends keyof DB, O>(
  rows: SelectQueryBuilder<DB, TB, O>,
  page: Page,
  key = 'id',
): SelectQueryBuilder<DB, TB, O> {
  return pageOf(rows, page, sql.ref(key), 'asc');
}

function pageOf<DB, TB extends keyof DB, O>(
  rows: SelectQueryBuilder<DB, TB, O>,
  page: Page,
  key: RawBuilder<unknown>,
  order: 'asc' | 'desc',
): SelectQueryBuilder<DB, TB, O> {
  const last = page.cursor === undefined ? undefined : decodeCursor(page.cursor)?.[0];
  const than = order === 'desc' ? sql`<` : sql`>`;
  const after =
    last === undefined ? rows : rows.where(sql<boolean>`${key} ${than} ${String(last)}`);
  return after.orderBy(key, order).limit(page.limit + 1);
}

/**
 * Whether any of `columns` (names, or expressions) holds what a person typed, in either case. It
 * stands in brackets: beside other conditions an `or` would undo them.
 */
export function holds(
  typed: string,
  ...columns: readonly (string | RawBuilder<unknown>)[]
): RawBuilder<boolean> {
  const pattern = `%${literally(typed)}%`;
  const found = columns.map((c) => sql`${typeof c === 'string' ? sql.ref(c) : c} ilike ${pattern}`);
  return sql<boolean>`(${sql.join(found, sql` or `)})`;
}

/** What was typed for LIKE: its wildcards are themselves. */
export function literally(typed: string): string {
  return typed.replace(/[\\%_]/g, '\\$&');
}
