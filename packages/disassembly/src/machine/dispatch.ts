import type { Steps } from '../budget.ts';
import type { CompiledMachine } from './problem.ts';

const NEVER = 0x7fffffff;
/** Events between two breaths of a long run. */
const SLICE = 2048;

/** Chooses `size` of the technicians in `free` that meet all skill demands, or 0 when none can. */
export function chooseCrew(
  size: number,
  demands: CompiledMachine['demands'][number],
  free: number,
  preferred: Int32Array,
): number {
  const count = preferred.length;
  const extend = (crew: number, open: number): number => {
    for (let d = 0; d < demands.length; d++) {
      const demand = demands[d];
      if (!demand || popcount(crew & demand.mask) >= demand.quantity) continue;
      if (popcount(crew) >= size) return 0;
      let rest = open;
      for (let k = 0; k < count; k++) {
        const bit = 1 << (preferred[k] ?? 0);
        if ((rest & demand.mask & bit) === 0) continue;
        rest &= ~bit;
        const found = extend(crew | bit, rest);
        if (found !== 0) return found;
      }
      return 0;
    }
    let missing = size - popcount(crew);
    let filled = crew;
    for (let k = 0; k < count && missing > 0; k++) {
      const bit = 1 << (preferred[k] ?? 0);
      if ((open & bit) === 0) continue;
      filled |= bit;
      missing--;
    }
    return missing === 0 ? filled : 0;
  };
  return extend(0, free);
}

