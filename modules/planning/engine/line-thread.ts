import type { LinePlan, LineProblem, Result } from '@zaizao/disassembly';
import { ThreadPool } from '@zaizao/platform/threads';

export interface LineTask {
  readonly problem: LineProblem;
  readonly seed: number;
  readonly iterations: number;
  readonly deadlineMs: number;
}

/** The iterations end it long before, but on a machine that has no time the request must not wait for ever. */
const DEADLINE_MS = 2000;

const lines = new ThreadPool<LineTask, Result<LinePlan>>(
  new URL('./line-worker.ts', import.meta.url),
);

/** Balances a line beside the thread that serves people: tens of milliseconds, 2 s at the most. */
export function balanceInThread(task: Omit<LineTask, 'deadlineMs'>): Promise<Result<LinePlan>> {
  return lines.ask({ ...task, deadlineMs: DEADLINE_MS });
}
