import type { CompiledLine } from './problem.ts';

/** Number of measures; see `LineValue` for their order. */
export const MEASURES = 5;

/** Above this many classes the demand bound is the simple one. */
const MOST_CLASSES_FOR_JOBS = 150;

/** Room for rounding when times are not whole. */
const EPSILON = 1e-9;

/**
 * Partial balances, stored side by side in growing typed arrays. A state is: how many tasks of each
 * class are done, the load of the open station, the last direction. `spent` is the value so far
 * (the open station counts as a station, its idle time not yet), `bound` adds the least the rest
 * can cost. Both are compared in the order of the measures; because the order is kept when the
 * same is added on both sides, the better of two equal states stays the better.
 */
export class LineStates {
  count = 0;
  bound: Float64Array;
  depth: Int32Array;
  parent: Int32Array;
  /** Class of the last task, and whether it opened a station (then `-1 - class`). */
  move: Int32Array;
  readonly #line: CompiledLine;
  readonly #classes: number;
  #spent: Float64Array;
  #done: Uint16Array;
  #load: Float64Array;
  #direction: Int32Array;
  readonly #byDemand: Int32Array;
  readonly #hazards: Float64Array;
  readonly #ancestors: Float64Array;
  readonly #open: Int32Array;
  readonly #seenDirection: Uint8Array;

