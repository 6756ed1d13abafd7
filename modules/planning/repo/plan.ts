import { decodeCursor, jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { newId } from '@zaizao/platform/kernel';
import { sql } from 'kysely';
import type { PlanState } from '../domain/machines.ts';
import {
  actorOf,
  type DecisionTable,
  db,
  type PlanTable,
  type PromiseTable,
  type RunTable,
} from './tables.ts';

export type PlanRow = PlanTable;
export type DecisionRow = DecisionTable;
export type RunRow = RunTable;
export type PromiseRow = PromiseTable;

type NewPlan = Pick<
  PlanTable,
  | 'id'
  | 'code'
  | 'kind'
  | 'name'
  | 'basis_id'
  | 'wishes'
  | 'job_id'
  | 'origin'
  | 'seed'
  | 'iterations'
  | 'deadline_seconds'
>;

export async function insertPlan(ctx: Ctx, p: NewPlan): Promise<void> {
  await db(ctx)
    .insertInto('planning.plan')
    .values({
      ...p,
      wishes: jsonb(p.wishes),
      org_id: ctx.org.no,
      state: 'solving',
      problem: null,
      board: null,
      engine: null,
      assignments: null,
      value: null,
      bound: null,
      ending: null,
      iterations_done: null,
      seconds: null,
      figures: null,
      baseline: null,
      forecast: null,
      explanation: null,
      conflict: null,
      made_at: ctx.now,
      made_by: actorOf(ctx),
      published_at: null,
      version: 1,
    })
    .execute();
}

export function findPlan(ctx: Ctx, id: string, lock = false): Promise<PlanRow | undefined> {
  const q = db(ctx)
    .selectFrom('planning.plan')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id);
  return (lock ? q.forUpdate() : q).executeTakeFirst();
}

export function publishedPlan(ctx: Ctx, lock = false): Promise<PlanRow | undefined> {
  const q = db(ctx)
    .selectFrom('planning.plan')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('state', '=', 'published');
  return (lock ? q.forUpdate() : q).executeTakeFirst();
}

const HEAD = [
  ...([
    'id',
    'code',
    'kind',
    'state',
    'name',
    'wishes',
    'job_id',
    'origin',
    'value',
    'bound',
  ] as const),
  ...(['figures', 'made_at', 'made_by', 'published_at', 'version'] as const),
] as const;
export type PlanHead = Pick<PlanTable, (typeof HEAD)[number]>;

