import { preemptiveMakespan } from './bounds.ts';
import { type Compiled, FAR } from './compile.ts';
import { bad, type ConflictingWish, type SchedulingProblem } from './result.ts';
import { fitStart, resumedEnd } from './rich/timeline.ts';
import { at, flagAt, item } from './typed.ts';

/** A wish that can be dropped: a job's release, a job's deadline, or a freeze. */
interface Wish {
  readonly kind: 'release' | 'deadline' | 'freeze';
  readonly index: number;
}

/**
 * Looks for a proof that no schedule keeps all releases, deadlines and freezes, by earliest and latest
 * dates along precedence and calendars and by the work on single machines. When there is one, names a
 * minimal set of wishes that cannot hold together (dropping any one of them removes this proof), found
 * by QuickXplain (Junker 2004). `undefined` means no proof was found, not that a schedule exists.
 */
export function findConflict(c: Compiled): SchedulingProblem | undefined {
  const wishes: Wish[] = [];
  const released = new Set<number>();
  for (let x = 0; x < c.n; x++) {
    if (at(c.release, x) > 0) released.add(at(c.jobOf, x));
    if (at(c.frozenMode, x) >= 0) wishes.push({ kind: 'freeze', index: x });
  }
  for (let j = 0; j < c.jobs; j++) {
    if (at(c.deadline, j) < FAR) wishes.push({ kind: 'deadline', index: j });
    if (released.has(j)) wishes.push({ kind: 'release', index: j });
  }
  if (!contradicts(c, wishes)) return undefined;
  if (contradicts(c, [])) {
    return bad(
      'IMPOSSIBLE_CALENDAR',
      'The open windows end before all work can be done one after the other.',
    ).problem;
  }
  const core = quickXplain(c, [], wishes, false);
  const subjects = core.map((wish) => nameOf(c, wish));
  const frozen = core.every((wish) => wish.kind === 'freeze');
  const code = frozen ? 'CONTRADICTORY_FREEZES' : 'INFEASIBLE';
  const message = `These cannot all hold: ${subjects.join('; ')}.`;
  return { ...bad(code, message, subjects).problem, wishes: core.map((wish) => told(c, wish)) };
}

function told(c: Compiled, wish: Wish): ConflictingWish {
  if (wish.kind === 'freeze') {
    const machine = at(c.modeMachine, at(c.frozenMode, wish.index));
    return {
      kind: 'freeze',
      subject: item(c.operationIds, wish.index),
      at: at(c.frozenStart, wish.index),
      machine: item(c.machineIds, machine),
    };
  }
  const job = item(c.problem.jobs, wish.index);
  if (wish.kind === 'deadline') return { kind: 'deadline', subject: job.id, at: job.deadline ?? 0 };
  const dates = job.operations.map((operation) => operation.release ?? 0);
  return { kind: 'release', subject: job.id, at: Math.max(job.release ?? 0, ...dates) };
}

function nameOf(c: Compiled, wish: Wish): string {
  const { kind, subject, at: date, machine } = told(c, wish);
  if (kind === 'freeze') return `${subject} frozen on ${machine} at ${date}`;
  return kind === 'deadline' ? `${subject} done by ${date}` : `${subject} not before ${date}`;
}

function quickXplain(
  c: Compiled,
  background: readonly Wish[],
  wishes: readonly Wish[],
  changed: boolean,
): Wish[] {
  if (changed && contradicts(c, background)) return [];
  if (wishes.length <= 1) return [...wishes];
  const half = wishes.length >> 1;
  const front = wishes.slice(0, half);
  const back = wishes.slice(half);
  const second = quickXplain(c, [...background, ...front], back, front.length > 0);
  const first = quickXplain(c, [...background, ...second], front, second.length > 0);
  return [...first, ...second];
}

