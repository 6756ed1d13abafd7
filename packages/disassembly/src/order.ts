/** Nodes in an order that puts every predecessor first, or the nodes of one cycle. */
export type TopologicalOrder =
  | { readonly order: Int32Array; readonly cycle?: never }
  | { readonly order?: never; readonly cycle: number[] };

/**
 * Kahn's algorithm on `before[v]` = predecessors of v. When some nodes remain, walks predecessors
 * among them until one repeats: that stretch is a cycle, given in working order.
 */
export function topologicalOrder(before: readonly (readonly number[])[]): TopologicalOrder {
  const n = before.length;
  const waiting = new Int32Array(n);
  const after: number[][] = Array.from({ length: n }, () => []);
  for (let v = 0; v < n; v++) {
    for (const u of before[v] ?? []) {
      after[u]?.push(v);
      waiting[v] = (waiting[v] ?? 0) + 1;
    }
  }
  const order = new Int32Array(n);
  let filled = 0;
  for (let v = 0; v < n; v++) if (waiting[v] === 0) order[filled++] = v;
  for (let head = 0; head < filled; head++) {
    for (const w of after[order[head] ?? 0] ?? []) {
      const left = (waiting[w] ?? 0) - 1;
      waiting[w] = left;
      if (left === 0) order[filled++] = w;
    }
  }
  if (filled === n) return { order };
  let at = waiting.findIndex((count) => count > 0);
  const seenAt = new Map<number, number>();
  const walk: number[] = [];
  while (!seenAt.has(at)) {
    seenAt.set(at, walk.length);
    walk.push(at);
    at = (before[at] ?? []).find((u) => (waiting[u] ?? 0) > 0) ?? at;
  }
  return { cycle: walk.slice(seenAt.get(at)).reverse() };
}
