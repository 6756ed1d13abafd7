import { holds, jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import type { Text } from '@zaizao/platform/kernel';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Decision, Reason, StocktakeView } from './contract.ts';
import type { Difference, Kind } from './domain/reconcile.ts';
import type { StocktakeState } from './domain/stocktake-machine.ts';

type Figures = NonNullable<z.output<typeof StocktakeView>['figures']>;

interface StocktakeTable {
  org_id: number;
  id: string;
  code: string;
  state: StocktakeState;
  site_id: string;
  site_name: string;
  place: string | null;
  kinds: Kind[];
  note: string;
  expected: number;
  counted: number;
  figures: Figures | null;
  started_by: string;
  started_at: Date;
  counted_at: Date | null;
  closed_by: string | null;
  closed_at: Date | null;
  version: number;
}

interface ExpectedTable {
  org_id: number;
  stocktake_id: string;
  subject: string;
  kind: Kind;
  ref: string;
  code: string;
  name: Text;
  state: string;
  place: string | null;
  qty: number;
}

interface ScanTable {
  org_id: number;
  stocktake_id: string;
  id: string;
  subject: string;
  kind: Kind | null;
  ref: string | null;
  code: string;
  name: Text | null;
  state: string | null;
  booked_place: string | null;
  booked_qty: number | null;
  place: string | null;
  qty: number | null;
  is_lot: boolean;
  by_whom: string;
  at: Date;
}

interface DifferenceTable {
  org_id: number;
  stocktake_id: string;
  subject: string;
  class: Difference;
  kind: Kind | null;
  ref: string | null;
  code: string;
  name: Text | null;
  state: string | null;
  booked_place: string | null;
  place: string | null;
  booked_qty: number | null;
  qty: number | null;
  value_fen: bigint | null;
  scanned_by: string | null;
  decision: z.output<typeof Decision>;
  reason: z.output<typeof Reason>;
  note: string;
}

interface MissingTable {
  org_id: number;
  id: string;
  stocktake_id: string;
  stocktake_code: string;
  subject: string;
  kind: Kind;
  ref: string;
  code: string;
  name: Text;
  place: string | null;
  qty: number;
  value_fen: bigint | null;
  reason: z.output<typeof Reason>;
  note: string;
  thing_version: number;
  since: Date;
  ended: 'found' | 'moved' | null;
  ended_at: Date | null;
}

type Tables = {
  'stock.stocktake': StocktakeTable;
  'stock.expected': ExpectedTable;
  'stock.scan': ScanTable;
  'stock.difference': DifferenceTable;
  'stock.missing': MissingTable;
};

export type StocktakeRow = StocktakeTable;
export type ExpectedRow = Omit<ExpectedTable, 'org_id' | 'stocktake_id'>;
export type ScanRow = ScanTable;
export type DifferenceRow = Omit<DifferenceTable, 'org_id' | 'stocktake_id'>;
export type MissingRow = MissingTable;

const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

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

/** Rows of one statement: 65,535 parameters at most. */
const BATCH = 2_000;

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

export function expectedOf(ctx: Ctx, stocktakeId: string): Promise<ExpectedRow[]> {
  return db(ctx)
    .selectFrom('stock.expected')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('stocktake_id', '=', stocktakeId)
    .execute();
}

export async function isExpected(ctx: Ctx, stocktakeId: string, subject: string): Promise<boolean> {
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
    select e.*, exists (select 1 from stock.scan s where s.org_id = e.org_id
        and s.stocktake_id = e.stocktake_id and s.subject = e.subject) as asks_pieces
    from stock.expected e
    where e.org_id = ${ctx.org.no} and e.stocktake_id = ${stocktakeId}
      and not exists (select 1 from stock.scan s where s.org_id = e.org_id
        and s.stocktake_id = e.stocktake_id and s.subject = e.subject
        and (s.qty is not null or not s.is_lot))
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

/** What is recorded missing and has not turned up. */
export function openMissing(ctx: Ctx): Promise<MissingRow[]> {
  return db(ctx)
    .selectFrom('stock.missing')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('ended', 'is', null)
    .execute();
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
