/** How differences were settled, and what is missing. */
import { jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { BATCH, type DifferenceTable, db, type MissingTable } from './tables.ts';

export type DifferenceRow = Omit<DifferenceTable, 'org_id' | 'stocktake_id'>;
export type MissingRow = MissingTable;

export async function insertDifferences(
  ctx: Ctx,
  stocktakeId: string,
  rows: readonly DifferenceRow[],
): Promise<void> {
  for (let i = 0; i < rows.length; i += BATCH) {
    await db(ctx)
      .insertInto('stock.difference')
      .values(
        rows.slice(i, i + BATCH).map((r) => ({
          ...r,
          name: r.name ? jsonb(r.name) : null,
          org_id: ctx.org.no,
          stocktake_id: stocktakeId,
        })),
      )
      .execute();
  }
}

export function differencesOf(ctx: Ctx, stocktakeId: string): Promise<DifferenceRow[]> {
  return db(ctx)
    .selectFrom('stock.difference')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('stocktake_id', '=', stocktakeId)
    .orderBy('subject')
    .execute();
}

type NewMissing = Omit<MissingTable, 'org_id' | 'since' | 'ended' | 'ended_at'>;

export async function insertMissing(ctx: Ctx, rows: readonly NewMissing[]): Promise<void> {
  for (let i = 0; i < rows.length; i += BATCH) {
    await db(ctx)
      .insertInto('stock.missing')
      .values(
        rows.slice(i, i + BATCH).map((r) => ({
          ...r,
          name: jsonb(r.name),
          org_id: ctx.org.no,
          since: ctx.now,
          ended: null,
          ended_at: null,
        })),
      )
      .execute();
  }
}

/** What is recorded missing and has not turned up; or, of one thing, that it is. */
export function openMissing(ctx: Ctx, subject?: string): Promise<MissingRow[]> {
  const open = db(ctx)
    .selectFrom('stock.missing')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('ended', 'is', null);
  return (subject === undefined ? open : open.where('subject', '=', subject)).execute();
}

export async function endMissing(
  ctx: Ctx,
  subjects: readonly string[],
  ended: 'found' | 'moved',
): Promise<void> {
  if (subjects.length === 0) return;
  await db(ctx)
    .updateTable('stock.missing')
    .set({ ended, ended_at: ctx.now })
    .where('org_id', '=', ctx.org.no)
    .where('subject', 'in', [...subjects])
    .where('ended', 'is', null)
    .execute();
}

export function listMissingRows(
  ctx: Ctx,
  f: { open?: 'yes' | undefined; cursor?: string | undefined; limit: number },
): Promise<MissingRow[]> {
  let q = db(ctx).selectFrom('stock.missing').selectAll().where('org_id', '=', ctx.org.no);
  if (f.open) q = q.where('ended', 'is', null);
  return newestFirst(q, f).execute();
}
