import { decodeCursor, holds, jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { newId } from '@zaizao/platform/kernel';
import { type SqlBool, sql } from 'kysely';
import type { OperationState, OrderState } from '../domain/machines.ts';
import { type Days, within } from './figures.ts';
import {
  actorOf,
  type ChosenProgramme,
  db,
  type OperationTable,
  type OrderTable,
} from './tables.ts';

export type OrderRow = OrderTable;
export type OperationRow = OperationTable;

export type OrderDates = Pick<
  OrderTable,
  'due_at' | 'due_firm' | 'not_before' | 'priority' | 'customer'
>;

type NewOrder = Omit<OrderTable, 'org_id' | 'state' | 'created_by' | 'created_at' | 'finished_at'>;

export async function insertOrder(ctx: Ctx, o: NewOrder): Promise<void> {
  await db(ctx)
    .insertInto('production.work_order')
    .values({
      ...o,
      product: jsonb(o.product),
      component: o.component ? jsonb(o.component) : null,
      org_id: ctx.org.no,
      state: 'released',
      created_by: actorOf(ctx),
      created_at: ctx.now,
      finished_at: null,
    })
    .execute();
}

export function findOrder(ctx: Ctx, id: string, lock = false): Promise<OrderRow | undefined> {
  const q = db(ctx)
    .selectFrom('production.work_order')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id);
  return (lock ? q.forUpdate() : q).executeTakeFirst();
}

export function openRestoreOf(ctx: Ctx, componentId: string): Promise<OrderRow | undefined> {
  return db(ctx)
    .selectFrom('production.work_order')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('component_id', '=', componentId)
    .where('state', 'in', ['released', 'started'])
    .executeTakeFirst();
}

export async function updateOrder(
  ctx: Ctx,
  id: string,
  from: OrderState,
  set: Partial<Pick<OrderTable, 'state' | 'unit_id' | 'finished_at'> & OrderDates>,
): Promise<boolean> {
  const r = await db(ctx)
    .updateTable('production.work_order')
    .set(set)
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('state', '=', from)
    .returning('id')
    .executeTakeFirst();
  return r !== undefined;
}

export interface OrderFilter {
  state?: OrderState | undefined;
  kind?: OrderTable['kind'] | undefined;
  /** Released or started. */
  open?: 'yes' | undefined;
  stationKind?: string | undefined;
  judged?: 'due' | 'kept' | 'missed' | undefined;
  dueFrom?: string | undefined;
  dueTo?: string | undefined;
  q?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Whether an order had to be finished by now: its due date has passed and it was not called off. */
const wasDue = (now: Date) => sql<SqlBool>`(due_at <= ${now} and state <> 'cancelled')`;
/** Finished, and by its due date. */
const kept = sql<SqlBool>`(state = 'done' and finished_at <= due_at)`;

interface OnTimeRow {
  week: string;
  due: number;
  kept: number;
}

/** Orders due in some days of a zone and how many were kept, by the Monday of their week. */
export async function onTimeRows(ctx: Ctx, days: Days): Promise<OnTimeRow[]> {
  const r = await sql<OnTimeRow>`
    select to_char(date_trunc('week', due_at at time zone ${days.zone}), 'YYYY-MM-DD') as week,
      count(*)::int as due, (count(*) filter (where ${kept}))::int as kept
    from production.work_order
    where org_id = ${ctx.org.no} and ${wasDue(ctx.now)} and ${within(sql`due_at`, days)}
    group by 1 order by 1`.execute(ctx.tx);
  return r.rows;
}

export function listOrderRows(ctx: Ctx, f: OrderFilter, zone: string): Promise<OrderRow[]> {
  let q = db(ctx).selectFrom('production.work_order').selectAll().where('org_id', '=', ctx.org.no);
  if (f.stationKind) {
    q = q.where(
      sql<SqlBool>`exists (select 1 from production.operation o where o.org_id = work_order.org_id
        and o.order_id = work_order.id and o.station_kind = ${f.stationKind}
        and o.state in ('waiting', 'started', 'paused'))`,
    );
  }
  if (f.judged) q = q.where(wasDue(ctx.now));
  if (f.judged === 'kept') q = q.where(kept);
  if (f.judged === 'missed') q = q.where(sql<SqlBool>`not ${kept}`);
  if (f.dueFrom || f.dueTo) {
    q = q.where(within(sql`due_at`, { from: f.dueFrom, to: f.dueTo, zone }));
  }
  if (f.state) q = q.where('state', '=', f.state);
  if (f.kind) q = q.where('kind', '=', f.kind);
  if (f.open) q = q.where('state', 'in', ['released', 'started']);
  if (f.q) {
    q = q.where(holds(f.q, 'code', sql`product ->> 'number'`, sql`component ->> 'code'`));
  }
  return newestFirst(q, f).execute();
}

export type NewOperation = Pick<
  OperationTable,
  | 'seq'
  | 'round'
  | 'code'
  | 'name'
  | 'station_kind'
  | 'station'
  | 'std_seconds'
  | 'method'
  | 'instruction'
  | 'records'
  | 'on_fail'
  | 'max_rework'
>;

export async function insertOperations(
  ctx: Ctx,
  orderId: string,
  all: readonly NewOperation[],
): Promise<void> {
  if (all.length === 0) return;
  await db(ctx)
    .insertInto('production.operation')
    .values(
      all.map((o) => ({
        ...o,
        name: jsonb(o.name),
        instruction: jsonb(o.instruction),
        org_id: ctx.org.no,
        id: newId('op', ctx.now.getTime()),
        order_id: orderId,
        state: 'waiting' as const,
        station_id: null,
        by_whom: null,
        started_at: null,
        resumed_at: null,
        finished_at: null,
        active_seconds: 0,
        recorded: jsonb([]),
        consumption: jsonb([]),
        energy_kwh: null,
        defect: null,
        note: null,
        planned_start: null,
        planned_end: null,
        planned_station_id: null,
        plan_id: null,
        programme: null,
      })),
    )
    .execute();
}

export function findOperation(
  ctx: Ctx,
  id: string,
  lock = false,
): Promise<OperationRow | undefined> {
  const q = db(ctx)
    .selectFrom('production.operation')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id);
  return (lock ? q.forUpdate() : q).executeTakeFirst();
}

