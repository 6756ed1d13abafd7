import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Forecast } from '@zaizao/scheduling';
import type {
  JudgeTask,
  Message,
  Outcome,
  Planned,
  SimulateTask,
  SolveTask,
  Start,
  Task,
} from './messages.ts';

interface Answers {
  solve: Planned;
  judge: Planned;
  simulate: Forecast;
}

export interface Watch {
  readonly signal: AbortSignal;
  /** How far the search is, and the best value so far. */
  readonly onProgress?: (share: number, value: number, bound: number) => void;
}

/** So long a cancelled task that has told of no plan yet may take to end by itself, in milliseconds. */
const GRACE_MS = 40;

export function inWorker(task: SolveTask | JudgeTask, watch: Watch): Promise<Outcome<Planned>>;
export function inWorker(task: SimulateTask, watch: Watch): Promise<Outcome<Forecast>>;
/**
 * Runs one task of the engines in a thread of its own, so that no request waits for it. Aborting ends a
 * search with the best plan so far, at once: it looks at the flag about every millisecond. What has no plan
 * yet is ended from outside, as `CANCELLED`.
 */
export function inWorker(
  task: Task,
  { signal, onProgress }: Watch,
): Promise<Outcome<Answers[Task['kind']]>> {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const start: Start = { task, stop };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: start });
  const { promise, resolve, reject } = Promise.withResolvers<Outcome<Answers[Task['kind']]>>();
  let hasPlan = false;
  let grace: NodeJS.Timeout | undefined;
  const giveUp = () => {
    if (hasPlan) return;
    const message = 'Cancelled before a feasible schedule was found.';
    resolve({ ok: false, problem: { code: 'CANCELLED', message, subjects: [] } });
    void worker.terminate();
  };
  const abort = () => {
    Atomics.store(stop, 0, 1);
    grace = setTimeout(giveUp, GRACE_MS);
  };
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  worker.on('message', (message: Message) => {
    hasPlan = true;
    if (message.kind === 'progress') onProgress?.(message.share, message.value, message.bound);
    else resolve(message.outcome as Outcome<Answers[Task['kind']]>); // the worker answers its task's kind
  });
  worker.on('error', reject);
  worker.on('exit', (code) => reject(new Error(`A planning thread ended with code ${code}.`)));
  return promise.finally(() => {
    clearTimeout(grace);
    signal.removeEventListener('abort', abort);
  });
}

/** Name and version of an engine, as results keep them. */
export function engineOf(name: 'scheduling' | 'disassembly'): string {
  const door = createRequire(import.meta.url).resolve(`@zaizao/${name}`);
  const stated = readFileSync(join(dirname(door), '../package.json'), 'utf8');
  const { version } = JSON.parse(stated) as { version: string }; // our own package
  return `@zaizao/${name} ${version}`;
}
