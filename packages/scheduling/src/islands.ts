import { Worker } from 'node:worker_threads';
import type { Problem, Solution } from './model.ts';
import type { Exchange, Plan } from './population.ts';
import { bad, type Result } from './result.ts';
import { prepare, type SolveOptions } from './solve.ts';

export interface IslandOptions extends Omit<SolveOptions, 'signal' | 'onProgress' | 'clock'> {
  /** Worker threads; 2 when absent. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  /** Called with every schedule better than all before, on this thread. */
  readonly onProgress?: SolveOptions['onProgress'];
}

/** What a worker is started with. */
export interface IslandTask {
  readonly problem: Problem;
  readonly options: Omit<SolveOptions, 'signal' | 'onProgress' | 'deadline'>;
  /** Unix time in milliseconds at which it must end. */
  readonly until: number | undefined;
  /** Set to 1 to stop every island. */
  readonly stop: Int32Array;
  readonly meeting: Int32Array | undefined;
  readonly island: number;
}

/**
 * Solves on several threads. Each runs the same search with its own seed; with a deadline they hand
 * their best plans to each other, with an iteration budget they do not, so that the answer (the best,
 * the lowest island on ties) stays the same from run to run.
 *
 * Aborting the signal ends the search at once with the best schedule so far; threads that have none
 * yet are ended from outside, as `CANCELLED`.
 */
export async function solveInWorkers(
  problem: Problem,
  options: IslandOptions = {},
): Promise<Result<Solution>> {
  const started = Date.now();
  const prepared = prepare(problem);
  if (!prepared.ok) return prepared;
  const { workers = 2, signal, onProgress, deadline, ...rest } = options;
  const unlimited = deadline === undefined && rest.iterations === undefined;
  const allowed = unlimited ? 10_000 : deadline;
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const meeting = rest.iterations === undefined ? meetingPlace(prepared.value.n) : undefined;
  let best = Number.POSITIVE_INFINITY;
  const unheard = new AbortController();
  let grace: NodeJS.Timeout | undefined;
  const abort = () => {
    Atomics.store(stop, 0, 1);
    grace = setTimeout(() => {
      if (best === Number.POSITIVE_INFINITY) unheard.abort();
    }, GRACE_MS);
  };
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const results = await Promise.all(
      Array.from({ length: workers }, (_, island) => {
        const task: IslandTask = {
          problem,
          options: { ...rest, seed: (rest.seed ?? 1) + island * 1_000_003 },
          until: allowed === undefined ? undefined : started + allowed,
          stop,
          meeting,
          island,
        };
        return runIsland(task, unheard.signal, (progress) => {
          if (progress.value >= best) return;
          best = progress.value;
          onProgress?.(progress);
        });
      }),
    );
    return summary(results, (Date.now() - started) / 1000, signal?.aborted === true);
  } finally {
    clearTimeout(grace);
    signal?.removeEventListener('abort', abort);
  }
}

/** So long threads without any schedule may take to see a cancel, in milliseconds. */
const GRACE_MS = 40;

type Report = Parameters<NonNullable<SolveOptions['onProgress']>>[0];
export type IslandMessage =
  | { readonly kind: 'progress'; readonly progress: Report }
  | { readonly kind: 'result'; readonly result: Result<Solution> };

function runIsland(
  task: IslandTask,
  ended: AbortSignal,
  report: (progress: Report) => void,
): Promise<Result<Solution>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: task });
    worker.on('message', (message: IslandMessage) => {
      if (message.kind === 'progress') report(message.progress);
      else {
        if (message.result.ok && message.result.value.ending === 'optimal')
          Atomics.store(task.stop, 0, 1);
        resolve(message.result);
      }
    });
    ended.addEventListener('abort', () => {
      resolve(bad('CANCELLED', 'Cancelled before a feasible schedule was found.'));
      void worker.terminate();
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      if (code !== 0) reject(new Error(`A search thread ended with code ${code}.`));
    });
  });
}

function summary(
  results: readonly Result<Solution>[],
  seconds: number,
  cancelled: boolean,
): Result<Solution> {
  let best: Solution | undefined;
  let bound = 0;
  let iterations = 0;
  for (const result of results) {
    if (!result.ok) continue;
    iterations += result.value.iterations;
    bound = Math.max(bound, result.value.bound);
    if (best === undefined || result.value.value < best.value) best = result.value;
  }
  if (best === undefined) return results[0] ?? bad('NO_SCHEDULE_FOUND', 'No search thread ran.');
  const ending = best.ending === 'optimal' ? 'optimal' : cancelled ? 'cancelled' : 'budget';
  return { ok: true, value: { ...best, iterations, seconds, ending } };
}

/** Words before the plan: lock, version, value, island. */
const HEAD = 4;

function meetingPlace(n: number): Int32Array {
  const place = new Int32Array(new SharedArrayBuffer(4 * (HEAD + 2 * n)));
  place[2] = 0x7fffffff;
  return place;
}

/** The islands' exchange over shared memory: one place that holds the best plan of all. */
export function exchangeOver(place: Int32Array, n: number, island: number): Exchange {
  let seen = 0;
  const locked = <T>(work: () => T): T => {
    while (Atomics.compareExchange(place, 0, 0, 1) !== 0);
    try {
      return work();
    } finally {
      Atomics.store(place, 0, 0);
    }
  };
  return {
    offer(plan: Plan): void {
      locked(() => {
        if (plan.value >= (place[2] ?? 0)) return;
        place[2] = plan.value;
        place[3] = island;
        place.set(plan.sequence, HEAD);
        place.set(plan.modes, HEAD + n);
        Atomics.add(place, 1, 1);
      });
    },
    take(): Plan | undefined {
      if (Atomics.load(place, 1) === seen) return undefined;
      return locked(() => {
        seen = place[1] ?? 0;
        if (place[3] === island) return undefined;
        return {
          sequence: new Int32Array(place.subarray(HEAD, HEAD + n)),
          modes: new Int32Array(place.subarray(HEAD + n, HEAD + 2 * n)),
          value: place[2] ?? 0,
        };
      });
    },
  };
}
