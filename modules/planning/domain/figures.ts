import type { Assignment, Problem } from '@zaizao/scheduling';
import type { Board } from './board.ts';

/** What a plan comes to, in words people compare plans by. Seconds and shares. */
export interface Figures {
  readonly orders: number;
  readonly operations: number;
  /** From the origin to the end of the last operation. */
  readonly makespan: number;
  readonly lateOrders: number;
  readonly lateness: number;
  /** Lateness by the weights of the orders' priorities: what the plan is asked to keep low. */
  readonly weightedLateness: number;
  readonly worstLateness: number;
  /** Mean time from the origin to the end of an order. */
  readonly meanEnd: number;
  readonly setups: number;
  readonly utilisation: readonly { readonly stationId: string; readonly share: number }[];
  readonly meanUtilisation: number;
  /** Against the plan in force: operations that changed station, and how far starts moved. */
  readonly moved: number;
  readonly meanShift: number;
}

interface Earlier {
  readonly operation: string;
  readonly machine: string;
  readonly start: number;
}

/** Measures a plan from its assignments alone. */
export function figuresOf(
  problem: Problem,
  board: Board,
  assignments: readonly Assignment[],
  earlier: readonly Earlier[],
): Figures {
  const orderOf = new Map(board.operations.map((o) => [o.id, o.order]));
  const ends = new Map<string, number>();
  for (const a of assignments) {
    const order = orderOf.get(a.operation) ?? '';
    ends.set(order, Math.max(ends.get(order) ?? 0, a.end));
  }
  const weights = new Map(problem.jobs.map((j) => [j.id, j.weight ?? 1]));
  const lateOrders = board.orders.flatMap((o) => {
    const over = o.due === undefined ? 0 : (ends.get(o.id) ?? 0) - o.due;
    return over > 0 ? [{ over, weight: weights.get(o.id) ?? 1 }] : [];
  });
  const late = lateOrders.map((l) => l.over);
  const makespan = Math.max(0, ...assignments.map((a) => a.end));
  const utilisation = usesOf(problem, assignments, makespan);
  const used = utilisation.filter((u) => u.share > 0);
  const before = new Map(earlier.map((e) => [e.operation, e]));
  const kept = assignments.flatMap((a) => {
    const was = before.get(a.operation);
    return was ? [{ moved: was.machine !== a.machine, shift: Math.abs(was.start - a.start) }] : [];
  });
  return {
    orders: board.orders.length,
    operations: assignments.length,
    makespan,
    lateOrders: late.length,
    lateness: late.reduce((n, x) => n + x, 0),
    weightedLateness: lateOrders.reduce((n, l) => n + l.over * l.weight, 0),
    worstLateness: Math.max(0, ...late),
    meanEnd: mean([...ends.values()]),
    setups: setupsOf(problem, assignments).length,
    utilisation,
    meanUtilisation: mean(used.map((u) => u.share)),
    moved: kept.filter((k) => k.moved).length,
    meanShift: mean(kept.map((k) => k.shift)),
  };
}

const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((n, x) => n + x, 0) / values.length;

/** Share of its open time until the end of the plan that each station works. */
function usesOf(problem: Problem, assignments: readonly Assignment[], makespan: number) {
  return problem.machines
    .filter((m) => !m.id.startsWith('outside:'))
    .map((m) => {
      const windows = m.calendar ?? [{ start: 0, end: makespan }];
      const open = windows.reduce(
        (n, w) => n + Math.max(0, Math.min(w.end, makespan) - w.start),
        0,
      );
      // Work in one batch counts once.
      const starts = new Map<string, number>();
      for (const a of assignments) {
        if (a.machine !== m.id) continue;
        const key = m.batch ? String(a.start) : a.operation;
        const worked = windows.reduce(
          (n, w) => n + Math.max(0, Math.min(w.end, a.end) - Math.max(w.start, a.start)),
          0,
        );
        starts.set(key, Math.max(starts.get(key) ?? 0, worked));
      }
      const busy = [...starts.values()].reduce((n, x) => n + x, 0);
      return { stationId: m.id, share: open > 0 ? Math.min(1, busy / open) : 0 };
    });
}

/** The set-ups a plan needs, each just before the work it is for. */
export function setupsOf(
  problem: Problem,
  assignments: readonly Assignment[],
): { machine: string; start: number; end: number; before: string }[] {
  const family = new Map(
    problem.jobs.flatMap((j) => j.operations.map((o) => [o.id, o.family ?? ''] as const)),
  );
  return problem.machines.flatMap((m) => {
    const times = new Map(m.setups?.times.map((t) => [`${t.from}\u0000${t.to}`, t.time]));
    if (times.size === 0) return [];
    const row = assignments
      .filter((a) => a.machine === m.id)
      .sort((a, b) => a.start - b.start || a.end - b.end);
    return row.flatMap((a, n) => {
      const from = n === 0 ? m.setups?.initial : family.get(row[n - 1]?.operation ?? '');
      const time = times.get(`${from ?? ''}\u0000${family.get(a.operation) ?? ''}`) ?? 0;
      return time > 0
        ? [{ machine: m.id, start: a.start - time, end: a.start, before: a.operation }]
        : [];
    });
  });
}
