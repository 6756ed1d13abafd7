import type { Rows } from '../compile.ts';
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
 * empty node. `end` and `tail` include the node's own time, as in the job-shop graph.
 *
 * `lift(v)` computes heads and tails as they are without v; with them, inserting v between two
 * neighbours a and b of a machine gives a longest path of exactly
 * max(makespan without v, max(ready(v), end(a)) + time + max(rest(v), tail(b))), because neither the
 * head of a nor the tail of b can depend on v (Mastrolilli and Gambardella 2000).
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

  /** Heads and tails without the operation lifted last. */
  readonly freeEnd: Int32Array;
  readonly freeTail: Int32Array;
  /** Longest path without the operation lifted last. */
  freeMakespan = 0;

  /** The single predecessor or successor, where there is exactly one (−1 otherwise). */
  readonly #onlyBefore: Int32Array;
  readonly #onlyAfter: Int32Array;
  readonly #lag: Int32Array;
  readonly #sinks: Int32Array;
  readonly #machineLast: Int32Array;
  readonly #moved: Uint8Array;
  readonly #held: Int32Array;

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
    this.freeEnd = new Int32Array(n + 1);
    this.freeTail = new Int32Array(n + 1);
    this.order = new Int32Array(n);
    this.place = new Int32Array(n + 1).fill(-1);
    this.#onlyBefore = onlyOf(shop.before, n);
    this.#onlyAfter = onlyOf(shop.after, n);
    this.#lag = shop.lag;
    const { first } = shop.after;
    this.#sinks = Int32Array.from(
      [...Array(n).keys()].filter((x) => at(first, x) === at(first, x + 1)),
    );
    this.#machineLast = new Int32Array(machines);
    this.#moved = new Uint8Array(n + 1);
    this.#held = new Int32Array(n);
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
    this.#evaluate();
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

  /** Fills `freeEnd`, `freeTail` and `freeMakespan` for the schedule without v. */
  lift(v: number): void {
    const { n, machineBefore, machineAfter, end, tail, freeEnd, freeTail } = this;
    freeEnd.set(end);
    freeTail.set(tail);
    const previous = at(machineBefore, v);
    const next = at(machineAfter, v);
    machineBefore[next] = previous;
    machineAfter[previous] = next;
    // Without v its own time no longer counts; its precedence arcs still do.
    freeEnd[v] = this.ready(v, end);
    freeTail[v] = this.rest(v, tail);
    this.#spreadHeads(v, next);
    this.#spreadTails(v, previous);
    machineBefore[next] = v;
    machineAfter[previous] = v;
    machineBefore[n] = n;
    machineAfter[n] = n;
    let makespan = 0;
    const sinks = this.#sinks;
    for (let i = 0; i < sinks.length; i++) {
      const value = at(freeEnd, at(sinks, i));
      if (value > makespan) makespan = value;
    }
    this.freeMakespan = makespan;
  }

  /** Carries v's removal forward through `freeEnd`, touching only what it changes. */
  #spreadHeads(v: number, next: number): void {
    const { order, place, machineBefore, machineAfter, time, freeEnd } = this;
    const { after } = this.shop;
    const stale = this.#moved;
    let reach = -1;
    let x = v;
    let follower = next;
    let i = at(place, v);
    for (;;) {
      // What hangs on x must be looked at again.
      stale[follower] = 1;
      if (at(place, follower) > reach) reach = at(place, follower);
      for (let k = at(after.first, x), to = at(after.first, x + 1); k < to; k++) {
        const y = at(after.values, k);
        stale[y] = 1;
        if (at(place, y) > reach) reach = at(place, y);
      }
      let changed = false;
      while (!changed && ++i <= reach) {
        x = at(order, i);
        if (stale[x] === 0) continue;
        stale[x] = 0;
        const ready = this.ready(x, freeEnd);
        const machineEnd = at(freeEnd, at(machineBefore, x));
        const value = Math.max(ready, machineEnd) + at(time, x);
        changed = value !== at(freeEnd, x);
        freeEnd[x] = value;
      }
      if (!changed) break;
      follower = at(machineAfter, x);
    }
    stale[this.n] = 0;
  }

  /** The mirror image: carries v's removal backward through `freeTail`. */
  #spreadTails(v: number, previous: number): void {
    const { n, order, place, machineBefore, machineAfter, time, freeTail } = this;
    const { before } = this.shop;
    const stale = this.#moved;
    let reach = n;
    let x = v;
    let leader = previous;
    let i = at(place, v);
    for (;;) {
      stale[leader] = 1;
      if (leader !== n && at(place, leader) < reach) reach = at(place, leader);
      for (let k = at(before.first, x), to = at(before.first, x + 1); k < to; k++) {
        const y = at(before.values, k);
        stale[y] = 1;
        if (at(place, y) < reach) reach = at(place, y);
      }
      let changed = false;
      while (!changed && --i >= reach) {
        x = at(order, i);
        if (stale[x] === 0) continue;
        stale[x] = 0;
        const rest = this.rest(x, freeTail);
        const machineTail = at(freeTail, at(machineAfter, x));
        const value = Math.max(rest, machineTail) + at(time, x);
        changed = value !== at(freeTail, x);
        freeTail[x] = value;
      }
      if (!changed) break;
      leader = at(machineBefore, x);
    }
    stale[n] = 0;
  }

  /** Takes v out and puts it into `mode` before `next` (node n: last); no cycle may arise. */
  reinsert(v: number, mode: number, next: number): void {
    const { shop, n, machine, machineBefore, machineAfter, machineFirst } = this;
    const oldBefore = at(machineBefore, v);
    const oldAfter = at(machineAfter, v);
    if (oldBefore === n) machineFirst[at(machine, v)] = oldAfter;
    else machineAfter[oldBefore] = oldAfter;
    if (oldAfter !== n) machineBefore[oldAfter] = oldBefore;

    const m = at(shop.modeMachine, mode);
    let previous = n;
    if (next !== n) previous = at(machineBefore, next);
    else for (let x = at(machineFirst, m); x !== n; x = at(machineAfter, x)) previous = x;
    machineBefore[v] = previous;
    machineAfter[v] = next;
    if (previous === n) machineFirst[m] = v;
    else machineAfter[previous] = v;
    if (next !== n) machineBefore[next] = v;
    this.mode[v] = mode;
    machine[v] = m;
    this.time[v] = at(shop.modeTime, mode);
    this.#reorder(v, previous, next);
    this.#evaluate();
  }

  /** Restores a topological order after v has new machine neighbours. */
  #reorder(v: number, previous: number, next: number): void {
    const { shop, order, place, n } = this;
    const { before, after } = shop;
    const old = at(place, v);
    order.copyWithin(old, old + 1, n);
    for (let i = old; i < n - 1; i++) place[at(order, i)] = i;
    let low = previous === n ? -1 : at(place, previous);
    for (let k = at(before.first, v); k < at(before.first, v + 1); k++) {
      low = Math.max(low, at(place, at(before.values, k)));
    }
    let high = next === n ? n - 1 : at(place, next);
    for (let k = at(after.first, v); k < at(after.first, v + 1); k++) {
      high = Math.min(high, at(place, at(after.values, k)));
    }
    if (low < high) {
      order.copyWithin(low + 2, low + 1, n - 1);
      order[low + 1] = v;
      for (let i = low + 1; i < n; i++) place[at(order, i)] = i;
      return;
    }
    // Something that must follow v stands before something v must follow: what hangs on v goes last.
    const moved = this.#moved;
    const held = this.#held;
    let count = 1;
    let write = high;
    held[0] = v;
    moved[v] = 1;
    for (let i = high; i <= low; i++) {
      const x = at(order, i);
      let follows = moved[at(this.machineBefore, x)] === 1;
      for (let k = at(before.first, x), to = at(before.first, x + 1); k < to && !follows; k++) {
        follows = moved[at(before.values, k)] === 1;
      }
      if (follows) {
        moved[x] = 1;
        held[count++] = x;
      } else order[write++] = x;
    }
    order.copyWithin(low + 2, low + 1, n - 1);
    for (let i = 0; i < count; i++) {
      moved[at(held, i)] = 0;
      order[write++] = at(held, i);
    }
    for (let i = high; i < n; i++) place[at(order, i)] = i;
  }

  #evaluate(): void {
    const { n, order, end, tail, time, machineBefore, machineAfter } = this;
    let makespan = 0;
    for (let i = 0; i < n; i++) {
      const x = at(order, i);
      const ready = this.ready(x, end);
      const machineEnd = at(end, at(machineBefore, x));
      const value = Math.max(ready, machineEnd) + at(time, x);
      end[x] = value;
      if (value > makespan) makespan = value;
    }
    for (let i = n - 1; i >= 0; i--) {
      const x = at(order, i);
      const rest = this.rest(x, tail);
      const machineTail = at(tail, at(machineAfter, x));
      tail[x] = Math.max(rest, machineTail) + at(time, x);
    }
    this.makespan = makespan;
  }
}

function onlyOf(rows: Rows, n: number): Int32Array {
  const { first, values } = rows;
  return Int32Array.from({ length: n }, (_, x) =>
    at(first, x + 1) - at(first, x) === 1 ? at(values, at(first, x)) : -1,
  );
}
