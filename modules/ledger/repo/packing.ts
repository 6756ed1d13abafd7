import type { Tx } from '@zaizao/platform/db';
import { sql } from 'kysely';
import { ROLE_NUMBER } from '../domain/thing-role.ts';

/** What an aggregation event says; identifiers as received. */
export interface PackingRow {
  readonly seq: bigint;
  readonly event_us: bigint;
  readonly action: 'ADD' | 'OBSERVE' | 'DELETE';
  readonly parent: string | null;
  readonly children: readonly string[];
}

/**
 * The organisation's own aggregation events, up to a moment, in which any of some things is the
 * container or is packed; none that was declared wrong. In no order, and one may come twice.
 */
export async function packingsOf(
  tx: Tx,
  org: number,
  role: 'parent' | 'child',
  things: readonly string[],
  untilUs: number,
): Promise<PackingRow[]> {
  const r = await sql<PackingRow>`
    select e.seq, e.event_us, e.action, e.event ->> 'parentID' as parent,
      coalesce(e.event -> 'childEPCs', '[]') as children
    from ledger.event_thing t join ledger.event e on e.org_id = t.org_id and e.seq = t.seq
    where t.org_id = ${org} and t.thing = any(${things}::text[]) and t.role = ${ROLE_NUMBER[role]}
      and t.event_us <= ${untilUs}::bigint and e.type = 'AggregationEvent' and e.declared_us = 0
      and not exists (select 1 from ledger.event d where d.org_id = e.org_id
        and d.event_id = e.event_id and d.declared_us <> 0)`.execute(tx);
  return r.rows;
}
