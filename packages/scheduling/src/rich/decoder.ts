import { type Compiled, FAR } from '../compile.ts';
import { at, flagAt, item } from '../typed.ts';
import { OpenBatches } from './open-batches.ts';
import { fitStart, resumedEnd, Timeline } from './timeline.ts';

/** What a search may decide: an order that respects precedence, a mode each, and holds for batches. */
export interface Choice {
  readonly sequence: Int32Array;
  readonly modes: Int32Array;
  /** Earliest start of a batch opened by this operation: how long it waits for company. */
  readonly holds: Int32Array;
}

/** A violated promise (deadline, freeze, calendar) weighs this much per unit of time. */
export const PENALTY = 1e9;

/**
 * Builds a schedule from a choice, serially: each operation in turn starts as early as its
 * predecessors, its machine (after the operation before it there, with set-up), the calendar, frozen
 * neighbours and an operator allow. Every feasible schedule in which nothing could start earlier is
 * the image of some choice.
 *
 * A machine with limited buffer places stays taken until its finished work has gone or found a place;
 * operations that need it meanwhile are put off until the work's successors are placed.
 */
export class Decoder {
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly machine: Int32Array;
  /** The operation each one waited for last, as far as it was one; −1 otherwise. */
  readonly blame: Int32Array;
  /** Operator of each operation, −1 for none. */
  readonly operator: Int32Array;
  /** Total time by which deadlines, freezes and calendars are broken; 0 in a feasible schedule. */
  violation = 0;
  makespan = 0;
  readonly completion: Int32Array;

  readonly #c: Compiled;
  readonly #free: Int32Array;
  readonly #stand: Int32Array;
  readonly #lastOn: Int32Array;
  readonly #location: Int32Array;
  readonly #left: Int32Array;
  readonly #placed: Uint8Array;
  readonly #waitingAfter: Int32Array;
  readonly #blockers: Int32Array;
  readonly #leave: Int32Array;
  readonly #pins: readonly Int32Array[];
  readonly #pin: Int32Array;
  readonly #frozen: Int32Array;
  readonly #operators: readonly Timeline[];
  readonly #buffers: readonly Timeline[];
  readonly #batches: OpenBatches;
  readonly #deferred: Int32Array;
  readonly #buffered: boolean;

