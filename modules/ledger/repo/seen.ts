import type { Tx } from '@zaizao/platform/db';
import { type RawBuilder, sql } from 'kysely';

/**
 * The events, index rows and links that a query reads: the organisation's own, and, where asked for
 * and there, those that others share with it. Rows of both have the column `owner`; together with
 * `seq` it names an event.
 */
export interface Seen {
  readonly org: number;
  /** Whether rows of others are among them. */
  readonly foreign: boolean;
  readonly events: RawBuilder<unknown>;
  readonly things: RawBuilder<unknown>;
  readonly links: RawBuilder<unknown>;
}

const columns = (t: string) =>
  sql.raw(
    [
      ...['seq', 'record_us', 'event_id', 'declared_us', 'type', 'action', 'biz_step'],
      ...['disposition', 'read_point', 'biz_location', 'event_us', 'hash', 'event', 'context'],
    ]
      .map((name) => `${t}.${name}`)
      .join(', '),
  );

/** What the organisation itself recorded. */
export function ownOnly(org: number): Seen {
  return {
    org,
    foreign: false,
    events: sql`(select o.org_id as owner, ${columns('o')}, null::text as level
      from ledger.event o where o.org_id = ${org})`,
    things: sql`(select o.org_id as owner, o.thing, o.event_us, o.seq, o.role
      from ledger.event_thing o where o.org_id = ${org})`,
    links: sql`(select o.org_id as owner, o.thing, o.side, o.node, o.event_us, o.seq, o.kind
      from ledger.link o where o.org_id = ${org})`,
  };
}

/** Its own and what others share with it; only its own while nobody does. */
export async function ownAndShared(tx: Tx, org: number): Promise<Seen> {
  const r = await sql<{ any: boolean }>`
    select exists (select 1 from ledger.shared_event where viewer = ${org}) as any`.execute(tx);
  const own = ownOnly(org);
  if (r.rows[0]?.any !== true) return own;
  return {
    org,
    foreign: true,
    events: sql`(select o.org_id as owner, ${columns('o')}, null::text as level
      from ledger.event o where o.org_id = ${org}
      union all select s.org_id, ${columns('s')}, s.level
      from ledger.shared_event s where s.viewer = ${org})`,
    things: sql`(select o.org_id as owner, o.thing, o.event_us, o.seq, o.role
      from ledger.event_thing o where o.org_id = ${org}
      union all select s.org_id, s.thing, s.event_us, s.seq, s.role
      from ledger.shared_thing s where s.viewer = ${org})`,
    links: sql`(select o.org_id as owner, o.thing, o.side, o.node, o.event_us, o.seq, o.kind
      from ledger.link o where o.org_id = ${org}
      union all select s.org_id, s.thing, s.side, s.node, s.event_us, s.seq, s.kind
      from ledger.shared_link s where s.viewer = ${org})`,
  };
}
