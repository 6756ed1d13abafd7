import { jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { actorOf, type BalanceTable, db } from './tables.ts';

export type BalanceRow = BalanceTable;

export function insertBalance(
  ctx: Ctx,
  b: Omit<BalanceTable, 'org_id' | 'made_at' | 'made_by' | 'version'>,
): Promise<BalanceRow> {
  return db(ctx)
    .insertInto('planning.line_balance')
    .values({
      ...b,
      part: jsonb(b.part),
      tasks: jsonb(b.tasks),
      stations: jsonb(b.stations),
      value: jsonb(b.value),
      bound: jsonb(b.bound),
      org_id: ctx.org.no,
      made_at: ctx.now,
      made_by: actorOf(ctx),
      version: 1,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function findBalance(ctx: Ctx, id: string): Promise<BalanceRow | undefined> {
  return db(ctx)
    .selectFrom('planning.line_balance')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .executeTakeFirst();
}

export function listBalanceRows(
  ctx: Ctx,
  f: { partId?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<BalanceRow[]> {
  let q = db(ctx).selectFrom('planning.line_balance').selectAll().where('org_id', '=', ctx.org.no);
  if (f.partId) q = q.where('part_id', '=', f.partId);
  return newestFirst(q, f).execute();
}

export function updateBalance(
  ctx: Ctx,
  id: string,
  version: number,
  set: Pick<BalanceTable, 'name' | 'stations' | 'value'>,
): Promise<BalanceRow | undefined> {
  return db(ctx)
    .updateTable('planning.line_balance')
    .set({
      name: set.name,
      stations: jsonb(set.stations),
      value: jsonb(set.value),
      status: 'edited',
      version: version + 1,
    })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst();
}
