import { followPlan, type PlannedPlace } from '@zaizao/modules/production';
import type { Ctx } from '@zaizao/platform/http';
import { err, type Result } from '@zaizao/platform/kernel';
import type { Assignment } from '@zaizao/scheduling';
import { planningErrors } from '../contract.ts';
import type { Board } from '../domain/board.ts';
import { planMachine } from '../domain/machines.ts';
import * as repo from '../repo/plan.ts';
import type { Story } from '../repo/tables.ts';
import { readPlan } from './plans.ts';
import { planStateError, type View } from './views.ts';

/**
 * A person puts a plan in force: the stations' lists follow it, its dates become the promises, and the
 * plan before it is superseded. Only what the independent checker passed is ever proposed.
 */
export async function publish(ctx: Ctx, planId: string, reason: string): Promise<Result<View>> {
  const before = await repo.publishedPlan(ctx, true);
  const plan = await repo.findPlan(ctx, planId, true);
  if (!plan) return err(planningErrors.SHOP_PLAN_NOT_FOUND());
  const { code } = plan;
  if (plan.kind === 'what-if') return err(planningErrors.SHOP_PLAN_WHAT_IF({ code }));
  const to = planMachine.next(plan.state, 'publish');
  if (!to || !plan.assignments || !plan.board) return planStateError(ctx, plan);
  if (before?.published_at && before.id !== plan.basis_id && before.published_at > plan.made_at) {
    return err(planningErrors.SHOP_PLAN_OLDER({ code }));
  }
  if (before) await repo.updatePlan(ctx, before.id, 'published', { state: 'superseded' });
  await repo.updatePlan(ctx, planId, plan.state, { state: to, published_at: ctx.now });
  await followPlan(ctx, planId, placesOf(plan.origin, plan.assignments));
  await repo.replacePromises(ctx, promisesOf(plan, plan.board, plan.assignments));
  await repo.insertDecision(ctx, { plan_id: planId, verdict: 'accepted', reason });
  await ctx.audit('planning.plan-published', planId, { code, reason, before: before?.code });
  await ctx.publish('planning.plan-published', planId, { planId });
  return readPlan(ctx, planId);
}

/** Places of real operations: the test between assembly and paint is not one of them. */
function placesOf(origin: Date, assignments: readonly Assignment[]): PlannedPlace[] {
  const at = (seconds: number) => new Date(origin.getTime() + seconds * 1000);
  return assignments
    .filter((a) => a.operation.startsWith('op_'))
    .map((a) => ({
      operationId: a.operation,
      stationId: a.machine,
      start: at(a.start),
      end: at(a.end),
    }));
}

function promisesOf(
  plan: repo.PlanRow,
  board: Board,
  assignments: readonly Assignment[],
): Omit<repo.PromiseRow, 'org_id'>[] {
  const at = (seconds: number) => new Date(plan.origin.getTime() + seconds * 1000);
  const orderOf = new Map(board.operations.map((o) => [o.id, o.order]));
  const ends = new Map<string, number>();
  for (const a of assignments) {
    const order = orderOf.get(a.operation) ?? '';
    ends.set(order, Math.max(ends.get(order) ?? 0, a.end));
  }
  const forecast = new Map(plan.forecast?.jobs.map((j) => [j.job, j]));
  const late = new Map(plan.explanation?.lateJobs.map((j) => [j.job, j]));
  return board.orders.map((o) => {
    const end = ends.get(o.id) ?? 0;
    const f = forecast.get(o.id);
    const why = late.get(o.id);
    return {
      order_id: o.id,
      plan_id: plan.id,
      code: o.code,
      due_at: o.due === undefined ? null : at(o.due),
      planned_at: at(end),
      p50_at: at(Math.ceil(f?.p50 ?? end)),
      p90_at: at(Math.ceil(f?.p90 ?? end)),
      late_share: o.due === undefined ? 0 : (f?.lateShare ?? 0),
      // An order without a date is never late: its chain is not told.
      story: o.due === undefined || !why ? { chain: [], remedies: [] } : storyOf(board, why, at),
    };
  });
}

type Late = NonNullable<repo.PlanRow['explanation']>['lateJobs'][number];

function storyOf(board: Board, late: Late, at: (seconds: number) => Date): Story {
  const operations = new Map(board.operations.map((o) => [o.id, o]));
  const orders = new Map(board.orders.map((o) => [o.id, o.code]));
  const stations = new Map(board.stations.map((s) => [s.id, s.name]));
  return {
    chain: late.chain.slice(-20).map((s) => ({
      order: orders.get(s.job) ?? '',
      operation: operations.get(s.operation)?.name ?? { zh: '', en: '' },
      station: stations.get(s.machine) ?? '',
      start: at(s.start).toISOString(),
      end: at(s.end).toISOString(),
      cause: s.cause,
    })),
    remedies: late.remedies.slice(0, 5).map((r) => ({
      kind: r.kind,
      subject:
        stations.get(r.subject) ?? orders.get(r.subject) ?? operations.get(r.subject)?.code ?? '',
      seconds: r.upTo,
    })),
  };
}
