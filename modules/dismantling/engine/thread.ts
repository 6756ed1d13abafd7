import type {
  LinePlan,
  LineProblem,
  MachinePlan,
  MachineProblem,
  Result as Solved,
} from '@zaizao/disassembly';
import { ThreadPool } from '@zaizao/platform/threads';
import type { solvePlan } from '../domain/plan.ts';
import type { Known, PlanProblem } from '../domain/plan-problem.ts';

/** Which engine answered, kept with every plan. */
export const ENGINE = '@zaizao/disassembly 0.1';

interface Budget {
  readonly seed: number;
  readonly iterations: number;
}

export type Work =
  | { readonly kind: 'plan'; readonly problem: PlanProblem; readonly known: Known }
  | { readonly kind: 'line'; readonly problem: LineProblem; readonly options: Budget }
  | { readonly kind: 'crew'; readonly problem: MachineProblem; readonly options: Budget };

const MODULE = new URL('./worker.ts', import.meta.url);

/** Plans of one product take tens of milliseconds: a thread of their own, so that no study delays them. */
const plans = new ThreadPool<Work, unknown>(MODULE);
const studies = new ThreadPool<Work, unknown>(MODULE);

/** A plan of one product: tens of milliseconds. */
export async function solvePlanInThread(
  problem: PlanProblem,
  known: Known,
): Promise<ReturnType<typeof solvePlan>> {
  // the worker answers a task of this kind with the result of `solvePlan`
  return (await plans.ask({ kind: 'plan', problem, known })) as ReturnType<typeof solvePlan>;
}

/** A line in balance: up to seconds. */
export async function solveLineInThread(
  problem: LineProblem,
  options: Budget,
): Promise<Solved<LinePlan>> {
  // the worker answers a task of this kind with the result of `solveLine`
  return (await studies.ask({ kind: 'line', problem, options })) as Solved<LinePlan>;
}

/** A crew’s schedule: up to seconds. */
export async function solveCrewInThread(
  problem: MachineProblem,
  options: Budget,
): Promise<Solved<MachinePlan>> {
  // the worker answers a task of this kind with the result of `solveMachine`
  return (await studies.ask({ kind: 'crew', problem, options })) as Solved<MachinePlan>;
}
