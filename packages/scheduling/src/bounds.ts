import { type Compiled, FAR } from './compile.ts';
import { Heap } from './heap.ts';
import { at, item, realAt } from './typed.ts';

/** Earliest starts, shortest times and least remaining time after each operation, machines ignored. */
interface Relaxation {
  readonly head: Int32Array;
  readonly time: Int32Array;
  readonly tail: Int32Array;
}

function relax(c: Compiled): Relaxation {
  const time = new Int32Array(c.n);
  const head = c.release.slice();
  const tail = new Int32Array(c.n);
  for (const x of c.topological) {
    let least = FAR;
    for (let k = at(c.modeFirst, x); k < at(c.modeFirst, x + 1); k++) {
      least = Math.min(least, at(c.modeTime, k));
    }
    time[x] = least;
    if (at(c.frozenStart, x) >= 0) head[x] = Math.max(at(head, x), at(c.frozenStart, x));
    for (let k = at(c.before.first, x); k < at(c.before.first, x + 1); k++) {
      const b = at(c.before.values, k);
      head[x] = Math.max(at(head, x), at(head, b) + at(time, b) + at(c.lag, b));
    }
  }
  for (let i = c.n - 1; i >= 0; i--) {
    const x = at(c.topological, i);
    for (let k = at(c.after.first, x); k < at(c.after.first, x + 1); k++) {
      const y = at(c.after.values, k);
      tail[x] = Math.max(at(tail, x), at(c.lag, x) + at(time, y) + at(tail, y));
    }
  }
  return { head, time, tail };
}

/**
 * The smallest makespan of operations on one machine with heads and tails when they may be
 * interrupted: Jackson's preemptive schedule (Carlier 1982), always the ready one with the longest tail.
 */
export function preemptiveMakespan(
  operations: readonly number[],
  head: Int32Array,
  time: Int32Array,
  tail: Int32Array,
): number {
  const arriving = [...operations].sort((a, b) => at(head, a) - at(head, b));
  const left = new Map<number, number>();
  const urgent = new Heap();
  let now = 0;
  let next = 0;
  let makespan = 0;
  while (next < arriving.length || urgent.size > 0) {
    if (urgent.size === 0) now = Math.max(now, at(head, item(arriving, next)));
    while (next < arriving.length && at(head, item(arriving, next)) <= now) {
      const x = item(arriving, next++);
      left.set(x, at(time, x));
      urgent.push(-at(tail, x), x);
    }
    const x = urgent.firstValue ?? 0;
    const rest = left.get(x) ?? 0;
    const until = next < arriving.length ? at(head, item(arriving, next)) : FAR * 4;
    const run = Math.min(rest, until - now);
    now += run;
    left.set(x, rest - run);
    if (run === rest) {
      urgent.pop();
      makespan = Math.max(makespan, now + at(tail, x));
    }
  }
  return makespan;
}

/**
 * A value no schedule can beat. For the makespan the largest of: the longest chain; for each machine
 * the preemptive bound of the operations only it can do; for every set of machines an operation names,
 * the work that must be done within that set, spread evenly, with its least head and tail. For
 * tardiness and late jobs, each job by its own chain. Set-ups, calendars and operators are ignored
 * (they only make things later). With scenarios or batches the bound is weaker or 0.
 */
export function lowerBound(c: Compiled): number {
  const { objective, scenarios } = c.problem;
  if ((scenarios?.length ?? 0) > 0) return 0;
  const relaxation = relax(c);
  if (objective.kind === 'makespan') return makespanBound(c, relaxation);
  const { head, time } = relaxation;
  const completion = new Int32Array(c.jobs);
  for (let x = 0; x < c.n; x++) {
    const j = at(c.jobOf, x);
    completion[j] = Math.max(at(completion, j), at(head, x) + at(time, x));
  }
  let sum = 0;
  for (let j = 0; j < c.jobs; j++) {
    const late = at(completion, j) - at(c.due, j);
    if (late > 0) sum += realAt(c.weight, j) * (objective.kind === 'late-jobs' ? 1 : late);
  }
  return sum;
}

function makespanBound(c: Compiled, { head, time, tail }: Relaxation): number {
  let bound = 0;
  for (let x = 0; x < c.n; x++) bound = Math.max(bound, at(head, x) + at(time, x) + at(tail, x));
  const sets = new Map<string, { machines: number; operations: number[] }>();
  const members: number[][] = [];
  for (let x = 0; x < c.n; x++) {
    const machines = new Set<number>();
    for (let k = at(c.modeFirst, x); k < at(c.modeFirst, x + 1); k++) {
      machines.add(at(c.modeMachine, k));
    }
    const list = [...machines].sort((a, b) => a - b);
    members.push(list);
    // A machine that works on several at once is no bottleneck of this kind.
    if (list.some((m) => at(c.capacity, m) > 0)) continue;
    const key = list.join(' ');
    const entry = sets.get(key) ?? { machines: list.length, operations: [] };
    entry.operations.push(x);
    sets.set(key, entry);
  }
  for (const [key, entry] of sets) {
    if (entry.machines === 1) {
      bound = Math.max(bound, preemptiveMakespan(entry.operations, head, time, tail));
      continue;
    }
    const inside = new Set(key.split(' ').map(Number));
    // With very many different sets, only the operations that name exactly this one are counted.
    const within = sets.size > 400 ? entry.operations : containedIn(members, inside, c);
    bound = Math.max(bound, loadBound(within, entry.machines, head, time, tail));
  }
  const all = [...members.keys()].filter((x) => members[x]?.every((m) => at(c.capacity, m) === 0));
  return Math.max(bound, loadBound(all, c.machineIds.length, head, time, tail));
}

function containedIn(
  members: readonly number[][],
  inside: ReadonlySet<number>,
  c: Compiled,
): number[] {
  const operations: number[] = [];
  members.forEach((list, x) => {
    if (list.every((m) => inside.has(m) && at(c.capacity, m) === 0)) operations.push(x);
  });
  return operations;
}

/** Even spreading over parallel machines, the classical bound with the least heads and tails. */
function loadBound(
  operations: readonly number[],
  machines: number,
  head: Int32Array,
  time: Int32Array,
  tail: Int32Array,
): number {
  if (operations.length < machines) return 0;
  const heads = operations.map((x) => at(head, x)).sort((a, b) => a - b);
  const tails = operations.map((x) => at(tail, x)).sort((a, b) => a - b);
  let sum = operations.reduce((total, x) => total + at(time, x), 0);
  for (let m = 0; m < machines; m++) sum += (heads[m] ?? 0) + (tails[m] ?? 0);
  return Math.ceil(sum / machines);
}
