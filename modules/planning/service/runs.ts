import { cutPage } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { defineJob, type JobRun, startJob } from '@zaizao/platform/jobs';
import { jobErrors } from '@zaizao/platform/jobs/contract';
import { err, newId, ok, type Result, text } from '@zaizao/platform/kernel';
import type { Forecast } from '@zaizao/scheduling';
import type { z } from 'zod';
import { type listRuns, planningErrors, type runPlan } from '../contract.ts';
import type { Board } from '../domain/board.ts';
import { engineOf, inWorker } from '../engine/run.ts';
import * as repo from '../repo/plan.ts';
import { PROMISE_SCENARIOS, teller } from './plans.ts';
import { planStateError } from './views.ts';

type View = z.input<(typeof runPlan)['response']>;

const runView = (r: repo.RunRow): View => ({
  id: r.id,
  planId: r.plan_id,
  kind: r.kind,
  seed: r.seed,
  scenarios: r.scenarios,
  ...(r.job_id ? { jobId: r.job_id } : {}),
  ...(r.engine ? { engine: r.engine } : {}),
  ...(r.result?.forecast ? { forecast: forecastView(r.result.forecast) } : {}),
  ...(r.result?.onTime === undefined ? {} : { onTime: r.result.onTime }),
  ...(r.result?.same === undefined ? {} : { same: r.result.same }),
  ...(r.result?.value === undefined ? {} : { value: r.result.value }),
  at: r.made_at.toISOString(),
  by: r.made_by,
});

const forecastView = (f: Forecast) => ({ ...f, jobs: f.jobs.map((j) => ({ ...j })) });

/** Queues a run on a stored plan: the floor by discrete events, or the same solve once more. */
export async function startRun(
  ctx: Ctx,
  planId: string,
  body: z.output<(typeof runPlan)['body']>,
): Promise<Result<View>> {
  const plan = await repo.findPlan(ctx, planId);
  if (!plan) return err(planningErrors.SHOP_PLAN_NOT_FOUND());
  const isEdit = plan.iterations_done === 0;
  if (!plan.assignments || (body.kind === 'repetition' && isEdit)) return planStateError(ctx, plan);
  const id = newId('prun', ctx.now.getTime());
  await repo.insertRun(ctx, {
    id,
    plan_id: planId,
    kind: body.kind,
    seed: body.kind === 'repetition' ? plan.seed : body.seed,
    scenarios: body.kind === 'repetition' ? 0 : body.scenarios,
    job_id: await startJob(ctx, runJob, { runId: id }),
  });
  const row = await repo.findRun(ctx, id);
  return row ? ok(runView(row)) : err(planningErrors.SHOP_PLAN_NOT_FOUND());
}

export async function runsPage(
  ctx: Ctx,
  planId: string,
  query: z.output<(typeof listRuns)['query']>,
): Promise<Result<{ items: View[]; next?: string }>> {
  if (!(await repo.findPlan(ctx, planId))) return err(planningErrors.SHOP_PLAN_NOT_FOUND());
  const cut = cutPage(await repo.runsOf(ctx, planId, query), query.limit, (r) => [r.id]);
  return ok({ ...cut, items: cut.items.map(runView) });
}

const RUNNING = text('仿真运行中', 'Running');

const runJob = defineJob<{ readonly runId: string }>({
  kind: 'planning.run',
  handle: async (run, { runId }) => {
    await run.progress(0, RUNNING);
    const found = await run.inTx(async (ctx) => {
      const row = await repo.findRun(ctx, runId);
      const plan = row && (await repo.findPlan(ctx, row.plan_id));
      return ok(row && plan ? { row, plan } : undefined);
    });
    if (!found.ok) return found;
    if (!found.value) return ok({ runId });
    const { row, plan } = found.value;
    const result =
      row.kind === 'simulation' ? await simulated(run, row, plan) : await repeated(run, plan);
    // What was broken off says nothing of the plan.
    if (run.signal.aborted) return err(jobErrors.JOB_CANCELLED());
    return run.inTx(async (ctx) => {
      await repo.endRun(ctx, runId, { engine: engineOf('scheduling'), result });
      await ctx.publish('planning.run-ended', plan.id, { planId: plan.id, runId });
      return ok({ runId });
    });
  },
});

async function simulated(
  run: JobRun,
  row: repo.RunRow,
  plan: repo.PlanRow,
): Promise<repo.RunRow['result']> {
  if (!plan.problem || !plan.assignments || !plan.board) return null;
  const outcome = await inWorker(
    {
      kind: 'simulate',
      problem: plan.problem.problem,
      assignments: plan.assignments,
      uncertainties: plan.problem.uncertainties,
      seed: row.seed,
      scenarios: row.scenarios,
    },
    { signal: run.signal },
  );
  if (!outcome.ok) return null;
  return { forecast: outcome.value, onTime: onTimeOf(plan.board, outcome.value) };
}

/** Mean share of the dated orders that keep their date. */
function onTimeOf(board: Board, forecast: Forecast): number {
  const dated = new Set(board.orders.filter((o) => o.due !== undefined).map((o) => o.id));
  const shares = forecast.jobs.filter((j) => dated.has(j.job)).map((j) => 1 - j.lateShare);
  return shares.length === 0 ? 1 : shares.reduce((n, x) => n + x, 0) / shares.length;
}

/** The same problem, seed and number of iterations, without a clock: the same plan, place by place. */
async function repeated(run: JobRun, plan: repo.PlanRow): Promise<repo.RunRow['result']> {
  if (!plan.problem || !plan.assignments) return null;
  const done = plan.iterations_done ?? plan.iterations;
  const outcome = await inWorker(
    {
      kind: 'solve',
      problem: plan.problem.problem,
      uncertainties: plan.problem.uncertainties,
      warmStart: plan.problem.warmStart,
      near: plan.problem.near,
      arrival: plan.problem.arrival,
      seed: plan.seed,
      iterations: Math.max(1, plan.ending === 'optimal' ? plan.iterations : done),
      scenarios: PROMISE_SCENARIOS,
      robust: plan.wishes.objective === 'robust',
    },
    {
      signal: run.signal,
      onProgress: teller(run, (share) => run.progress(share, RUNNING)),
    },
  );
  if (!outcome.ok) return { same: false };
  const { solution } = outcome.value;
  const same =
    JSON.stringify(solution.assignments) === JSON.stringify(plan.assignments.map(inOrder));
  return { same, value: solution.value };
}

/** The keys of an assignment in the engine's order: the database keeps its own. */
const inOrder = (a: NonNullable<repo.PlanRow['assignments']>[number]) => ({
  operation: a.operation,
  machine: a.machine,
  start: a.start,
  end: a.end,
  ...(a.operator === undefined ? {} : { operator: a.operator }),
});
