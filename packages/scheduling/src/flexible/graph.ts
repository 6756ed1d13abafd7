import type { Rows } from '../compile.ts';
import { Sequence } from '../sequence.ts';
import { at } from '../typed.ts';

/**
 * A flexible shop in kernel form: any acyclic precedence with lags, alternative machines, release
 * times. `Compiled` problems without rich features fit it as they are.
 */
export interface FlexibleShop {
  readonly n: number;
  readonly machines: number;
  readonly modeFirst: Int32Array;
  readonly modeMachine: Int32Array;
  readonly modeTime: Int32Array;
  readonly before: Rows;
  readonly after: Rows;
  readonly lag: Int32Array;
  readonly release: Int32Array;
}

/**
 * One complete schedule as a graph: every operation has a mode, every machine an order. Node n is the
 * empty node, so that no neighbour ever needs a test for "none". `end` and `tail` include the node's own
 * time, as in the job-shop graph; `order` is a topological order and `place` its inverse. A reinsertion
 * brings all of them up to date within the stretch of the order it can reach.
 */
export class FlexibleGraph {
  readonly shop: FlexibleShop;
  readonly n: number;
  readonly mode: Int32Array;
  readonly machine: Int32Array;
  readonly time: Int32Array;
  readonly machineBefore: Int32Array;
  readonly machineAfter: Int32Array;
  readonly machineFirst: Int32Array;
  readonly end: Int32Array;
  readonly tail: Int32Array;
  readonly order: Int32Array;
  readonly place: Int32Array;
  makespan = 0;

  /** The predecessor or successor where there is at most one (n: none), −1 where there are several. */
  readonly #onlyBefore: Int32Array;
  readonly #onlyAfter: Int32Array;
  readonly #lag: Int32Array;
  readonly #sinks: Int32Array;
  readonly #machineLast: Int32Array;
  readonly #sequence: Sequence;

