import { allocateCode } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { defineJob, type JobRun, startJob } from '@zaizao/platform/jobs';
import { jobErrors } from '@zaizao/platform/jobs/contract';
import { err, newId, ok, type Result, text } from '@zaizao/platform/kernel';
import type { Assignment } from '@zaizao/scheduling';
import type { z } from 'zod';
import { type editPlan, type makePlan, planningErrors } from '../contract.ts';
import { conflictOf, faultsOf, missingStations } from '../domain/conflict.ts';
import { figuresOf } from '../domain/figures.ts';
import { planMachine } from '../domain/machines.ts';
import { type Built, buildProblem } from '../domain/problem.ts';
import type { Planned } from '../engine/messages.ts';
import { engineOf, inWorker } from '../engine/run.ts';
import * as repo from '../repo/plan.ts';
import type { StoredProblem } from '../repo/tables.ts';
import { gatherWork } from './gather.ts';
import { settingsOf } from './settings.ts';
import { planStateError, planView, type View } from './views.ts';

/** Scenarios behind the promised dates of a plan. */
export const PROMISE_SCENARIOS = 200;

interface SolveJob {
  readonly planId: string;
}

/** Queues the making of a plan: the problem is gathered and solved beside the requests. */
export async function startPlan(
  ctx: Ctx,
  body: z.output<(typeof makePlan)['body']>,
): Promise<Result<View>> {
  const s = await settingsOf(ctx);
  const id = newId('sched', ctx.now.getTime());
  const basis = await repo.publishedPlan(ctx);
  await repo.insertPlan(ctx, {
    id,
    code: await allocateCode(ctx, 'plan'),
    kind: body.whatIf ? 'what-if' : 'plan',
    name: body.name,
    basis_id: basis?.id ?? null,
    wishes: {
      objective: body.objective,
      locks: body.locks,
      keepsNear: body.keepsNear,
      ...(body.whatIf ? { whatIf: body.whatIf } : {}),
    },
    job_id: await startJob(ctx, solveJob, { planId: id }),
    origin: new Date(Math.floor(ctx.now.getTime() / 1000) * 1000),
    seed: body.seed,
    iterations: body.iterations ?? s.iterations,
    deadline_seconds: body.deadlineSeconds ?? s.deadline_seconds,
  });
  return readPlan(ctx, id);
}

export async function readPlan(ctx: Ctx, id: string): Promise<Result<View>> {
  const plan = await repo.findPlan(ctx, id);
  return plan ? ok(await planView(ctx, plan)) : err(planningErrors.SHOP_PLAN_NOT_FOUND());
}

const GATHERING = text('读取工单、班次与工时', 'Reading orders, shifts and times');

const solveJob = defineJob<SolveJob>({
  kind: 'planning.solve',
  handle: async (run, { planId }) => {
    await run.progress(0, GATHERING);
    const prepared = await run.inTx((ctx) => prepare(ctx, planId));
    if (!prepared.ok) return fail(run, planId, prepared.error.code, prepared);
    if (prepared.value === undefined) return ok({ planId }); // decided meanwhile
    const { built, plan, stored } = prepared.value;
    const { board } = built;
    if (built.missing.length > 0) {
      return settle(run, planId, { conflict: missingStations(board, built.missing) });
    }
    const outcome = await inWorker(
      {
        kind: 'solve',
        problem: stored.problem,
        uncertainties: stored.uncertainties,
        warmStart: stored.warmStart,
        near: stored.near,
        arrival: stored.arrival,
        seed: plan.seed,
        iterations: plan.iterations,
        deadlineMs: plan.deadline_seconds * 1000,
        scenarios: PROMISE_SCENARIOS,
        robust: plan.wishes.objective === 'robust',
      },
      {
        signal: run.signal,
        onProgress: teller(run, (share, value, bound) =>
          run.progress(share, progressText(value, bound)),
        ),
      },
    );
    if (!outcome.ok) {
      // A restart is nobody's cancel: the plan is made when the server is back.
      if (run.goesBack()) return err(jobErrors.JOB_CANCELLED());
      return settle(run, planId, { conflict: conflictOf(board, outcome.problem) });
    }
    const planned = outcome.value;
    if (planned.violations.length > 0) {
      // The engine's answer never reaches people past the independent checker.
      return settle(run, planId, { conflict: faultsOf(board, planned.violations) });
    }
    return settle(run, planId, { planned, built });
  },
});

