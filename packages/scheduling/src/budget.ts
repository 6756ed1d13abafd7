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
  /** Milliseconds that run; the wall clock when absent. A processor clock measures alike on a busy machine. */
  readonly clock?: () => number;
}

/**
 * Counts iterations and looks at the clock and the stop flag from time to time.
 *
 * `spend` is called once a search iteration; the clock is read only every `stride` calls, and the
 * stride adapts so that two readings lie about a millisecond apart: cheap, and a cancel is seen at once.
 */
export class Budget {
  readonly started: number;
  iterations = 0;
  readonly #limit: number;
  readonly #deadline: number;
  readonly #signal: StopFlag | undefined;
  readonly #clock: () => number;
  #next = 1;
  #stride = 1;
  #lastLook: number;
  #over = false;

  constructor(options: BudgetOptions) {
    this.#clock = options.clock ?? (() => performance.now());
    this.started = this.#clock();
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
    return this.#judge(this.#clock());
  }

  get elapsed(): number {
    return this.#clock() - this.started;
  }

  /**
   * A budget for a first phase: so many iterations, at most a fifth of the time that is left. None when
   * this budget could not afford five such phases. Its iterations are to be given back by `charge`.
   */
  phase(iterations: number): Budget | undefined {
    if (this.#limit < 5 * iterations) return undefined;
    const left = this.#deadline - this.#clock();
    return new Budget({
      iterations,
      ...(left === Number.POSITIVE_INFINITY ? {} : { deadline: left / 5 }),
      ...(this.#signal ? { signal: this.#signal } : {}),
      clock: this.#clock,
    });
  }

  /** Counts iterations spent elsewhere. */
  charge(iterations: number): void {
    this.iterations += iterations;
    this.look();
  }

  /** What an iteration costs is known from counted ones only: what went on between looks from outside says nothing. */
  #look(): boolean {
    const now = this.#clock();
    const gap = now - this.#lastLook;
    if (gap < 0.5) this.#stride = Math.min(LONGEST_STRIDE, this.#stride * 2);
    else if (gap > 2) this.#stride = Math.max(1, Math.floor(this.#stride / gap));
    this.#lastLook = now;
    this.#next = Math.min(this.iterations + this.#stride, this.#limit);
    return this.#judge(now);
  }

  #judge(now: number): boolean {
    if (this.iterations >= this.#limit || now >= this.#deadline || this.#signal?.aborted === true) {
      this.#over = true;
      this.#next = 0;
    }
    return this.#over;
  }
}

/** Iterations between two looks: of the fastest search some ten milliseconds. */
const LONGEST_STRIDE = 4096;
