import type { Tx } from '@zaizao/platform/db';
import { sql } from 'kysely';

/**
 * Takes the next `count` numbers and record times of an organisation. Other recorders of the same
 * organisation wait for this transaction to end.
 */
export async function takeNumbers(
  tx: Tx,
  org: number,
  count: number,
  nowUs: number,
): Promise<{ firstSeq: number; firstUs: number }> {
  const r = await sql<{ last_seq: bigint; last_us: bigint }>`
    insert into ledger.clock as c (org_id, last_seq, last_us)
    values (${org}, ${count}, ${nowUs + count - 1})
    on conflict (org_id) do update set
      last_seq = c.last_seq + ${count},
      last_us = greatest(c.last_us, ${nowUs - 1}::bigint) + ${count}
    returning last_seq, last_us`.execute(tx);
  const row = r.rows[0];
  if (!row) throw new Error('the ledger clock gave no numbers');
  return {
    firstSeq: Number(row.last_seq) - count + 1,
    firstUs: Number(row.last_us) - count + 1,
  };
}

/** Holds back other recorders of the organisation before looking for events that exist already. */
export async function holdClock(tx: Tx, org: number): Promise<void> {
  await sql`insert into ledger.clock (org_id, last_seq, last_us) values (${org}, 0, 0)
    on conflict (org_id) do update set org_id = excluded.org_id`.execute(tx);
}

/** Columns of events to be written; the n-th entries of all make the n-th event. */
export interface EventRows {
  readonly eventId: readonly string[];
  readonly declaredUs: readonly number[];
  readonly type: readonly string[];
  readonly action: readonly (string | undefined)[];
  readonly bizStep: readonly (string | undefined)[];
  readonly disposition: readonly (string | undefined)[];
  readonly readPoint: readonly (string | undefined)[];
  readonly bizLocation: readonly (string | undefined)[];
  readonly eventUs: readonly number[];
  /** 32 bytes each. */
  readonly hashes: Uint8Array;
  /** 32 bytes each. */
  readonly secrets: Uint8Array;
  /** One line of JSON each. */
  readonly events: string;
  /** JSON; undefined when no event has a context of its own. */
  readonly contexts: readonly (string | undefined)[] | undefined;
  readonly captureId: readonly (string | undefined)[] | undefined;
}

/** Who touched what, in columns. */
export interface ThingRows {
  readonly thing: readonly string[];
  readonly eventUs: readonly number[];
  readonly seq: readonly number[];
  readonly role: readonly number[];
}

/** Genealogy, in columns. */
export interface LinkRows extends Omit<ThingRows, 'role'> {
  readonly side: readonly number[];
  readonly node: readonly string[];
  readonly kind: readonly number[];
}

const LINE = sql`chr(10)`;

/** Writes events and their index rows: one statement a table, one parameter a column. */
export async function insertEvents(
  tx: Tx,
  org: number,
  first: { readonly firstSeq: number; readonly firstUs: number },
  rows: EventRows,
): Promise<void> {
  const { firstSeq, firstUs } = first;
  await sql`
    insert into ledger.event (org_id, seq, record_us, event_id, declared_us, type, action, biz_step,
      disposition, read_point, biz_location, event_us, hash, event, context, secret, capture_id)
    select ${org}::int, ${firstSeq}::bigint + n - 1, ${firstUs}::bigint + n - 1, event_id,
      declared_us, type, action, biz_step, disposition, read_point, biz_location, event_us,
      substr(${Buffer.from(rows.hashes)}::bytea, (32 * n - 31)::int, 32), event::jsonb, context::jsonb,
      substr(${Buffer.from(rows.secrets)}::bytea, (32 * n - 31)::int, 32), capture_id
    from unnest(${rows.eventId}::text[], ${rows.declaredUs}::bigint[], ${rows.type}::text[],
      ${rows.action}::text[], ${rows.bizStep}::text[], ${rows.disposition}::text[],
      ${rows.readPoint}::text[], ${rows.bizLocation}::text[], ${rows.eventUs}::bigint[],
      string_to_array(${rows.events}, ${LINE}), ${rows.contexts ?? null}::text[],
      ${rows.captureId ?? null}::text[])
      with ordinality as r (event_id, declared_us, type, action, biz_step, disposition, read_point,
        biz_location, event_us, event, context, capture_id, n)`.execute(tx);
}

export async function insertThings(tx: Tx, org: number, rows: ThingRows): Promise<void> {
  if (rows.thing.length === 0) return;
  await sql`
    insert into ledger.event_thing (org_id, thing, event_us, seq, role)
    select ${org}::int, thing, event_us, seq, role from unnest(${rows.thing}::text[],
      ${rows.eventUs}::bigint[], ${rows.seq}::bigint[], ${rows.role}::smallint[])
      as r (thing, event_us, seq, role)`.execute(tx);
}

export async function insertLinks(tx: Tx, org: number, rows: LinkRows): Promise<void> {
  if (rows.thing.length === 0) return;
  await sql`
    insert into ledger.link (org_id, thing, side, node, event_us, seq, kind)
    select ${org}::int, thing, side, node, event_us, seq, kind from unnest(${rows.thing}::text[],
      ${rows.side}::smallint[], ${rows.node}::text[], ${rows.eventUs}::bigint[],
      ${rows.seq}::bigint[], ${rows.kind}::smallint[])
      as r (thing, side, node, event_us, seq, kind)`.execute(tx);
}

export interface KnownEvent {
  readonly event_id: string;
  readonly declared_us: bigint;
  readonly record_us: bigint;
  readonly hash: string;
}

/** Events of these ids that the organisation has, with their error declarations. */
export async function eventsOfIds(
  tx: Tx,
  org: number,
  ids: readonly string[],
): Promise<KnownEvent[]> {
  const r = await sql<KnownEvent>`
    select event_id, declared_us, record_us, encode(hash, 'hex') as hash from ledger.event
    where org_id = ${org} and event_id in (select unnest(${ids}::text[]))`.execute(tx);
  return r.rows;
}
