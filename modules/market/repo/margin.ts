import { decodeCursor } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { Line } from './tables.ts';

export interface SoldRow {
  order_id: string;
  no: number;
  code: string;
  placed_at: Date;
  /** The Monday of its week in the zone. */
  week: string;
  line: Line;
}

interface SoldFilter {
  readonly partId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly zone: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const SOLD = sql`('confirmed', 'paid', 'picked', 'shipped', 'delivered', 'completed')`;

/** Whether an order was placed on the days of the zone. */
function placedOn({ from, to, zone }: Pick<SoldFilter, 'from' | 'to' | 'zone'>) {
  const day = sql`(o.placed_at at time zone ${zone})::date`;
  return sql`(${from ?? null}::date is null or ${day} >= ${from ?? null}::date)
    and (${to ?? null}::date is null or ${day} <= ${to ?? null}::date)`;
}

/** The units of confirmed sales, newest order first: one more than asked. */
export async function soldRows(ctx: Ctx, f: SoldFilter): Promise<SoldRow[]> {
  const [order, no] = (f.cursor === undefined ? undefined : decodeCursor(f.cursor)) ?? [];
  const place = Number(no); // a cursor of another list may hold anything
  const after =
    order === undefined || !Number.isSafeInteger(place)
      ? sql`true`
      : sql`(o.id, l.no) < (${String(order)}, ${place}::bigint)`;
  const r = await sql<SoldRow>`
    select o.id as order_id, l.no::int as no, o.code, o.placed_at, l.line,
      to_char(date_trunc('week', o.placed_at at time zone ${f.zone}), 'YYYY-MM-DD') as week
    from market.sales_order o
    cross join lateral jsonb_array_elements(o.lines) with ordinality as l (line, no)
    where o.org_id = ${ctx.org.no} and o.state in ${SOLD} and ${placedOn(f)} and ${after}
      and (${f.partId ?? null}::text is null or l.line -> 'part' ->> 'id' = ${f.partId ?? null})
    order by o.id desc, l.no desc limit ${f.limit + 1}`.execute(ctx.tx);
  return r.rows;
}

/** Units of orders that were placed on the days and wait for the seller. */
export async function unconfirmedUnits(
  ctx: Ctx,
  days: { from: string; to: string; zone: string },
): Promise<number> {
  const r = await sql<{ n: number }>`
    select coalesce(sum(jsonb_array_length(o.lines)), 0)::int as n from market.sales_order o
    where o.org_id = ${ctx.org.no} and o.state = 'placed' and ${placedOn(days)}`.execute(ctx.tx);
  return r.rows[0]?.n ?? 0;
}