function progressText(value: number, bound: number) {
  const gap = value > 0 ? Math.round(((value - bound) / value) * 100) : 0;
  const shown = Math.round(value).toLocaleString('en');
  return text(`当前目标值 ${shown}，距下界 ${gap} %`, `value ${shown}, ${gap} % above the bound`);
}

/** Progress is told one after the other, the newest only; losing one is no loss. */
export function teller(
  run: JobRun,
  tell: (share: number, value: number, bound: number) => Promise<void>,
) {
  let isTelling = false;
  return (share: number, value: number, bound: number) => {
    if (isTelling) return;
    isTelling = true;
    tell(share, value, bound)
      .catch((e: unknown) => run.app.log.warn({ err: e }, 'progress of a plan was not told'))
      .finally(() => {
        isTelling = false;
      });
  };
}

interface Prepared {
  readonly plan: repo.PlanRow;
  readonly built: Built;
  readonly stored: StoredProblem;
}

async function prepare(ctx: Ctx, planId: string): Promise<Result<Prepared | undefined>> {
  const plan = await repo.findPlan(ctx, planId, true);
  if (plan?.state !== 'solving') return ok(undefined);
  const work = await gatherWork(ctx, plan.origin, plan.wishes.whatIf);
  if (!work.ok) return work;
  const locks = plan.wishes.locks.map((l) => ({ ...l, start: Date.parse(l.start) }));
  const built = buildProblem(work.value, { ...plan.wishes, locks, seed: plan.seed });
  const stored: StoredProblem = {
    problem: built.problem,
    uncertainties: built.uncertainties,
    warmStart: built.warmStart,
    near: built.near,
    arrival: work.value.orders.map((o) => o.id),
  };
  await repo.updatePlan(ctx, planId, 'solving', { problem: stored, board: built.board });
  return ok({ plan, built, stored });
}

async function fail<T>(run: JobRun, planId: string, code: string, refusal: T): Promise<T> {
  await settle(run, planId, { conflict: { code, message: '', causes: [] } });
  return refusal;
}

/** Ends a solve in the books: a proposal, or why there is none. */
async function settle(
  run: JobRun,
  planId: string,
  end:
    | { readonly conflict: NonNullable<repo.PlanRow['conflict']> }
    | { readonly planned: Planned; readonly built: Pick<Built, 'board' | 'warmStart'> },
): Promise<Result<{ planId: string }>> {
  const engine = engineOf('scheduling');
  return run.inTx(async (ctx) => {
    const plan = await repo.findPlan(ctx, planId, true);
    if (plan?.state !== 'solving') return ok({ planId }); // refused meanwhile: the answer is not wanted
    if ('conflict' in end) {
      await repo.updatePlan(ctx, planId, 'solving', {
        state: 'infeasible',
        conflict: end.conflict,
        engine,
      });
    } else {
      await repo.updatePlan(ctx, planId, 'solving', {
        ...answered(plan, end.planned, end.built),
        engine,
      });
    }
    await ctx.publish('planning.plan-ended', planId, { planId });
    return ok({ planId });
  });
}

function answered(plan: repo.PlanRow, planned: Planned, built: Pick<Built, 'board' | 'warmStart'>) {
  const { solution, problem } = planned;
  const { board, warmStart } = built;
  const freed = new Set(planned.released);
  const operations = board.operations.map((o) => {
    if (!freed.has(o.id)) return o;
    const { stands: _, ...free } = o;
    return free;
  });
  return {
    state: 'proposed' as const,
    ...(plan.problem ? { problem: { ...plan.problem, problem } } : {}),
    board: { ...board, operations },
    assignments: [...solution.assignments],
    value: solution.value,
    bound: solution.bound,
    ending: solution.ending,
    iterations_done: solution.iterations,
    seconds: solution.seconds,
    figures: figuresOf(problem, board, solution.assignments, warmStart),
    baseline:
      planned.baseline.length > 0
        ? figuresOf(problem, board, planned.baseline, warmStart)
        : plan.baseline,
    forecast: planned.forecast ?? null,
    explanation: planned.explanation,
  };
}

