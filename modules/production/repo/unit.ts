import { holds, jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { newId } from '@zaizao/platform/kernel';
import { sql } from 'kysely';
import type { UnitState } from '../domain/machines.ts';
import { within } from './figures.ts';
import { isReady } from './order.ts';
import { actorOf, db, type FillTable, type SlotTable, type UnitTable } from './tables.ts';

export type UnitRow = UnitTable;
export type SlotRow = SlotTable;
export type FillRow = FillTable;

export async function insertSlots(
  ctx: Ctx,
  orderId: string,
  slots: readonly (Pick<SlotTable, 'pos' | 'part' | 'part_id' | 'qty' | 'policy'> & {
    piece_g: number;
  })[],
): Promise<void> {
  if (slots.length === 0) return;
  await db(ctx)
    .insertInto('production.slot')
    .values(
      slots.map((s) => ({
        ...s,
        part: jsonb(s.part),
        piece_g: String(s.piece_g),
        org_id: ctx.org.no,
        order_id: orderId,
      })),
    )
    .execute();
}

export function slotsOf(ctx: Ctx, orderId: string): Promise<SlotRow[]> {
  return db(ctx)
    .selectFrom('production.slot')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('order_id', '=', orderId)
    .orderBy('pos')
    .execute();
}

export function fillsOf(ctx: Ctx, orderId: string): Promise<FillRow[]> {
  return db(ctx)
    .selectFrom('production.fill')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('order_id', '=', orderId)
    .orderBy('pos')
    .orderBy('id')
    .execute();
}

type NewFill = Omit<FillTable, 'org_id' | 'id' | 'at' | 'by_whom' | 'mass_g'> & { mass_g: number };

export async function insertFill(ctx: Ctx, f: NewFill): Promise<void> {
  await db(ctx)
    .insertInto('production.fill')
    .values({
      ...f,
      component: f.component ? jsonb(f.component) : null,
      mass_g: String(f.mass_g),
      org_id: ctx.org.no,
      id: newId('fill', ctx.now.getTime()),
      at: ctx.now,
      by_whom: actorOf(ctx),
    })
    .execute();
}

export async function removeFill(ctx: Ctx, orderId: string, id: string): Promise<void> {
  await db(ctx)
    .deleteFrom('production.fill')
    .where('org_id', '=', ctx.org.no)
    .where('order_id', '=', orderId)
    .where('id', '=', id)
    .execute();
}

type NewUnit = Omit<
  UnitTable,
  'org_id' | 'state' | 'place' | 'version' | 'assembled_at' | 'mass_g'
> & { mass_g: number };

export async function insertUnit(ctx: Ctx, u: NewUnit): Promise<UnitRow> {
  return db(ctx)
    .insertInto('production.unit')
    .values({
      ...u,
      part: jsonb(u.part),
      previous_cores: jsonb(u.previous_cores),
      mass_g: String(u.mass_g),
      org_id: ctx.org.no,
      state: 'assembled',
      place: null,
      assembled_at: ctx.now,
      version: 1,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function findUnit(ctx: Ctx, id: string, lock = false): Promise<UnitRow | undefined> {
  const q = db(ctx)
    .selectFrom('production.unit')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id);
  return (lock ? q.forUpdate() : q).executeTakeFirst();
}

export function findUnitByEpc(ctx: Ctx, epc: string): Promise<UnitRow | undefined> {
  return db(ctx)
    .selectFrom('production.unit')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('epc', '=', epc)
    .executeTakeFirst();
}

export function updateUnit(
  ctx: Ctx,
  id: string,
  from: UnitState,
  set: Partial<Pick<UnitTable, 'state' | 'place'>>,
): Promise<UnitRow | undefined> {
  return db(ctx)
    .updateTable('production.unit')
    .set({ ...set, version: sql<number>`version + 1` })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('state', '=', from)
    .returningAll()
    .executeTakeFirst();
}

export interface UnitFilter {
  state?: UnitState | undefined;
  partId?: string | undefined;
  q?: string | undefined;
  /** First and last day of assembly in `zone`. */
  from?: string | undefined;
  to?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

export function listUnitRows(ctx: Ctx, f: UnitFilter, zone: string): Promise<UnitRow[]> {
  let q = db(ctx).selectFrom('production.unit').selectAll().where('org_id', '=', ctx.org.no);
  if (f.state) q = q.where('state', '=', f.state);
  if (f.partId) q = q.where('part_id', '=', f.partId);
  if (f.from || f.to) q = q.where(within(sql`assembled_at`, { ...f, zone }));
  if (f.q) q = q.where(holds(f.q, 'serial'));
  return newestFirst(q, f).execute();
}

export async function stationLoad(
  ctx: Ctx,
): Promise<{ station_kind: string; waiting: number; ready: number; running: number }[]> {
  const r = await sql<{ station_kind: string; waiting: number; ready: number; running: number }>`
    select o.station_kind, (count(*) filter (where o.state = 'waiting'))::int as waiting,
      (count(*) filter (where o.state = 'waiting' and ${isReady()}))::int as ready,
      (count(*) filter (where o.state in ('started', 'paused')))::int as running
    from production.operation o
    join production.work_order w on w.org_id = o.org_id and w.id = o.order_id
    where o.org_id = ${ctx.org.no} and w.state in ('released', 'started')
      and o.state in ('waiting', 'started', 'paused')
    group by 1 order by 1`.execute(ctx.tx);
  return r.rows;
}

export async function unitCounts(ctx: Ctx): Promise<{ state: UnitState; count: number }[]> {
  const r = await sql<{ state: UnitState; count: number }>`select state, count(*)::int as count
    from production.unit where org_id = ${ctx.org.no} group by 1 order by 1`.execute(ctx.tx);
  return r.rows;
}

/** Units assembled since a day of the zone, by day. */
export async function unitsByDay(
  ctx: Ctx,
  zone: string,
  from: string,
): Promise<{ day: string; count: number }[]> {
  const r = await sql<{ day: string; count: number }>`
    select to_char(assembled_at at time zone ${zone}, 'YYYY-MM-DD') as day, count(*)::int as count
    from production.unit where org_id = ${ctx.org.no}
      and ${within(sql`assembled_at`, { from, zone })}
    group by 1 order by 1`.execute(ctx.tx);
  return r.rows;
}
