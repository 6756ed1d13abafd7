/** A saved set of filters. */
export interface SavedView {
  readonly name: string;
  readonly search: Readonly<Record<string, string>>;
}

interface Memory {
  readonly hidden?: readonly string[];
  readonly shown?: readonly string[];
  readonly views?: readonly SavedView[];
  readonly dense?: boolean;
}

/** What a person's browser remembers of a table: columns, density, views. */
export function recall(table: string): Memory {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(`zaizao.table.${table}`) ?? '{}');
    return typeof saved === 'object' && saved !== null ? (saved as Memory) : {}; // written by `remember` alone
  } catch {
    return {};
  }
}

export function remember(table: string, change: Memory): Memory {
  const next = { ...recall(table), ...change };
  try {
    localStorage.setItem(`zaizao.table.${table}`, JSON.stringify(next));
  } catch {
    // storage forbidden: it lasts as long as the page
  }
  return next;
}
