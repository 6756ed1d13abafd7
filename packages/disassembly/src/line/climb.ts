import type { Random } from '../random.ts';
import type { LineProblem } from './problem.ts';

const MEASURES = 5;
const HISTORY = 60;

/** Negative when `a` is the better value, measures in order. */
function compareValues(a: Float64Array, b: Float64Array): number {
  for (let k = 0; k < MEASURES; k++) {
    const difference = (a[k] ?? 0) - (b[k] ?? 0);
    if (Math.abs(difference) > 1e-9) return difference;
  }
  return 0;
}

/**
 * Late-acceptance climbing over whole balances: a task moves or two change places, within a station
 * or between stations, or a whole station moves up the line. Values are compared measure by
 * measure, so it first keeps stations and smoothness and then puts hazards and demand forward.
 */
export class LineClimb {
  /** The best balance met, task rows by station. */
  best: number[][];
  value: Float64Array;
  readonly #random: Random;
  readonly #cycle: number;
  readonly #n: number;
  readonly #time: Float64Array;
  readonly #hazardous: Uint8Array;
  readonly #demand: Float64Array;
  readonly #direction: Int32Array;
  readonly #after: readonly (readonly number[])[];
  readonly #afterAny: readonly (readonly (readonly number[])[])[];
  readonly #place: Int32Array;
  readonly #measured = new Float64Array(MEASURES);
  readonly #history: Float64Array[];
  #current: number[][];
  #currentValue: Float64Array;
  #steps = 0;

  constructor(problem: LineProblem, stations: readonly (readonly number[])[], random: Random) {
    const { tasks } = problem;
    const row = new Map(tasks.map(({ id }, index) => [id, index]));
    const rows = (ids: readonly string[]): number[] => ids.map((id) => row.get(id) ?? 0);
    const labels = [...new Set(tasks.map((task) => task.direction ?? ''))];
    this.#random = random;
    this.#cycle = problem.cycleTime;
    this.#n = tasks.length;
    this.#time = Float64Array.from(tasks, (task) => task.time);
    this.#hazardous = Uint8Array.from(tasks, (task) => (task.hazardous ? 1 : 0));
    this.#demand = Float64Array.from(tasks, (task) => task.demand);
    this.#direction = Int32Array.from(tasks, (task) => labels.indexOf(task.direction ?? ''));
    this.#after = tasks.map((task) => rows(task.after));
    this.#afterAny = tasks.map((task) => (task.afterAny ?? []).map(rows));
    this.#place = new Int32Array(this.#n);
    this.#current = stations.map((station) => [...station]);
    this.#measure(this.#current);
    this.#currentValue = this.#measured.slice();
    this.best = this.#current;
    this.value = this.#currentValue;
    this.#history = Array.from({ length: HISTORY }, () => this.#currentValue);
  }

  /** Goes on from another balance when it is better than the best. */
  adopt(stations: readonly (readonly number[])[]): void {
    const copy = stations.map((station) => [...station]);
    if (!this.#measure(copy) || compareValues(this.#measured, this.value) >= 0) return;
    this.#current = copy;
    this.#currentValue = this.#measured.slice();
    this.best = copy;
    this.value = this.#currentValue;
  }

  /** Tries `count` moves; true when the best balance got better. */
  run(count: number): boolean {
    let better = false;
    for (let k = 0; k < count; k++) {
      const next = this.#neighbour();
      const slot = ++this.#steps % HISTORY;
      const past = this.#history[slot] ?? this.#currentValue;
      if (
        next &&
        this.#measure(next) &&
        (compareValues(this.#measured, this.#currentValue) <= 0 ||
          compareValues(this.#measured, past) <= 0)
      ) {
        this.#current = next;
        this.#currentValue = this.#measured.slice();
        if (compareValues(this.#currentValue, this.value) < 0) {
          this.best = next;
          this.value = this.#currentValue;
          better = true;
        }
      }
      this.#history[slot] = this.#currentValue;
    }
    return better;
  }

  /** A changed copy; only the stations touched are copied. */
  #neighbour(): number[][] | undefined {
    const random = this.#random;
    const next = [...this.#current];
    const from = random.below(next.length);
    const kind = random.below(8);
    if (kind === 0 && next.length > 1) {
      const [block = []] = next.splice(from, 1);
      next.splice(random.below(next.length + 1), 0, block);
      return next;
    }
    const to = kind < 4 ? from : random.below(next.length);
    const source = [...(next[from] ?? [])];
    const target = to === from ? source : [...(next[to] ?? [])];
    next[from] = source;
    next[to] = target;
    const a = random.below(source.length);
    const moved = source[a] ?? 0;
    if (kind < 6) {
      if (source === target && source.length < 2) return undefined;
      source.splice(a, 1);
      target.splice(random.below(target.length + 1), 0, moved);
      return source.length === 0 ? next.filter((_, s) => s !== from) : next;
    }
    const b = random.below(target.length);
    source[a] = target[b] ?? 0;
    target[b] = moved;
    return next;
  }

  /** Fills `#measured`; false when the balance breaks precedence or the cycle time. */
  #measure(stations: readonly (readonly number[])[]): boolean {
    let position = 0;
    let smoothness = 0;
    let hazard = 0;
    let demand = 0;
    let turns = 0;
    let facing = -1;
    for (const station of stations) {
      let load = 0;
      for (const task of station) {
        this.#place[task] = ++position;
        load += this.#time[task] ?? 0;
        if (this.#hazardous[task] === 1) hazard += position;
        demand += (this.#demand[task] ?? 0) * position;
        if (facing >= 0 && facing !== this.#direction[task]) turns++;
        facing = this.#direction[task] ?? 0;
      }
      if (load > this.#cycle + 1e-9) return false;
      smoothness += (this.#cycle - load) ** 2;
    }
    for (let task = 0; task < this.#n; task++) {
      const place = this.#place[task] ?? 0;
      for (const other of this.#after[task] ?? [])
        if ((this.#place[other] ?? 0) > place) return false;
      for (const group of this.#afterAny[task] ?? []) {
        if (!group.some((other) => (this.#place[other] ?? 0) < place)) return false;
      }
    }
    this.#measured.set([stations.length, smoothness, hazard, demand, turns]);
    return true;
  }
}