  constructor(line: CompiledLine) {
    const classes = line.size.length;
    const room = 1024;
    this.#line = line;
    this.#classes = classes;
    this.bound = new Float64Array(room * MEASURES);
    this.#spent = new Float64Array(room * MEASURES);
    this.depth = new Int32Array(room);
    this.parent = new Int32Array(room);
    this.move = new Int32Array(room);
    this.#done = new Uint16Array(room * classes);
    this.#load = new Float64Array(room);
    this.#direction = new Int32Array(room);
    this.#byDemand = Int32Array.from({ length: classes }, (_, c) => c).sort(
      (a, b) => (line.demand[b] ?? 0) - (line.demand[a] ?? 0),
    );
    this.#hazards = new Float64Array(line.total);
    this.#ancestors = new Float64Array(classes);
    this.#open = new Int32Array(classes);
    this.#seenDirection = new Uint8Array(line.directions);
  }

  /** Forgets all states and makes the one in which nothing is done. */
  reset(): number {
    this.count = 1;
    this.#done.fill(0, 0, this.#classes);
    this.#spent.fill(0, 0, MEASURES);
    this.#load[0] = this.#line.cycle;
    this.#direction[0] = -1;
    this.depth[0] = 0;
    this.parent[0] = -1;
    this.#estimate(0);
    return 0;
  }

  complete(state: number): boolean {
    return this.depth[state] === this.#line.total;
  }

  /** Text that is equal for equal states. */
  key(state: number): string {
    const from = state * this.#classes;
    let text = `${this.#load[state]}|${this.#direction[state]}|`;
    for (let c = 0; c < this.#classes; c++) text += String.fromCharCode(this.#done[from + c] ?? 0);
    return text;
  }

  /** Negative when the first state is the better by bound; measures in order, then depth. */
  compare(a: number, b: number): number {
    for (let k = 0; k < MEASURES; k++) {
      const difference = (this.bound[a * MEASURES + k] ?? 0) - (this.bound[b * MEASURES + k] ?? 0);
      if (Math.abs(difference) > EPSILON) return difference;
    }
    return (this.depth[b] ?? 0) - (this.depth[a] ?? 0);
  }

  /** Whether the bound of the state is strictly better than a value. */
  beats(state: number, value: Float64Array): boolean {
    for (let k = 0; k < MEASURES; k++) {
      const difference = (this.bound[state * MEASURES + k] ?? 0) - (value[k] ?? 0);
      if (Math.abs(difference) > EPSILON) return difference < 0;
    }
    return false;
  }

  /** Whether the first state has spent strictly less, measures in order. */
  cheaper(a: number, spent: Float64Array): boolean {
    for (let k = 0; k < MEASURES; k++) {
      const difference = (this.#spent[a * MEASURES + k] ?? 0) - (spent[k] ?? 0);
      if (Math.abs(difference) > EPSILON) return difference < 0;
    }
    return false;
  }

  spentOf(state: number): Float64Array {
    return this.#spent.slice(state * MEASURES, (state + 1) * MEASURES);
  }

  boundOf(state: number): Float64Array {
    return this.bound.slice(state * MEASURES, (state + 1) * MEASURES);
  }

  /** Makes every successor of a state; they are the states from the returned number to `count`. */
  expand(state: number): number {
    const firstChild = this.count;
    const { size, time, cycle } = this.#line;
    const from = state * this.#classes;
    // Shortest first: the search takes the last made of equal states, so long tasks are tried first.
    for (let c = this.#classes - 1; c >= 0; c--) {
      if ((this.#done[from + c] ?? 0) >= (size[c] ?? 0) || !this.#ready(from, c)) continue;
      const load = this.#load[state] ?? 0;
      const begun = (this.depth[state] ?? 0) > 0;
      this.#child(state, c, true);
      if (begun && load + (time[c] ?? 0) <= cycle + EPSILON) this.#child(state, c, false);
    }
    return firstChild;
  }

  /** First-fit: a complete state by always taking the longest possible task, a new station when none fits. */
  firstFit(): number {
    const { size, time, cycle } = this.#line;
    let state = this.reset();
    while (!this.complete(state)) {
      const from = state * this.#classes;
      let chosen = -1;
      let opens = true;
      for (let c = 0; c < this.#classes && opens; c++) {
        if ((this.#done[from + c] ?? 0) >= (size[c] ?? 0) || !this.#ready(from, c)) continue;
        if (chosen < 0) chosen = c;
        const begun = (this.depth[state] ?? 0) > 0;
        if (begun && (this.#load[state] ?? 0) + (time[c] ?? 0) <= cycle + EPSILON) {
          chosen = c;
          opens = false;
        }
      }
      this.#child(state, chosen, opens, false);
      state = this.count - 1;
    }
    this.#estimate(state);
    return state;
  }

  /** Of the states made since `count` was `mark`, keeps some; returns their new numbers in the same order. */
  compact(mark: number, kept: readonly number[]): number[] {
    const moved = new Map<number, number>();
    let to = mark;
    for (const from of [...kept].sort((a, b) => a - b)) {
      this.bound.copyWithin(to * MEASURES, from * MEASURES, (from + 1) * MEASURES);
      this.#spent.copyWithin(to * MEASURES, from * MEASURES, (from + 1) * MEASURES);
      this.#done.copyWithin(to * this.#classes, from * this.#classes, (from + 1) * this.#classes);
      for (const column of [this.depth, this.parent, this.move, this.#load, this.#direction]) {
        column.copyWithin(to, from, from + 1);
      }
      moved.set(from, to++);
    }
    this.count = to;
    return kept.map((from) => moved.get(from) ?? from);
  }

  /** Gives back the states made since `count` was `mark`. */
  rewind(mark: number): void {
    this.count = mark;
  }

  #ready(from: number, c: number): boolean {
    const { needAll, needAny, size } = this.#line;
    for (const other of needAll[c] ?? []) {
      if ((this.#done[from + other] ?? 0) < (size[other] ?? 0)) return false;
    }
    for (const group of needAny[c] ?? []) {
      if (!group.some((other) => (this.#done[from + other] ?? 0) > 0)) return false;
    }
    return true;
  }

  #child(state: number, c: number, opens: boolean, estimate = true): void {
    if ((this.count + 1) * MEASURES > this.#spent.length) this.#grow();
    const { cycle, time, hazardous, demand, direction } = this.#line;
    const child = this.count++;
    const position = (this.depth[state] ?? 0) + 1;
    const from = state * this.#classes;
    const to = child * this.#classes;
    this.#done.copyWithin(to, from, from + this.#classes);
    this.#done[to + c] = (this.#done[to + c] ?? 0) + 1;
    const s = state * MEASURES;
    const t = child * MEASURES;
    this.#spent.copyWithin(t, s, s + MEASURES);
    const load = this.#load[state] ?? 0;
    if (opens) {
      this.#spent[t] = (this.#spent[t] ?? 0) + 1;
      this.#spent[t + 1] = (this.#spent[t + 1] ?? 0) + (cycle - load) ** 2;
    }
    this.#spent[t + 2] = (this.#spent[t + 2] ?? 0) + (hazardous[c] ?? 0) * position;
    this.#spent[t + 3] = (this.#spent[t + 3] ?? 0) + (demand[c] ?? 0) * position;
    const last = this.#direction[state] ?? -1;
    if (last >= 0 && last !== direction[c]) this.#spent[t + 4] = (this.#spent[t + 4] ?? 0) + 1;
    this.#load[child] = (opens ? 0 : load) + (time[c] ?? 0);
    this.#direction[child] = direction[c] ?? 0;
    this.depth[child] = position;
    this.parent[child] = state;
    this.move[child] = opens ? -1 - c : c;
    if (estimate) this.#estimate(child);
  }

  /** Sets `bound`: each measure's least cost-to-go, given that the measures before it are met. */
  #estimate(state: number): void {
    const { size, time, cycle, whole, hazardous, direction, allBefore } = this.#line;
    const from = state * this.#classes;
    const t = state * MEASURES;
    const load = this.#load[state] ?? 0;
    const position = this.depth[state] ?? 0;
    let work = 0;
    let large = 0;
    let hazards = 0;
    let turns = 0;
    this.#seenDirection.fill(0);
    for (let c = 0; c < this.#classes; c++) {
      const left = (size[c] ?? 0) - (this.#done[from + c] ?? 0);
      if (left === 0) continue;
      let earlier = 0;
      for (const other of allBefore[c] ?? []) {
        earlier += (size[other] ?? 0) - (this.#done[from + other] ?? 0);
      }
      this.#ancestors[c] = earlier;
      const long = time[c] ?? 0;
      work += left * long;
      if (2 * long > cycle + EPSILON) large += left;
      if (hazardous[c] === 1) {
        for (let k = 0; k < left; k++) this.#hazards[hazards++] = earlier;
      }
      const d = direction[c] ?? 0;
      if (this.#seenDirection[d] === 0) {
        this.#seenDirection[d] = 1;
        if (d !== this.#direction[state]) turns++;
      }
    }
    const room = cycle - load;
    const begun = position > 0 ? 1 : 0;
    const byWork = Math.max(0, Math.ceil((work - room) / cycle - EPSILON));
    const byLarge = Math.max(0, large - (2 * room > cycle + EPSILON ? 1 : 0));
    const stations = Math.max(byWork, byLarge);
    this.bound[t] = (this.#spent[t] ?? 0) + stations;
    this.bound[t + 1] =
      (this.#spent[t + 1] ?? 0) +
      leastSquares(stations + begun, stations * cycle + begun * room - work, whole);
    const hazardList = this.#hazards.subarray(0, hazards).sort();
    let place = position;
    let hazard = 0;
    for (const earlier of hazardList) {
      place = Math.max(place + 1, position + earlier + 1);
      hazard += place;
    }
    this.bound[t + 2] = (this.#spent[t + 2] ?? 0) + hazard;
    this.bound[t + 3] = (this.#spent[t + 3] ?? 0) + this.#leastDemand(from, position);
    this.bound[t + 4] =
      (this.#spent[t + 4] ?? 0) + (position === 0 ? Math.max(0, turns - 1) : turns);
  }

  /**
   * Least Σ position × demand of the open tasks, each no earlier than after its open ancestors:
   * one unit job a place, the most wanted of the possible ones first, which is optimal.
   */
  #leastDemand(from: number, position: number): number {
    const { size, demand } = this.#line;
    let open = 0;
    for (const c of this.#byDemand) {
      if (demand[c] === 0) break;
      this.#open[c] = (size[c] ?? 0) - (this.#done[from + c] ?? 0);
      open += this.#open[c] ?? 0;
    }
    let sum = 0;
    if (this.#classes > MOST_CLASSES_FOR_JOBS) {
      // Too many for a place-by-place count: the better of "no waiting" and "no competition".
      let alone = 0;
      let place = position;
      for (const c of this.#byDemand) {
        const each = demand[c] ?? 0;
        if (each === 0) break;
        for (let k = this.#open[c] ?? 0; k > 0; k--) {
          sum += each * ++place;
          alone += each * (position + (this.#ancestors[c] ?? 0) + 1);
        }
      }
      return Math.max(sum, alone);
    }
    for (let place = position + 1; open > 0; place++) {
      for (const c of this.#byDemand) {
        const left = this.#open[c] ?? 0;
        if (demand[c] === 0) break;
        if (left === 0 || position + (this.#ancestors[c] ?? 0) >= place) continue;
        this.#open[c] = left - 1;
        open--;
        sum += (demand[c] ?? 0) * place;
        break;
      }
    }
    return sum;
  }

  #grow(): void {
    const bigger = <T extends Float64Array | Int32Array | Uint16Array>(
      old: T,
      make: (n: number) => T,
    ): T => {
      const next = make(old.length * 2);
      next.set(old);
      return next;
    };
    const floats = (n: number) => new Float64Array(n);
    const ints = (n: number) => new Int32Array(n);
    this.bound = bigger(this.bound, floats);
    this.#spent = bigger(this.#spent, floats);
    this.depth = bigger(this.depth, ints);
    this.parent = bigger(this.parent, ints);
    this.move = bigger(this.move, ints);
    this.#done = bigger(this.#done, (n) => new Uint16Array(n));
    this.#load = bigger(this.#load, floats);
    this.#direction = bigger(this.#direction, ints);
  }
}

/** Least Σ idle² of `stations` stations that together idle `idle`; in whole numbers when asked. */
function leastSquares(stations: number, idle: number, whole: boolean): number {
  if (idle <= 0) return 0;
  if (!whole) return (idle * idle) / stations;
  const even = Math.floor(idle / stations);
  const more = idle - even * stations;
  return (stations - more) * even * even + more * (even + 1) * (even + 1);
}
