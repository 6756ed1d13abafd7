import { jsonb } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { actorOf } from './tables.ts';

interface ParcelTable {
  org_id: number;
  id: string;
  sscc: string;
  unit_id: string;
  part_id: string;
  spec_version: number;
  checks: string[];
  photo: string;
  gross_g: string;
  event_id: string;
  packed_by: string;
  packed_at: Date;
  opened_at: Date | null;
}

export type ParcelRow = ParcelTable;

const db = (ctx: Ctx) => ctx.tx.withTables<{ 'production.parcel': ParcelTable }>();

type NewParcel = Omit<
  ParcelTable,
  'org_id' | 'packed_by' | 'packed_at' | 'opened_at' | 'gross_g'
> & { gross_g: number };

export async function insertParcel(ctx: Ctx, p: NewParcel): Promise<ParcelRow> {
  return db(ctx)
    .insertInto('production.parcel')
    .values({
      ...p,
      checks: jsonb(p.checks),
      gross_g: String(p.gross_g),
      org_id: ctx.org.no,
      packed_by: actorOf(ctx),
      packed_at: ctx.now,
      opened_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The parcel that a unit is in now. */
export function parcelOf(ctx: Ctx, unitId: string): Promise<ParcelRow | undefined> {
  return db(ctx)
    .selectFrom('production.parcel')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('unit_id', '=', unitId)
    .where('opened_at', 'is', null)
    .executeTakeFirst();
}

export function findParcel(ctx: Ctx, sscc: string): Promise<ParcelRow | undefined> {
  return db(ctx)
    .selectFrom('production.parcel')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('sscc', '=', sscc)
    .executeTakeFirst();
}

export async function openParcel(ctx: Ctx, id: string): Promise<void> {
  await db(ctx)
    .updateTable('production.parcel')
    .set({ opened_at: ctx.now })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('opened_at', 'is', null)
    .execute();
}