export function popcount(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * Parallel schedule generation: time moves from event to event (an operation ends, a technician
 * comes or leaves); at each event the waiting operations are tried in the order of their rank and
 * start when crew, zone and balance allow. Nothing is allocated in a run, so one dispatcher serves
 * thousands of rankings. Source of the scheme: Kolisch (1996), EJOR 90(2).
 */
export class Dispatcher {
  readonly start: Int32Array;
  readonly crew: Int32Array;
  /** Earliest moment an operation may be considered; a deliberate delay of those in `held`. */
  readonly hold: Int32Array;
  readonly held = new Set<number>();
  makespan = 0;
  /** Person-slots worked after `target`, the measure the search drives to zero. */
  overflow = 0;
  /** Wages of the crews. */
  cost = 0;
  readonly #machine: CompiledMachine;
  readonly #crewless: boolean;
  readonly #waiting: Int32Array;
  readonly #eligible: Uint32Array;
  readonly #busyUntil: Int32Array;
  readonly #window: Int32Array;
  readonly #gapEnd: Int32Array;
  readonly #inZone: Float64Array;
  readonly #tilt: Float64Array;
  readonly #heap: Int32Array;
  #heapSize = 0;
  readonly #preferred: Int32Array;
  readonly #preference: Float64Array;

  constructor(machine: CompiledMachine) {
    const { n, technicians } = machine;
    this.#machine = machine;
    this.#crewless = machine.crew.includes(0);
    this.start = new Int32Array(n);
    this.crew = new Int32Array(n);
    this.hold = new Int32Array(n);
    this.#waiting = new Int32Array(n);
    this.#eligible = new Uint32Array((n + 31) >>> 5);
    this.#busyUntil = new Int32Array(technicians);
    this.#window = new Int32Array(technicians);
    this.#gapEnd = new Int32Array(technicians);
    this.#inZone = new Float64Array(machine.capacity.length);
    this.#tilt = new Float64Array(machine.limit.length);
    this.#heap = new Int32Array(n);
    this.#preferred = new Int32Array(technicians);
    this.#preference = new Float64Array(technicians);
  }

  /**
   * Schedules by `ranked` (operations, most urgent first) and `place` (its inverse).
   * `fit` weighs how much a short remaining shift recommends a technician against his skills.
   * Gives up control every `SLICE` events and goes on while `goOn` says so. Returns the number of
   * operations that found no place (0 when the schedule is complete).
   */
  *run(
    ranked: Int32Array,
    place: Int32Array,
    target: number,
    fit: number,
    goOn: () => boolean,
  ): Steps<number> {
    const machine = this.#machine;
    const { n, duration, before, after } = machine;
    this.#eligible.fill(0);
    this.#busyUntil.fill(0);
    this.#window.fill(0);
    this.#inZone.fill(0);
    this.#tilt.fill(0);
    this.#heapSize = 0;
    this.makespan = 0;
    this.overflow = 0;
    this.cost = 0;
    for (let i = 0; i < n; i++) {
      const open = (before[i] ?? []).length;
      this.#waiting[i] = open;
      if (open === 0) this.#offer(place[i] ?? 0);
    }
    let left = n;
    let now = 0;
    for (let events = 1; left > 0; events++) {
      if (events % SLICE === 0) {
        yield;
        if (!goOn()) return left;
      }
      left -= this.#startAt(now, ranked, target, fit);
      if (left === 0) break;
      const next = this.#nextEvent(now);
      if (next === NEVER) return left;
      now = next;
      while (this.#heapSize > 0 && this.#endOf(this.#heap[0] ?? 0) <= now) {
        const done = this.#pop();
        const zone = machine.zone[done] ?? 0;
        if (duration[done] !== 0) {
          this.#inZone[zone] = (this.#inZone[zone] ?? 0) - (machine.crew[done] ?? 0);
        }
        for (const w of after[done] ?? []) {
          const open = (this.#waiting[w] ?? 0) - 1;
          this.#waiting[w] = open;
          if (open === 0) this.#offer(place[w] ?? 0);
        }
      }
    }
    return 0;
  }

  #offer(place: number): void {
    const word = place >>> 5;
    this.#eligible[word] = (this.#eligible[word] ?? 0) | (1 << (place & 31));
  }

  #endOf(operation: number): number {
    return (this.start[operation] ?? 0) + (this.#machine.duration[operation] ?? 0);
  }

  /** Free technicians now, their gap to the next absence, and the order in which to ask them. */
  #freeAt(now: number, fit: number): number {
    const { technicians, away, skillCount, cost } = this.#machine;
    let free = 0;
    let listed = 0;
    for (let r = 0; r < technicians; r++) {
      if ((this.#busyUntil[r] ?? 0) > now) continue;
      const windows = away[r] ?? [];
      let w = this.#window[r] ?? 0;
      let window = windows[w];
      while (window && window.end <= now) window = windows[++w];
      this.#window[r] = w;
      if (window && window.start <= now) continue;
      const gapEnd = window ? window.start : NEVER;
      this.#gapEnd[r] = gapEnd;
      free |= 1 << r;
      const gap = Math.min(gapEnd - now, 64);
      const wish = (skillCount[r] ?? 0) * 16 + fit * gap + (cost[r] ?? 0) * 1e-6;
      let k = listed++;
      while (k > 0 && (this.#preference[k - 1] ?? 0) > wish) {
        this.#preferred[k] = this.#preferred[k - 1] ?? 0;
        this.#preference[k] = this.#preference[k - 1] ?? 0;
        k--;
      }
      this.#preferred[k] = r;
      this.#preference[k] = wish;
    }
    this.#preferred.fill(0, listed);
    return free;
  }

  #startAt(now: number, ranked: Int32Array, target: number, fit: number): number {
    const { duration, crew, zone, capacity, demands, technicians, cost } = this.#machine;
    let free = this.#freeAt(now, fit);
    let started = 0;
    const words = this.#eligible.length;
    for (let word = 0; word < words; word++) {
      // With nobody free only operations without a crew could start.
      if (free === 0 && !this.#crewless) break;
      let bits = this.#eligible[word] ?? 0;
      while (bits !== 0) {
        const low = bits & -bits;
        bits ^= low;
        const operation = ranked[(word << 5) + 31 - Math.clz32(low)] ?? 0;
        const size = crew[operation] ?? 0;
        if (free === 0 && size > 0) continue;
        if ((this.hold[operation] ?? 0) > now) continue;
        const z = zone[operation] ?? 0;
        const length = duration[operation] ?? 0;
        if (length > 0 && (this.#inZone[z] ?? 0) + size > (capacity[z] ?? 0)) continue;
        let able = 0;
        for (let r = 0; r < technicians; r++) {
          const bit = 1 << r;
          if ((free & bit) !== 0 && (this.#gapEnd[r] ?? 0) - now >= length) able |= bit;
        }
        if (popcount(able) < size) continue;
        const team =
          size === 0 ? 0 : chooseCrew(size, demands[operation] ?? [], able, this.#preferred);
        if (team === 0 && size > 0) continue;
        if (!this.#tip(operation)) continue;
        this.#eligible[word] = (this.#eligible[word] ?? 0) & ~low;
        this.start[operation] = now;
        this.crew[operation] = team;
        const end = now + length;
        if (end > this.makespan) this.makespan = end;
        if (end > target) this.overflow += size * Math.min(length, end - target);
        if (length > 0) {
          this.#inZone[z] = (this.#inZone[z] ?? 0) + size;
          free &= ~team;
          for (let r = 0; r < technicians; r++) {
            if ((team & (1 << r)) === 0) continue;
            this.#busyUntil[r] = end;
            this.cost += length * (cost[r] ?? 0);
          }
        }
        this.#push(operation);
        started++;
      }
    }
    return started;
  }

  #tip(operation: number): boolean {
    const { mass, limit, tips } = this.#machine;
    if (tips[operation] === 0) return true;
    for (let a = 0; a < limit.length; a++) {
      const tilt = (this.#tilt[a] ?? 0) + (mass[a]?.[operation] ?? 0);
      if (Math.abs(tilt) > (limit[a] ?? 0)) return false;
    }
    for (let a = 0; a < limit.length; a++) {
      this.#tilt[a] = (this.#tilt[a] ?? 0) + (mass[a]?.[operation] ?? 0);
    }
    return true;
  }

  #nextEvent(now: number): number {
    let next = this.#heapSize > 0 ? this.#endOf(this.#heap[0] ?? 0) : NEVER;
    if (next === now) return now;
    const { technicians, away } = this.#machine;
    for (let r = 0; r < technicians; r++) {
      if ((this.#busyUntil[r] ?? 0) > now) continue;
      const window = away[r]?.[this.#window[r] ?? 0];
      // The end of a coming absence counts too: what is too long now may fit after it.
      if (window && window.end < next) next = window.end;
    }
    for (const i of this.held) {
      const hold = this.hold[i] ?? 0;
      if (hold > now && hold < next) next = hold;
    }
    return next;
  }

  #push(operation: number): void {
    const end = this.#endOf(operation);
    let k = this.#heapSize++;
    while (k > 0) {
      const parent = (k - 1) >>> 1;
      const other = this.#heap[parent] ?? 0;
      if (this.#endOf(other) <= end) break;
      this.#heap[k] = other;
      k = parent;
    }
    this.#heap[k] = operation;
  }

  #pop(): number {
    const top = this.#heap[0] ?? 0;
    const last = this.#heap[--this.#heapSize] ?? 0;
    const end = this.#endOf(last);
    let k = 0;
    for (;;) {
      let child = 2 * k + 1;
      if (child >= this.#heapSize) break;
      if (
        child + 1 < this.#heapSize &&
        this.#endOf(this.#heap[child + 1] ?? 0) < this.#endOf(this.#heap[child] ?? 0)
      )
        child++;
      const other = this.#heap[child] ?? 0;
      if (this.#endOf(other) >= end) break;
      this.#heap[k] = other;
      k = child;
    }
    this.#heap[k] = last;
    return top;
  }
}
