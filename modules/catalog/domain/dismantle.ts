/** Words of a list in one cell: `10 20`, `10,20`, `10、20` are the same. */
export function wordsOf(cell: unknown): string[] {
  return String(cell ?? '')
    .split(/[\s,，、;；]+/)
    .filter((w) => w !== '');
}

/** A ring of joins that wait for each other, by code; undefined when there is none. */
export function waitingRing(
  joins: readonly { readonly code: string; readonly after: readonly string[] }[],
): string[] | undefined {
  const after = new Map(joins.map((j) => [j.code, j.after]));
  const state = new Map<string, 'open' | 'done'>();
  const path: string[] = [];
  const visit = (code: string): string[] | undefined => {
    if (state.get(code) === 'done') return undefined;
    if (state.get(code) === 'open') return [...path.slice(path.indexOf(code)), code];
    state.set(code, 'open');
    path.push(code);
    for (const next of after.get(code) ?? []) {
      const ring = visit(next);
      if (ring) return ring;
    }
    path.pop();
    state.set(code, 'done');
    return undefined;
  };
  for (const { code } of joins) {
    const ring = visit(code);
    if (ring) return ring;
  }
  return undefined;
}
