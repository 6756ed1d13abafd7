import { jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import { actorOf, db, type LineTable, type TeardownTable } from './tables.ts';

export type TeardownRow = TeardownTable;
export type LineRow = LineTable;
type NewTeardown = Pick<
  TeardownTable,
  'id' | 'code' | 'core_id' | 'core_code' | 'core_epc' | 'part' | 'bom_version' | 'core_mass_g'
> & { tolerance_pct: number };

export type NewLine = Pick<
  LineTable,
  'pos' | 'part' | 'expected_qty' | 'policy' | 'serialised' | 'extra' | 'stream'
> & { piece_g: number };

export async function insertTeardown(
  ctx: Ctx,
  t: NewTeardown,
  lines: readonly NewLine[],
): Promise<void> {
  await db(ctx)
    .insertInto('dismantling.teardown')
    .values({
      ...t,
      part: jsonb(t.part),
      tolerance_pct: String(t.tolerance_pct),
      org_id: ctx.org.no,
      state: 'open',
      residue_g: '0',
      explanation: null,
      event_id: null,
      started_by: actorOf(ctx),
      started_at: ctx.now,
      finished_at: null,
      version: 1,
    })
    .execute();
  await insertLines(ctx, t.id, lines);
}

export async function insertLines(
  ctx: Ctx,
  teardownId: string,
  lines: readonly NewLine[],
): Promise<void> {
  if (lines.length === 0) return;
  await db(ctx)
    .insertInto('dismantling.teardown_line')
    .values(
      lines.map((l) => ({
        ...l,
        part: jsonb(l.part),
        piece_g: String(l.piece_g),
        org_id: ctx.org.no,
        teardown_id: teardownId,
        outcome: 'pending' as const,
        found_qty: 0,
        mass_g: '0',
        mass_measured: false,
        damages: jsonb([]),
      })),
    )
    .execute();
}

export function findTeardown(ctx: Ctx, id: string, lock = false): Promise<TeardownRow | undefined> {
  const q = db(ctx)
    .selectFrom('dismantling.teardown')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id);
  return (lock ? q.forUpdate() : q).executeTakeFirst();
}

export function teardownOfCore(ctx: Ctx, coreId: string): Promise<TeardownRow | undefined> {
  return db(ctx)
    .selectFrom('dismantling.teardown')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('core_id', '=', coreId)
    .executeTakeFirst();
}

/** The teardown of the core with a code; another organisation’s cores are not there. */
export function teardownOfCoreCode(
  ctx: Ctx,
  coreCode: string,
  lock = false,
): Promise<TeardownRow | undefined> {
  const q = db(ctx)
    .selectFrom('dismantling.teardown')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('core_code', '=', coreCode)
    .orderBy('id', 'desc')
    .limit(1);
  return (lock ? q.forUpdate() : q).executeTakeFirst();
}

export function linesOf(ctx: Ctx, teardownId: string): Promise<LineRow[]> {
  return db(ctx)
    .selectFrom('dismantling.teardown_line')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('teardown_id', '=', teardownId)
    .orderBy('pos')
    .execute();
}

type LineResult = Pick<
  LineTable,
  'outcome' | 'found_qty' | 'mass_measured' | 'stream' | 'damages'
> & {
  mass_g: number;
};

export async function saveLine(
  ctx: Ctx,
  teardownId: string,
  pos: number,
  r: LineResult,
): Promise<void> {
  await db(ctx)
    .updateTable('dismantling.teardown_line')
    .set({ ...r, mass_g: String(r.mass_g), damages: jsonb(r.damages) })
    .where('org_id', '=', ctx.org.no)
    .where('teardown_id', '=', teardownId)
    .where('pos', '=', pos)
    .execute();
  await db(ctx)
    .updateTable('dismantling.teardown')
    .set({ version: sql<number>`version + 1` })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', teardownId)
    .execute();
}

export async function endTeardown(
  ctx: Ctx,
  id: string,
  end: { residueG: number; explanation: string | null; eventId: string },
): Promise<boolean> {
  const r = await db(ctx)
    .updateTable('dismantling.teardown')
    .set({
      state: 'finished',
      residue_g: String(end.residueG),
      explanation: end.explanation,
      event_id: end.eventId,
      finished_at: ctx.now,
      version: sql<number>`version + 1`,
    })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .returning('id')
    .executeTakeFirst();
  return r !== undefined;
}

export async function openTeardownCount(ctx: Ctx): Promise<number> {
  const r = await sql<{ count: number }>`select count(*)::int as count from dismantling.teardown
    where org_id = ${ctx.org.no} and state = 'open'`.execute(ctx.tx);
  return r.rows[0]?.count ?? 0;
}

export function listTeardownRows(
  ctx: Ctx,
  f: {
    state?: 'open' | 'finished' | undefined;
    coreId?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<TeardownRow[]> {
  let q = db(ctx).selectFrom('dismantling.teardown').selectAll().where('org_id', '=', ctx.org.no);
  if (f.state) q = q.where('state', '=', f.state);
  if (f.coreId) q = q.where('core_id', '=', f.coreId);
  return newestFirst(q, f).execute();
}
