import type { Random } from '../random.ts';
import { at } from '../typed.ts';
import type { FlexibleGraph } from './graph.ts';

/**
 * Writes one critical path into `path`, first operation first, drawn at random wherever it forks.
 *
 * @returns how many operations it has.
 */
export function criticalPath(graph: FlexibleGraph, random: Random, path: Int32Array): number {
  const { n, end, time, machineBefore, makespan, shop } = graph;
  const { before, lag } = shop;
  let x = n;
  let seen = 0;
  for (let y = 0; y < n; y++) {
    if (at(end, y) === makespan && random.below(++seen) === 0) x = y;
  }
  let i = n;
  while (x < n) {
    path[--i] = x;
    const start = at(end, x) - at(time, x);
    const m = at(machineBefore, x);
    let next = n;
    seen = 0;
    if (m !== n && at(end, m) === start) {
      next = m;
      seen = 1;
    }
    for (let k = at(before.first, x); k < at(before.first, x + 1); k++) {
      const b = at(before.values, k);
      if (at(end, b) + at(lag, b) === start && random.below(++seen) === 0) next = b;
    }
    x = next;
  }
  path.copyWithin(0, i, n);
  return n - i;
}
