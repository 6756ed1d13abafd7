import { holds, jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { StocktakeState } from '../domain/stocktake-machine.ts';
import { db, type StocktakeTable } from './tables.ts';

export type StocktakeRow = StocktakeTable;

type NewStocktake = Pick<
  StocktakeTable,
  'id' | 'code' | 'site_id' | 'site_name' | 'place' | 'kinds' | 'note' | 'expected' | 'started_by'
>;

export function insertStocktake(ctx: Ctx, s: NewStocktake): Promise<StocktakeRow> {
  return db(ctx)
    .insertInto('stock.stocktake')
    .values({
      ...s,
      org_id: ctx.org.no,
      state: 'counting',
      counted: 0,
      figures: null,
      started_at: ctx.now,
      counted_at: null,
      closed_by: null,
      closed_at: null,
      version: 1,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** A stocktake; locked until the transaction ends when asked. */
export function findStocktake(
  ctx: Ctx,
  id: string,
  lock = false,
): Promise<StocktakeRow | undefined> {
  const q = db(ctx)
    .selectFrom('stock.stocktake')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id);
  return (lock ? q.forUpdate() : q).executeTakeFirst();
}

export function openStocktakes(ctx: Ctx): Promise<StocktakeRow[]> {
  return db(ctx)
    .selectFrom('stock.stocktake')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('state', 'in', ['counting', 'counted'])
    .execute();
}

export function listStocktakeRows(
  ctx: Ctx,
  f: {
    state?: StocktakeState | undefined;
    open?: 'yes' | undefined;
    q?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<StocktakeRow[]> {
  let q = db(ctx).selectFrom('stock.stocktake').selectAll().where('org_id', '=', ctx.org.no);
  if (f.state) q = q.where('state', '=', f.state);
  if (f.open) q = q.where('state', 'in', ['counting', 'counted']);
  if (f.q) q = q.where(holds(f.q, 'code', 'place', 'started_by', 'note'));
  return newestFirst(q, f).execute();
}

type Changes = Partial<
  Pick<StocktakeTable, 'state' | 'figures' | 'counted_at' | 'closed_by' | 'closed_at'>
>;

/** Changes a stocktake of a version; undefined when another was faster. */
export function updateStocktake(
  ctx: Ctx,
  id: string,
  version: number,
  set: Changes,
): Promise<StocktakeRow | undefined> {
  const { figures, ...plain } = set;
  return db(ctx)
    .updateTable('stock.stocktake')
    .set({
      ...plain,
      ...(figures ? { figures: jsonb(figures) } : {}),
      version: sql<number>`version + 1`,
    })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst();
}

/** One more of the expected things is counted; the version stays, for nothing was decided. */
export async function countOne(ctx: Ctx, id: string): Promise<void> {
  await db(ctx)
    .updateTable('stock.stocktake')
    .set({ counted: sql<number>`counted + 1` })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .execute();
}
