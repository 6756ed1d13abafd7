import type { Steps } from '../budget.ts';
import type { Random } from '../random.ts';
import type { Dispatcher } from './dispatch.ts';
import type { CompiledMachine } from './problem.ts';

/** Weight of a short remaining shift against skills when a crew is chosen; see `Dispatcher.run`. */
const FIT = 0.25;

/** The order in which waiting operations are tried, and the moves that change it. */
export class Ranking {
  /** True when the last dispatch left operations out. */
  incomplete = false;
  readonly #machine: CompiledMachine;
  readonly #random: Random;
  readonly #ranked: Int32Array;
  readonly #place: Int32Array;
  readonly #kept: Int32Array;
  readonly #tail: Float64Array;

  constructor(machine: CompiledMachine, random: Random) {
    const { n, order, after, duration } = machine;
    this.#machine = machine;
    this.#random = random;
    this.#ranked = Int32Array.from({ length: n }, (_, v) => v);
    this.#place = new Int32Array(n);
    this.#kept = new Int32Array(n);
    this.#tail = new Float64Array(n);
    for (let k = n - 1; k >= 0; k--) {
      const v = order[k] ?? 0;
      let longest = 0;
      for (const w of after[v] ?? []) longest = Math.max(longest, this.#tail[w] ?? 0);
      this.#tail[v] = longest + (duration[v] ?? 0);
    }
  }

  /** Ranks by ascending key, ties by row. */
  follow(key: readonly number[]): void {
    this.#ranked.sort((a, b) => (key[a] ?? 0) - (key[b] ?? 0) || a - b);
  }

  /** Rule 0: longest tail, large crews first. Others blend tail and work, with a little noise. */
  byRule(rule: number): void {
    const { crew, duration } = this.#machine;
    const workWeight = rule === 0 ? 0 : this.#random.unit();
    const noise = rule === 0 ? 0 : 4 * this.#random.unit();
    this.follow(
      Array.from(this.#tail, (tail, v) => {
        const work = (crew[v] ?? 0) * (duration[v] ?? 0);
        return -(tail + workWeight * work + noise * this.#random.unit()) - 1e-3 * (crew[v] ?? 0);
      }),
    );
  }

  *dispatch(dispatcher: Dispatcher, target: number, goOn: () => boolean): Steps<number> {
    for (let k = 0; k < this.#ranked.length; k++) this.#place[this.#ranked[k] ?? 0] = k;
    const left = yield* dispatcher.run(this.#ranked, this.#place, target, FIT, goOn);
    this.incomplete = left > 0;
    return left;
  }

  keep(): void {
    this.#kept.set(this.#ranked);
  }

  undo(): void {
    this.#ranked.set(this.#kept);
  }

  /** Moves an operation, and often the ancestors that made it late, to an earlier place. */
  pullForward(operation: number, start: Int32Array): void {
    const { before, duration } = this.#machine;
    let v = operation;
    let to = this.#random.below(Math.max(1, this.#ranked.indexOf(v)));
    const whole = this.#random.unit() < 0.3;
    for (;;) {
      const from = this.#ranked.indexOf(v);
      const climb = this.#random.unit() < 0.5;
      if ((whole || !climb) && from > to) this.#shift(from, to);
      if (!whole && !climb) return;
      let latest = -1;
      for (const p of before[v] ?? []) {
        const end = (start[p] ?? 0) + (duration[p] ?? 0);
        if (latest < 0 || end > (start[latest] ?? 0) + (duration[latest] ?? 0)) latest = p;
      }
      if (latest < 0) {
        if (!whole && from > 0) this.#shift(from, this.#random.below(from));
        return;
      }
      v = latest;
      if (!whole) to = this.#random.below(Math.max(1, this.#ranked.indexOf(v)));
    }
  }

  /** Moves one operation by up to a tenth of the list. */
  nudge(): void {
    const n = this.#ranked.length;
    const from = this.#random.below(n);
    const to = from + Math.round((this.#random.unit() - 0.5) * Math.max(2, n * 0.2));
    this.#shift(from, Math.max(0, Math.min(n - 1, to)));
  }

  /** Moves one operation anywhere. */
  scatter(): void {
    const n = this.#ranked.length;
    this.#shift(this.#random.below(n), this.#random.below(n));
  }

  #shift(from: number, to: number): void {
    const v = this.#ranked[from] ?? 0;
    if (from > to) this.#ranked.copyWithin(to + 1, to, from);
    else this.#ranked.copyWithin(from, from + 1, to + 1);
    this.#ranked[to] = v;
  }
}
