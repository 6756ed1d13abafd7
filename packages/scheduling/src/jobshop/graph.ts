import type { Rows } from '../compile.ts';
import { Sequence } from '../sequence.ts';
import { at } from '../typed.ts';

/** Operations of a job shop have one neighbour in their job: there is no list of several. */
const NONE: Rows = { first: new Int32Array(1), values: new Int32Array(0) };

/**
 * A classical job shop in kernel form: every job is a chain of operations, every operation has one
 * machine, operations are numbered 0..n−1 job by job. `release` and `delivery` are the earliest start
 * of a job and the time it still needs after its last operation (both 0 in the classical problem).
 */
export interface JobShop {
  readonly jobs: number;
  readonly machines: number;
  /** First operation of each job, with one more entry: the operation count. */
  readonly first: Int32Array;
  readonly machine: Int32Array;
  readonly time: Int32Array;
  readonly release: Int32Array;
  readonly delivery: Int32Array;
}

/**
 * The disjunctive graph of one complete selection (one order per machine), kept with heads and tails.
 *
 * Nodes 0..n−1 are operations, n is the empty node, n+1+j stands before and after job j (it carries
 * release and delivery time), so that no neighbour ever needs a test for "none".
 *
 * - `end[x]`: longest path from the source through x, its own time included;
 * - `tail[x]`: longest path from x to the sink, its own time included;
 * - `order`/`place`: a topological order of the operations and its inverse.
 */
export class JobShopGraph {
  readonly shop: JobShop;
  readonly n: number;
  readonly time: Int32Array;
  readonly jobBefore: Int32Array;
  readonly jobAfter: Int32Array;
  readonly machineBefore: Int32Array;
  readonly machineAfter: Int32Array;
  readonly end: Int32Array;
  readonly tail: Int32Array;
  readonly order: Int32Array;
  readonly place: Int32Array;
  makespan = 0;

  readonly #last: Int32Array;
  readonly #machineLast: Int32Array;
  readonly #sequence: Sequence;

  constructor(shop: JobShop) {
    const n = at(shop.first, shop.jobs);
    const nodes = n + 1 + shop.jobs;
    this.shop = shop;
    this.n = n;
    this.time = new Int32Array(nodes);
    this.time.set(shop.time);
    this.jobBefore = new Int32Array(nodes).fill(n);
    this.jobAfter = new Int32Array(nodes).fill(n);
    this.machineBefore = new Int32Array(nodes).fill(n);
    this.machineAfter = new Int32Array(nodes).fill(n);
    this.end = new Int32Array(nodes);
    this.tail = new Int32Array(nodes);
    this.#sequence = new Sequence(n, nodes);
    this.order = this.#sequence.order;
    this.place = this.#sequence.place;
    this.#last = new Int32Array(shop.jobs);
    this.#machineLast = new Int32Array(shop.machines);
    for (let j = 0; j < shop.jobs; j++) {
      const from = at(shop.first, j);
      const to = at(shop.first, j + 1) - 1;
      for (let x = from; x <= to; x++) {
        this.jobBefore[x] = x === from ? n + 1 + j : x - 1;
        this.jobAfter[x] = x === to ? n + 1 + j : x + 1;
      }
      this.#last[j] = to;
      this.end[n + 1 + j] = at(shop.release, j);
      this.tail[n + 1 + j] = at(shop.delivery, j);
    }
  }

  /** Takes the machine orders from a sequence of all operations that respects the job chains. */
  load(sequence: Int32Array): void {
    const { n, order, place, machineBefore, machineAfter, shop } = this;
    const last = this.#machineLast.fill(n);
    for (let i = 0; i < n; i++) {
      const x = at(sequence, i);
      const m = at(shop.machine, x);
      const before = at(last, m);
      order[i] = x;
      place[x] = i;
      machineBefore[x] = before;
      machineAfter[x] = n;
      if (before !== n) machineAfter[before] = x;
      last[m] = x;
    }
    this.#headsFrom(0, n - 1);
    this.#tailsFrom(n - 1, 0);
    this.#measure();
  }

