import { jsonb } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { newId } from '@zaizao/platform/kernel';
import { actorOf, type CheckTable, db, type OutflowTable } from './tables.ts';

export type CheckRow = CheckTable;
export type OutflowRow = OutflowTable;

export async function insertCheck(
  ctx: Ctx,
  c: Pick<CheckTable, 'core_id' | 'core_code' | 'part' | 'answers' | 'mileage_km' | 'note'>,
): Promise<CheckRow> {
  return db(ctx)
    .insertInto('dismantling.vehicle_check')
    .values({
      ...c,
      part: jsonb(c.part),
      answers: jsonb(c.answers),
      id: newId('check', ctx.now.getTime()),
      org_id: ctx.org.no,
      made_by: actorOf(ctx),
      made_at: ctx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The checks of a core, newest first. */
export function checksOf(ctx: Ctx, coreId: string, limit = 50): Promise<CheckRow[]> {
  return db(ctx)
    .selectFrom('dismantling.vehicle_check')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('core_id', '=', coreId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

export async function newestCheck(ctx: Ctx, coreId: string): Promise<CheckRow | undefined> {
  return (await checksOf(ctx, coreId, 1))[0];
}

export async function insertOutflow(
  ctx: Ctx,
  o: Pick<OutflowTable, 'teardown_id' | 'stream' | 'kind' | 'receiver' | 'document' | 'note'> & {
    massG: number;
  },
): Promise<void> {
  const { massG, ...row } = o;
  await db(ctx)
    .insertInto('dismantling.outflow')
    .values({
      ...row,
      mass_g: String(massG),
      id: newId('out', ctx.now.getTime()),
      org_id: ctx.org.no,
      made_by: actorOf(ctx),
      made_at: ctx.now,
    })
    .execute();
}

export function outflowsOf(ctx: Ctx, teardownId: string): Promise<OutflowRow[]> {
  return db(ctx)
    .selectFrom('dismantling.outflow')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('teardown_id', '=', teardownId)
    .orderBy('id')
    .execute();
}
