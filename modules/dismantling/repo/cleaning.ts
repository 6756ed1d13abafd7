import { jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import { actorOf, type CleaningTable, db } from './tables.ts';

export type CleaningRow = CleaningTable;

export async function insertCleaning(
  ctx: Ctx,
  c: Pick<CleaningTable, 'id' | 'code' | 'method' | 'machine' | 'parameters' | 'component_ids'>,
): Promise<CleaningRow> {
  return db(ctx)
    .insertInto('dismantling.cleaning')
    .values({
      ...c,
      parameters: jsonb(c.parameters),
      consumption: jsonb({}),
      org_id: ctx.org.no,
      state: 'running',
      started_by: actorOf(ctx),
      started_at: ctx.now,
      finished_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function findCleaning(ctx: Ctx, id: string): Promise<CleaningRow | undefined> {
  return db(ctx)
    .selectFrom('dismantling.cleaning')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** A running batch that holds one of these components. */
export async function runningWith(
  ctx: Ctx,
  componentIds: readonly string[],
): Promise<CleaningRow | undefined> {
  return db(ctx)
    .selectFrom('dismantling.cleaning')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('state', '=', 'running')
    .where(sql<boolean>`component_ids && ${[...componentIds]}::text[]`)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

export async function runningCount(ctx: Ctx): Promise<number> {
  const r = await sql<{ count: number }>`select count(*)::int as count from dismantling.cleaning
    where org_id = ${ctx.org.no} and state = 'running'`.execute(ctx.tx);
  return r.rows[0]?.count ?? 0;
}

/** Ends a batch that still runs; undefined when it has ended. */
export function endCleaning(
  ctx: Ctx,
  id: string,
  state: 'good' | 'repeat',
  consumption: Record<string, string>,
): Promise<CleaningRow | undefined> {
  return db(ctx)
    .updateTable('dismantling.cleaning')
    .set({ state, consumption: jsonb(consumption), finished_at: ctx.now })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .returningAll()
    .executeTakeFirst();
}

export function listCleaningRows(
  ctx: Ctx,
  f: { state?: CleaningTable['state'] | undefined; cursor?: string | undefined; limit: number },
): Promise<CleaningRow[]> {
  let q = db(ctx).selectFrom('dismantling.cleaning').selectAll().where('org_id', '=', ctx.org.no);
  if (f.state) q = q.where('state', '=', f.state);
  return newestFirst(q, f).execute();
}
