/** Cursors of keyset pages: the sort key of the last row, opaque to the reader. */

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
