import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';

/** The units picked for orders since a moment and not yet shipped: somebody had each in hand. */
export async function unitsPickedSince(ctx: Ctx, since: Date): Promise<Set<string>> {
  const r = await sql<{ unit_id: string }>`
    select l ->> 'unitId' as unit_id from market.sales_order o, jsonb_array_elements(o.lines) l
    where o.org_id = ${ctx.org.no} and o.state = 'picked' and exists (
      select 1 from jsonb_array_elements(o.steps) s
      where s ->> 'state' = 'picked' and (s ->> 'at')::timestamptz >= ${since})`.execute(ctx.tx);
  return new Set(r.rows.map((x) => x.unit_id));
}