  /** Moves u to the place right after v, later on the same machine. The move must not close a cycle. */
  moveAfter(u: number, v: number): void {
    const { machineBefore, machineAfter, n } = this;
    const from = at(this.place, u);
    const to = at(this.place, v);
    const before = at(machineBefore, u);
    const next = at(machineAfter, u);
    const beyond = at(machineAfter, v);
    if (before !== n) machineAfter[before] = next;
    machineBefore[next] = before;
    machineAfter[v] = u;
    machineBefore[u] = v;
    machineAfter[u] = beyond;
    if (beyond !== n) machineBefore[beyond] = u;
    this.#sequence.carry(u, from, to, machineBefore, this.jobBefore, NONE);
    this.#update(from, to, before, beyond);
  }

  /** Moves v to the place right before u, earlier on the same machine. The move must not close a cycle. */
  moveBefore(v: number, u: number): void {
    const { machineBefore, machineAfter, n } = this;
    const from = at(this.place, u);
    const to = at(this.place, v);
    const before = at(machineBefore, v);
    const next = at(machineAfter, v);
    const above = at(machineBefore, u);
    machineAfter[before] = next;
    if (next !== n) machineBefore[next] = before;
    if (above !== n) machineAfter[above] = v;
    machineBefore[v] = above;
    machineAfter[v] = u;
    machineBefore[u] = v;
    this.#sequence.carry(v, to, from, machineAfter, this.jobAfter, NONE);
    this.#update(from, to, above, next);
  }

  /** Start time of every operation (semi-active, left-justified). */
  starts(): Int32Array {
    const starts = new Int32Array(this.n);
    for (let x = 0; x < this.n; x++) starts[x] = at(this.end, x) - at(this.time, x);
    return starts;
  }

  /** Brings heads and tails up to date; `above` and `below` have new neighbours outside the window. */
  #update(from: number, to: number, above: number, below: number): void {
    const first = at(this.place, above);
    const last = at(this.place, below);
    this.#headsFrom(from, Math.max(last, to));
    this.#tailsFrom(to, first >= 0 ? first : from);
    this.#measure();
  }

  /**
   * Recomputes heads from place `from`; places up to `must` always, beyond it only as far as a
   * changed head can reach.
   */
  #headsFrom(from: number, must: number): void {
    const { order, place, jobBefore, jobAfter, machineBefore, machineAfter, end, time } = this;
    let reach = must;
    for (let i = from; i <= reach; i++) {
      const x = at(order, i);
      const a = at(end, at(jobBefore, x));
      const b = at(end, at(machineBefore, x));
      const value = Math.max(a, b) + at(time, x);
      if (value !== at(end, x)) {
        end[x] = value;
        const j = at(place, at(jobAfter, x));
        const m = at(place, at(machineAfter, x));
        if (j > reach) reach = j;
        if (m > reach) reach = m;
      }
    }
  }

  #tailsFrom(from: number, must: number): void {
    const { order, place, jobBefore, jobAfter, machineBefore, machineAfter, tail, time } = this;
    let reach = must;
    for (let i = from; i >= reach; i--) {
      const x = at(order, i);
      const a = at(tail, at(jobAfter, x));
      const b = at(tail, at(machineAfter, x));
      const value = Math.max(a, b) + at(time, x);
      if (value !== at(tail, x)) {
        tail[x] = value;
        const jb = at(jobBefore, x);
        const mb = at(machineBefore, x);
        const j = at(place, jb);
        const m = at(place, mb);
        if (j >= 0 && j < reach) reach = j;
        if (m >= 0 && m < reach) reach = m;
      }
    }
  }

  #measure(): void {
    const { end, tail, n, shop } = this;
    const last = this.#last;
    let makespan = 0;
    for (let j = 0; j < shop.jobs; j++) {
      const value = at(end, at(last, j)) + at(tail, n + 1 + j);
      if (value > makespan) makespan = value;
    }
    this.makespan = makespan;
  }
}
