import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { ComponentTable } from './tables.ts';

export interface Recycled {
  stream: ComponentTable['stream'];
  massG: number;
  pieces: number;
}

/** Components sent to recycling on some days of a zone, by where they went. Both days are included. */
export async function recycledIn(
  ctx: Ctx,
  days: { from?: string | undefined; to?: string | undefined; zone: string },
): Promise<Recycled[]> {
  const day = sql`(ended_at at time zone ${days.zone})::date`;
  const r = await sql<Recycled>`
    select stream, coalesce(sum(mass_g), 0)::float8 as "massG", sum(qty)::int as pieces
    from dismantling.component
    where org_id = ${ctx.org.no} and state = 'recycle'
      and (${days.from ?? null}::date is null or ${day} >= ${days.from ?? null}::date)
      and (${days.to ?? null}::date is null or ${day} <= ${days.to ?? null}::date)
    group by stream order by stream`.execute(ctx.tx);
  return r.rows;
}
