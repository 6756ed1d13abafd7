import type { Compiled } from './compile.ts';
import type { Plan } from './population.ts';
import { at, item } from './typed.ts';

/** An earlier plan by operation, as far as it goes. */
export type EarlierPlan = readonly {
  readonly operation: string;
  readonly machine: string;
  readonly start: number;
}[];

/**
 * Turns an earlier plan into a starting point: operations in order of their starts, repaired to
 * respect precedence; what the plan does not know follows its predecessors, on its first machine.
 */
export function planFrom(c: Compiled, earlier: EarlierPlan): Plan {
  const start = new Float64Array(c.n).fill(Number.NaN);
  const modes = c.modeFirst.slice(0, c.n);
  for (const entry of earlier) {
    const x = c.index.get(entry.operation);
    if (x === undefined) continue;
    start[x] = entry.start;
    for (let k = at(c.modeFirst, x); k < at(c.modeFirst, x + 1); k++) {
      if (item(c.machineIds, at(c.modeMachine, k)) === entry.machine) modes[x] = k;
    }
  }
  for (const x of c.topological) {
    let ready = 0;
    for (let k = at(c.before.first, x); k < at(c.before.first, x + 1); k++) {
      ready = Math.max(ready, start[at(c.before.values, k)] ?? 0);
    }
    // Never before a predecessor, whatever the plan says.
    start[x] = Number.isNaN(start[x]) ? ready : Math.max(ready, start[x] ?? 0);
  }
  const rank = new Int32Array(c.n);
  c.topological.forEach((x, i) => {
    rank[x] = i;
  });
  const sequence = Int32Array.from(c.topological).sort(
    (a, b) => (start[a] ?? 0) - (start[b] ?? 0) || at(rank, a) - at(rank, b),
  );
  return { sequence, modes, value: Number.POSITIVE_INFINITY };
}
