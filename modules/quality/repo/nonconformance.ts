import { holds, jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { newId, type Text } from '@zaizao/platform/kernel';
import { sql } from 'kysely';
import { actorOf, db, type NonconformanceRow, type StepRow } from './tables.ts';

export async function insertNonconformance(
  ctx: Ctx,
  n: Pick<
    NonconformanceRow,
    | ('id' | 'code' | 'subject_kind' | 'subject_id' | 'subject_code' | 'part' | 'source')
    | ('test_id' | 'defect' | 'defect_name' | 'description' | 'severity' | 'quantity')
  >,
): Promise<void> {
  await db(ctx)
    .insertInto('quality.nonconformance')
    .values({
      ...n,
      org_id: ctx.org.no,
      state: 'opened',
      part_id: n.part?.id ?? null,
      part: n.part === null ? null : jsonb(n.part),
      defect_name: jsonb(n.defect_name),
      opened_by: actorOf(ctx),
      opened_at: ctx.now,
      ...{ containment: null, disposition: null, disposition_reason: null, reference: null },
      ...{ cause_category: null, cause: null, action: null, action_owner: null, action_due: null },
      ...{ evidence: null, closed_at: null },
    })
    .execute();
}

export function findNonconformance(
  ctx: Ctx,
  id: string,
  lock = false,
): Promise<NonconformanceRow | undefined> {
  const q = db(ctx)
    .selectFrom('quality.nonconformance')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id);
  return (lock ? q.forUpdate() : q).executeTakeFirst();
}

/** All of one thing, newest first. */
export function nonconformancesOf(ctx: Ctx, subjectId: string): Promise<NonconformanceRow[]> {
  return db(ctx)
    .selectFrom('quality.nonconformance')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('subject_id', '=', subjectId)
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
}

type Changes = Partial<
  Omit<NonconformanceRow, 'org_id' | 'id' | 'code' | 'part' | 'defect_name' | 'state'>
>;

/** Moves a locked nonconformance on and writes the step. */
export async function moveNonconformance(
  ctx: Ctx,
  row: NonconformanceRow,
  step: { event: string; to: NonconformanceRow['state']; note: string; set: Changes },
): Promise<void> {
  await db(ctx)
    .updateTable('quality.nonconformance')
    .set({ ...step.set, state: step.to })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', row.id)
    .execute();
  await insertStep(ctx, row.id, step);
}

export async function insertStep(
  ctx: Ctx,
  nonconformanceId: string,
  step: { event: string; to: NonconformanceRow['state']; note: string },
): Promise<void> {
  await db(ctx)
    .insertInto('quality.nonconformance_step')
    .values({
      org_id: ctx.org.no,
      nonconformance_id: nonconformanceId,
      id: newId('step', ctx.now.getTime()),
      event: step.event,
      to_state: step.to,
      note: step.note,
      by_whom: actorOf(ctx),
      at: ctx.now,
    })
    .execute();
}

export function stepsOf(ctx: Ctx, nonconformanceId: string): Promise<StepRow[]> {
  return db(ctx)
    .selectFrom('quality.nonconformance_step')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('nonconformance_id', '=', nonconformanceId)
    .orderBy('id')
    .execute();
}

interface NonconformanceFilter {
  readonly state?: NonconformanceRow['state'] | undefined;
  readonly open?: 'yes' | undefined;
  readonly subjectId?: string | undefined;
  readonly source?: NonconformanceRow['source'] | undefined;
  readonly defect?: string | undefined;
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export function listNonconformanceRows(
  ctx: Ctx,
  f: NonconformanceFilter,
): Promise<NonconformanceRow[]> {
  let q = db(ctx).selectFrom('quality.nonconformance').selectAll().where('org_id', '=', ctx.org.no);
  if (f.state) q = q.where('state', '=', f.state);
  if (f.open) q = q.where('state', '<>', 'closed');
  if (f.subjectId) q = q.where('subject_id', '=', f.subjectId);
  if (f.source) q = q.where('source', '=', f.source);
  if (f.defect) q = q.where('defect', '=', f.defect);
  if (f.q) q = q.where(holds(f.q, 'code', 'subject_code', 'description'));
  return newestFirst(q, f).execute();
}

export interface Grouped {
  key: string;
  name: Text;
  count: number;
}

/** How often, by one column, between two instants. Quantities count, so a bad lot weighs what it is. */
export async function countNonconformances(
  ctx: Ctx,
  by: 'defect' | 'part' | 'cause' | 'source',
  f: { from: Date | undefined; to: Date | undefined; partId: string | undefined },
): Promise<Grouped[]> {
  const [key, name] = {
    defect: [sql`defect`, sql`(array_agg(defect_name order by id desc))[1]`],
    part: [
      sql`coalesce(part_id, '')`,
      sql`coalesce((array_agg(part -> 'name' order by id desc))[1], '{"zh":"","en":""}')`,
    ],
    cause: [sql`coalesce(cause_category, '')`, sql`'{"zh":"","en":""}'::jsonb`],
    source: [sql`source`, sql`'{"zh":"","en":""}'::jsonb`],
  }[by];
  const r = await sql<Grouped>`
    select ${key} as key, ${name} as name, sum(quantity)::int as count
    from quality.nonconformance
    where org_id = ${ctx.org.no}
      and (${f.from ?? null}::timestamptz is null or opened_at >= ${f.from ?? null}::timestamptz)
      and (${f.to ?? null}::timestamptz is null or opened_at < ${f.to ?? null}::timestamptz)
      and (${f.partId ?? null}::text is null or part_id = ${f.partId ?? null}::text)
    group by 1 order by 3 desc, 1 limit 100`.execute(ctx.tx);
  return r.rows;
}

export async function nonconformanceFigures(ctx: Ctx): Promise<{ open: number; awaiting: number }> {
  const r = await sql<{ open: number; awaiting: number }>`
    select count(*)::int as open,
      (count(*) filter (where state in ('opened', 'contained')))::int as awaiting
    from quality.nonconformance where org_id = ${ctx.org.no} and state <> 'closed'`.execute(ctx.tx);
  return r.rows[0] ?? { open: 0, awaiting: 0 };
}
