import type { Tx } from '@zaizao/platform/db';
import { sql } from 'kysely';
import type { EventColumns } from './event-columns.ts';

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

const asBuffer = (column: Uint8Array) => {
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength);
};

/** Writes events and their index rows: one statement a table, one parameter a column. */
export async function insertEvents(
  tx: Tx,
  org: number,
  { firstSeq, firstUs }: { readonly firstSeq: number; readonly firstUs: number },
  columns: EventColumns,
  captureId: string | undefined,
): Promise<void> {
  const { eventId, declaredUs, type, action, bizStep, disposition, readPoint, ...more } =
    columns.event;
  const { bizLocation, eventUs, hash, secret, event, context } = more;
  await sql`
    insert into ledger.event (org_id, seq, record_us, event_id, declared_us, type, action, biz_step,
      disposition, read_point, biz_location, event_us, hash, event, context, secret, capture_id)
    select ${org}::int, ${firstSeq}::bigint + place, ${firstUs}::bigint + place, event_id,
      declared_us, type, action, biz_step, disposition, read_point, biz_location, event_us, hash,
      event, context, secret, ${captureId ?? null}::text
    from (select generate_series(0, ${columns.count - 1}::int) as place,
      unnest(${asBuffer(eventId)}::text[]) as event_id,
      unnest(${asBuffer(declaredUs)}::bigint[]) as declared_us,
      unnest(${asBuffer(type)}::text[]) as type, unnest(${asBuffer(action)}::text[]) as action,
      unnest(${asBuffer(bizStep)}::text[]) as biz_step,
      unnest(${asBuffer(disposition)}::text[]) as disposition,
      unnest(${asBuffer(readPoint)}::text[]) as read_point,
      unnest(${asBuffer(bizLocation)}::text[]) as biz_location,
      unnest(${asBuffer(eventUs)}::bigint[]) as event_us, unnest(${asBuffer(hash)}::bytea[]) as hash,
      unnest(${asBuffer(event)}::jsonb[]) as event, unnest(${asBuffer(context)}::jsonb[]) as context,
      unnest(${asBuffer(secret)}::bytea[]) as secret) r`.execute(tx);
  await insertThings(tx, org, firstSeq, columns.thing);
  await insertLinks(tx, org, firstSeq, columns.link);
}

/** An array without elements has no length and no lower bound. */
const isEmpty = (column: Uint8Array) => column.length <= 12;

async function insertThings(
  tx: Tx,
  org: number,
  firstSeq: number,
  { place, thing, eventUs, role }: EventColumns['thing'],
): Promise<void> {
  if (isEmpty(place)) return;
  await sql`
    insert into ledger.event_thing (org_id, thing, event_us, seq, role)
    select ${org}::int, thing, event_us, ${firstSeq}::bigint + place, role
    from (select unnest(${asBuffer(thing)}::text[]) as thing,
      unnest(${asBuffer(eventUs)}::bigint[]) as event_us, unnest(${asBuffer(place)}::int[]) as place,
      unnest(${asBuffer(role)}::smallint[]) as role) r`.execute(tx);
}

async function insertLinks(
  tx: Tx,
  org: number,
  firstSeq: number,
  { place, thing, side, node, eventUs, kind }: EventColumns['link'],
): Promise<void> {
  if (isEmpty(place)) return;
  await sql`
    insert into ledger.link (org_id, thing, side, node, event_us, seq, kind)
    select ${org}::int, thing, side, coalesce(node, 'e:' || ${firstSeq}::bigint + place), event_us,
      ${firstSeq}::bigint + place, kind
    from (select unnest(${asBuffer(thing)}::text[]) as thing,
      unnest(${asBuffer(side)}::smallint[]) as side, unnest(${asBuffer(node)}::text[]) as node,
      unnest(${asBuffer(eventUs)}::bigint[]) as event_us, unnest(${asBuffer(place)}::int[]) as place,
      unnest(${asBuffer(kind)}::smallint[]) as kind) r`.execute(tx);
}

/**
 * Whether plain events can be written without looking at each: nothing of the organisation's is with
 * others, and none of the ids has been declared wrong before it came. That the ids are new is left to
 * the table, which refuses them otherwise.
 */
export async function mayWriteBlindly(
  tx: Tx,
  org: number,
  { event: { eventId } }: EventColumns,
): Promise<boolean> {
  const r = await sql<{ may: boolean }>`
    select not exists (select 1 from ledger.custody where org_id = ${org}) and not exists (
      select 1 from ledger.event where org_id = ${org} and declared_us <> 0
        and event_id = any(${asBuffer(eventId)}::text[])) as may`.execute(tx);
  return r.rows[0]?.may === true;
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
