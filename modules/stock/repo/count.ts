/** What is expected and what was scanned. */
import { jsonb } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import { BATCH, db, type ExpectedTable, type ScanTable } from './tables.ts';

export type ExpectedRow = Omit<ExpectedTable, 'org_id' | 'stocktake_id'>;
export type ScanRow = ScanTable;

export async function insertExpected(
  ctx: Ctx,
  stocktakeId: string,
  rows: readonly ExpectedRow[],
): Promise<void> {
  for (let i = 0; i < rows.length; i += BATCH) {
    await db(ctx)
      .insertInto('stock.expected')
      .values(
        rows.slice(i, i + BATCH).map((r) => ({
          ...r,
          name: jsonb(r.name),
          org_id: ctx.org.no,
          stocktake_id: stocktakeId,
        })),
      )
      .execute();
  }
}

export function expectedOf(ctx: Ctx, stocktakeId: string): Promise<ExpectedRow[]> {
  return db(ctx)
    .selectFrom('stock.expected')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('stocktake_id', '=', stocktakeId)
    .execute();
}

export async function expects(ctx: Ctx, stocktakeId: string, subject: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('stock.expected')
    .select('subject')
    .where('org_id', '=', ctx.org.no)
    .where('stocktake_id', '=', stocktakeId)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row !== undefined;
}

/** Expected things without a complete scan, by place and code; one more than asked. */
export async function remainingRows(
  ctx: Ctx,
  stocktakeId: string,
  after: readonly (string | number)[] | undefined,
  limit: number,
): Promise<(ExpectedRow & { asks_pieces: boolean })[]> {
  const [place = '', subject = ''] = (after ?? []).map(String);
  const r = await sql<ExpectedRow & { asks_pieces: boolean }>`
    with seen as materialized (
      select subject, bool_or(qty is not null or not is_lot) as is_done from stock.scan
      where org_id = ${ctx.org.no} and stocktake_id = ${stocktakeId} group by subject)
    select e.*, s.subject is not null as asks_pieces
    from stock.expected e left join seen s on s.subject = e.subject
    where e.org_id = ${ctx.org.no} and e.stocktake_id = ${stocktakeId} and s.is_done is not true
      ${after ? sql`and (coalesce(e.place, ''), e.subject) > (${place}, ${subject})` : sql``}
    order by coalesce(e.place, ''), e.subject limit ${limit + 1}`.execute(ctx.tx);
  return r.rows;
}

export async function insertScan(
  ctx: Ctx,
  scan: Omit<ScanTable, 'org_id' | 'by_whom' | 'at'>,
  by: string,
): Promise<void> {
  await db(ctx)
    .insertInto('stock.scan')
    .values({
      ...scan,
      name: scan.name ? jsonb(scan.name) : null,
      org_id: ctx.org.no,
      by_whom: by,
      at: ctx.now,
    })
    .execute();
}

/** The last scan of a subject. */
export function lastScan(
  ctx: Ctx,
  stocktakeId: string,
  subject: string,
): Promise<ScanRow | undefined> {
  return db(ctx)
    .selectFrom('stock.scan')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('stocktake_id', '=', stocktakeId)
    .where('subject', '=', subject)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The last scan of each subject. */
export function lastScans(ctx: Ctx, stocktakeId: string): Promise<ScanRow[]> {
  return db(ctx)
    .selectFrom('stock.scan')
    .selectAll()
    .distinctOn('subject')
    .where('org_id', '=', ctx.org.no)
    .where('stocktake_id', '=', stocktakeId)
    .orderBy('subject')
    .orderBy('id', 'desc')
    .execute();
}
