import { type Compiled, FAR } from './compile.ts';
import { Heap } from './heap.ts';
import type { Assignment, Scenario } from './model.ts';
import { fitStart, resumedEnd } from './rich/timeline.ts';
import { at, flagAt, item, realAt } from './typed.ts';

/** Work that starts together on a machine: one operation, or a planned batch. */
interface Load {
  readonly operations: readonly number[];
  readonly machine: number;
}

/** The shop floor in discrete events: the plan's loads in order by machine, and the state of one run. */
export class Floor {
  readonly missing: string[] = [];
  readonly #c: Compiled;
  readonly #queues: readonly Load[][];
  readonly #mode: Int32Array;
  readonly #end: Float64Array;
  readonly #done: Uint8Array;
  readonly #begun: Uint8Array;
  readonly #location: Int32Array;
  #factors: Readonly<Record<string, number>> = {};

  constructor(c: Compiled, plan: readonly Assignment[]) {
    this.#c = c;
    this.#mode = new Int32Array(c.n).fill(-1);
    this.#end = new Float64Array(c.n);
    this.#done = new Uint8Array(c.n);
    this.#begun = new Uint8Array(c.n);
    this.#location = new Int32Array(c.n);
    this.#queues = c.machineIds.map(() => []);
    const sorted = [...plan].sort((a, b) => a.start - b.start || a.end - b.end);
    const lastStart = new Map<number, number>();
    for (const { operation, machine, start } of sorted) {
      const x = c.index.get(operation);
      const m = c.machineIds.indexOf(machine);
      if (x === undefined || m < 0) continue;
      for (let k = at(c.modeFirst, x); k < at(c.modeFirst, x + 1); k++) {
        if (at(c.modeMachine, k) === m) this.#mode[x] = k;
      }
      const queue = item(this.#queues, m);
      const joins = at(c.capacity, m) > 0 && lastStart.get(m) === start;
      const previous = queue.at(-1);
      if (joins && previous) {
        queue[queue.length - 1] = { machine: m, operations: [...previous.operations, x] };
      } else queue.push({ machine: m, operations: [x] });
      lastStart.set(m, start);
    }
    for (let x = 0; x < c.n; x++) {
      if (at(this.#mode, x) < 0) this.missing.push(item(c.operationIds, x));
    }
  }

  completion(job: number): number {
    let end = 0;
    for (let x = 0; x < this.#c.n; x++) {
      if (at(this.#c.jobOf, x) === job) end = Math.max(end, realAt(this.#end, x));
    }
    return end;
  }

  /** One course of events; the operations that never start, none when all went through. */
  run(scenario: Scenario): string[] {
    const c = this.#c;
    this.#factors = scenario.factors;
    this.#done.fill(0);
    this.#begun.fill(0);
    const next = new Int32Array(c.machineIds.length);
    const free = new Float64Array(c.machineIds.length);
    const stand = new Int32Array(c.machineIds.length).fill(c.families);
    const personFree = new Float64Array(c.operatorIds.length);
    const clock = new Clock();
    clock.add(0);
    for (let now = clock.next(); now !== undefined; now = clock.next()) {
      let progress = true;
      while (progress) {
        progress = this.#finish(now);
        for (let m = 0; m < c.machineIds.length; m++) {
          const load = item(this.#queues, m)[at(next, m)];
          if (load === undefined) continue;
          const needed = load.operations.filter((x) => this.#time(x) > 0);
          if (needed.length === 0) {
            // Nothing of it is needed: it passes through when its turn comes.
            if (!this.#passes(load, now, clock)) continue;
            next[m] = at(next, m) + 1;
            progress = true;
            continue;
          }
          const start = this.#earliest(load, needed, realAt(free, m), at(stand, m), personFree);
          if (start === undefined || start >= FAR) continue;
          if (start > now) {
            clock.add(start);
            continue;
          }
          const end = this.#begin(load, needed, now, personFree);
          free[m] = end;
          stand[m] = at(c.family, item(needed, 0));
          next[m] = at(next, m) + 1;
          clock.add(end);
          progress = true;
        }
      }
    }
    return [...this.#done.keys()]
      .filter((x) => flagAt(this.#done, x) === 0)
      .map((x) => item(c.operationIds, x));
  }

  #time(x: number): number {
    const factor = this.#factors[item(this.#c.operationIds, x)] ?? 1;
    if (factor === 0) return 0;
    return Math.max(1, Math.round(at(this.#c.modeTime, at(this.#mode, x)) * factor));
  }

  /** Marks what has ended; true when something has. */
  #finish(now: number): boolean {
    let any = false;
    for (let x = 0; x < this.#c.n; x++) {
      if (
        flagAt(this.#begun, x) === 1 &&
        flagAt(this.#done, x) === 0 &&
        realAt(this.#end, x) <= now
      ) {
        this.#done[x] = 1;
        any = true;
      }
    }
    return any;
  }

  /** When x may start by what it waits for; `undefined` while that is not finished. */
  #ready(x: number, m: number): number | undefined {
    const { before, lag, release, transport, machineIds, frozenStart } = this.#c;
    let date = Math.max(at(release, x), at(frozenStart, x));
    for (let k = at(before.first, x); k < at(before.first, x + 1); k++) {
      const b = at(before.values, k);
      if (flagAt(this.#done, b) === 0) return undefined;
      const carried = transport ? at(transport, at(this.#location, b) * machineIds.length + m) : 0;
      date = Math.max(date, realAt(this.#end, b) + at(lag, b) + carried);
    }
    return date;
  }

  #passes(load: Load, now: number, clock: Clock): boolean {
    let latest = 0;
    for (const x of load.operations) {
      const ready = this.#ready(x, load.machine);
      if (ready === undefined) return false;
      latest = Math.max(latest, ready);
    }
    if (latest > now) {
      clock.add(latest);
      return false;
    }
    const { before } = this.#c;
    for (const x of load.operations) {
      const from = at(before.first, x);
      const moved = from < at(before.first, x + 1) ? at(before.values, from) : -1;
      this.#location[x] = moved < 0 ? load.machine : at(this.#location, moved);
      this.#begun[x] = 1;
      this.#done[x] = 1;
      this.#end[x] = now;
    }
    return true;
  }

  /** When a load may start as things stand; `undefined` while something it needs is still open. */
  #earliest(
    load: Load,
    needed: readonly number[],
    free: number,
    stand: number,
    personFree: Float64Array,
  ): number | undefined {
    const c = this.#c;
    const m = load.machine;
    if (!this.#clear(m)) return undefined;
    const table = item(c.setups, m);
    const family = at(c.family, item(needed, 0));
    let date = free + (table === undefined ? 0 : at(table, stand * c.families + family));
    for (const x of load.operations) {
      const ready = this.#ready(x, m);
      if (ready === undefined) return undefined;
      date = Math.max(date, ready);
    }
    const time = Math.max(...needed.map((x) => this.#time(x)));
    const resumable = flagAt(c.resumable, item(needed, 0)) === 1;
    const skill = at(c.modeSkill, at(this.#mode, item(needed, 0)));
    for (;;) {
      const start = fitStart(item(c.calendars, m), date, time, resumable);
      if (skill < 0 || start >= FAR) return start;
      const length =
        (resumable ? resumedEnd(item(c.calendars, m), start, time) : start + time) - start;
      const person = this.#person(skill, start, length, personFree);
      if (person.start <= start) return start;
      date = person.start;
    }
  }

  /** Whether finished work has left machine m, as far as its buffer makes it wait. */
  #clear(m: number): boolean {
    const { buffer, after, n } = this.#c;
    const places = at(buffer, m);
    if (places < 0) return true;
    let waiting = 0;
    for (let x = 0; x < n; x++) {
      if (flagAt(this.#done, x) === 0 || at(this.#location, x) !== m) continue;
      let gone = true;
      for (let k = at(after.first, x); k < at(after.first, x + 1); k++) {
        if (flagAt(this.#begun, at(after.values, k)) === 0) gone = false;
      }
      if (!gone) waiting++;
    }
    return waiting <= places;
  }

  #person(skill: number, date: number, time: number, personFree: Float64Array) {
    const { skillHolders, operatorCalendars } = this.#c;
    let start = Number.POSITIVE_INFINITY;
    let who = -1;
    for (let k = at(skillHolders.first, skill); k < at(skillHolders.first, skill + 1); k++) {
      const o = at(skillHolders.values, k);
      const from = Math.max(date, realAt(personFree, o));
      const open = fitStart(item(operatorCalendars, o), from, time, false);
      if (open < start) {
        start = open;
        who = o;
      }
    }
    return { start, who };
  }

  #begin(load: Load, needed: readonly number[], now: number, personFree: Float64Array): number {
    const c = this.#c;
    const calendar = item(c.calendars, load.machine);
    const time = Math.max(...needed.map((x) => this.#time(x)));
    const resumable = flagAt(c.resumable, item(needed, 0)) === 1;
    const end = resumable ? resumedEnd(calendar, now, time) : now + time;
    const skill = at(c.modeSkill, at(this.#mode, item(needed, 0)));
    if (skill >= 0) personFree[this.#person(skill, now, end - now, personFree).who] = end;
    for (const x of load.operations) {
      this.#location[x] = load.machine;
      this.#begun[x] = 1;
      this.#end[x] = end;
    }
    return end;
  }
}

/** Dates at which something may happen, each once, in order. */
class Clock {
  readonly #dates = new Heap();
  #last = -1;

  add(date: number): void {
    this.#dates.push(date, date);
  }

  next(): number | undefined {
    for (;;) {
      const date = this.#dates.pop();
      if (date === undefined) return undefined;
      if (date > this.#last) {
        this.#last = date;
        return date;
      }
    }
  }
}
