import type { Budget } from '../budget.ts';
import type { SearchLimits } from '../population.ts';
import type { Random } from '../random.ts';
import { at } from '../typed.ts';
import { FlexibleGraph, type FlexibleShop } from './graph.ts';

/** Critical paths up to this length are looked at whole; of longer ones, a sample of operations. */
const FULL_PATH = 30;
const SAMPLE = 12;

/**
 * Tabu search for the flexible shop: every operation of a random critical path may be taken out and
 * put back, on any of its machines, at every place of the k-insertion neighbourhood of Mastrolilli and
 * Gambardella (2000), which holds an optimal reinsertion. Values are exact, not estimates. For a while
 * an operation may not go back to the machine it has left, nor, on its own machine, elsewhere.
 */
export class FlexibleTabu {
  readonly graph: FlexibleGraph;
  readonly best: Int32Array;
  readonly bestModes: Int32Array;
  bestMakespan = 0;

  readonly #random: Random;
  readonly #path: Int32Array;
  /** Until when mode k is forbidden for its operation. */
  readonly #until: Int32Array;
  #clock = 0;
  #value = 0;
  #through = 0;
  #ties = 0;
  #v = 0;
  #mode = 0;
  #next = 0;
  #spares = 0;
  #spareV = 0;
  #spareMode = 0;
  #spareNext = 0;

  constructor(shop: FlexibleShop, random: Random) {
    this.graph = new FlexibleGraph(shop);
    this.#random = random;
    this.best = new Int32Array(shop.n);
    this.bestModes = new Int32Array(shop.n);
    this.#path = new Int32Array(shop.n + 1);
    this.#until = new Int32Array(at(shop.modeFirst, shop.n));
  }

  /** Improves the given solution until a limit or the budget ends it. */
  run(sequence: Int32Array, modes: Int32Array, limits: SearchLimits, budget: Budget): void {
    const { graph } = this;
    const random = this.#random;
    graph.load(sequence, modes);
    this.best.set(graph.order);
    this.bestModes.set(graph.mode);
    this.bestMakespan = graph.makespan;
    this.#until.fill(0);
    this.#clock = 0;
    const { modeFirst } = graph.shop;
    // No one tenure suits rigid and very flexible shops alike: each run draws its own.
    const memory = 0.15 + 0.45 * random.unit();
    let idle = 0;
    while (idle < limits.patience && this.bestMakespan > limits.target) {
      if (budget.spend()) return;
      const length = this.#criticalPath();
      if (!this.#choose(length)) return;
      this.#clock++;
      const v = this.#v;
      const choices = at(modeFirst, v + 1) - at(modeFirst, v);
      const span = 2 + Math.floor(memory * length);
      const tenure = choices + span + random.below(span);
      this.#until[at(graph.mode, v)] = this.#clock + tenure;
      graph.reinsert(v, this.#mode, this.#next);
      if (graph.makespan < this.bestMakespan) {
        this.bestMakespan = graph.makespan;
        this.best.set(graph.order);
        this.bestModes.set(graph.mode);
        idle = 0;
      } else idle++;
    }
  }

  #criticalPath(): number {
    const { n, end, time, machineBefore, makespan, shop } = this.graph;
    const { before, lag } = shop;
    const random = this.#random;
    const path = this.#path;
    let x = n;
    let seen = 0;
    for (let y = 0; y < n; y++) {
      if (at(end, y) === makespan && random.below(++seen) === 0) x = y;
    }
    let count = 0;
    while (x < n) {
      path[count++] = x;
      const start = at(end, x) - at(time, x);
      const m = at(machineBefore, x);
      let next = n;
      seen = 0;
      if (m !== n && at(end, m) === start) {
        next = m;
        seen = 1;
      }
      for (let k = at(before.first, x); k < at(before.first, x + 1); k++) {
        const b = at(before.values, k);
        if (at(end, b) + at(lag, b) === start && random.below(++seen) === 0) next = b;
      }
      x = next;
    }
    return count;
  }

  #choose(length: number): boolean {
    this.#value = 0x7fffffff;
    this.#through = 0x7fffffff;
    this.#ties = 0;
    this.#spares = 0;
    const { machineBefore, machineAfter, n, shop } = this.graph;
    const { modeFirst } = shop;
    let sample = length <= FULL_PATH ? length : SAMPLE;
    for (let i = 0; i < length && sample > 0; i++) {
      if (this.#random.below(length - i) >= sample) continue;
      sample--;
      const v = at(this.#path, i);
      const single = at(modeFirst, v + 1) - at(modeFirst, v) === 1;
      if (single && at(machineBefore, v) === n && at(machineAfter, v) === n) continue;
      this.graph.lift(v);
      for (let mode = at(modeFirst, v); mode < at(modeFirst, v + 1); mode++) this.#places(v, mode);
    }
    if (this.#ties > 0) return true;
    if (this.#spares === 0) return false;
    this.#v = this.#spareV;
    this.#mode = this.#spareMode;
    this.#next = this.#spareNext;
    return true;
  }

  /** Judges every sensible place of v on the machine of a mode. */
  #places(v: number, mode: number): void {
    const { n, shop, machineFirst, machineAfter, freeEnd, freeTail, freeMakespan } = this.graph;
    const ready = at(freeEnd, v);
    const rest = at(freeTail, v);
    const time = at(shop.modeTime, mode);
    const tabu = at(this.#until, mode) > this.#clock;
    const limit = tabu ? this.bestMakespan - 1 : this.#value;
    if (freeMakespan > limit && this.#ties > 0) return;
    if (ready + time + rest > limit && this.#ties > 0) return;
    const stays = at(shop.modeMachine, mode) === at(this.graph.machine, v);
    const current = stays ? at(machineAfter, v) : -1;
    // Operations that end by v's ready time come first, those with no longer tail last; v goes behind
    // the first ones that are early and long-tailed, and not behind one that is late and short-tailed.
    let previous = n;
    let x = at(machineFirst, at(shop.modeMachine, mode));
    for (;;) {
      if (x === v) x = at(machineAfter, v);
      const early = x !== n && at(freeEnd, x) <= ready;
      const long = x !== n && at(freeTail, x) > rest;
      if (!(early && long) && x !== current) {
        const head = previous === n ? ready : Math.max(ready, at(freeEnd, previous));
        const tail = x === n ? rest : Math.max(rest, at(freeTail, x));
        this.#consider(head + time + tail, tabu, v, mode, x);
      }
      if (!early && !long) return;
      previous = x;
      x = at(machineAfter, x);
    }
  }

  #consider(through: number, tabu: boolean, v: number, mode: number, next: number): void {
    const free = this.graph.freeMakespan;
    const value = Math.max(through, free);
    if (tabu && value >= this.bestMakespan) {
      if (this.#random.below(++this.#spares) === 0) {
        this.#spareV = v;
        this.#spareMode = mode;
        this.#spareNext = next;
      }
      return;
    }
    if (value > this.#value || (value === this.#value && through > this.#through)) return;
    if (value < this.#value || through < this.#through) this.#ties = 0;
    this.#value = value;
    this.#through = through;
    if (this.#random.below(++this.#ties) === 0) {
      this.#v = v;
      this.#mode = mode;
      this.#next = next;
    }
  }
}
