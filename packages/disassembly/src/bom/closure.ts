/**
 * A maximum-weight closure: nodes with weights, each of which may require others. Chooses the set,
 * closed under requirement, of greatest total weight; of several such sets the smallest.
 * Solved as a minimum cut (Picard 1976) with Dinic's algorithm on typed arrays.
 *
 * @param weight money of each node, finite
 * @param requires pairs (node, required node), flat
 */
export function maximumClosure(weight: Float64Array, requires: readonly number[]): Uint8Array {
  const n = weight.length;
  const source = n;
  const sink = n + 1;
  const arcs = requires.length / 2 + n;
  const head = new Int32Array(n + 2).fill(-1);
  const next = new Int32Array(arcs * 2);
  const to = new Int32Array(arcs * 2);
  const room = new Float64Array(arcs * 2);
  let count = 0;
  const link = (u: number, v: number, capacity: number): void => {
    to[count] = v;
    room[count] = capacity;
    next[count] = head[u] ?? -1;
    head[u] = count++;
    to[count] = u;
    next[count] = head[v] ?? -1;
    head[v] = count++;
  };
  let scale = 1;
  for (let v = 0; v < n; v++) {
    const w = weight[v] ?? 0;
    scale = Math.max(scale, Math.abs(w));
    if (w > 0) link(source, v, w);
    else if (w < 0) link(v, sink, -w);
  }
  for (let k = 0; k + 1 < requires.length; k += 2) {
    link(requires[k] ?? 0, requires[k + 1] ?? 0, Number.POSITIVE_INFINITY);
  }
  const epsilon = scale * 1e-12;
  const level = new Int32Array(n + 2);
  const queue = new Int32Array(n + 2);
  const current = new Int32Array(n + 2);
  const path = new Int32Array(n + 2);

  const layered = (): boolean => {
    level.fill(-1);
    level[source] = 0;
    queue[0] = source;
    let filled = 1;
    for (let k = 0; k < filled; k++) {
      const u = queue[k] ?? 0;
      for (let a = head[u] ?? -1; a >= 0; a = next[a] ?? -1) {
        const v = to[a] ?? 0;
        if ((room[a] ?? 0) <= epsilon || (level[v] ?? 0) >= 0) continue;
        level[v] = (level[u] ?? 0) + 1;
        queue[filled++] = v;
      }
    }
    return (level[sink] ?? -1) >= 0;
  };

  while (layered()) {
    current.set(head);
    let depth = 0;
    let at = source;
    for (;;) {
      if (at === sink) {
        let flow = Number.POSITIVE_INFINITY;
        for (let k = 0; k < depth; k++) flow = Math.min(flow, room[path[k] ?? 0] ?? 0);
        let cut = depth;
        for (let k = depth - 1; k >= 0; k--) {
          const a = path[k] ?? 0;
          room[a] = (room[a] ?? 0) - flow;
          room[a ^ 1] = (room[a ^ 1] ?? 0) + flow;
          if ((room[a] ?? 0) <= epsilon) cut = k;
        }
        depth = cut;
        at = to[(path[depth] ?? 0) ^ 1] ?? source;
        continue;
      }
      let a = current[at] ?? -1;
      while (a >= 0 && ((room[a] ?? 0) <= epsilon || level[to[a] ?? 0] !== (level[at] ?? 0) + 1)) {
        a = next[a] ?? -1;
      }
      current[at] = a;
      if (a >= 0) {
        path[depth++] = a;
        at = to[a] ?? 0;
      } else if (at === source) break;
      else {
        // A dead end: step back and pass over the arc that led here.
        level[at] = -1;
        at = to[(path[--depth] ?? 0) ^ 1] ?? source;
      }
    }
  }
  return Uint8Array.from({ length: n }, (_, v) => ((level[v] ?? -1) >= 0 ? 1 : 0));
}