/**
 * A person moves operations: a new plan with the others as they are, judged by the same checker. The
 * changed plan steps back; whether the new one holds is told in a moment.
 */
export async function changeByHand(
  ctx: Ctx,
  planId: string,
  body: z.output<(typeof editPlan)['body']>,
): Promise<Result<View>> {
  const basis = await repo.findPlan(ctx, planId, true);
  if (!basis) return err(planningErrors.SHOP_PLAN_NOT_FOUND());
  if (basis.state !== 'proposed' && basis.state !== 'published') return planStateError(ctx, basis);
  const moves = new Map(body.moves.map((m) => [m.operation, m]));
  const known = new Set(basis.board?.stations.map((s) => s.id));
  const people = new Set(basis.board?.people.map((p) => p.id));
  const assignments = (basis.assignments ?? []).map((a): Assignment => {
    const m = moves.get(a.operation);
    if (!m) return a;
    const { operator, ...place } = m;
    return { ...place, ...(operator === undefined ? {} : { operator }) };
  });
  const isKnown = body.moves.every(
    (m) =>
      known.has(m.machine) &&
      (m.operator === undefined || people.has(m.operator)) &&
      basis.assignments?.some((a) => a.operation === m.operation),
  );
  if (!isKnown || !basis.problem || !basis.board)
    return err(planningErrors.SHOP_PLAN_MOVE_UNKNOWN());
  const id = newId('sched', ctx.now.getTime());
  await repo.insertPlan(ctx, {
    id,
    code: await allocateCode(ctx, 'plan'),
    kind: basis.kind === 'what-if' ? 'what-if' : 'edit',
    name: basis.name,
    basis_id: basis.id,
    wishes: { ...basis.wishes },
    job_id: await startJob(ctx, judgeJob, { planId: id }),
    origin: basis.origin,
    seed: basis.seed,
    iterations: basis.iterations,
    deadline_seconds: basis.deadline_seconds,
  });
  await repo.updatePlan(ctx, id, 'solving', {
    problem: basis.problem,
    board: basis.board,
    assignments,
    baseline: basis.baseline,
  });
  await repo.insertDecision(ctx, { plan_id: planId, verdict: 'changed', reason: body.reason });
  await ctx.audit('planning.plan-changed', planId, { to: id, moves: body.moves.length });
  if (basis.state === 'proposed')
    await repo.updatePlan(ctx, planId, 'proposed', { state: 'changed' });
  return readPlan(ctx, id);
}

const JUDGING = text('检查人工调整', 'Checking the changes');

const judgeJob = defineJob<SolveJob>({
  kind: 'planning.judge',
  handle: async (run, { planId }) => {
    await run.progress(0.2, JUDGING);
    const found = await run.inTx(async (ctx) => ok(await repo.findPlan(ctx, planId)));
    if (!found.ok) return found;
    const plan = found.value;
    if (plan?.state !== 'solving' || !plan.problem || !plan.board) return ok({ planId });
    const outcome = await inWorker(
      {
        kind: 'judge',
        problem: plan.problem.problem,
        assignments: plan.assignments ?? [],
        uncertainties: plan.problem.uncertainties,
        seed: plan.seed,
        scenarios: PROMISE_SCENARIOS,
      },
      { signal: run.signal },
    );
    if (!outcome.ok)
      return settle(run, planId, { conflict: conflictOf(plan.board, outcome.problem) });
    const planned = outcome.value;
    if (planned.violations.length > 0) {
      return settle(run, planId, { conflict: faultsOf(plan.board, planned.violations) });
    }
    const { warmStart } = plan.problem;
    return settle(run, planId, { planned, built: { board: plan.board, warmStart } });
  },
});

/** A person does not want this plan; the reason is kept. */
export async function refuse(ctx: Ctx, planId: string, reason: string): Promise<Result<View>> {
  const plan = await repo.findPlan(ctx, planId, true);
  if (!plan) return err(planningErrors.SHOP_PLAN_NOT_FOUND());
  const to = planMachine.next(plan.state, 'refuse');
  if (!to) return planStateError(ctx, plan);
  await repo.updatePlan(ctx, planId, plan.state, { state: to });
  await repo.insertDecision(ctx, { plan_id: planId, verdict: 'refused', reason });
  await ctx.audit('planning.plan-refused', planId, { reason });
  return readPlan(ctx, planId);
}
