import type { Budget } from '../budget.ts';
import type { SearchLimits } from '../population.ts';
import type { Random } from '../random.ts';
import { at } from '../typed.ts';
import { type JobShop, JobShopGraph } from './graph.ts';

/** Moves over more places than this are not tried: the judging of a move takes time by its length. */
const REACH = 100;

/**
 * Tabu search for the job shop with the N7 neighbourhood (Zhang et al. 2007): on one random critical
 * path, an operation of a block moves right before its first or right after its last operation, and
 * the first and last operation move inside. Moves are judged by the estimate of Balas and Vazacopoulos
 * (1998), which needs heads and tails only of the operations between the two places; the best
 * admissible move is taken. Arcs a move has just turned may not be turned back for a while; a move is
 * forbidden when all it would turn (half of them, where blocks are long) are such arcs.
 */
export class JobShopTabu {
  readonly graph: JobShopGraph;
  /** Order of the best solution of the last `run`, as a topological sequence. */
  readonly best: Int32Array;
  bestMakespan = 0;

  readonly #random: Random;
  readonly #ends: Int32Array;
  readonly #tails: Int32Array;
  readonly #line: Int32Array;
  readonly #path: Int32Array;
  /** Row start of each operation in the tabu table: one square per machine. */
  readonly #row: Int32Array;
  readonly #column: Int32Array;
  readonly #until: Int32Array;
  /** A move is forbidden when this share of the arcs it would turn is. */
  readonly #share: number;
  #clock = 0;
  #u = 0;
  #v = 0;
  #forward = true;
  #ties = 0;
  #chosen = 0;
  #spareU = 0;
  #spareV = 0;
  #spareForward = true;
  #spares = 0;

  constructor(shop: JobShop, random: Random) {
    const graph = new JobShopGraph(shop);
    this.graph = graph;
    this.#random = random;
    // Many jobs a machine make long blocks, whose moves turn many arcs: asking for all of them to be
    // forbidden would forbid next to nothing.
    this.#share = shop.jobs > 2 * shop.machines ? 0.5 : 1;
    this.best = new Int32Array(graph.n);
    this.#ends = new Int32Array(graph.n + 2);
    this.#tails = new Int32Array(graph.n + 2);
    this.#line = new Int32Array(graph.n + 2);
    this.#path = new Int32Array(graph.n + 1);
    this.#row = new Int32Array(graph.n);
    this.#column = new Int32Array(graph.n);
    const count = new Int32Array(shop.machines);
    for (let x = 0; x < graph.n; x++) {
      const m = at(shop.machine, x);
      this.#column[x] = at(count, m);
      count[m] = at(count, m) + 1;
    }
    const base = new Int32Array(shop.machines + 1);
    for (let m = 0; m < shop.machines; m++) base[m + 1] = at(base, m) + at(count, m) ** 2;
    for (let x = 0; x < graph.n; x++) {
      const m = at(shop.machine, x);
      this.#row[x] = at(base, m) + at(this.#column, x) * at(count, m);
    }
    this.#until = new Int32Array(at(base, shop.machines));
  }

