import type { Tx } from '@zaizao/platform/db';
import { type RawBuilder, sql } from 'kysely';

/** Rows as one JSON parameter: quick to send, and no limit on the number of parameters. */
function rows(json: string): RawBuilder<unknown> {
  return sql`${json}::json`;
}

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

/** Writes events and their index rows, each kind as one JSON array (domain/accept.ts `rowsOf`). */
export async function insertEvents(
  tx: Tx,
  org: number,
  captureId: string | undefined,
  events: string,
  things: string,
  links: string | undefined,
): Promise<void> {
  await sql`
    insert into ledger.event (org_id, seq, record_us, event_id, declared_us, type, action, biz_step,
      disposition, read_point, biz_location, event_us, hash, event, context, secret, capture_id)
    select ${org}::int, seq, record_us, event_id, declared_us, type, action, biz_step, disposition,
      read_point, biz_location, event_us, decode(hash, 'hex'), event, context,
      decode(secret, 'hex'), ${captureId ?? null}::text
    from json_to_recordset(${rows(events)}) as r (seq bigint, record_us bigint, event_id text,
      declared_us bigint, type text, action text, biz_step text, disposition text, read_point text,
      biz_location text, event_us bigint, hash text, event jsonb, context jsonb, secret text)`.execute(
    tx,
  );
  await sql`
    insert into ledger.event_thing (org_id, thing, event_us, seq, role)
    select ${org}::int, thing, event_us, seq, role
    from json_to_recordset(${rows(things)}) as r (thing text, event_us bigint, seq bigint, role smallint)`.execute(
    tx,
  );
  if (links === undefined) return;
  await sql`
    insert into ledger.link (org_id, thing, side, node, event_us, seq, kind)
    select ${org}::int, thing, side, node, event_us, seq, kind
    from json_to_recordset(${rows(links)}) as r (thing text, side smallint, node text,
      event_us bigint, seq bigint, kind smallint)`.execute(tx);
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
    where org_id = ${org} and event_id in
      (select x #>> '{}' from json_array_elements(${rows(JSON.stringify(ids))}) as x)`.execute(tx);
  return r.rows;
}
