import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { PartRef } from './tables.ts';

/** A span of calendar days in the organisation's zone, both included; open where absent. */
export interface Days {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly zone: string;
}

/** Whether an instant lies in the days. */
export function within(column: ReturnType<typeof sql>, { from, to, zone }: Days) {
  const day = sql`(${column} at time zone ${zone})::date`;
  return sql<boolean>`(${from ?? null}::date is null or ${day} >= ${from ?? null}::date)
    and (${to ?? null}::date is null or ${day} <= ${to ?? null}::date)`;
}

export interface MadeRow {
  part: PartRef;
  month: string;
  origin: 'reused' | 'restored' | 'new';
  component_part: string;
  pieces: number;
  mass_g: number;
}

/** What the units assembled in the days are made of: by product, month, origin and part. */
export async function madeOf(ctx: Ctx, days: Days): Promise<MadeRow[]> {
  const r = await sql<MadeRow>`
    select (array_agg(u.part))[1] as part, f.origin, s.part_id as component_part,
      to_char(u.assembled_at at time zone ${days.zone}, 'YYYY-MM') as month,
      sum(f.qty)::int as pieces, sum(f.mass_g)::float8 as mass_g
    from production.unit u
    join production.fill f on f.org_id = u.org_id and f.order_id = u.order_id
    join production.slot s on s.org_id = f.org_id and s.order_id = f.order_id and s.pos = f.pos
    where u.org_id = ${ctx.org.no} and ${within(sql`u.assembled_at`, days)}
    group by u.part_id, month, f.origin, s.part_id
    order by month, u.part_id, f.origin`.execute(ctx.tx);
  return r.rows;
}

/** How many units the days brought, by product. */
export async function unitsMade(
  ctx: Ctx,
  days: Days,
): Promise<{ part_id: string; count: number }[]> {
  const r = await sql<{ part_id: string; count: number }>`
    select part_id, count(*)::int as count from production.unit
    where org_id = ${ctx.org.no} and ${within(sql`assembled_at`, days)}
    group by part_id`.execute(ctx.tx);
  return r.rows;
}

/** In how many units the components of each core are. */
export async function unitsOfCores(
  ctx: Ctx,
  coreIds: readonly string[],
): Promise<Map<string, number>> {
  if (coreIds.length === 0) return new Map();
  const r = await sql<{ id: string; count: number }>`
    select f.component ->> 'coreId' as id, count(distinct f.order_id)::int as count
    from production.fill f
    where f.org_id = ${ctx.org.no} and f.component ->> 'coreId' in ${listed(coreIds)}
    group by 1`.execute(ctx.tx);
  return new Map(r.rows.map((x) => [x.id, x.count]));
}

export interface WorkRow {
  unit_id: string;
  serial: string;
  assembled_at: Date;
  finished_at: Date | null;
  released_at: Date;
  core_ids: string[];
  /** At work, over assembling it, reworking it and restoring its components. */
  seconds: number;
  /** Measured electricity of the same operations, and how many of them say it. */
  kwh: number;
  measured: number;
  operations: number;
}

/** The newest units of a product assembled in the days, or certain units. */
type WhichUnits =
  | { readonly partId: string; readonly days: Days; readonly limit: number }
  | { readonly ids: readonly string[] };

/** The members of a list, as rows: any number of them in one parameter. */
const listed = (ids: readonly string[]) =>
  sql`(select x #>> '{}' from json_array_elements(${JSON.stringify(ids)}::json) as x)`;

/** What went into units: time and energy, measured. */
export async function workRows(ctx: Ctx, which: WhichUnits): Promise<WorkRow[]> {
  const chosen =
    'ids' in which
      ? sql`u.id in ${listed(which.ids)}`
      : sql`u.part_id = ${which.partId} and ${within(sql`u.assembled_at`, which.days)}`;
  const r = await sql<WorkRow>`
    with made as (
      select u.id, u.serial, u.assembled_at, u.order_id, u.previous_cores, w.created_at, w.finished_at
      from production.unit u
      join production.work_order w on w.org_id = u.org_id and w.id = u.order_id
      where u.org_id = ${ctx.org.no} and ${chosen}
      order by u.assembled_at desc limit ${'ids' in which ? which.ids.length : which.limit}
    ), orders as (
      select m.id as unit_id, m.order_id from made m
      union select m.id, w.id from made m join production.work_order w
        on w.org_id = ${ctx.org.no} and w.kind = 'rework' and w.unit_id = m.id
      union select m.id, w.id from made m
        join production.fill f on f.org_id = ${ctx.org.no} and f.order_id = m.order_id
        join production.work_order w on w.org_id = ${ctx.org.no} and w.kind = 'restore'
          and w.component_id = f.component_id
    ), spent as (
      select x.unit_id, sum(o.active_seconds)::float8 as seconds,
        coalesce(sum(o.energy_kwh), 0)::float8 as kwh, count(*)::int as operations,
        (count(*) filter (where o.energy_kwh is not null))::int as measured
      from orders x join production.operation o on o.org_id = ${ctx.org.no} and o.order_id = x.order_id
        and o.state in ('done', 'failed')
      group by x.unit_id
    )
    select m.id as unit_id, m.serial, m.assembled_at, m.finished_at, m.created_at as released_at,
      array(select c ->> 'id' from jsonb_array_elements(m.previous_cores) c) as core_ids,
      coalesce(s.seconds, 0) as seconds, coalesce(s.kwh, 0) as kwh,
      coalesce(s.measured, 0) as measured, coalesce(s.operations, 0) as operations
    from made m left join spent s on s.unit_id = m.id
    order by m.assembled_at desc`.execute(ctx.tx);
  return r.rows;
}

/** The new parts in certain units. */
export async function newPartsOf(
  ctx: Ctx,
  unitIds: readonly string[],
): Promise<{ unit_id: string; part_id: string; pieces: number; mass_g: number }[]> {
  const r = await sql<{ unit_id: string; part_id: string; pieces: number; mass_g: number }>`
    select u.id as unit_id, s.part_id, sum(f.qty)::int as pieces, sum(f.mass_g)::float8 as mass_g
    from production.unit u
    join production.fill f on f.org_id = u.org_id and f.order_id = u.order_id and f.origin = 'new'
    join production.slot s on s.org_id = f.org_id and s.order_id = f.order_id and s.pos = f.pos
    where u.org_id = ${ctx.org.no} and u.id in ${listed(unitIds)}
    group by 1, 2 order by 1, 2`.execute(ctx.tx);
  return r.rows;
}
