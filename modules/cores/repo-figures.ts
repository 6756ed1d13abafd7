import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { Grade } from './domain/valuation.ts';

/** A span of calendar days in the organisation's zone, both included; open where absent. */
interface Days {
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

/** Cores received in some days, by the Monday of their week and the grade they have. */
export async function receivedByWeek(
  ctx: Ctx,
  days: Days,
): Promise<{ week: string; grade: Grade | null; count: number }[]> {
  const r = await sql<{ week: string; grade: Grade | null; count: number }>`
    select to_char(date_trunc('week', received_at at time zone ${days.zone}), 'YYYY-MM-DD') as week,
      grade, count(*)::int as count
    from cores.core where org_id = ${ctx.org.no} and ${within(sql`received_at`, days)}
    group by 1, 2 order by 1, 2`.execute(ctx.tx);
  return r.rows;
}

/** Whole cores sent to recycling on some days of a zone; both days are included. */
export async function scrappedCores(
  ctx: Ctx,
  days: Days,
): Promise<{ stream: string; massG: number; pieces: number }> {
  const r = await sql<{ massG: number; pieces: number }>`
    select coalesce(sum(mass_g), 0)::float8 as "massG", count(*)::int as pieces
    from cores.core
    where org_id = ${ctx.org.no} and state = 'scrapped'
      and ${within(sql`ended_at`, days)}`.execute(ctx.tx);
  return { stream: 'cores', ...(r.rows[0] ?? { massG: 0, pieces: 0 }) };
}

export interface CoreCost {
  id: string;
  /** Credited for it, in fen; what a deposit gave back is not a cost of the core. */
  creditFen: bigint;
  receivedAt: Date | null;
}

/** What some cores cost and when they came in. */
export async function coreCosts(ctx: Ctx, ids: readonly string[]): Promise<Map<string, CoreCost>> {
  if (ids.length === 0) return new Map();
  const r = await sql<CoreCost>`
    select id, coalesce(credit_fen, 0)::bigint as "creditFen", received_at as "receivedAt"
    from cores.core where org_id = ${ctx.org.no}
      and id in (select x #>> '{}' from json_array_elements(${JSON.stringify(ids)}::json) as x)`.execute(
    ctx.tx,
  );
  return new Map(r.rows.map((c) => [c.id, c]));
}
