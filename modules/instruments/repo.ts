import { holds } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';

export interface InstrumentRow {
  org_id: number;
  id: string;
  code: string;
  name: string;
  kind: string;
  maker: string | null;
  model: string | null;
  serial: string | null;
  uncertainty: string | null;
  interval_days: number;
  calibrated_on: string | null;
  due_on: string | null;
  active: boolean;
  version: number;
  created_at: Date;
}

export interface CalibrationRow {
  org_id: number;
  instrument_id: string;
  id: string;
  calibrated_on: string;
  due_on: string;
  good: boolean;
  certificate_no: string;
  laboratory: string;
  document: string | null;
  by_whom: string;
  at: Date;
}

type Tables = {
  'instruments.instrument': InstrumentRow;
  'instruments.calibration': CalibrationRow;
};

const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

export function findInstrument(ctx: Ctx, instrumentId: string): Promise<InstrumentRow | undefined> {
  return db(ctx)
    .selectFrom('instruments.instrument')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', instrumentId)
    .executeTakeFirst();
}

interface InstrumentFilter {
  readonly q?: string | undefined;
  readonly kind?: string | undefined;
  /** Only those whose calibration ends before this day, or that never had one. */
  readonly dueBefore?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

export function instrumentsBefore(ctx: Ctx, f: InstrumentFilter): Promise<InstrumentRow[]> {
  let q = db(ctx).selectFrom('instruments.instrument').selectAll().where('org_id', '=', ctx.org.no);
  if (f.before !== undefined) q = q.where('id', '<', f.before);
  if (f.kind !== undefined) q = q.where('kind', '=', f.kind);
  if (f.dueBefore !== undefined) {
    q = q
      .where('active', '=', true)
      .where(sql<boolean>`(due_on is null or due_on < ${f.dueBefore}::date)`);
  }
  if (f.q !== undefined) q = q.where(holds(f.q, 'name', 'code'));
  return q
    .orderBy('id', 'desc')
    .limit(f.limit + 1)
    .execute();
}

export async function insertInstrument(ctx: Ctx, row: InstrumentRow): Promise<void> {
  await db(ctx).insertInto('instruments.instrument').values(row).execute();
}

/** Undefined when another edit came first. */
export function updateInstrument(
  ctx: Ctx,
  instrumentId: string,
  version: number,
  set: Partial<Omit<InstrumentRow, 'org_id' | 'id' | 'code' | 'version'>>,
): Promise<InstrumentRow | undefined> {
  return db(ctx)
    .updateTable('instruments.instrument')
    .set({ ...set, version: version + 1 })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', instrumentId)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst();
}

export async function insertCalibration(ctx: Ctx, row: CalibrationRow): Promise<void> {
  await db(ctx).insertInto('instruments.calibration').values(row).execute();
}

/** Newest first. */
export function calibrationsOf(ctx: Ctx, instrumentId: string): Promise<CalibrationRow[]> {
  return db(ctx)
    .selectFrom('instruments.calibration')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('instrument_id', '=', instrumentId)
    .orderBy('calibrated_on', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
}
