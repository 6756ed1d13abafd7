import { holds, jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { newId } from '@zaizao/platform/kernel';
import { sql } from 'kysely';
import { type Days, within } from './days.ts';
import {
  actorOf,
  type CurveRow,
  db,
  type RunInJson,
  type TestRow,
  type TestTable,
  type ValueRow,
} from './tables.ts';

export async function insertTest(
  ctx: Ctx,
  t: Pick<TestTable, 'id' | 'code' | 'round' | 'unit' | 'plan' | 'needs_run_in' | 'customer'>,
): Promise<void> {
  await db(ctx)
    .insertInto('quality.test_run')
    .values({
      ...t,
      org_id: ctx.org.no,
      state: 'open',
      unit: jsonb(t.unit),
      plan: jsonb(t.plan),
      unit_id: t.unit.id,
      part_id: t.unit.part.id,
      run_in: null,
      aborted_for: null,
      nonconformance_id: null,
      event_id: null,
      started_by: actorOf(ctx),
      started_at: ctx.now,
      decided_by: null,
      decided_at: null,
    })
    .execute();
}

export function findTest(ctx: Ctx, testId: string, lock = false): Promise<TestTable | undefined> {
  const q = db(ctx)
    .selectFrom('quality.test_run')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', testId);
  return (lock ? q.forUpdate() : q).executeTakeFirst();
}

const SUMMARY = [
  ...(['org_id', 'id', 'code', 'state', 'round', 'unit_id', 'unit', 'part_id'] as const),
  ...(['needs_run_in', 'customer', 'run_in', 'aborted_for', 'nonconformance_id'] as const),
  ...(['event_id', 'started_by', 'started_at', 'decided_by', 'decided_at'] as const),
] as const satisfies readonly (keyof TestRow)[];

/** All tests of a unit, newest first. */
export function testsOfUnit(ctx: Ctx, unitId: string): Promise<TestRow[]> {
  return db(ctx)
    .selectFrom('quality.test_run')
    .select(SUMMARY)
    .where('org_id', '=', ctx.org.no)
    .where('unit_id', '=', unitId)
    .orderBy('round', 'desc')
    .execute();
}

export async function saveRunIn(ctx: Ctx, testId: string, runIn: RunInJson): Promise<void> {
  await db(ctx)
    .updateTable('quality.test_run')
    .set({ run_in: jsonb(runIn) })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', testId)
    .execute();
}

/** Ends an open test. */
export async function endTest(
  ctx: Ctx,
  testId: string,
  end: Pick<TestRow, 'state'> &
    Partial<Pick<TestRow, 'nonconformance_id' | 'event_id' | 'aborted_for'>>,
): Promise<void> {
  await db(ctx)
    .updateTable('quality.test_run')
    .set({ ...end, decided_by: actorOf(ctx), decided_at: ctx.now })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', testId)
    .where('state', '=', 'open')
    .execute();
}

export async function insertValue(
  ctx: Ctx,
  testId: string,
  v: Omit<ValueRow, 'org_id' | 'test_id' | 'id' | 'by_whom' | 'at'>,
): Promise<void> {
  await db(ctx)
    .insertInto('quality.test_value')
    .values({
      ...v,
      instrument: v.instrument === null ? null : jsonb(v.instrument),
      judged: jsonb(v.judged),
      org_id: ctx.org.no,
      test_id: testId,
      id: newId('val', ctx.now.getTime()),
      by_whom: actorOf(ctx),
      at: ctx.now,
    })
    .execute();
}

/** The counting value of each characteristic: the newest. */
export async function valuesOf(ctx: Ctx, testId: string): Promise<Map<string, ValueRow>> {
  const all = await db(ctx)
    .selectFrom('quality.test_value')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('test_id', '=', testId)
    .orderBy('id')
    .execute();
  return new Map(all.map((v) => [v.characteristic_id, v]));
}

export async function insertCurve(
  ctx: Ctx,
  c: Omit<CurveRow, 'org_id' | 'id' | 'by_whom' | 'at'>,
): Promise<void> {
  await db(ctx)
    .insertInto('quality.curve')
    .values({
      ...c,
      points: jsonb(c.points),
      org_id: ctx.org.no,
      id: newId('curve', ctx.now.getTime()),
      by_whom: actorOf(ctx),
      at: ctx.now,
    })
    .execute();
}

export function curvesOf(ctx: Ctx, testId: string): Promise<CurveRow[]> {
  return db(ctx)
    .selectFrom('quality.curve')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('test_id', '=', testId)
    .orderBy('id')
    .execute();
}

interface TestFilter {
  readonly state?: TestRow['state'] | undefined;
  readonly unitId?: string | undefined;
  readonly partId?: string | undefined;
  readonly first?: 'yes' | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** First tests that were decided: what the first-pass yield counts. */
const isFirst = sql<boolean>`(round = 1 and state in ('passed', 'failed'))`;

export function listTestRows(ctx: Ctx, f: TestFilter, zone: string): Promise<TestRow[]> {
  let q = db(ctx).selectFrom('quality.test_run').select(SUMMARY).where('org_id', '=', ctx.org.no);
  if (f.state) q = q.where('state', '=', f.state);
  if (f.unitId) q = q.where('unit_id', '=', f.unitId);
  if (f.partId) q = q.where('part_id', '=', f.partId);
  if (f.first) q = q.where(isFirst);
  if (f.from || f.to) q = q.where(within(sql`decided_at`, { from: f.from, to: f.to, zone }));
  if (f.q) q = q.where(holds(f.q, 'code', sql`unit ->> 'serial'`));
  return newestFirst(q, f).execute();
}

/** The names under which curves of a product were kept, most used first. */
export async function curveNames(ctx: Ctx, partId: string): Promise<string[]> {
  const r = await sql<{ name: string }>`
    select name from (select name, id from quality.curve
      where org_id = ${ctx.org.no} and part_id = ${partId} order by id desc limit 2000) c
    group by name order by count(*) desc, name limit 30`.execute(ctx.tx);
  return r.rows.map((x) => x.name);
}

type OverlaidCurve = Pick<CurveRow, 'test_id' | 'points' | 'unit'> &
  Pick<TestRow, 'code' | 'state'> & { serial: string };

/** The newest curves of a name over the units of a product. */
export async function newestCurves(
  ctx: Ctx,
  partId: string,
  name: string,
  limit: number,
): Promise<OverlaidCurve[]> {
  const r = await sql<OverlaidCurve>`
    select c.test_id, c.points, c.unit, t.code, t.state, t.unit ->> 'serial' as serial
    from quality.curve c join quality.test_run t on t.org_id = c.org_id and t.id = c.test_id
    where c.org_id = ${ctx.org.no} and c.part_id = ${partId} and c.name = ${name}
    order by c.id desc limit ${limit}`.execute(ctx.tx);
  return r.rows;
}

type TrendRow = Pick<ValueRow, 'test_id' | 'value' | 'unit' | 'judged' | 'at'> & { serial: string };

/** The newest values of a characteristic, oldest first. */
export async function newestValues(
  ctx: Ctx,
  characteristicId: string,
  limit: number,
): Promise<TrendRow[]> {
  const r = await sql<TrendRow>`
    select v.test_id, v.value, v.unit, v.judged, v.at, t.unit ->> 'serial' as serial
    from quality.test_value v join quality.test_run t on t.org_id = v.org_id and t.id = v.test_id
    where v.org_id = ${ctx.org.no} and v.characteristic_id = ${characteristicId}
    order by v.id desc limit ${limit}`.execute(ctx.tx);
  return r.rows.reverse();
}

interface TestFigures {
  open_tests: number;
  first_tested: number;
  first_passed: number;
}

interface FirstTests {
  week: string;
  tested: number;
  passed: number;
}

/** First tests decided in some days and how many passed, by the Monday of their week. */
export async function firstTestsByWeek(ctx: Ctx, days: Days): Promise<FirstTests[]> {
  const r = await sql<FirstTests>`
    select to_char(date_trunc('week', decided_at at time zone ${days.zone}), 'YYYY-MM-DD') as week,
      count(*)::int as tested, (count(*) filter (where state = 'passed'))::int as passed
    from quality.test_run
    where org_id = ${ctx.org.no} and ${isFirst} and ${within(sql`decided_at`, days)}
    group by 1 order by 1`.execute(ctx.tx);
  return r.rows;
}

export async function testFigures(ctx: Ctx, days: Days): Promise<TestFigures> {
  const r = await sql<TestFigures>`
    select (select count(*)::int from quality.test_run
        where org_id = ${ctx.org.no} and state = 'open') as open_tests,
      count(*)::int as first_tested,
      (count(*) filter (where state = 'passed'))::int as first_passed
    from quality.test_run
    where org_id = ${ctx.org.no} and ${isFirst} and ${within(sql`decided_at`, days)}`.execute(
    ctx.tx,
  );
  return r.rows[0] ?? { open_tests: 0, first_tested: 0, first_passed: 0 };
}
