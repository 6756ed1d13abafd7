import { openWork, operationFates } from '@zaizao/modules/production';
import { cutPage } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type getInForce,
  type getPromise,
  type listPromises,
  planningErrors,
} from '../contract.ts';
import * as repo from '../repo/plan.ts';
import { promiseHead } from './views.ts';

type View = z.input<(typeof getInForce)['response']>;

/** The plan in force beside what really happened: what the planner looks at before planning again. */
export async function inForceView(ctx: Ctx): Promise<View> {
  const plan = await repo.publishedPlan(ctx);
  const [newest] = await repo.listPlanRows(ctx, { limit: 0 });
  const ids = (plan?.assignments ?? [])
    .map((a) => a.operation)
    .filter((id) => id.startsWith('op_'));
  const found = new Map((await operationFates(ctx, ids)).map((f) => [f.id, f]));
  const { orders, operations } = await openWork(ctx);
  const planned = new Set(ids);
  const open = operations.filter((o) => o.state !== 'done' && o.state !== 'failed');
  const unplanned = open.filter((o) => o.state === 'waiting' && !planned.has(o.id)).length;
  const openOrders = new Set(orders.map((o) => o.id));
  const behind = open.filter(
    (o) => o.state === 'waiting' && o.planned_start !== null && o.planned_start < ctx.now,
  ).length;
  const counts = await repo.promiseCounts(ctx);
  return {
    ...(plan?.published_at
      ? { plan: { id: plan.id, code: plan.code, publishedAt: plan.published_at.toISOString() } }
      : {}),
    ...(newest ? { newest: { id: newest.id, code: newest.code, state: newest.state } } : {}),
    now: ctx.now.toISOString(),
    fates: ids.map((id) => {
      const f = found.get(id);
      return {
        operation: id,
        state: f?.state ?? ('gone' as const),
        ...(f?.started_at ? { startedAt: f.started_at.toISOString() } : {}),
        ...(f?.finished_at ? { finishedAt: f.finished_at.toISOString() } : {}),
      };
    }),
    drift: {
      behind,
      unplanned,
      done: ids.filter((id) => found.get(id)?.state === 'done').length,
    },
    promises: openOrders.size > 0 ? counts : { orders: 0, due: 0, late: 0, risky: 0 },
  };
}

export async function promiseOf(
  ctx: Ctx,
  orderId: string,
): Promise<Result<z.input<(typeof getPromise)['response']>>> {
  const promise = await repo.findPromise(ctx, orderId);
  const plan = promise && (await repo.findPlan(ctx, promise.plan_id));
  if (!promise || !plan) return err(planningErrors.PROMISE_NOT_FOUND());
  return ok({ ...promiseHead(promise, plan.code), story: promise.story });
}

export async function promisesPage(
  ctx: Ctx,
  query: z.output<(typeof listPromises)['query']>,
): Promise<Result<z.input<(typeof listPromises)['response']>>> {
  const rows = await repo.listPromiseRows(ctx, query);
  const cut = cutPage(rows, query.limit, (p) => [p.late_share, p.order_id]);
  const plan = await repo.publishedPlan(ctx);
  return ok({ ...cut, items: cut.items.map((p) => promiseHead(p, plan?.code ?? '')) });
}
