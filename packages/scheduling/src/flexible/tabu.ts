import type { Budget } from '../budget.ts';
import type { SearchLimits } from '../population.ts';
import type { Random } from '../random.ts';
import { at, realAt } from '../typed.ts';
import { criticalPath } from './critical-path.ts';
import { FlexibleGraph, type FlexibleShop } from './graph.ts';
import { machinePrices, priceWeight } from './prices.ts';
import { TabuMemory } from './tabu-memory.ts';

/** Moves over more places than this are not tried: the judging of a move takes time by its length. */
const REACH = 100;

/**
 * Tabu search for the flexible shop. Every operation of a random critical path may go to each of its
 * other machines, to the places of the k-insertion neighbourhood (Mastrolilli and Gambardella 2000);
 * within the blocks of the path the moves are those of N7 (Zhang et al. 2007). Both are judged by the
 * longest path through what moves, from the heads and tails as they stand: a change of machine with the
 * longest path past the operation, an exchange of places as Balas and Vazacopoulos (1998) do.
 *
 * A change of machine also pays for what it adds to the priced work (`prices.ts`): where machines are
 * full, the shortest path now is often bought with time that is missing later.
 */
export class FlexibleTabu {
  readonly graph: FlexibleGraph;
  readonly best: Int32Array;
  readonly bestModes: Int32Array;
  bestMakespan = 0;

  readonly #random: Random;
  readonly #memory: TabuMemory;
  /** Time of each mode at the price of its machine, in units of makespan. */
  readonly #cost: Float64Array;
  readonly #path: Int32Array;
  readonly #line: Int32Array;
  readonly #sums: Int32Array;
  /** The best admissible move so far and its score, among how many equals. */
  #score = 0;
  #ties = 0;
  #v = 0;
  #mode = 0;
  #next = 0;
  /** A forbidden move, should there be no other. */
  #spares = 0;
  #spareV = 0;
  #spareMode = 0;
  #spareNext = 0;