export function listPlanRows(
  ctx: Ctx,
  f: {
    state?: PlanState | undefined;
    kind?: PlanTable['kind'] | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<PlanHead[]> {
  let q = db(ctx).selectFrom('planning.plan').select(HEAD).where('org_id', '=', ctx.org.no);
  if (f.state) q = q.where('state', '=', f.state);
  if (f.kind) q = q.where('kind', '=', f.kind);
  return newestFirst(q, f).execute();
}

/** Published plans with what they were compared to, the newest first. */
export function publishedHistory(
  ctx: Ctx,
  limit: number,
): Promise<Pick<PlanTable, 'id' | 'code' | 'published_at' | 'figures' | 'baseline'>[]> {
  return db(ctx)
    .selectFrom('planning.plan')
    .select(['id', 'code', 'published_at', 'figures', 'baseline'])
    .where('org_id', '=', ctx.org.no)
    .where('published_at', 'is not', null)
    .orderBy('published_at', 'desc')
    .limit(limit)
    .execute();
}

export async function firstPublication(ctx: Ctx): Promise<Date | undefined> {
  const r = await db(ctx)
    .selectFrom('planning.plan')
    .select('published_at')
    .where('org_id', '=', ctx.org.no)
    .where('published_at', 'is not', null)
    .orderBy('published_at')
    .limit(1)
    .executeTakeFirst();
  return r?.published_at ?? undefined;
}

const JSON_COLUMNS = [
  ...(['problem', 'board', 'assignments', 'figures', 'baseline', 'forecast'] as const),
  ...(['explanation', 'conflict'] as const),
] as const;

type PlanChanges = Partial<
  Omit<PlanTable, 'org_id' | 'id' | 'code' | 'kind' | 'wishes' | 'made_at' | 'made_by' | 'version'>
>;

/** Changes a plan that is in the named state; false when it is not any more. */
export async function updatePlan(
  ctx: Ctx,
  id: string,
  from: PlanState,
  set: PlanChanges,
): Promise<boolean> {
  const changes: Record<string, unknown> = { ...set, version: sql`version + 1` };
  for (const column of JSON_COLUMNS) {
    const value = set[column];
    if (value !== undefined && value !== null) changes[column] = jsonb(value);
  }
  const r = await db(ctx)
    .updateTable('planning.plan')
    .set(changes as PlanChanges) // the json columns are bound as such
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('state', '=', from)
    .returning('id')
    .executeTakeFirst();
  return r !== undefined;
}

export async function insertDecision(
  ctx: Ctx,
  d: Pick<DecisionTable, 'plan_id' | 'verdict' | 'reason'>,
): Promise<void> {
  await db(ctx)
    .insertInto('planning.decision')
    .values({
      ...d,
      org_id: ctx.org.no,
      id: newId('pdec', ctx.now.getTime()),
      at: ctx.now,
      by_whom: actorOf(ctx),
    })
    .execute();
}

export function decisionsOf(ctx: Ctx, planId: string): Promise<DecisionRow[]> {
  return db(ctx)
    .selectFrom('planning.decision')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('plan_id', '=', planId)
    .orderBy('id')
    .execute();
}

export async function insertRun(
  ctx: Ctx,
  r: Pick<RunTable, 'id' | 'plan_id' | 'kind' | 'seed' | 'scenarios' | 'job_id'>,
): Promise<void> {
  await db(ctx)
    .insertInto('planning.run')
    .values({
      ...r,
      org_id: ctx.org.no,
      engine: null,
      result: null,
      made_at: ctx.now,
      made_by: actorOf(ctx),
    })
    .execute();
}

export function findRun(ctx: Ctx, id: string): Promise<RunRow | undefined> {
  return db(ctx)
    .selectFrom('planning.run')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function endRun(
  ctx: Ctx,
  id: string,
  set: { engine: string; result: RunTable['result'] },
): Promise<void> {
  await db(ctx)
    .updateTable('planning.run')
    .set({ engine: set.engine, result: set.result ? jsonb(set.result) : null })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .execute();
}

export function runsOf(
  ctx: Ctx,
  planId: string,
  f: { cursor?: string | undefined; limit: number },
): Promise<RunRow[]> {
  const q = db(ctx)
    .selectFrom('planning.run')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('plan_id', '=', planId);
  return newestFirst(q, f).execute();
}

/** Writes the promises of the plan in force; those of orders it does not know are gone. */
export async function replacePromises(
  ctx: Ctx,
  rows: readonly Omit<PromiseTable, 'org_id'>[],
): Promise<void> {
  await db(ctx).deleteFrom('planning.promise').where('org_id', '=', ctx.org.no).execute();
  if (rows.length === 0) return;
  await db(ctx)
    .insertInto('planning.promise')
    .values(rows.map((r) => ({ ...r, story: jsonb(r.story), org_id: ctx.org.no })))
    .execute();
}

export function findPromise(ctx: Ctx, orderId: string): Promise<PromiseRow | undefined> {
  return db(ctx)
    .selectFrom('planning.promise')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('order_id', '=', orderId)
    .executeTakeFirst();
}

export function listPromiseRows(
  ctx: Ctx,
  f: { cursor?: string | undefined; limit: number },
): Promise<PromiseRow[]> {
  const after = f.cursor === undefined ? undefined : decodeCursor(f.cursor);
  let q = db(ctx).selectFrom('planning.promise').selectAll().where('org_id', '=', ctx.org.no);
  if (after !== undefined) {
    const [share, id] = [Number(after[0]) || 0, String(after[1] ?? '')];
    q = q.where((e) =>
      e.or([
        e('late_share', '<', share),
        e.and([e('late_share', '=', share), e('order_id', '>', id)]),
      ]),
    );
  }
  return q
    .orderBy('late_share', 'desc')
    .orderBy('order_id')
    .limit(f.limit + 1)
    .execute();
}

export async function promiseCounts(
  ctx: Ctx,
): Promise<{ orders: number; due: number; late: number; risky: number }> {
  const r = await sql<{ orders: number; due: number; late: number; risky: number }>`
    select count(*)::int as orders, (count(due_at))::int as due,
      (count(*) filter (where p50_at > due_at))::int as late,
      (count(*) filter (where p50_at <= due_at and late_share > 0.1))::int as risky
    from planning.promise where org_id = ${ctx.org.no}`.execute(ctx.tx);
  return r.rows[0] ?? { orders: 0, due: 0, late: 0, risky: 0 };
}