  constructor(c: Compiled) {
    const machines = c.machineIds.length;
    this.#c = c;
    this.start = new Int32Array(c.n);
    this.end = new Int32Array(c.n);
    this.machine = new Int32Array(c.n);
    this.operator = new Int32Array(c.n);
    this.blame = new Int32Array(c.n);
    this.completion = new Int32Array(c.jobs);
    this.#free = new Int32Array(machines);
    this.#stand = new Int32Array(machines);
    this.#lastOn = new Int32Array(machines);
    this.#location = new Int32Array(c.n);
    this.#left = new Int32Array(c.n);
    this.#placed = new Uint8Array(c.n);
    this.#waitingAfter = new Int32Array(c.n);
    this.#blockers = new Int32Array(machines);
    this.#leave = new Int32Array(c.n);
    this.#pin = new Int32Array(machines);
    const frozen = [...c.frozenMode.keys()].filter((x) => at(c.frozenMode, x) >= 0);
    frozen.sort((a, b) => at(c.frozenStart, a) - at(c.frozenStart, b));
    this.#frozen = Int32Array.from(frozen);
    this.#pins = c.machineIds.map((_, m) =>
      Int32Array.from(frozen.filter((x) => at(c.modeMachine, at(c.frozenMode, x)) === m)),
    );
    this.#operators = c.operatorIds.map(() => new Timeline(8));
    this.#buffers = c.machineIds.map(() => new Timeline(8));
    this.#batches = new OpenBatches(c);
    this.#deferred = new Int32Array(c.n);
    this.#buffered = c.buffer.some((places) => places >= 0);
  }

  /** Schedules everything; `factors` scales processing times (0: not needed), absent: as stated. */
  decode(choice: Choice, factors?: Float64Array): void {
    const c = this.#c;
    this.#reset();
    for (const x of this.#frozen) this.#placeFrozen(x, factors);
    let deferred = 0;
    for (let i = 0; i < c.n; i++) {
      const x = at(choice.sequence, i);
      if (at(c.frozenMode, x) >= 0) continue;
      if (!this.#place(x, choice, factors)) {
        this.#deferred[deferred++] = x;
        continue;
      }
      if (deferred > 0) deferred = this.#retry(deferred, choice, factors);
    }
    this.#settleFrozen();
    this.#measure(deferred);
  }

  #reset(): void {
    const c = this.#c;
    this.violation = 0;
    this.#free.fill(0);
    this.#stand.fill(c.families);
    this.#placed.fill(0);
    this.#pin.fill(0);
    this.#batches.clear();
    this.operator.fill(-1);
    this.blame.fill(-1);
    this.#lastOn.fill(-1);
    for (const timeline of this.#operators) timeline.clear();
    if (!this.#buffered) return;
    this.#blockers.fill(0);
    this.#left.fill(0);
    this.#leave.fill(-1);
    for (const timeline of this.#buffers) timeline.clear();
    for (let x = 0; x < c.n; x++) {
      this.#waitingAfter[x] = at(c.after.first, x + 1) - at(c.after.first, x);
    }
  }

  #retry(count: number, choice: Choice, factors: Float64Array | undefined): number {
    let left = count;
    for (let i = 0; i < left; ) {
      const x = at(this.#deferred, i);
      if (this.#place(x, choice, factors)) {
        this.#deferred.copyWithin(i, i + 1, left--);
        i = 0;
      } else i++;
    }
    return left;
  }

  #duration(mode: number, x: number, factors: Float64Array | undefined): number {
    const time = at(this.#c.modeTime, mode);
    if (factors === undefined) return time;
    const factor = factors[x] ?? 1;
    return factor === 0 ? 0 : Math.max(1, Math.round(time * factor));
  }

  #placeFrozen(x: number, factors: Float64Array | undefined): void {
    const c = this.#c;
    const mode = at(c.frozenMode, x);
    const m = at(c.modeMachine, mode);
    const start = at(c.frozenStart, x);
    let time = this.#duration(mode, x, factors);
    if (at(c.capacity, m) > 0) {
      // Frozen together means in one batch, which lasts as long as its longest.
      for (const y of item(this.#pins, m)) {
        if (at(c.frozenStart, y) !== start) continue;
        time = Math.max(time, this.#duration(at(c.frozenMode, y), y, factors));
      }
    }
    const calendar = item(c.calendars, m);
    const end = flagAt(c.resumable, x) === 1 ? resumedEnd(calendar, start, time) : start + time;
    const skill = at(c.modeSkill, mode);
    const who = at(c.frozenOperator, x);
    if (who >= 0) {
      item(this.#operators, who).add(start, end);
      this.operator[x] = who;
    } else if (skill >= 0 && this.#seek(skill, start, end - start, x) > start) this.violation += 1;
    this.#record(x, m, start, end);
  }

  /** Frozen operations do not move: what should have been finished before them counts as broken. */
  #settleFrozen(): void {
    const c = this.#c;
    for (const x of this.#frozen) {
      const late = this.#ready(x, at(this.machine, x)) - at(c.frozenStart, x);
      if (late > 0) this.violation += late;
    }
  }

  /** Earliest start by release and predecessors, carried to machine m. */
  #ready(x: number, m: number): number {
    const { before, lag, release, transport, machineIds } = this.#c;
    let date = at(release, x);
    for (let k = at(before.first, x), to = at(before.first, x + 1); k < to; k++) {
      const b = at(before.values, k);
      let ready = at(this.end, b) + at(lag, b);
      if (transport !== undefined) {
        ready += at(transport, at(this.#location, b) * machineIds.length + m);
      }
      if (ready > date) {
        date = ready;
        this.blame[x] = b;
      }
    }
    return date;
  }

  /** Places x; false when it must wait for work that blocks its machine or for a put-off predecessor. */
  #place(x: number, choice: Choice, factors: Float64Array | undefined): boolean {
    const c = this.#c;
    const { before } = c;
    for (let k = at(before.first, x), to = at(before.first, x + 1); k < to; k++) {
      if (flagAt(this.#placed, at(before.values, k)) === 0) return false;
    }
    const mode = at(choice.modes, x);
    const m = at(c.modeMachine, mode);
    const time = this.#duration(mode, x, factors);
    const ready = this.#ready(x, m);
    if (time === 0) {
      this.#record(x, m, ready, ready);
      this.#location[x] = this.#whereabouts(x, m);
      return true;
    }
    if (at(c.capacity, m) > 0) {
      if (this.#join(x, m, mode, time, ready)) return true;
      return this.#append(x, mode, time, Math.max(ready, at(choice.holds, x)));
    }
    return this.#append(x, mode, time, ready);
  }

  /** A step that is left out does not move the work. */
  #whereabouts(x: number, m: number): number {
    const { before } = this.#c;
    const from = at(before.first, x);
    return from === at(before.first, x + 1) ? m : at(this.#location, at(before.values, from));
  }

  #join(x: number, m: number, mode: number, time: number, ready: number): boolean {
    const opener = this.#batches.join(m, x, mode, time, ready);
    if (opener < 0) return false;
    this.operator[x] = at(this.operator, opener);
    this.#record(x, m, this.#batches.startOf(m), this.#batches.endOf(m));
    return true;
  }

  #setup(m: number, from: number, to: number): number {
    const table = item(this.#c.setups, m);
    return table === undefined ? 0 : at(table, from * this.#c.families + to);
  }

  /** Puts x behind what its machine has, skipping over frozen operations it does not fit before. */
  #append(x: number, mode: number, time: number, ready: number): boolean {
    const c = this.#c;
    const m = at(c.modeMachine, mode);
    if (this.#buffered && at(this.#blockers, m) > 0) return false;
    const pins = item(this.#pins, m);
    const calendar = item(c.calendars, m);
    const family = at(c.family, x);
    const resumable = flagAt(c.resumable, x) === 1;
    const skill = at(c.modeSkill, mode);
    let date = ready;
    let end = 0;
    for (;;) {
      const free = at(this.#free, m) + this.#setup(m, at(this.#stand, m), family);
      if (free > date) this.blame[x] = at(this.#lastOn, m);
      date = fitStart(calendar, Math.max(date, free), time, resumable);
      if (date >= FAR) {
        this.violation += FAR / 1000;
        date = Math.max(ready, free);
        end = date + time;
        break;
      }
      end = resumable ? resumedEnd(calendar, date, time) : date + time;
      const p = at(this.#pin, m);
      if (p < pins.length) {
        const pinned = at(pins, p);
        if (end + this.#setup(m, family, at(c.family, pinned)) > at(this.start, pinned)) {
          if (this.#buffered && at(c.buffer, m) >= 0 && !this.#gone(pinned)) return false;
          this.#free[m] = Math.max(at(this.end, pinned), at(this.#leave, pinned));
          this.#stand[m] = at(c.family, pinned);
          this.#lastOn[m] = pinned;
          this.#pin[m] = p + 1;
          continue;
        }
      }
      if (skill < 0) break;
      const possible = this.#seek(skill, date, end - date, x);
      if (possible === date) break;
      if (possible >= FAR) {
        this.violation += FAR / 1000;
        break;
      }
      date = possible;
    }
    this.#free[m] = end;
    this.#stand[m] = family;
    this.#lastOn[m] = x;
    if (at(c.capacity, m) > 0) this.#batches.open(m, x, mode, date, end, time);
    this.#record(x, m, date, end);
    return true;
  }

  #gone(x: number): boolean {
    return at(this.#waitingAfter, x) === 0;
  }

  /**
   * The earliest date from `date` on at which someone with the skill is free for `time`; when that is
   * `date` itself, that person is booked for x.
   */
  #seek(skill: number, date: number, time: number, x: number): number {
    const { skillHolders, operatorCalendars } = this.#c;
    let soonest = FAR;
    let who = -1;
    for (let k = at(skillHolders.first, skill); k < at(skillHolders.first, skill + 1); k++) {
      const o = at(skillHolders.values, k);
      const timeline = item(this.#operators, o);
      let start = date;
      for (;;) {
        const open = fitStart(item(operatorCalendars, o), start, time, false);
        start = open >= FAR ? FAR : timeline.gap(open, time);
        if (start === open || start >= FAR) break;
      }
      if (start < soonest) {
        soonest = start;
        who = o;
      }
    }
    if (soonest === date) {
      item(this.#operators, who).add(date, date + time);
      this.operator[x] = who;
    }
    return soonest;
  }

  #record(x: number, m: number, start: number, end: number): void {
    this.start[x] = start;
    this.end[x] = end;
    this.machine[x] = m;
    this.#location[x] = m;
    this.#placed[x] = 1;
    if (this.#buffered) this.#depart(x, m, end);
  }

  /** x now holds its machine until what follows is placed; and what it followed may have gone. */
  #depart(x: number, m: number, end: number): void {
    const c = this.#c;
    if (at(c.buffer, m) >= 0) {
      this.#left[x] = Math.max(at(this.#left, x), end);
      if (at(c.frozenMode, x) < 0) this.#blockers[m] = at(this.#blockers, m) + 1;
      if (at(this.#waitingAfter, x) === 0) this.#leaveMachine(x, m);
    }
    for (let k = at(c.before.first, x); k < at(c.before.first, x + 1); k++) {
      const b = at(c.before.values, k);
      const bm = flagAt(this.#placed, b) === 1 ? at(this.machine, b) : -1;
      const carried =
        bm < 0 || c.transport === undefined ? 0 : at(c.transport, bm * c.machineIds.length + m);
      this.#waitingAfter[b] = at(this.#waitingAfter, b) - 1;
      this.#left[b] = Math.max(at(this.#left, b), at(this.start, x) - carried);
      if (bm >= 0 && at(c.buffer, bm) >= 0 && at(this.#waitingAfter, b) === 0) {
        this.#leaveMachine(b, bm);
      }
    }
  }

  /** All that follows b is placed: b goes to the buffer as soon as there is room, else stays. */
  #leaveMachine(b: number, m: number): void {
    const c = this.#c;
    const buffer = item(this.#buffers, m);
    const wanted = at(this.#left, b);
    const gone = buffer.vacancy(at(this.end, b), wanted, at(c.buffer, m));
    if (gone < wanted) buffer.add(gone, wanted);
    this.#leave[b] = gone;
    if (at(c.frozenMode, b) >= 0) return;
    this.#blockers[m] = at(this.#blockers, m) - 1;
    if (gone > at(this.#free, m)) this.#free[m] = gone;
    this.#clashWithPin(b, m, gone);
  }

  /** Work that stays on its machine, or the set-up after it, into a frozen operation breaks the freeze. */
  #clashWithPin(b: number, m: number, gone: number): void {
    const { family } = this.#c;
    for (const pinned of item(this.#pins, m)) {
      if (at(this.start, pinned) < at(this.end, b)) continue;
      const ready = gone + this.#setup(m, at(family, b), at(family, pinned));
      if (ready > at(this.start, pinned)) this.violation += ready - at(this.start, pinned);
      return;
    }
  }

  #measure(deadlocked: number): void {
    const c = this.#c;
    this.completion.fill(0);
    this.makespan = 0;
    if (deadlocked > 0) this.violation += (deadlocked * FAR) / 1000;
    for (let x = 0; x < c.n; x++) {
      const end = at(this.end, x);
      const j = at(c.jobOf, x);
      if (end > at(this.completion, j)) this.completion[j] = end;
      if (end > this.makespan) this.makespan = end;
    }
    for (let j = 0; j < c.jobs; j++) {
      const late = at(this.completion, j) - at(c.deadline, j);
      if (late > 0) this.violation += late;
    }
  }
}