export function operationsOf(ctx: Ctx, orderId: string): Promise<OperationRow[]> {
  return db(ctx)
    .selectFrom('production.operation')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('order_id', '=', orderId)
    .orderBy('round')
    .orderBy('seq')
    .execute();
}

type OperationChanges = Partial<
  Omit<
    OperationTable,
    'org_id' | 'id' | 'order_id' | 'recorded' | 'consumption' | 'name' | 'instruction' | 'programme'
  >
> & {
  recorded?: OperationTable['recorded'];
  consumption?: OperationTable['consumption'];
};

export async function updateOperation(
  ctx: Ctx,
  id: string,
  from: OperationState,
  set: OperationChanges,
): Promise<boolean> {
  const { recorded, consumption, ...plain } = set;
  const r = await db(ctx)
    .updateTable('production.operation')
    .set({
      ...plain,
      ...(recorded ? { recorded: jsonb(recorded) } : {}),
      ...(consumption ? { consumption: jsonb(consumption) } : {}),
    })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('state', '=', from)
    .returning('id')
    .executeTakeFirst();
  return r !== undefined;
}

export interface QueueFilter {
  stationKind?: string | undefined;
  state?: OperationState | undefined;
  /** Only what can be begun or is under way: nothing before it is open, paint waits for the test. */
  ready?: 'yes' | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Whether operation `o` of order `w` can be done now: nothing open before it, its unit tested before paint. */
export const isReady = () => sql<SqlBool>`not exists (
    select 1 from production.operation e
    where e.org_id = o.org_id and e.order_id = o.order_id
      and e.state in ('waiting', 'started', 'paused')
      and (e.seq < o.seq or (e.seq = o.seq and e.round < o.round)))
  and (o.station_kind not in ('coating', 'labelling', 'packing') or exists (
    select 1 from production.unit u
    where u.org_id = w.org_id and u.id = w.unit_id and u.state = 'tested'))`;

/** Operations of open orders: first what the published plan begins first, then the oldest. */
export async function queueRows(
  ctx: Ctx,
  f: QueueFilter,
): Promise<{ operation: OperationRow; order: OrderRow }[]> {
  const after = f.cursor === undefined ? undefined : decodeCursor(f.cursor);
  const planned = sql<Date>`coalesce(o.planned_start, 'infinity'::timestamptz)`;
  let q = db(ctx)
    .selectFrom('production.operation as o')
    .innerJoin('production.work_order as w', (j) =>
      j.onRef('w.org_id', '=', 'o.org_id').onRef('w.id', '=', 'o.order_id'),
    )
    .selectAll('o')
    .where('o.org_id', '=', ctx.org.no)
    .where('w.state', 'in', ['released', 'started']);
  if (after !== undefined) {
    const [from, id] = after;
    const begun = new Date(Number(from)); // invalid beyond what a date can hold
    const since = Number.isNaN(begun.getTime()) ? 'infinity' : begun.toISOString();
    q = q.where(sql<SqlBool>`(${planned}, o.id) > (${since}::timestamptz, ${String(id)})`);
  }
  if (f.stationKind) q = q.where('o.station_kind', '=', f.stationKind);
  q = f.state
    ? q.where('o.state', '=', f.state)
    : q.where('o.state', 'in', ['waiting', 'started', 'paused']);
  if (f.ready) q = q.where(isReady());
  const operations = await q
    .orderBy(planned)
    .orderBy('o.id')
    .limit(f.limit + 1)
    .execute();
  const ids = [...new Set(operations.map((o) => o.order_id))];
  if (ids.length === 0) return [];
  const orders = await db(ctx)
    .selectFrom('production.work_order')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', 'in', ids)
    .execute();
  const byId = new Map(orders.map((w) => [w.id, w]));
  return operations.flatMap((operation) => {
    const order = byId.get(operation.order_id);
    return order ? [{ operation, order }] : [];
  });
}

export async function countOpen(ctx: Ctx): Promise<number> {
  const r = await db(ctx)
    .selectFrom('production.work_order')
    .select((e) => e.fn.countAll<bigint>().as('n'))
    .where('org_id', '=', ctx.org.no)
    .where('state', 'in', ['released', 'started'])
    .executeTakeFirstOrThrow();
  return Number(r.n);
}

/** Records which programme version an operation runs. */
export async function setProgramme(
  ctx: Ctx,
  operationId: string,
  programme: ChosenProgramme,
): Promise<void> {
  await db(ctx)
    .updateTable('production.operation')
    .set({ programme: jsonb(programme) })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', operationId)
    .execute();
}
