import { normaliseNumber } from '../domain/number.ts';
import type { Workbook } from './read.ts';
import { gtin14 } from './same-row.ts';
import { SHEETS } from './sheets.ts';

/** What of the catalogue a workbook must be compared with. */
export interface Named {
  /** Normalised numbers of all parts that it names anywhere. */
  readonly numbers: readonly string[];
  /** GTINs of 14 digits that it gives parts. */
  readonly gtins: readonly string[];
  readonly hasBom: boolean;
}

export function namedIn(book: Workbook): Named {
  const numbers = new Set<string>();
  for (const sheet of SHEETS) {
    const columns = sheet.columns.filter((c) => c.part).map((c) => c.key);
    if (sheet.key === 'parts') columns.push('number');
    for (const row of book.rows.get(sheet.key) ?? []) {
      for (const column of columns) {
        const value = row.values[column];
        if (value !== undefined) numbers.add(normaliseNumber(String(value)));
      }
    }
  }
  const parts = book.rows.get('parts') ?? [];
  return {
    numbers: [...numbers],
    gtins: parts.flatMap((r) => gtin14(r.values.gtin) || []),
    hasBom: book.rows.has('bom'),
  };
}
