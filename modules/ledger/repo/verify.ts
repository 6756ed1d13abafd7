import type { Tx } from '@zaizao/platform/db';
import { sql } from 'kysely';
import { leafPlace, MOST_IN_RUN } from './leaf-place.ts';
import type { UnloggedEvent } from './log.ts';

export interface OrgState {
  readonly org_id: number;
  readonly last_seq: bigint;
  readonly logged: bigint;
}

/** Organisations with a ledger; one of them, or all. */
export async function ledgers(tx: Tx, org: number | undefined): Promise<OrgState[]> {
  const only = org === undefined ? sql`` : sql`where c.org_id = ${org}`;
  const r = await sql<OrgState>`
    select c.org_id, c.last_seq, coalesce(l.last_seq, 0)::int8 as logged
    from ledger.clock c left join ledger.logged l on l.org_id = c.org_id ${only}
    order by c.org_id`.execute(tx);
  return r.rows;
}

export interface StoredEvent extends UnloggedEvent {
  readonly declared_us: bigint;
  readonly type: string;
  readonly action: string | null;
  readonly biz_step: string | null;
  readonly disposition: string | null;
  readonly read_point: string | null;
  readonly biz_location: string | null;
  readonly event_us: bigint;
  readonly context: string | null;
  readonly log_index: bigint | null;
}

export async function storedEvents(
  tx: Tx,
  org: number,
  after: number,
  limit: number,
): Promise<StoredEvent[]> {
  const r = await sql<StoredEvent>`
    select e.org_id, e.seq, e.record_us, e.event_id, e.declared_us, e.type, e.action, e.biz_step,
      e.disposition, e.read_point, e.biz_location, e.event_us, e.event::text as event,
      e.context::text as context, encode(e.hash, 'hex') as hash, e.secret, l.log_index
    from ledger.event e ${leafPlace(sql`e.org_id`, sql`e.seq`)}
    where e.org_id = ${org} and e.seq > ${after} order by e.seq limit ${limit}`.execute(tx);
  return r.rows;
}

export interface ExpectedThing {
  readonly thing: string;
  readonly event_us: number;
  readonly seq: number;
  readonly role: number;
}

/** Those of the expected index rows that are not there. */
export async function missingThings(
  tx: Tx,
  org: number,
  expected: readonly ExpectedThing[],
): Promise<{ thing: string; seq: bigint }[]> {
  const r = await sql<{ thing: string; seq: bigint }>`
    select x.thing, x.seq from json_to_recordset(${JSON.stringify(expected)}::json)
      as x (thing text, event_us bigint, seq bigint, role smallint)
    where not exists (select 1 from ledger.event_thing t where t.org_id = ${org}
      and t.thing = x.thing and t.event_us = x.event_us and t.seq = x.seq and t.role = x.role)`.execute(
    tx,
  );
  return r.rows;
}

export interface ExpectedLink {
  readonly thing: string;
  readonly side: number;
  readonly node: string;
  readonly seq: number;
  readonly kind: number;
}

export async function missingLinks(
  tx: Tx,
  org: number,
  expected: readonly ExpectedLink[],
): Promise<{ thing: string; seq: bigint }[]> {
  const r = await sql<{ thing: string; seq: bigint }>`
    select x.thing, x.seq from json_to_recordset(${JSON.stringify(expected)}::json)
      as x (thing text, side smallint, node text, seq bigint, kind smallint)
    where not exists (select 1 from ledger.link k where k.org_id = ${org} and k.thing = x.thing
      and k.side = x.side and k.node = x.node and k.seq = x.seq and k.kind = x.kind)`.execute(tx);
  return r.rows;
}

export async function indexCounts(
  tx: Tx,
  org: number,
  upTo: number,
): Promise<{ things: number; links: number }> {
  const r = await sql<{ things: bigint; links: bigint }>`
    select (select count(*) from ledger.event_thing where org_id = ${org} and seq <= ${upTo}) as things,
      (select count(*) from ledger.link where org_id = ${org} and seq <= ${upTo}) as links`.execute(
    tx,
  );
  return { things: Number(r.rows[0]?.things ?? 0), links: Number(r.rows[0]?.links ?? 0) };
}

/** Those of the expected public history entries that are not there; all in hex. */
export async function missingEntries(
  tx: Tx,
  expected: readonly { key: string; index: number; leaf: string }[],
): Promise<number[]> {
  const r = await sql<{ index: bigint }>`
    select x.index from json_to_recordset(${JSON.stringify(expected)}::json)
      as x (key text, index bigint, leaf text)
    where not exists (select 1 from ledger.thing_entry t where t.thing_key = decode(x.key, 'hex')
      and t.log_index = x.index and t.leaf_hash = decode(x.leaf, 'hex'))`.execute(tx);
  return r.rows.map((row) => Number(row.index));
}

/** Where the log says that an event without a row was. */
export async function leafIndex(tx: Tx, org: number, seq: number): Promise<number | undefined> {
  const r = await sql<{ log_index: bigint }>`
    select l.log_index from (select ${org}::int as org, ${seq}::bigint as seq) e
    ${leafPlace(sql`e.org`, sql`e.seq`)} where l.log_index is not null`.execute(tx);
  return r.rows[0] && Number(r.rows[0].log_index);
}

/** Places in the log from `from` on that some event of these organisations claims. */
export async function claimedIndexes(tx: Tx, from: number, to: number): Promise<Set<number>> {
  const r = await sql<{ log_index: bigint }>`
    select l.first_index + e.seq - l.first_seq as log_index from ledger.leaf_run l
    join ledger.event e on e.org_id = l.org_id and e.seq >= l.first_seq
      and e.seq < l.first_seq + l.count
      and l.first_index + e.seq - l.first_seq between ${from}::bigint and ${to - 1}::bigint
    where l.first_index > ${from - MOST_IN_RUN}::bigint and l.first_index < ${to}::bigint
      -- a later run hides an earlier one from who looks a place up, so it does here
      and not exists (select 1 from ledger.leaf_run later where later.org_id = l.org_id
        and later.first_seq > l.first_seq and later.first_seq <= e.seq)`.execute(tx);
  return new Set(r.rows.map((row) => Number(row.log_index)));
}

export async function allCheckpoints(
  tx: Tx,
  after: number,
  limit: number,
): Promise<{ size: bigint; root: Uint8Array; map_root: Uint8Array; note: string }[]> {
  const r = await sql<{ size: bigint; root: Uint8Array; map_root: Uint8Array; note: string }>`
    select size, root, map_root, note from ledger.checkpoint where size > ${after} order by size
    limit ${limit}`.execute(tx);
  return r.rows;
}
