/** Anything that can say "stop": an `AbortSignal`, or a flag in shared memory read by a getter. */
export interface CancelSignal {
  readonly aborted: boolean;
}

/** What a running solve tells about itself; `value` and `bound` are in the order of the objectives. */
export interface Progress {
  readonly value: readonly number[];
  readonly bound: readonly number[];
  readonly iteration: number;
  readonly elapsedMs: number;
}

export interface SolveOptions {
  /** Seed of every random choice; default 1. */
  readonly seed?: number;
  /** Wall-clock limit in milliseconds. Default 10,000 when no iteration budget is given. */
  readonly deadlineMs?: number;
  /** Iteration limit; with a seed and no deadline the answer is the same on every machine. */
  readonly iterations?: number;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: CancelSignal;
}

export type StoppedBy = 'proof' | 'deadline' | 'iterations' | 'cancelled';

/** Counts iterations and watches the clock and the cancel signal for one solve. */
export class Budget {
  readonly startedAt = performance.now();
  iteration = 0;
  stoppedBy: StoppedBy | undefined;
  readonly #deadline: number;
  readonly #iterations: number;
  readonly #signal: CancelSignal | undefined;
  readonly #onProgress: ((progress: Progress) => void) | undefined;

  constructor(options: SolveOptions) {
    const limit = options.deadlineMs ?? (options.iterations === undefined ? 10_000 : Infinity);
    this.#deadline = this.startedAt + limit;
    this.#iterations = options.iterations ?? Infinity;
    this.#signal = options.signal;
    this.#onProgress = options.onProgress;
  }

  /** True while the solve may go on. Does not count an iteration. */
  open(): boolean {
    if (this.stoppedBy !== undefined) return false;
    if (this.#signal?.aborted) this.stoppedBy = 'cancelled';
    else if (this.iteration >= this.#iterations) this.stoppedBy = 'iterations';
    else if (performance.now() >= this.#deadline) this.stoppedBy = 'deadline';
    return this.stoppedBy === undefined;
  }

  /** True when an iteration under way must be broken off: cancelled or past the deadline. */
  interrupted(): boolean {
    if (this.#signal?.aborted) this.stoppedBy = 'cancelled';
    else if (performance.now() >= this.#deadline) this.stoppedBy ??= 'deadline';
    return this.stoppedBy === 'cancelled' || this.stoppedBy === 'deadline';
  }

  /** Claims one iteration; false when the budget is spent. */
  next(): boolean {
    if (!this.open()) return false;
    this.iteration++;
    return true;
  }

  elapsedMs(): number {
    return performance.now() - this.startedAt;
  }

  report(value: readonly number[], bound: readonly number[]): void {
    this.#onProgress?.({ value, bound, iteration: this.iteration, elapsedMs: this.elapsedMs() });
  }
}

/**
 * The solvers are written as generators that give up control between short steps: a synchronous
 * caller drains them at once, an asynchronous one lets the event loop breathe, so that an
 * `AbortSignal` raised by a timer or a message is seen within 50 ms.
 */
export type Steps<T> = Generator<undefined, T, undefined>;

export function drain<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

export async function drainAsync<T>(steps: Steps<T>): Promise<T> {
  let breath = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - breath > 15) {
      await new Promise<void>((resume) => setTimeout(resume, 0));
      breath = performance.now();
    }
  }
}