  constructor(shop: FlexibleShop, random: Random) {
    this.graph = new FlexibleGraph(shop);
    this.#random = random;
    this.#memory = new TabuMemory(shop.n, at(shop.modeFirst, shop.n));
    const prices = machinePrices(shop);
    const weight = priceWeight(shop, prices);
    this.#cost = Float64Array.from(
      shop.modeTime,
      (time, k) => weight * time * realAt(prices, at(shop.modeMachine, k)),
    );
    this.best = new Int32Array(shop.n);
    this.bestModes = new Int32Array(shop.n);
    this.#path = new Int32Array(shop.n + 1);
    this.#line = new Int32Array(shop.n + 1);
    this.#sums = new Int32Array(shop.n + 1);
  }

  /** Improves the given solution until a limit or the budget ends it. */
  run(sequence: Int32Array, modes: Int32Array, limits: SearchLimits, budget: Budget): void {
    const { graph } = this;
    const { n, machines } = graph.shop;
    const random = this.#random;
    graph.load(sequence, modes);
    this.best.set(graph.order);
    this.bestModes.set(graph.mode);
    this.bestMakespan = graph.makespan;
    this.#memory.clear();
    // No one tenure suits rigid and very flexible shops alike: each run draws its own.
    const usual = 10 + n / (machines * machines);
    const least = Math.round(usual * (0.6 + 0.5 * random.unit()));
    const most = Math.ceil(1.4 * least);
    const share = 0.3 * (0.5 + random.unit());
    let idle = 0;
    while (idle < limits.patience && this.bestMakespan > limits.target) {
      if (budget.spend()) return;
      const length = criticalPath(graph, random, this.#path);
      if (!this.#choose(length)) return;
      this.#memory.tick();
      if (this.#mode === at(graph.mode, this.#v)) {
        this.#holdOrder(least + random.below(most - least + 1));
      } else this.#holdMode(2 + Math.floor(share * length));
      graph.reinsert(this.#v, this.#mode, this.#next);
      if (graph.makespan < this.bestMakespan) {
        this.bestMakespan = graph.makespan;
        this.best.set(graph.order);
        this.bestModes.set(graph.mode);
        idle = 0;
      } else idle++;
    }
  }

  /** Picks the next move; false when there is none at all. */
  #choose(length: number): boolean {
    this.#score = 0x7fffffff;
    this.#ties = 0;
    this.#spares = 0;
    const path = this.#path;
    const { machineBefore, shop } = this.graph;
    const { modeFirst } = shop;
    for (let i = 0; i < length; i++) {
      const v = at(path, i);
      if (at(modeFirst, v + 1) - at(modeFirst, v) > 1) this.#tryElsewhere(v);
    }
    let from = 0;
    while (from < length) {
      let to = from;
      while (to + 1 < length && at(machineBefore, at(path, to + 1)) === at(path, to)) to++;
      if (to > from) this.#tryBlock(from, to);
      from = to + 1;
    }
    if (this.#ties > 0) return true;
    if (this.#spares === 0) return false;
    this.#v = this.#spareV;
    this.#mode = this.#spareMode;
    this.#next = this.#spareNext;
    return true;
  }

  /** Judges v on each of its other machines. */
  #tryElsewhere(v: number): void {
    const { graph } = this;
    const { end, tail, machineBefore, machineAfter, shop } = graph;
    const { modeFirst, modeTime } = shop;
    const ready = graph.ready(v, end);
    const rest = graph.rest(v, tail);
    const past = at(end, at(machineBefore, v)) + at(tail, at(machineAfter, v));
    const current = at(graph.mode, v);
    for (let mode = at(modeFirst, v); mode < at(modeFirst, v + 1); mode++) {
      if (mode === current) continue;
      const tabu = this.#memory.forbidsMode(mode);
      const extra = realAt(this.#cost, mode) - realAt(this.#cost, current);
      const least = Math.max(past, ready + at(modeTime, mode) + rest);
      const hopeless = tabu ? least >= this.bestMakespan : least + extra > this.#score;
      if (hopeless && this.#ties > 0) continue;
      this.#tryPlaces(v, mode, ready, rest, past, extra, tabu);
    }
  }

  /**
   * Judges the places for v on another machine. What v must follow ends by its ready time and has a
   * longer tail; what must follow v ends later and has none longer than the rest behind v. So v goes
   * behind the first ones that are early and long, and not behind one that is neither.
   */
  #tryPlaces(
    v: number,
    mode: number,
    ready: number,
    rest: number,
    past: number,
    extra: number,
    tabu: boolean,
  ): void {
    const { n, shop, end, tail, machineAfter, machineFirst } = this.graph;
    const time = at(shop.modeTime, mode);
    let previous = n;
    let x = at(machineFirst, at(shop.modeMachine, mode));
    for (;;) {
      const early = x !== n && at(end, x) <= ready;
      const long = x !== n && at(tail, x) > rest;
      if (!(early && long)) {
        const head = Math.max(ready, at(end, previous));
        const after = Math.max(rest, at(tail, x));
        const value = Math.max(past, head + time + after);
        this.#consider(value, value + extra, tabu, v, mode, x);
      }
      if (!early && !long) return;
      previous = x;
      x = at(machineAfter, x);
    }
  }

  /** The N7 moves of the block in path[from..to], as far as they reach. */
  #tryBlock(from: number, to: number): void {
    const path = this.#path;
    const head = at(path, from);
    const foot = at(path, to);
    const low = Math.max(from, to - REACH);
    const high = Math.min(to, from + REACH);
    for (let i = low; i < to; i++) this.#tryAfter(at(path, i), foot);
    for (let i = from + 1; i <= high; i++) {
      // In a block of two this would be the same exchange again.
      if (to > from + 1) this.#tryBefore(at(path, i), head);
    }
    for (let i = from + 1; i < to; i++) {
      if (i <= high) this.#tryAfter(head, at(path, i));
      if (i >= low) this.#tryBefore(foot, at(path, i));
    }
  }

  /** Judges moving u right after v on their machine. */
  #tryAfter(u: number, v: number): void {
    const { graph } = this;
    const { end, tail, time, machineBefore, machineAfter, shop } = graph;
    const rest = graph.rest(u, tail);
    // A path from a successor of u to v would close a cycle; the tails rule it out.
    if (at(tail, v) + at(shop.lag, u) <= rest) return;
    const memory = this.#memory;
    const ends = this.#sums;
    const line = this.#line;
    let forbidden = true;
    let count = 0;
    let machineEnd = at(end, at(machineBefore, u));
    let x = u;
    do {
      x = at(machineAfter, x);
      machineEnd = Math.max(graph.ready(x, end), machineEnd) + at(time, x);
      ends[count] = machineEnd;
      line[count++] = x;
      forbidden = forbidden && memory.forbidsOrder(x, u);
    } while (x !== v);
    const startU = Math.max(graph.ready(u, end), machineEnd);
    let machineTail = Math.max(at(tail, at(machineAfter, v)), rest) + at(time, u);
    let worst = startU + machineTail;
    const limit = forbidden ? this.bestMakespan - 1 : this.#score;
    for (let i = count - 1; i >= 0; i--) {
      if (worst > limit && this.#ties > 0) return;
      x = at(line, i);
      const after = Math.max(graph.rest(x, tail), machineTail);
      worst = Math.max(worst, at(ends, i) + after);
      machineTail = after + at(time, x);
    }
    this.#consider(worst, worst, forbidden, u, at(graph.mode, u), at(machineAfter, v));
  }

  /** Judges moving v right before u on their machine. */
  #tryBefore(v: number, u: number): void {
    const { graph } = this;
    const { end, tail, time, machineBefore, machineAfter } = graph;
    const ready = graph.ready(v, end);
    if (at(end, u) <= ready) return;
    const memory = this.#memory;
    const tails = this.#sums;
    const line = this.#line;
    let forbidden = true;
    let count = 0;
    let machineTail = at(tail, at(machineAfter, v));
    let x = v;
    do {
      x = at(machineBefore, x);
      machineTail = Math.max(graph.rest(x, tail), machineTail) + at(time, x);
      tails[count] = machineTail;
      line[count++] = x;
      forbidden = forbidden && memory.forbidsOrder(v, x);
    } while (x !== u);
    const afterV = Math.max(graph.rest(v, tail), machineTail);
    let machineEnd = Math.max(at(end, at(machineBefore, u)), ready) + at(time, v);
    let worst = machineEnd + afterV;
    const limit = forbidden ? this.bestMakespan - 1 : this.#score;
    for (let i = count - 1; i >= 0; i--) {
      if (worst > limit && this.#ties > 0) return;
      x = at(line, i);
      const start = Math.max(graph.ready(x, end), machineEnd);
      worst = Math.max(worst, start + at(tails, i));
      machineEnd = start + at(time, x);
    }
    this.#consider(worst, worst, forbidden, v, at(graph.mode, v), u);
  }

  #consider(
    value: number,
    score: number,
    tabu: boolean,
    v: number,
    mode: number,
    next: number,
  ): void {
    if (tabu && value >= this.bestMakespan) {
      // Should everything be forbidden, one of these is taken at random.
      if (this.#random.below(++this.#spares) === 0) {
        this.#spareV = v;
        this.#spareMode = mode;
        this.#spareNext = next;
      }
      return;
    }
    if (score > this.#score) return;
    if (score < this.#score) {
      this.#score = score;
      this.#ties = 0;
    }
    if (this.#random.below(++this.#ties) === 0) {
      this.#v = v;
      this.#mode = mode;
      this.#next = next;
    }
  }

  /** The chosen operation may not go back to the machine it leaves, for span to 2 span iterations. */
  #holdMode(span: number): void {
    const { modeFirst } = this.graph.shop;
    const v = this.#v;
    const choices = at(modeFirst, v + 1) - at(modeFirst, v);
    this.#memory.forbidMode(at(this.graph.mode, v), choices + span + this.#random.below(span));
  }

  /** The chosen operation may not go back over those it is about to pass on its machine. */
  #holdOrder(tenure: number): void {
    const { n, end, machineAfter } = this.graph;
    const v = this.#v;
    const next = this.#next;
    if (next === n || at(end, next) > at(end, v)) {
      for (let x = at(machineAfter, v); x !== next; x = at(machineAfter, x)) {
        this.#memory.forbidOrder(v, x, tenure);
      }
    } else {
      for (let x = next; x !== v; x = at(machineAfter, x)) this.#memory.forbidOrder(x, v, tenure);
    }
  }
}
