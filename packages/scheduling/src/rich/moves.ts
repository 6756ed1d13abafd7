import { type Compiled, FAR } from '../compile.ts';
import type { Random } from '../random.ts';
import { at } from '../typed.ts';
import type { Choice, Decoder } from './decoder.ts';

/** The small and large changes of the general search. */
export class Moves {
  readonly #c: Compiled;
  readonly #random: Random;
  readonly #place: Int32Array;
  readonly #start: Int32Array;
  readonly #end: Int32Array;
  readonly #blame: Int32Array;
  readonly #completion: Int32Array;
  readonly #chain: Int32Array;
  readonly #lastOf: Int32Array;
  readonly #group: Int32Array;
  readonly #batches: boolean;
  readonly #sorts: boolean;
  readonly #tardy: boolean;

  constructor(c: Compiled, random: Random, decoder: Decoder) {
    const { objective } = c.problem;
    this.#c = c;
    this.#random = random;
    this.#place = new Int32Array(c.n);
    this.#start = decoder.start.slice();
    this.#end = decoder.end.slice();
    this.#blame = decoder.blame.slice();
    this.#completion = decoder.completion.slice();
    this.#chain = new Int32Array(c.n + 1);
    this.#lastOf = new Int32Array(c.jobs);
    this.#group = new Int32Array(c.n);
    this.#batches = c.capacity.some((room) => room > 0);
    // With limited buffers the order decides more than who comes first on a machine.
    this.#sorts = c.buffer.every((places) => places < 0);
    this.#tardy = (objective.kind === 'cvar' ? objective.of : objective.kind) !== 'makespan';
  }