  /** Improves the given sequence until a limit or the budget ends it; the result is in `best`. */
  run(sequence: Int32Array, limits: SearchLimits, budget: Budget): void {
    const { graph } = this;
    const { jobs, machines } = graph.shop;
    const random = this.#random;
    graph.load(sequence);
    this.best.set(sequence);
    this.bestMakespan = graph.makespan;
    // A fresh clock far beyond every stored date empties the table without touching it.
    this.#clock = (this.#clock + 100_000) | 0;
    if (this.#clock > 1_500_000_000) {
      this.#until.fill(0);
      this.#clock = 100_000;
    }
    // No one tenure suits all shops: each run draws its own around the usual 10 + jobs / machines.
    const least = Math.round((10 + jobs / machines) * (0.6 + 0.5 * random.unit()));
    const most = Math.ceil(1.4 * least);
    let idle = 0;
    while (idle < limits.patience && this.bestMakespan > limits.target) {
      if (budget.spend()) return;
      if (!this.#choose()) return;
      this.#clock++;
      this.#apply(this.#clock + least + random.below(most - least + 1));
      if (graph.makespan < this.bestMakespan) {
        this.bestMakespan = graph.makespan;
        this.best.set(graph.order);
        idle = 0;
      } else idle++;
    }
  }

  /** Picks the next move; false when the critical path has no block, which proves optimality. */
  #choose(): boolean {
    const length = this.#criticalPath();
    const path = this.#path;
    const { machine } = this.graph.shop;
    this.#ties = 0;
    this.#chosen = 0x7fffffff;
    this.#spares = 0;
    let from = 0;
    while (from < length) {
      let to = from;
      const m = at(machine, at(path, from));
      while (to + 1 < length && at(machine, at(path, to + 1)) === m) to++;
      if (to > from) this.#block(from, to);
      from = to + 1;
    }
    if (this.#ties > 0) return true;
    if (this.#spares === 0) return false;
    this.#u = this.#spareU;
    this.#v = this.#spareV;
    this.#forward = this.#spareForward;
    return true;
  }

  /** The N7 moves of the block in path[from..to], as far as they reach. */
  #block(from: number, to: number): void {
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

  /** One critical path, drawn at random wherever it forks, from source to sink; its length. */
  #criticalPath(): number {
    const { graph } = this;
    const { end, tail, time, jobBefore, machineBefore, n, makespan, shop } = graph;
    const random = this.#random;
    const path = this.#path;
    let x = n;
    let seen = 0;
    for (let j = 0; j < shop.jobs; j++) {
      const last = at(shop.first, j + 1) - 1;
      if (at(end, last) + at(tail, n + 1 + j) === makespan && random.below(++seen) === 0) x = last;
    }
    let i = n;
    while (x < n) {
      path[--i] = x;
      const start = at(end, x) - at(time, x);
      const j = at(jobBefore, x);
      const m = at(machineBefore, x);
      const byJob = at(end, j) === start;
      const byMachine = m !== n && at(end, m) === start;
      if (byJob && byMachine && j < n) x = (random.bits() & 1) === 0 ? j : m;
      else if (byMachine) x = m;
      else if (byJob) x = j;
      else break;
    }
    path.copyWithin(0, i, n);
    return n - i;
  }

  /** Judges moving u right after v. */
  #tryAfter(u: number, v: number): void {
    const { end, tail, time, jobBefore, jobAfter, machineBefore, machineAfter } = this.graph;
    // A path from u's job successor to v would close a cycle; the tails rule it out, save v itself.
    const follower = at(jobAfter, u);
    if (v === follower || at(tail, v) < at(tail, follower)) return;
    const ends = this.#ends;
    const line = this.#line;
    const chosen = this.#chosen;
    const clock = this.#clock;
    const until = this.#until;
    const columnU = at(this.#column, u);
    const row = this.#row;
    let hits = 0;
    let count = 0;
    let machineEnd = at(end, at(machineBefore, u));
    let x = u;
    do {
      x = at(machineAfter, x);
      const jobEnd = at(end, at(jobBefore, x));
      machineEnd = Math.max(jobEnd, machineEnd) + at(time, x);
      ends[count] = machineEnd;
      line[count++] = x;
      if (at(until, at(row, x) + columnU) > clock) hits++;
    } while (x !== v);
    const tabu = hits >= this.#share * count;
    const timeU = at(time, u);
    const jobEnd = at(end, at(jobBefore, u));
    const startU = Math.max(jobEnd, machineEnd);
    const afterV = at(tail, at(machineAfter, v));
    const jobTail = at(tail, at(jobAfter, u));
    let machineTail = Math.max(afterV, jobTail) + timeU;
    let worst = startU + machineTail;
    const limit = tabu ? this.bestMakespan - 1 : chosen;
    for (let i = count - 1; i >= 0; i--) {
      if (worst > limit && this.#ties > 0) return;
      x = at(line, i);
      const nextTail = at(tail, at(jobAfter, x));
      const after = Math.max(nextTail, machineTail);
      const through = at(ends, i) + after;
      if (through > worst) worst = through;
      machineTail = after + at(time, x);
    }
    this.#consider(worst, tabu, u, v, true);
  }

  /** Judges moving v right before u. */
  #tryBefore(v: number, u: number): void {
    const { end, tail, time, jobBefore, jobAfter, machineBefore, machineAfter } = this.graph;
    const leader = at(jobBefore, v);
    if (u === leader || at(end, u) < at(end, leader)) return;
    const tails = this.#tails;
    const line = this.#line;
    const chosen = this.#chosen;
    const clock = this.#clock;
    const until = this.#until;
    const column = this.#column;
    const rowV = at(this.#row, v);
    let hits = 0;
    let count = 0;
    let machineTail = at(tail, at(machineAfter, v));
    let x = v;
    do {
      x = at(machineBefore, x);
      const jobTail = at(tail, at(jobAfter, x));
      machineTail = Math.max(jobTail, machineTail) + at(time, x);
      tails[count] = machineTail;
      line[count++] = x;
      if (at(until, rowV + at(column, x)) > clock) hits++;
    } while (x !== u);
    const tabu = hits >= this.#share * count;
    const timeV = at(time, v);
    const jobTail = at(tail, at(jobAfter, v));
    const afterV = Math.max(jobTail, machineTail);
    const beforeU = at(end, at(machineBefore, u));
    const jobEnd = at(end, at(jobBefore, v));
    let machineEnd = Math.max(beforeU, jobEnd) + timeV;
    let worst = machineEnd + afterV;
    const limit = tabu ? this.bestMakespan - 1 : chosen;
    for (let i = count - 1; i >= 0; i--) {
      if (worst > limit && this.#ties > 0) return;
      x = at(line, i);
      const readyJob = at(end, at(jobBefore, x));
      const start = Math.max(readyJob, machineEnd);
      const through = start + at(tails, i);
      if (through > worst) worst = through;
      machineEnd = start + at(time, x);
    }
    this.#consider(worst, tabu, u, v, false);
  }

  #consider(value: number, tabu: boolean, u: number, v: number, forward: boolean): void {
    if (tabu && value >= this.bestMakespan) {
      // Should everything be forbidden, one of these is taken at random.
      if (this.#random.below(++this.#spares) === 0) {
        this.#spareU = u;
        this.#spareV = v;
        this.#spareForward = forward;
      }
      return;
    }
    if (value > this.#chosen) return;
    if (value < this.#chosen) {
      this.#chosen = value;
      this.#ties = 0;
    }
    if (this.#random.below(++this.#ties) === 0) {
      this.#u = u;
      this.#v = v;
      this.#forward = forward;
    }
  }

  /** Makes the chosen move and forbids, until the given date, turning back what it turned. */
  #apply(date: number): void {
    const { graph } = this;
    const { machineAfter, machineBefore } = graph;
    const until = this.#until;
    const u = this.#u;
    const v = this.#v;
    if (this.#forward) {
      const row = at(this.#row, u);
      let x = u;
      do {
        x = at(machineAfter, x);
        until[row + at(this.#column, x)] = date;
      } while (x !== v);
      graph.moveAfter(u, v);
    } else {
      const column = at(this.#column, v);
      let x = v;
      do {
        x = at(machineBefore, x);
        until[at(this.#row, x) + column] = date;
      } while (x !== u);
      graph.moveBefore(v, u);
    }
  }
}
