import type { Assignment, Machine, Operation, Problem, Window } from '@zaizao/scheduling';

/** Where a person puts one operation. */
export interface Move {
  readonly operation: string;
  readonly machine: string;
  readonly start: number;
}

/**
 * Carries a move through the plan: every machine and person keeps the order of the work, with the moved
 * operation in its new place, and what no longer fits moves later, no further than it must. What stands
 * stays; nothing moves earlier. The checker says whether the result is right.
 */
export function propagate(
  problem: Problem,
  assignments: readonly Assignment[],
  move: Move,
): Assignment[] {
  const shop = new Shop(problem);
  const wished = assignments.map((a): Assignment => {
    if (a.operation !== move.operation) return a;
    const length = shop.modeTime(a.operation, move.machine) ?? a.end - a.start;
    return { ...a, machine: move.machine, start: move.start, end: move.start + length };
  });
  // The moved one goes before what was planned at the same instant.
  const rank = (a: Assignment) => (a.operation === move.operation ? 0 : 1);
  const queue = wished.sort((a, b) => a.start - b.start || rank(a) - rank(b) || a.end - b.end);
  const placed = new Map<string, Assignment>();
  // Predecessors first: an operation waits in the queue until they are placed.
  let waiting = queue;
  while (waiting.length > 0) {
    const later: Assignment[] = [];
    for (const a of waiting) {
      if (shop.before(a.operation).every((id) => placed.has(id))) {
        placed.set(a.operation, shop.place(a, placed));
      } else later.push(a);
    }
    if (later.length === waiting.length) return wished; // a circle: the checker will say so
    waiting = later;
  }
  return [...placed.values()].sort((a, b) => a.start - b.start || a.end - b.end);
}

class Shop {
  readonly #problem: Problem;
  readonly #operations = new Map<string, { operation: Operation; release: number }>();
  readonly #machines: ReadonlyMap<string, Machine>;
  readonly #before = new Map<string, readonly string[]>();
  readonly #free = new Map<
    string,
    { until: number; family: string; batch?: Assignment; size: number }
  >();
  readonly #person = new Map<string, number>();
  readonly #ways = new Map<string, number>();

  constructor(problem: Problem) {
    this.#problem = problem;
    this.#machines = new Map(problem.machines.map((m) => [m.id, m]));
    for (const way of problem.transport ?? []) this.#ways.set(`${way.from} ${way.to}`, way.time);
    for (const job of problem.jobs) {
      let previous: string | undefined;
      for (const operation of job.operations) {
        this.#before.set(operation.id, operation.after ?? (previous ? [previous] : []));
        previous = operation.id;
        const release = Math.max(job.release ?? 0, operation.release ?? 0);
        this.#operations.set(operation.id, { operation, release });
      }
    }
  }

  before(id: string): readonly string[] {
    return this.#before.get(id) ?? [];
  }

  modeTime(id: string, machine: string): number | undefined {
    return this.#operations.get(id)?.operation.modes.find((m) => m.machine === machine)?.time;
  }

  place(a: Assignment, placed: ReadonlyMap<string, Assignment>): Assignment {
    const known = this.#operations.get(a.operation);
    const machine = this.#machines.get(a.machine);
    if (!known || !machine) return a;
    const { operation, release } = known;
    const time = this.modeTime(a.operation, a.machine) ?? a.end - a.start;
    let ready = Math.max(a.start, release);
    for (const id of this.before(a.operation)) {
      const earlier = placed.get(id);
      if (!earlier) continue;
      const lag = this.#operations.get(id)?.operation.lag ?? 0;
      const way = this.#ways.get(`${earlier.machine} ${a.machine}`) ?? 0;
      ready = Math.max(ready, earlier.end + lag + way);
    }
    const family = operation.family ?? '';
    const free = this.#free.get(machine.id);
    const size = operation.size ?? 1;
    if (machine.batch && free?.batch && this.#joins(machine, free, family, size, ready)) {
      free.size += size;
      const { start, end } = free.batch;
      return { ...a, start, end };
    }
    if (free) ready = Math.max(ready, free.until + setup(machine, free.family, family));
    else ready = Math.max(ready, setup(machine, machine.setups?.initial, family));
    if (a.operator !== undefined) ready = Math.max(ready, this.#person.get(a.operator) ?? 0);
    const calendars = [machine.calendar];
    if (a.operator !== undefined) {
      calendars.push(this.#problem.operators?.find((p) => p.id === a.operator)?.calendar);
    }
    const isFrozen = operation.frozen !== undefined;
    const resumable = operation.resumable === true && a.operator === undefined;
    const start = isFrozen ? a.start : fit(calendars, ready, time, resumable);
    const end = resumable ? resumedEnd(machine.calendar, start, time) : start + time;
    const done = { ...a, start, end };
    this.#free.set(machine.id, { until: end, family, batch: done, size });
    if (a.operator !== undefined) this.#person.set(a.operator, end);
    return done;
  }

  #joins(
    machine: Machine,
    free: { family: string; batch?: Assignment; size: number },
    family: string,
    size: number,
    ready: number,
  ): boolean {
    const fits = free.size + size <= (machine.batch?.capacity ?? 0);
    return fits && free.family === family && ready <= (free.batch?.start ?? -1);
  }
}

function setup(machine: Machine, from: string | undefined, to: string): number {
  return machine.setups?.times.findLast((t) => t.from === from && t.to === to)?.time ?? 0;
}

/** The first start from `ready` at which every calendar is open for the whole time. */
function fit(
  calendars: readonly (readonly Window[] | undefined)[],
  ready: number,
  time: number,
  resumable: boolean,
): number {
  let start = ready;
  for (let moved = true; moved; ) {
    moved = false;
    for (const windows of calendars) {
      if (!windows) continue;
      const next = windows.find(
        (w) => w.end > start && (resumable || w.end - Math.max(w.start, start) >= time),
      );
      if (!next) return ready; // no window is left: the checker will say so
      if (next.start > start) {
        start = next.start;
        moved = true;
      }
    }
  }
  return start;
}

function resumedEnd(windows: readonly Window[] | undefined, start: number, time: number): number {
  let left = time;
  for (const w of windows ?? []) {
    const room = w.end - Math.max(w.start, start);
    if (room <= 0) continue;
    if (room >= left) return Math.max(w.start, start) + left;
    left -= room;
  }
  return start + time;
}
