import type { Shortfall } from '@zaizao/modules/catalog';
import { jsonb } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import { type Days, within } from './days.ts';
import { actorOf } from './tables.ts';

interface ReleaseTable {
  org_id: number;
  id: string;
  part_id: string;
  plan_version: number;
  shortfalls: Shortfall[];
  reason: string;
  approved_by: string;
  valid_to: string;
  by_whom: string;
  at: Date;
}

type Cause = 'end-of-life' | 'fault' | 'no-fault';

interface RunTable {
  org_id: number;
  unit_id: string;
  part_id: string;
  began_at: Date;
  ended_at: Date | null;
  failed: boolean;
  cause: Cause | null;
}

interface ClaimTable {
  org_id: number;
  claim_id: string;
  unit_id: string;
  part_id: string;
  reported_at: Date;
  verdict: 'fault' | 'no-fault' | 'excluded';
  cost_fen: bigint;
}

type Tables = {
  'quality.plan_release': ReleaseTable;
  'quality.service_run': RunTable;
  'quality.field_claim': ClaimTable;
};
const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

export type ReleaseRow = ReleaseTable;
export type RunRow = RunTable;
export type ClaimRow = Omit<ClaimTable, 'org_id'>;

export async function insertRelease(
  ctx: Ctx,
  r: Omit<ReleaseTable, 'org_id' | 'by_whom' | 'at'>,
): Promise<void> {
  await db(ctx)
    .insertInto('quality.plan_release')
    .values({
      ...r,
      shortfalls: jsonb(r.shortfalls),
      org_id: ctx.org.no,
      by_whom: actorOf(ctx),
      at: ctx.now,
    })
    .execute();
}

/** The newest release of a product for a version of the new product's plan that still holds on a day. */
export function releaseOn(
  ctx: Ctx,
  partId: string,
  planVersion: number,
  day: string,
): Promise<ReleaseRow | undefined> {
  return db(ctx)
    .selectFrom('quality.plan_release')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', '=', partId)
    .where('plan_version', '=', planVersion)
    .where('valid_to', '>=', day)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function beginRun(
  ctx: Ctx,
  r: { unitId: string; partId: string; at: Date },
): Promise<void> {
  await db(ctx)
    .insertInto('quality.service_run')
    .values({
      ...{ org_id: ctx.org.no, unit_id: r.unitId, part_id: r.partId, began_at: r.at },
      ...{ ended_at: null, failed: false, cause: null },
    })
    .onConflict((c) => c.columns(['org_id', 'unit_id']).doNothing())
    .execute();
}

/** Ends the run of a unit; one that ended before keeps its end, but may turn out to have had no fault. */
export async function endRun(ctx: Ctx, unitId: string, at: Date, cause: Cause): Promise<void> {
  const failed = cause !== 'no-fault';
  await db(ctx)
    .updateTable('quality.service_run')
    .set({ ended_at: at, failed, cause })
    .where('org_id', '=', ctx.org.no)
    .where('unit_id', '=', unitId)
    .where((e) =>
      e.or([
        e('ended_at', 'is', null),
        // a unit came home before its claim was judged
        e.and([e('cause', '=', 'end-of-life'), e.val(cause !== 'end-of-life')]),
      ]),
    )
    .execute();
}

export async function saveClaim(ctx: Ctx, c: ClaimRow): Promise<void> {
  await db(ctx)
    .insertInto('quality.field_claim')
    .values({ ...c, org_id: ctx.org.no })
    .onConflict((x) =>
      x
        .columns(['org_id', 'claim_id'])
        .doUpdateSet({ verdict: c.verdict, cost_fen: c.cost_fen, reported_at: c.reported_at }),
    )
    .execute();
}

/** The newest claim of a unit that was judged. */
export function claimOfUnit(ctx: Ctx, unitId: string): Promise<ClaimTable | undefined> {
  return db(ctx)
    .selectFrom('quality.field_claim')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('unit_id', '=', unitId)
    .orderBy('reported_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Newest runs of a product, at most so many: what its life is estimated from. */
export function runsOf(ctx: Ctx, partId: string, limit: number): Promise<RunRow[]> {
  return db(ctx)
    .selectFrom('quality.service_run')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', '=', partId)
    .orderBy('began_at', 'desc')
    .limit(limit)
    .execute();
}

export interface QualityRow {
  first_tested: number;
  first_passed: number;
  in_service: number;
  faulty: number;
  claims: number;
  no_fault: number;
  excluded: number;
  warranty_fen: bigint;
}

/** First tests decided, units put in service and claims reported in the days, of one product. */
export async function qualityRow(ctx: Ctx, partId: string, days: Days): Promise<QualityRow> {
  const mine = sql`org_id = ${ctx.org.no} and part_id = ${partId}`;
  const r = await sql<QualityRow>`
    select t.*, s.*, c.* from
      (select count(*)::int as first_tested,
          (count(*) filter (where state = 'passed'))::int as first_passed
        from quality.test_run where ${mine} and round = 1 and state in ('passed', 'failed')
          and ${within(sql`decided_at`, days)}) t,
      (select count(*)::int as in_service,
          (count(*) filter (where failed and cause = 'fault'))::int as faulty
        from quality.service_run where ${mine} and ${within(sql`began_at`, days)}) s,
      (select count(*)::int as claims,
          (count(*) filter (where verdict = 'no-fault'))::int as no_fault,
          (count(*) filter (where verdict = 'excluded'))::int as excluded,
          coalesce(sum(cost_fen), 0)::bigint as warranty_fen
        from quality.field_claim where ${mine} and ${within(sql`reported_at`, days)}) c`.execute(
    ctx.tx,
  );
  const [row] = r.rows;
  if (!row) throw new Error('aggregates give one row');
  return row;
}

/** What the judged claims of certain units cost under warranty, in fen. */
export async function warrantyOf(
  ctx: Ctx,
  unitIds: readonly string[],
): Promise<Map<string, bigint>> {
  const r = await sql<{ unit_id: string; fen: bigint }>`
    select unit_id, sum(cost_fen)::bigint as fen from quality.field_claim
    where org_id = ${ctx.org.no} and unit_id in
      (select x #>> '{}' from json_array_elements(${JSON.stringify(unitIds)}::json) as x)
    group by 1`.execute(ctx.tx);
  return new Map(r.rows.map((x) => [x.unit_id, x.fen]));
}
