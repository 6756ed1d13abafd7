import { jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { newId } from '@zaizao/platform/kernel';
import { sql } from 'kysely';
import { actorOf, type DecisionTable, db, type PlanTable } from './tables.ts';

export type PlanRow = PlanTable;

export type NewPlan = Omit<
  PlanTable,
  'org_id' | 'no' | 'made_by' | 'made_at' | 'worth' | 'as_is' | 'bound'
> & { worth: number; asIs: number; bound: number };

/** Writes a plan under the next number of its core. */
export async function insertPlan(ctx: Ctx, p: NewPlan): Promise<PlanRow> {
  const { asIs, worth, bound, ...plan } = p;
  return db(ctx)
    .insertInto('dismantling.plan')
    .values({
      ...plan,
      part: jsonb(plan.part),
      base: plan.base ? jsonb(plan.base) : null,
      known: jsonb(plan.known),
      cause: plan.cause ? jsonb(plan.cause) : null,
      change: plan.change ? jsonb(plan.change) : null,
      result: jsonb(plan.result),
      alternatives: jsonb(plan.alternatives),
      worth: worth.toFixed(2),
      as_is: asIs.toFixed(2),
      bound: bound.toFixed(2),
      no: sql<number>`(select coalesce(max(no), 0) + 1 from dismantling.plan
        where org_id = ${ctx.org.no} and core_id = ${p.core_id})`,
      org_id: ctx.org.no,
      made_by: actorOf(ctx),
      made_at: ctx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function findPlan(ctx: Ctx, id: string): Promise<PlanRow | undefined> {
  return db(ctx)
    .selectFrom('dismantling.plan')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The plan in force: the newest of a teardown, or of a core. */
export function newestPlan(
  ctx: Ctx,
  of: { teardownId: string } | { coreId: string },
): Promise<PlanRow | undefined> {
  const q = db(ctx).selectFrom('dismantling.plan').selectAll().where('org_id', '=', ctx.org.no);
  const mine =
    'teardownId' in of
      ? q.where('teardown_id', '=', of.teardownId)
      : q.where('core_id', '=', of.coreId);
  return mine.orderBy('no', 'desc').limit(1).executeTakeFirst();
}

export type DecisionRow = DecisionTable;

export async function insertDecision(
  ctx: Ctx,
  d: Pick<DecisionTable, 'plan_id' | 'decision' | 'reason'>,
): Promise<void> {
  await db(ctx)
    .insertInto('dismantling.plan_decision')
    .values({
      ...d,
      id: newId('dec', ctx.now.getTime()),
      org_id: ctx.org.no,
      decided_by: actorOf(ctx),
      decided_at: ctx.now,
    })
    .execute();
}

/** The last decision of each plan. */
export async function decisionsOf(
  ctx: Ctx,
  planIds: readonly string[],
): Promise<Map<string, DecisionRow>> {
  if (planIds.length === 0) return new Map();
  const rows = await db(ctx)
    .selectFrom('dismantling.plan_decision')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('plan_id', 'in', [...planIds])
    .orderBy('id')
    .execute();
  return new Map(rows.map((r) => [r.plan_id, r]));
}

export function listPlanRows(
  ctx: Ctx,
  f: {
    coreId?: string | undefined;
    decision?: 'follow' | 'deviate' | 'none' | undefined;
    replanned?: 'yes' | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<PlanRow[]> {
  let q = db(ctx)
    .selectFrom('dismantling.plan as p')
    .selectAll()
    .where('p.org_id', '=', ctx.org.no);
  if (f.coreId) q = q.where('p.core_id', '=', f.coreId);
  if (f.replanned) q = q.where('p.cause', 'is not', null);
  if (f.decision) {
    const last = sql<string>`coalesce((select d.decision from dismantling.plan_decision d
      where d.org_id = p.org_id and d.plan_id = p.id order by d.id desc limit 1), 'none')`;
    q = q.where(last, '=', f.decision);
  }
  return newestFirst(q, f, 'p.id').execute();
}

/** Plans since a moment: how many teardowns had one, what was decided last, how many were replaced. */
export async function planCounts(
  ctx: Ctx,
  since: Date,
): Promise<{ made: number; followed: number; deviated: number; replanned: number }> {
  const r = await sql<{ made: number; followed: number; deviated: number; replanned: number }>`
    select (count(distinct p.teardown_id))::int as made,
      (count(distinct p.teardown_id) filter (where d.decision = 'follow'))::int as followed,
      (count(distinct p.teardown_id) filter (where d.decision = 'deviate'))::int as deviated,
      (count(distinct p.teardown_id) filter (where p.change is not null))::int as replanned
    from dismantling.plan p
    left join lateral (select x.decision from dismantling.plan_decision x
      where x.org_id = p.org_id and x.plan_id = p.id order by x.id desc limit 1) d on true
    where p.org_id = ${ctx.org.no} and p.made_at >= ${since}
      and p.teardown_id is not null`.execute(ctx.tx);
  return r.rows[0] ?? { made: 0, followed: 0, deviated: 0, replanned: 0 };
}
