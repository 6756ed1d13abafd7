import { decodeCursor, jsonb } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { DAY_MS, newId } from '@zaizao/platform/kernel';
import { sql } from 'kysely';
import type { Rates } from '../domain/worth.ts';
import {
  actorOf,
  type DecisionTable,
  type DemandTable,
  db,
  type JointTable,
  type PartRef,
  type PlanTable,
  type RatesTable,
} from './tables.ts';

export type PlanRow = PlanTable;
export type JointRow = JointTable;
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
  const after = f.cursor === undefined ? undefined : decodeCursor(f.cursor)?.[0];
  let q = db(ctx)
    .selectFrom('dismantling.plan as p')
    .selectAll()
    .where('p.org_id', '=', ctx.org.no);
  if (after !== undefined) q = q.where('p.id', '<', String(after));
  if (f.coreId) q = q.where('p.core_id', '=', f.coreId);
  if (f.replanned) q = q.where('p.cause', 'is not', null);
  if (f.decision) {
    const last = sql<string>`coalesce((select d.decision from dismantling.plan_decision d
      where d.org_id = p.org_id and d.plan_id = p.id order by d.id desc limit 1), 'none')`;
    q = q.where(last, '=', f.decision);
  }
  return q
    .orderBy('p.id', 'desc')
    .limit(f.limit + 1)
    .execute();
}

export type NewJoint = Pick<
  JointTable,
  | 'teardown_id'
  | 'core_code'
  | 'joint'
  | 'name'
  | 'outcome'
  | 'source'
  | 'station'
  | 'tool'
  | 'note'
> & {
  torqueNm?: number | undefined;
  angleDeg?: number | undefined;
  seconds?: number | undefined;
  curve?: readonly (readonly [number, number])[] | undefined;
  photo?: string | undefined;
};

export async function insertJoints(ctx: Ctx, joints: readonly NewJoint[]): Promise<void> {
  const text = (n: number | undefined) => (n === undefined ? null : String(n));
  await db(ctx)
    .insertInto('dismantling.joint_record')
    .values(
      joints.map(({ torqueNm, angleDeg, seconds, curve, photo, ...j }) => ({
        ...j,
        name: jsonb(j.name),
        torque_nm: text(torqueNm),
        angle_deg: text(angleDeg),
        seconds: text(seconds),
        curve: curve ? jsonb(curve) : null,
        photo: photo ?? null,
        id: newId('joint', ctx.now.getTime()),
        org_id: ctx.org.no,
        made_by: actorOf(ctx),
        made_at: ctx.now,
      })),
    )
    .execute();
}

export function jointsOf(ctx: Ctx, teardownId: string): Promise<JointRow[]> {
  return db(ctx)
    .selectFrom('dismantling.joint_record')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('teardown_id', '=', teardownId)
    .orderBy('id')
    .execute();
}

