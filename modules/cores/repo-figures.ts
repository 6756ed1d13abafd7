import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';

/** Whole cores sent to recycling on some days of a zone; both days are included. */
export async function scrappedCores(
  ctx: Ctx,
  days: { from?: string | undefined; to?: string | undefined; zone: string },
): Promise<{ stream: string; massG: number; pieces: number }> {
  const day = sql`(ended_at at time zone ${days.zone})::date`;
  const r = await sql<{ massG: number; pieces: number }>`
    select coalesce(sum(mass_g), 0)::float8 as "massG", count(*)::int as pieces
    from cores.core
    where org_id = ${ctx.org.no} and state = 'scrapped'
      and (${days.from ?? null}::date is null or ${day} >= ${days.from ?? null}::date)
      and (${days.to ?? null}::date is null or ${day} <= ${days.to ?? null}::date)`.execute(ctx.tx);
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
