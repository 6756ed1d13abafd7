import { jsonb } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { OperationState, UnitState } from '../domain/machines.ts';
import { db, type OperationTable, type OrderTable } from './tables.ts';

/** One operation of an open order, as a plan needs it. */
export type OpenOperation = Pick<
  OperationTable,
  | 'id'
  | 'order_id'
  | 'seq'
  | 'round'
  | 'code'
  | 'name'
  | 'station_kind'
  | 'station'
  | 'std_seconds'
  | 'max_rework'
  | 'state'
  | 'station_id'
  | 'by_whom'
  | 'started_at'
  | 'resumed_at'
  | 'finished_at'
  | 'active_seconds'
  | 'planned_start'
  | 'planned_end'
  | 'planned_station_id'
  | 'plan_id'
>;

export interface OpenOrder extends OrderTable {
  /** State of the unit that the order made or reworks; null before its birth. */
  readonly unit_state: UnitState | null;
}

/** Orders that are released or started, the oldest first, with all their operations. */
export async function openWorkRows(
  ctx: Ctx,
  most: number,
): Promise<{ orders: OpenOrder[]; operations: OpenOperation[] }> {
  const orders = await db(ctx)
    .selectFrom('production.work_order as w')
    .leftJoin('production.unit as u', (j) =>
      j.onRef('u.org_id', '=', 'w.org_id').onRef('u.id', '=', 'w.unit_id'),
    )
    .selectAll('w')
    .select('u.state as unit_state')
    .where('w.org_id', '=', ctx.org.no)
    .where('w.state', 'in', ['released', 'started'])
    .orderBy('w.id')
    .limit(most)
    .execute();
  if (orders.length === 0) return { orders, operations: [] };
  const operations = await db(ctx)
    .selectFrom('production.operation')
    .select([
      ...(['id', 'order_id', 'seq', 'round', 'code', 'name', 'station_kind', 'station'] as const),
      ...(['std_seconds', 'max_rework', 'state', 'station_id', 'by_whom'] as const),
      ...(['started_at', 'resumed_at', 'finished_at', 'active_seconds'] as const),
      ...(['planned_start', 'planned_end', 'planned_station_id', 'plan_id'] as const),
    ])
    .where('org_id', '=', ctx.org.no)
    .where(
      'order_id',
      'in',
      orders.map((w) => w.id),
    )
    .orderBy('order_id')
    .orderBy('seq')
    .orderBy('round')
    .execute();
  return { orders, operations };
}

/** What the floor measured for a step of the route. Seconds; failures as a share of the attempts. */
export interface Measured {
  readonly code: string;
  readonly attempts: number;
  readonly mean: number;
  readonly deviation: number;
  readonly failed: number;
}

/** Times at work by step since a day, of what was finished or failed. */
export async function measuredRows(ctx: Ctx, since: Date): Promise<Measured[]> {
  const r = await sql<Measured>`
    select code, count(*)::int as attempts,
      coalesce(avg(active_seconds) filter (where state = 'done'), 0)::float8 as mean,
      coalesce(stddev_samp(active_seconds) filter (where state = 'done'), 0)::float8 as deviation,
      (count(*) filter (where state = 'failed'))::int as failed
    from production.operation
    where org_id = ${ctx.org.no} and finished_at is not null and finished_at >= ${since}
    group by code order by code`.execute(ctx.tx);
  return r.rows;
}

export interface PlannedPlace {
  readonly operationId: string;
  readonly stationId: string;
  readonly start: Date;
  readonly end: Date;
}

/** Writes where and when the published plan puts each waiting operation; the rest is unplanned again. */
export async function writePlanned(
  ctx: Ctx,
  planId: string,
  places: readonly PlannedPlace[],
): Promise<number> {
  await sql`update production.operation set planned_start = null, planned_end = null,
      planned_station_id = null, plan_id = null
    where org_id = ${ctx.org.no} and state = 'waiting' and plan_id is not null`.execute(ctx.tx);
  if (places.length === 0) return 0;
  const rows = places.map((p) => ({
    id: p.operationId,
    station: p.stationId,
    start: p.start.toISOString(),
    finish: p.end.toISOString(),
  }));
  const done = await sql<{ id: string }>`
    update production.operation o set planned_start = x.start, planned_end = x.finish,
      planned_station_id = x.station, plan_id = ${planId}
    from jsonb_to_recordset(${jsonb(rows)}::jsonb)
      as x(id text, station text, start timestamptz, finish timestamptz)
    where o.org_id = ${ctx.org.no} and o.id = x.id and o.state in ('waiting', 'started', 'paused')
    returning o.id`.execute(ctx.tx);
  return done.rows.length;
}

/** What became of the orders that ended in a period. */
export interface Outcome {
  readonly ended: number;
  readonly failed: number;
  readonly due: number;
  readonly on_time: number;
  readonly lead_seconds: number | null;
  readonly operations: number;
  readonly operations_failed: number;
  readonly work_seconds: number;
  readonly energy_kwh: number;
}

export async function outcomeRow(ctx: Ctx, from: Date, to: Date): Promise<Outcome> {
  const r = await sql<Outcome>`
    with ended as (
      select id, state, due_at, created_at, finished_at from production.work_order
      where org_id = ${ctx.org.no} and state in ('done', 'failed')
        and finished_at >= ${from} and finished_at < ${to}),
    work as (
      select o.state, o.active_seconds, o.energy_kwh from production.operation o
      join ended e on e.id = o.order_id where o.org_id = ${ctx.org.no})
    select (select count(*)::int from ended where state = 'done') as ended,
      (select count(*)::int from ended where state = 'failed') as failed,
      (select count(*)::int from ended where state = 'done' and due_at is not null) as due,
      (select count(*)::int from ended where state = 'done' and finished_at <= due_at) as on_time,
      (select percentile_cont(0.5) within group (order by extract(epoch from finished_at - created_at))
        from ended where state = 'done')::float8 as lead_seconds,
      (select count(*)::int from work where state in ('done', 'failed')) as operations,
      (select count(*)::int from work where state = 'failed') as operations_failed,
      (select coalesce(sum(active_seconds), 0)::float8 from work) as work_seconds,
      (select coalesce(sum(energy_kwh), 0)::float8 from work) as energy_kwh`.execute(ctx.tx);
  const [row] = r.rows;
  if (!row) throw new Error('an aggregate has one row');
  return row;
}

/** Where the operations of a plan stand today. */
export interface OperationFate {
  readonly id: string;
  readonly state: OperationState;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
}

export async function fatesOf(ctx: Ctx, ids: readonly string[]): Promise<OperationFate[]> {
  if (ids.length === 0) return [];
  return db(ctx)
    .selectFrom('production.operation')
    .select(['id', 'state', 'started_at', 'finished_at'])
    .where('org_id', '=', ctx.org.no)
    .where('id', 'in', ids)
    .execute();
}
