import { holds, jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { newId, type Text } from '@zaizao/platform/kernel';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { InspectionView } from './contract.ts';
import type { LimitJudged } from './domain/judged.ts';
import type { Disposition, Evidence, Proposal } from './domain/propose.ts';

type ComponentJson = z.input<typeof InspectionView>['component'];

interface InspectionTable {
  org_id: number;
  id: string;
  code: string;
  state: 'open' | 'decided';
  round: number;
  component_id: string;
  component: ComponentJson;
  product_id: string;
  policy: Evidence['policy'];
  visual_good: boolean;
  visual_note: string | null;
  proposal: Proposal | null;
  disposition: Disposition | null;
  rule: string | null;
  reason: Text | null;
  override_reason: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  event_id: string | null;
  started_by: string;
  started_at: Date;
}

interface MeasurementTable {
  org_id: number;
  inspection_id: string;
  id: string;
  characteristic_id: string;
  code: string;
  value: string;
  unit: string;
  instrument_id: string | null;
  verdict: 'pass' | 'fail' | 'unlimited';
  judged: LimitJudged[];
  by_whom: string;
  at: Date;
}

interface NdtTable {
  org_id: number;
  inspection_id: string;
  id: string;
  method: z.input<typeof InspectionView>['ndt'][number]['method'];
  indication: boolean;
  kind: 'crack' | 'porosity' | 'corrosion' | 'wear' | 'delamination' | 'other' | null;
  place: string | null;
  size_mm: string | null;
  photo: string | null;
  instrument_id: string | null;
  note: string | null;
  by_whom: string;
  at: Date;
}

type Tables = {
  'inspection.inspection': InspectionTable;
  'inspection.measurement': MeasurementTable;
  'inspection.ndt': NdtTable;
};

export type InspectionRow = InspectionTable;
export type MeasurementRow = MeasurementTable;
export type NdtRow = NdtTable;

const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();
const actorOf = (ctx: Ctx) => ctx.principal.name;

export async function insertInspection(
  ctx: Ctx,
  i: Pick<
    InspectionTable,
    'id' | 'code' | 'round' | 'component_id' | 'component' | 'product_id' | 'policy'
  >,
): Promise<InspectionRow> {
  return db(ctx)
    .insertInto('inspection.inspection')
    .values({
      ...i,
      component: jsonb(i.component),
      org_id: ctx.org.no,
      state: 'open',
      visual_good: true,
      visual_note: null,
      proposal: null,
      disposition: null,
      rule: null,
      reason: null,
      override_reason: null,
      decided_by: null,
      decided_at: null,
      event_id: null,
      started_by: actorOf(ctx),
      started_at: ctx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function findInspection(
  ctx: Ctx,
  id: string,
  lock = false,
): Promise<InspectionRow | undefined> {
  const q = db(ctx)
    .selectFrom('inspection.inspection')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id);
  return (lock ? q.forUpdate() : q).executeTakeFirst();
}

/** All inspections of a component, newest first. */
export function inspectionsOf(ctx: Ctx, componentId: string): Promise<InspectionRow[]> {
  return db(ctx)
    .selectFrom('inspection.inspection')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('component_id', '=', componentId)
    .orderBy('id', 'desc')
    .execute();
}

/** The counting value of each characteristic: the newest. */
export async function measurementsOf(ctx: Ctx, inspectionId: string): Promise<MeasurementRow[]> {
  const all = await db(ctx)
    .selectFrom('inspection.measurement')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('inspection_id', '=', inspectionId)
    .orderBy('id')
    .execute();
  return [...new Map(all.map((m) => [m.characteristic_id, m])).values()];
}

export function ndtOf(ctx: Ctx, inspectionId: string): Promise<NdtRow[]> {
  return db(ctx)
    .selectFrom('inspection.ndt')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('inspection_id', '=', inspectionId)
    .orderBy('id')
    .execute();
}

export type NewMeasurement = Pick<
  MeasurementTable,
  'characteristic_id' | 'code' | 'value' | 'unit' | 'instrument_id' | 'verdict' | 'judged'
>;

/** In their order: of two values of one characteristic, the later counts. */
export async function insertMeasurements(
  ctx: Ctx,
  inspectionId: string,
  values: readonly NewMeasurement[],
): Promise<void> {
  const rows = values.map((m) => ({
    ...m,
    judged: jsonb(m.judged),
    org_id: ctx.org.no,
    inspection_id: inspectionId,
    id: newId('meas', ctx.now.getTime()),
    by_whom: actorOf(ctx),
    at: ctx.now,
  }));
  await db(ctx).insertInto('inspection.measurement').values(rows).execute();
}

export async function insertNdt(
  ctx: Ctx,
  inspectionId: string,
  n: Omit<NdtTable, 'org_id' | 'inspection_id' | 'id' | 'by_whom' | 'at'>,
): Promise<void> {
  await db(ctx)
    .insertInto('inspection.ndt')
    .values({
      ...n,
      org_id: ctx.org.no,
      inspection_id: inspectionId,
      id: newId('ndt', ctx.now.getTime()),
      by_whom: actorOf(ctx),
      at: ctx.now,
    })
    .execute();
}

/** Of an inspection that the caller has locked and knows open. */
export function saveVisual(
  ctx: Ctx,
  inspectionId: string,
  good: boolean,
  note: string | null,
): Promise<InspectionRow> {
  return db(ctx)
    .updateTable('inspection.inspection')
    .set({ visual_good: good, visual_note: note })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', inspectionId)
    .where('state', '=', 'open')
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Of an inspection that the caller has locked and knows open. */
export function saveDecision(
  ctx: Ctx,
  inspectionId: string,
  d: {
    proposal: Proposal;
    disposition: Disposition;
    overrideReason: string | null;
    eventId: string;
  },
): Promise<InspectionRow> {
  return db(ctx)
    .updateTable('inspection.inspection')
    .set({
      state: 'decided',
      proposal: jsonb(d.proposal),
      disposition: d.disposition,
      rule: d.overrideReason ? 'override' : d.proposal.rule,
      reason: jsonb(d.proposal.reason),
      override_reason: d.overrideReason,
      decided_by: actorOf(ctx),
      decided_at: ctx.now,
      event_id: d.eventId,
    })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', inspectionId)
    .where('state', '=', 'open')
    .returningAll()
    .executeTakeFirstOrThrow();
}

export interface InspectionFilter {
  state?: 'open' | 'decided' | undefined;
  componentId?: string | undefined;
  disposition?: Disposition | undefined;
  partId?: string | undefined;
  q?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

export function listInspectionRows(ctx: Ctx, f: InspectionFilter): Promise<InspectionRow[]> {
  let q = db(ctx).selectFrom('inspection.inspection').selectAll().where('org_id', '=', ctx.org.no);
  if (f.state) q = q.where('state', '=', f.state);
  if (f.componentId) q = q.where('component_id', '=', f.componentId);
  if (f.disposition) q = q.where('disposition', '=', f.disposition);
  if (f.partId) q = q.where(sql<boolean>`component -> 'part' ->> 'id' = ${f.partId}`);
  if (f.q) {
    const ofComponent = [sql`component ->> 'code'`, sql`component ->> 'coreCode'`];
    q = q.where(holds(f.q, 'code', ...ofComponent, sql`component -> 'part' ->> 'number'`));
  }
  return newestFirst(q, f).execute();
}

export interface FigureRow {
  part: ComponentJson['part'];
  reuse: number;
  remanufacture: number;
  recycle: number;
  reuseG: number;
  remanufactureG: number;
  recycleG: number;
}

/** How often each disposition was taken, by part, counting pieces of lots. */
export async function figureRows(ctx: Ctx): Promise<FigureRow[]> {
  const r = await sql<FigureRow>`
    select (array_agg(component -> 'part'))[1] as part,
      coalesce(sum((component ->> 'qty')::int) filter (where disposition = 'reuse'), 0)::int as reuse,
      coalesce(sum((component ->> 'qty')::int) filter (where disposition = 'remanufacture'), 0)::int as remanufacture,
      coalesce(sum((component ->> 'qty')::int) filter (where disposition = 'recycle'), 0)::int as recycle,
      coalesce(sum((component ->> 'massG')::float8) filter (where disposition = 'reuse'), 0) as "reuseG",
      coalesce(sum((component ->> 'massG')::float8) filter (where disposition = 'remanufacture'), 0) as "remanufactureG",
      coalesce(sum((component ->> 'massG')::float8) filter (where disposition = 'recycle'), 0) as "recycleG"
    from inspection.inspection where org_id = ${ctx.org.no} and state = 'decided'
    group by component -> 'part' ->> 'id'
    order by count(*) desc limit 200`.execute(ctx.tx);
  return r.rows;
}
