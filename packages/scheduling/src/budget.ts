/** Anything that says whether the caller has given up; an `AbortSignal` fits, and so does a shared flag. */
export interface StopFlag {
  readonly aborted: boolean;
}

/** What a solve may spend. */
export interface BudgetOptions {
  /** Milliseconds of wall clock from the call of `solve`. */
  readonly deadline?: number;
  /** Search iterations; the same seed and iteration budget give the same answer on any machine. */
  readonly iterations?: number;
  readonly signal?: StopFlag;
}

/**
 * Counts iterations and looks at the clock and the stop flag from time to time.
 *
 * `spend` is called once a search iteration; the clock is read only every `stride` calls, and the
 * stride adapts so that two readings lie about a millisecond apart: cheap, and a cancel is seen at once.
 */
export class Budget {
  readonly started = performance.now();
  iterations = 0;
  readonly #limit: number;
  readonly #deadline: number;
  readonly #signal: StopFlag | undefined;
  #next = 1;
  #stride = 1;
  #lastLook: number;
  #over = false;

  constructor(options: BudgetOptions) {
    this.#limit = options.iterations ?? Number.POSITIVE_INFINITY;
    this.#deadline = this.started + (options.deadline ?? Number.POSITIVE_INFINITY);
    this.#signal = options.signal;
    this.#lastLook = this.started;
    if (this.#next > this.#limit) this.#next = this.#limit;
  }

  /** Records one iteration; true when the search must end now. */
  spend(): boolean {
    if (++this.iterations < this.#next) return this.#over;
    return this.#look();
  }

  /** True once the budget is used up or the caller has cancelled. */
  get over(): boolean {
    return this.#over || this.iterations >= this.#limit;
  }

  /** Reads clock and flag now, without counting an iteration: for work outside the main loop. */
  look(): boolean {
    return this.#look();
  }

  get elapsed(): number {
    return performance.now() - this.started;
  }

  /** The share of the budget used so far, 0 to 1. */
  get used(): number {
    const byCount = this.iterations / this.#limit;
    const total = this.#deadline - this.started;
    const byClock = total === Number.POSITIVE_INFINITY ? 0 : this.elapsed / total;
    return Math.min(1, Math.max(byCount, byClock));
  }

  /** Whether only the iteration count ends this search, so that its course must not depend on time. */
  get timeless(): boolean {
    return this.#deadline === Number.POSITIVE_INFINITY;
  }

  #look(): boolean {
    const now = performance.now();
    const gap = now - this.#lastLook;
    if (gap < 0.5 && this.#stride < 4096) this.#stride *= 2;
    else if (gap > 2 && this.#stride > 1) this.#stride = Math.max(1, this.#stride >> 1);
    this.#lastLook = now;
    this.#next = Math.min(this.iterations + this.#stride, this.#limit);
    if (this.iterations >= this.#limit || now >= this.#deadline || this.#signal?.aborted === true) {
      this.#over = true;
      this.#next = 0;
    }
    return this.#over;
  }
}