  /**
   * Remembers the current schedule, just decoded, and puts the sequence in order of starts: the same
   * schedule, but neighbours in time become neighbours in the sequence.
   */
  learn(choice: Choice, decoder: Decoder): void {
    this.#start.set(decoder.start);
    this.#end.set(decoder.end);
    this.#blame.set(decoder.blame);
    this.#completion.set(decoder.completion);
    for (let x = 0; x < this.#c.n; x++) {
      const j = at(this.#c.jobOf, x);
      if (at(decoder.end, x) === at(decoder.completion, j)) this.#lastOf[j] = x;
    }
    if (!this.#sorts) return;
    const { sequence } = choice;
    for (let i = 1; i < sequence.length; i++) {
      const x = at(sequence, i);
      const date = at(this.#start, x);
      let k = i - 1;
      for (; k >= 0 && at(this.#start, at(sequence, k)) > date; k--) {
        sequence[k + 1] = at(sequence, k);
      }
      sequence[k + 1] = x;
    }
  }

  change(choice: Choice): void {
    const random = this.#random;
    for (let i = 0; i < this.#c.n; i++) this.#place[at(choice.sequence, i)] = i;
    const draw = random.below(100);
    if (draw < 60) this.#relieve(choice);
    else if (draw < 63) this.#regroup(choice);
    else if (draw < 75) this.#remode(choice, this.#draw());
    else if (draw < 82 && this.#batches) this.#hold(choice);
    else this.#shift(choice, this.#draw(), draw < 93);
  }

  #draw(): number {
    return this.#random.below(this.#c.n);
  }

  /** Changes something on the chain that makes the makespan, or one late job, what it is. */
  #relieve(choice: Choice): void {
    const { before } = this.#c;
    const chain = this.#chain;
    let length = 0;
    for (let x = this.#culprit(); x >= 0 && length < chain.length; x = at(this.#blame, x)) {
      chain[length++] = x;
    }
    const x = at(chain, this.#random.below(length));
    const y = at(this.#blame, x);
    let direct = false;
    for (let k = at(before.first, x); k < at(before.first, x + 1); k++) {
      if (at(before.values, k) === y) direct = true;
    }
    // Work put off by a full buffer may wait for what stands behind it: that is no case for overtaking.
    const ahead = y >= 0 && at(this.#place, y) < at(this.#place, x);
    if (!ahead || direct || this.#random.below(4) === 0) this.#remode(choice, x);
    else this.#overtake(choice, x, y);
  }

  /** The operation to begin with: the last of all, or the last of a late job. */
  #culprit(): number {
    const { jobs, due } = this.#c;
    let culprit = 0;
    if (this.#tardy) {
      let seen = 0;
      for (let j = 0; j < jobs; j++) {
        const late = at(this.#completion, j) > at(due, j);
        if (late && this.#random.below(++seen) === 0) culprit = at(this.#lastOf, j);
      }
      if (seen > 0) return culprit;
    }
    let latest = -1;
    for (let j = 0; j < jobs; j++) {
      if (at(this.#completion, j) > latest) {
        latest = at(this.#completion, j);
        culprit = at(this.#lastOf, j);
      }
    }
    return culprit;
  }

  /** Puts x before y, which it waits for on their machine; or some places further up. */
  #overtake(choice: Choice, x: number, y: number): void {
    const place = this.#place;
    const low = this.#limit(x, true);
    let to = at(place, y);
    if (low <= to) {
      // Now and then past what stands before y on the machine, too.
      while (this.#random.below(3) === 0 && at(this.#blame, at(choice.sequence, to)) >= 0) {
        const next = at(place, at(this.#blame, at(choice.sequence, to)));
        if (next < low || next >= to) break;
        to = next;
      }
      this.#put(choice, x, to);
      return;
    }
    // Something x needs stands between them: then y goes behind x.
    const high = this.#limit(y, false);
    this.#put(choice, y, Math.min(high, at(place, x)));
  }

  /** The first place precedence allows x, or the last one. */
  #limit(x: number, up: boolean): number {
    const { before, after, n } = this.#c;
    let limit = up ? 0 : n - 1;
    if (up) {
      for (let k = at(before.first, x); k < at(before.first, x + 1); k++) {
        limit = Math.max(limit, at(this.#place, at(before.values, k)) + 1);
      }
    } else {
      for (let k = at(after.first, x); k < at(after.first, x + 1); k++) {
        limit = Math.min(limit, at(this.#place, at(after.values, k)) - 1);
      }
    }
    return limit;
  }

  #put(choice: Choice, x: number, to: number): void {
    const { sequence } = choice;
    const place = this.#place;
    const from = at(place, x);
    if (to < from) sequence.copyWithin(to + 1, to, from);
    else sequence.copyWithin(from, from + 1, to + 1);
    sequence[to] = x;
    for (let i = Math.min(from, to); i <= Math.max(from, to); i++) place[at(sequence, i)] = i;
  }

  /** Moves one operation within what precedence allows; near, or anywhere. */
  #shift(choice: Choice, x: number, near: boolean): void {
    let low = this.#limit(x, true);
    let high = this.#limit(x, false);
    if (near) {
      const from = at(this.#place, x);
      const reach = 3 + (this.#c.n >> 4);
      low = Math.max(low, from - reach);
      high = Math.min(high, from + reach);
    }
    this.#put(choice, x, low + this.#random.below(high - low + 1));
  }

  #remode(choice: Choice, x: number): void {
    const { modeFirst, frozenMode } = this.#c;
    const count = at(modeFirst, x + 1) - at(modeFirst, x);
    if (count > 1 && at(frozenMode, x) < 0) {
      choice.modes[x] = at(modeFirst, x) + this.#random.below(count);
      if (this.#random.below(2) === 0) return;
    }
    this.#shift(choice, x, true);
  }

  /** Lets a batch wait until another operation of its family arrives, or wait no longer. */
  #hold(choice: Choice): void {
    const { family, before, n } = this.#c;
    const x = this.#draw();
    if (at(choice.holds, x) > 0 && this.#random.below(2) === 0) {
      choice.holds[x] = 0;
      return;
    }
    const y = this.#draw();
    if (x === y || n < 2 || at(family, x) !== at(family, y)) return;
    let arrival = 0;
    for (let k = at(before.first, y); k < at(before.first, y + 1); k++) {
      arrival = Math.max(arrival, at(this.#end, at(before.values, k)));
    }
    if (arrival < FAR) choice.holds[x] = arrival;
  }

  /** Tears out one job, or what starts about the same time, and puts each operation elsewhere. */
  #regroup(choice: Choice): void {
    const { jobOf, n } = this.#c;
    const seed = this.#draw();
    const whole = this.#random.below(2) === 0;
    const span = 1 + Math.abs(at(this.#end, seed) - at(this.#start, seed)) * 2;
    let count = 0;
    for (let x = 0; x < n && count < 12; x++) {
      const related = whole
        ? at(jobOf, x) === at(jobOf, seed)
        : Math.abs(at(this.#start, x) - at(this.#start, seed)) <= span;
      if (related) this.#group[count++] = x;
    }
    for (let k = 0; k < count; k++) {
      const x = at(this.#group, k);
      if (this.#random.below(3) === 0) this.#remode(choice, x);
      this.#shift(choice, x, !whole);
    }
  }
}