export function newestRates(ctx: Ctx): Promise<RatesTable | undefined> {
  return db(ctx)
    .selectFrom('dismantling.rates')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** False when somebody issued that version meanwhile. */
export async function insertRates(
  ctx: Ctx,
  version: number,
  figures: Rates,
  note: string,
): Promise<boolean> {
  const done = await db(ctx)
    .insertInto('dismantling.rates')
    .values({
      org_id: ctx.org.no,
      version,
      figures: jsonb(figures),
      note,
      made_by: actorOf(ctx),
      made_at: ctx.now,
    })
    .onConflict((c) => c.doNothing())
    .returning('version')
    .executeTakeFirst();
  return done !== undefined;
}

export async function demandOf(
  ctx: Ctx,
  partIds: readonly string[],
): Promise<Map<string, DemandTable>> {
  if (partIds.length === 0) return new Map();
  const rows = await db(ctx)
    .selectFrom('dismantling.demand')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', 'in', [...partIds])
    .execute();
  return new Map(rows.map((r) => [r.part_id, r]));
}

/** Writes a demand that follows `version` (0: there was none); false when another was faster. */
export async function putDemand(
  ctx: Ctx,
  d: {
    part: PartRef;
    wanted: number | null;
    goodFen: bigint | null;
    note: string;
    version: number;
  },
): Promise<boolean> {
  const r = await sql`insert into dismantling.demand as d (org_id, part_id, part, wanted, good_fen,
      note, updated_by, updated_at)
    select ${ctx.org.no}, ${d.part.id}, ${jsonb(d.part)}, ${d.wanted}::int, ${d.goodFen}::bigint,
      ${d.note}, ${actorOf(ctx)}, ${ctx.now}
    where ${d.version}::int = 0 or exists (select 1 from dismantling.demand x
      where x.org_id = ${ctx.org.no} and x.part_id = ${d.part.id})
    on conflict (org_id, part_id) do update set wanted = excluded.wanted,
      good_fen = excluded.good_fen, note = excluded.note, updated_by = excluded.updated_by,
      updated_at = excluded.updated_at, part = excluded.part, version = d.version + 1
      where d.version = ${d.version}::int
    returning part_id`.execute(ctx.tx);
  return r.rows.length === 1;
}

export interface ExperienceRow {
  part_id: string;
  stock: number;
  used: number;
  good: number;
  mended: number;
  scrap: number;
  missing: number;
  lines: number;
}

/** Newest rows of a part that are looked at: enough to know a rate, few enough to be quick. */
const LATEST = 120;
const MOST_COUNTED = 2000;
/**
 * What the plant knows of parts from its own teardowns: the fate of the latest pieces, how often
 * the part was missing, how many lie in stock and how many went into products in 90 days. Every
 * count is bounded, so the question stays cheap however long the history grows.
 */
export async function experienceOf(
  ctx: Ctx,
  partIds: readonly string[],
): Promise<Map<string, ExperienceRow>> {
  const org = ctx.org.no;
  // Ids grow with time, so the index by id serves as one by time.
  const since = newId('comp', ctx.now.getTime() - 90 * DAY_MS);
  const r = await sql<ExperienceRow>`
    select p.id as part_id, s.stock, u.used, h.good, h.mended, h.scrap, m.missing, m.lines
    from unnest(${[...partIds]}::text[]) as p(id)
    cross join lateral (
      select coalesce(sum(x.qty), 0)::int as stock from (
        select c.qty from dismantling.component c
        where c.org_id = ${org} and c.part_id = p.id
          and c.state in ('found', 'cleaned', 'inspected', 'reuse', 'restore', 'restored')
        limit ${MOST_COUNTED}) x) s
    cross join lateral (
      select coalesce(sum(x.qty), 0)::int as used from (
        select c.qty from dismantling.component c
        where c.org_id = ${org} and c.part_id = p.id and c.state = 'installed' and c.id > ${since}
        limit ${MOST_COUNTED}) x) u
    cross join lateral (
      select coalesce(sum(x.qty) filter (where x.restored_times = 0
            and x.state in ('reuse', 'installed')), 0)::int as good,
        coalesce(sum(x.qty) filter (where x.restored_times > 0 or x.state = 'restore'), 0)::int
          as mended,
        coalesce(sum(x.qty) filter (where x.restored_times = 0 and x.state = 'recycle'), 0)::int
          as scrap
      from (select c.qty, c.state, c.restored_times from dismantling.component c
        where c.org_id = ${org} and c.part_id = p.id order by c.id desc limit ${LATEST}) x) h
    cross join lateral (
      select (count(*) filter (where x.outcome = 'missing'))::int as missing, count(*)::int as lines
      from (select l.outcome from dismantling.teardown_line l
        where l.org_id = ${org} and l.part ->> 'id' = p.id and l.outcome <> 'pending'
        order by l.teardown_id desc limit ${LATEST}) x) m`.execute(ctx.tx);
  return new Map(r.rows.map((row) => [row.part_id, row]));
}

export interface DamageRow {
  teardown_id: string;
  teardown_code: string;
  core_id: string;
  core_code: string;
  pos: number;
  part: PartRef;
  n: number;
  damage: {
    mode: string;
    place?: string;
    photo?: string;
    cause?: 'before' | 'dismantling';
  };
  at: Date;
}

export async function damageRows(
  ctx: Ctx,
  f: {
    cause?: 'before' | 'dismantling' | undefined;
    after?: readonly [string, number, number] | undefined;
    limit: number;
  },
): Promise<DamageRow[]> {
  const [id, pos, n] = f.after ?? [];
  const later =
    f.after === undefined
      ? sql<boolean>`true`
      : sql<boolean>`(t.id < ${id} or (t.id = ${id} and (l.pos, d.n) > (${pos}::int, ${n}::int)))`;
  const why =
    f.cause === undefined ? sql<boolean>`true` : sql<boolean>`d.damage ->> 'cause' = ${f.cause}`;
  const r = await sql<DamageRow>`
    select t.id as teardown_id, t.code as teardown_code, t.core_id, t.core_code, l.pos, l.part,
      d.n::int as n, d.damage, coalesce(t.finished_at, t.started_at) as at
    from dismantling.teardown t
    join dismantling.teardown_line l on l.org_id = t.org_id and l.teardown_id = t.id
    cross join lateral jsonb_array_elements(l.damages) with ordinality as d(damage, n)
    where t.org_id = ${ctx.org.no} and l.org_id = ${ctx.org.no} and l.damages <> '[]'::jsonb
      and ${why} and ${later}
    order by t.id desc, l.pos, d.n limit ${f.limit + 1}`.execute(ctx.tx);
  return r.rows;
}

export interface WholeRow {
  part: PartRef;
  came: number;
  hurt: number;
}

/** By part: lines that came out since a moment, and those of them that dismantling hurt. */
export async function wholeRows(ctx: Ctx, since: Date): Promise<WholeRow[]> {
  const r = await sql<WholeRow>`
    select (array_agg(l.part order by l.teardown_id desc))[1] as part, count(*)::int as came,
      (count(*) filter (where l.damages @> '[{"cause":"dismantling"}]'))::int as hurt
    from dismantling.teardown t
    join dismantling.teardown_line l on l.org_id = t.org_id and l.teardown_id = t.id
    where t.org_id = ${ctx.org.no} and l.org_id = ${ctx.org.no} and t.state = 'finished'
      and t.finished_at >= ${since} and l.outcome in ('found', 'broken', 'unknown')
    group by l.part ->> 'id' order by hurt desc, came desc`.execute(ctx.tx);
  return r.rows;
}

export async function jointCounts(
  ctx: Ctx,
  since: Date,
): Promise<{ undone: number; destroyed: number }> {
  const r = await sql<{ undone: number; destroyed: number }>`
    select (count(*) filter (where outcome = 'undone'))::int as undone,
      (count(*) filter (where outcome = 'destroyed'))::int as destroyed
    from dismantling.joint_record
    where org_id = ${ctx.org.no} and made_at >= ${since}`.execute(ctx.tx);
  return r.rows[0] ?? { undone: 0, destroyed: 0 };
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
