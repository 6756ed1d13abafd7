import { oldestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { db, type StationTable } from './tables.ts';

export type StationRow = StationTable;

export function insertStation(
  ctx: Ctx,
  s: Pick<StationTable, 'id' | 'code' | 'name' | 'kind' | 'line'>,
): Promise<StationRow> {
  return db(ctx)
    .insertInto('production.station')
    .values({ ...s, org_id: ctx.org.no, created_at: ctx.now })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function findStation(ctx: Ctx, id: string): Promise<StationRow | undefined> {
  return db(ctx)
    .selectFrom('production.station')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .executeTakeFirst();
}

export function listStationRows(
  ctx: Ctx,
  f: { cursor?: string | undefined; limit: number },
): Promise<StationRow[]> {
  const q = db(ctx).selectFrom('production.station').selectAll().where('org_id', '=', ctx.org.no);
  return oldestFirst(q, f).execute();
}

/** Every station of the plant, in the order they were set up. */
export function allStations(ctx: Ctx): Promise<StationRow[]> {
  return db(ctx)
    .selectFrom('production.station')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .orderBy('id')
    .execute();
}