/** Whether the given wishes, with precedence, machines and calendars, provably contradict each other. */
function contradicts(c: Compiled, wishes: readonly Wish[]): boolean {
  const release = new Uint8Array(c.jobs);
  const deadline = new Uint8Array(c.jobs);
  const freeze = new Uint8Array(c.n);
  for (const wish of wishes) {
    if (wish.kind === 'release') release[wish.index] = 1;
    else if (wish.kind === 'deadline') deadline[wish.index] = 1;
    else freeze[wish.index] = 1;
  }
  if (freezesOverlap(c, freeze)) return true;

  const head = new Int32Array(c.n);
  const end = new Int32Array(c.n);
  const time = new Int32Array(c.n);
  for (const x of c.topological) {
    let ready = flagAt(release, at(c.jobOf, x)) === 1 ? at(c.release, x) : 0;
    for (let k = at(c.before.first, x); k < at(c.before.first, x + 1); k++) {
      const b = at(c.before.values, k);
      ready = Math.max(ready, at(end, b) + at(c.lag, b));
    }
    if (flagAt(freeze, x) === 1) {
      if (ready > at(c.frozenStart, x)) return true;
      ready = at(c.frozenStart, x);
    }
    let soonest = FAR;
    let begins = FAR;
    let least = FAR;
    for (let k = at(c.modeFirst, x); k < at(c.modeFirst, x + 1); k++) {
      if (flagAt(freeze, x) === 1 && k !== at(c.frozenMode, x)) continue;
      const calendar = item(c.calendars, at(c.modeMachine, k));
      const resumable = flagAt(c.resumable, x) === 1;
      const start = fitStart(calendar, ready, at(c.modeTime, k), resumable);
      if (start >= FAR) continue;
      if (flagAt(freeze, x) === 1 && start > ready) return true;
      const done = resumable
        ? resumedEnd(calendar, start, at(c.modeTime, k))
        : start + at(c.modeTime, k);
      soonest = Math.min(soonest, done);
      begins = Math.min(begins, start);
      least = Math.min(least, at(c.modeTime, k));
    }
    if (soonest >= FAR) return true;
    head[x] = begins;
    end[x] = soonest;
    time[x] = least;
  }

  const latest = new Int32Array(c.n).fill(FAR);
  for (let i = c.n - 1; i >= 0; i--) {
    const x = at(c.topological, i);
    if (flagAt(deadline, at(c.jobOf, x)) === 1) latest[x] = at(c.deadline, at(c.jobOf, x));
    for (let k = at(c.after.first, x); k < at(c.after.first, x + 1); k++) {
      const y = at(c.after.values, k);
      const begin = flagAt(freeze, y) === 1 ? at(c.frozenStart, y) : at(latest, y) - at(time, y);
      latest[x] = Math.min(at(latest, x), begin - at(c.lag, x));
    }
    if (at(end, x) > at(latest, x)) return true;
  }
  return machineOverloaded(c, head, time, latest, freeze);
}

function freezesOverlap(c: Compiled, freeze: Uint8Array): boolean {
  const frozen = [...freeze.keys()].filter((x) => at(c.frozenMode, x) >= 0 && freeze[x] === 1);
  frozen.sort((a, b) => at(c.frozenStart, a) - at(c.frozenStart, b));
  const busy = new Map<number, number>();
  for (const x of frozen) {
    const m = at(c.modeMachine, at(c.frozenMode, x));
    if (at(c.capacity, m) > 0) continue;
    const start = at(c.frozenStart, x);
    if ((busy.get(m) ?? 0) > start) return true;
    busy.set(m, start + at(c.modeTime, at(c.frozenMode, x)));
  }
  return false;
}

/** Earliest-due-date with interruptions, on each machine for the work only it can do. */
function machineOverloaded(
  c: Compiled,
  head: Int32Array,
  time: Int32Array,
  latest: Int32Array,
  freeze: Uint8Array,
): boolean {
  const bound: number[][] = c.machineIds.map(() => []);
  const tail = new Int32Array(c.n);
  for (let x = 0; x < c.n; x++) {
    tail[x] = FAR - at(latest, x);
    const fixed = flagAt(freeze, x) === 1;
    const from = fixed ? at(c.frozenMode, x) : at(c.modeFirst, x);
    if (!fixed && at(c.modeFirst, x + 1) - from > 1) continue;
    const m = at(c.modeMachine, from);
    if (at(c.capacity, m) === 0) item(bound, m).push(x);
    // A frozen operation has no room to move: it is due the moment it can be done.
    if (fixed) tail[x] = FAR - (at(head, x) + at(time, x));
  }
  return bound.some((list) => list.length > 0 && preemptiveMakespan(list, head, time, tail) > FAR);
}