  constructor(shop: FlexibleShop) {
    const { n, machines } = shop;
    this.shop = shop;
    this.n = n;
    this.mode = new Int32Array(n);
    this.machine = new Int32Array(n + 1).fill(-1);
    this.time = new Int32Array(n + 1);
    this.machineBefore = new Int32Array(n + 1).fill(n);
    this.machineAfter = new Int32Array(n + 1).fill(n);
    this.machineFirst = new Int32Array(machines);
    this.end = new Int32Array(n + 1);
    this.tail = new Int32Array(n + 1);
    this.#sequence = new Sequence(n, n + 1);
    this.order = this.#sequence.order;
    this.place = this.#sequence.place;
    this.#onlyBefore = onlyOf(shop.before, n);
    this.#onlyAfter = onlyOf(shop.after, n);
    this.#lag = new Int32Array(n + 1);
    this.#lag.set(shop.lag.subarray(0, n));
    const { first } = shop.after;
    this.#sinks = Int32Array.from(
      [...Array(n).keys()].filter((x) => at(first, x) === at(first, x + 1)),
    );
    this.#machineLast = new Int32Array(machines);
  }

  /** Takes modes and machine orders from a sequence of all operations that respects precedence. */
  load(sequence: Int32Array, modes: Int32Array): void {
    const { n, shop, order, place, machineBefore, machineAfter, machineFirst } = this;
    const last = this.#machineLast.fill(n);
    machineFirst.fill(n);
    this.mode.set(modes);
    for (let i = 0; i < n; i++) {
      const x = at(sequence, i);
      const mode = at(modes, x);
      const m = at(shop.modeMachine, mode);
      this.machine[x] = m;
      this.time[x] = at(shop.modeTime, mode);
      const before = at(last, m);
      order[i] = x;
      place[x] = i;
      machineBefore[x] = before;
      machineAfter[x] = n;
      if (before === n) machineFirst[m] = x;
      else machineAfter[before] = x;
      last[m] = x;
    }
    this.#headsFrom(0, n - 1);
    this.#tailsFrom(n - 1, 0);
    this.#measure();
  }

  /** Earliest start of x by precedence alone, from the given ends. */
  ready(x: number, ends: Int32Array): number {
    const { before, release } = this.shop;
    const lag = this.#lag;
    const only = at(this.#onlyBefore, x);
    let value = at(release, x);
    if (only >= 0) {
      const date = at(ends, only) + at(lag, only);
      return Math.max(date, value);
    }
    for (let k = at(before.first, x), to = at(before.first, x + 1); k < to; k++) {
      const b = at(before.values, k);
      const date = at(ends, b) + at(lag, b);
      if (date > value) value = date;
    }
    return value;
  }

  /** Longest path that must follow x by precedence alone, from the given tails. */
  rest(x: number, tails: Int32Array): number {
    const { after } = this.shop;
    const only = at(this.#onlyAfter, x);
    if (only >= 0) return at(tails, only) + at(this.#lag, x);
    let value = 0;
    for (let k = at(after.first, x), to = at(after.first, x + 1); k < to; k++) {
      const tail = at(tails, at(after.values, k));
      if (tail > value) value = tail;
    }
    return value + at(this.#lag, x);
  }

  /** Takes v out and puts it into `mode` before `next` (node n: last); no cycle may arise. */
  reinsert(v: number, mode: number, next: number): void {
    const { shop, n, machine, place, machineBefore, machineAfter, machineFirst } = this;
    const last = this.#machineLast;
    const oldBefore = at(machineBefore, v);
    const oldAfter = at(machineAfter, v);
    const old = at(machine, v);
    if (oldBefore === n) machineFirst[old] = oldAfter;
    else machineAfter[oldBefore] = oldAfter;
    if (oldAfter === n) last[old] = oldBefore;
    else machineBefore[oldAfter] = oldBefore;

    const m = at(shop.modeMachine, mode);
    const previous = next === n ? at(last, m) : at(machineBefore, next);
    machineBefore[v] = previous;
    machineAfter[v] = next;
    if (previous === n) machineFirst[m] = v;
    else machineAfter[previous] = v;
    if (next === n) last[m] = v;
    else machineBefore[next] = v;
    this.mode[v] = mode;
    machine[v] = m;
    this.time[v] = at(shop.modeTime, mode);

    const here = at(place, v);
    if (previous !== n && at(place, previous) > here) {
      const to = at(place, previous);
      this.#sequence.carry(v, here, to, machineBefore, this.#onlyBefore, shop.before);
    } else if (next !== n && at(place, next) < here) {
      const to = at(place, next);
      this.#sequence.carry(v, here, to, machineAfter, this.#onlyAfter, shop.after);
    }

    this.#update(at(place, v), oldAfter, next, oldBefore, previous);
  }

  /** Renews heads from v and the two that lost and got it before them, tails from v and the others. */
  #update(here: number, followed: number, next: number, led: number, previous: number): void {
    const { n, place } = this;
    const followedAt = followed === n ? here : at(place, followed);
    const nextAt = next === n ? here : at(place, next);
    this.#headsFrom(Math.min(here, followedAt, nextAt), Math.max(here, followedAt, nextAt));
    const ledAt = led === n ? here : at(place, led);
    const previousAt = previous === n ? here : at(place, previous);
    this.#tailsFrom(Math.max(here, ledAt, previousAt), Math.min(here, ledAt, previousAt));
    this.#measure();
  }

  /** Recomputes heads from place `from`, up to `must` always, beyond as far as a changed head reaches. */
  #headsFrom(from: number, must: number): void {
    const { order, place, machineBefore, machineAfter, end, time } = this;
    const { after } = this.shop;
    const only = this.#onlyAfter;
    let reach = must;
    for (let i = from; i <= reach; i++) {
      const x = at(order, i);
      const ready = this.ready(x, end);
      const machineEnd = at(end, at(machineBefore, x));
      const value = Math.max(ready, machineEnd) + at(time, x);
      if (value === at(end, x)) continue;
      end[x] = value;
      const m = at(place, at(machineAfter, x));
      if (m > reach) reach = m;
      const a = at(only, x);
      if (a >= 0) {
        const j = at(place, a);
        if (j > reach) reach = j;
      } else {
        for (let k = at(after.first, x), to = at(after.first, x + 1); k < to; k++) {
          const j = at(place, at(after.values, k));
          if (j > reach) reach = j;
        }
      }
    }
  }

  /** The mirror image of `#headsFrom`. */
  #tailsFrom(from: number, must: number): void {
    const { n, order, place, machineBefore, machineAfter, tail, time } = this;
    const { before } = this.shop;
    const only = this.#onlyBefore;
    let reach = must;
    for (let i = from; i >= reach; i--) {
      const x = at(order, i);
      const rest = this.rest(x, tail);
      const machineTail = at(tail, at(machineAfter, x));
      const value = Math.max(rest, machineTail) + at(time, x);
      if (value === at(tail, x)) continue;
      tail[x] = value;
      const mb = at(machineBefore, x);
      if (mb !== n && at(place, mb) < reach) reach = at(place, mb);
      const b = at(only, x);
      if (b >= 0) {
        if (b !== n && at(place, b) < reach) reach = at(place, b);
      } else {
        for (let k = at(before.first, x), to = at(before.first, x + 1); k < to; k++) {
          const j = at(place, at(before.values, k));
          if (j < reach) reach = j;
        }
      }
    }
  }

  #measure(): void {
    const { end } = this;
    const sinks = this.#sinks;
    let makespan = 0;
    for (let i = 0; i < sinks.length; i++) {
      const value = at(end, at(sinks, i));
      if (value > makespan) makespan = value;
    }
    this.makespan = makespan;
  }
}

/** For each operation its one neighbour, n where there is none, −1 where there are several. */
function onlyOf(rows: Rows, n: number): Int32Array {
  const { first, values } = rows;
  return Int32Array.from({ length: n }, (_, x) => {
    const count = at(first, x + 1) - at(first, x);
    return count === 0 ? n : count === 1 ? at(values, at(first, x)) : -1;
  });
}
