import type { Tx } from '@zaizao/platform/db';
import { type RawBuilder, sql } from 'kysely';
import type { ShownLevel } from '../domain/share-level.ts';
import { leafPlace } from './leaf-place.ts';
import type { Seen } from './seen.ts';

/** An event as it is read back. */
export interface EventRow {
  readonly seq: bigint;
  readonly record_us: bigint;
  readonly event_id: string;
  readonly declared_us: bigint;
  readonly type: string;
  readonly action: string | null;
  readonly biz_step: string | null;
  readonly disposition: string | null;
  readonly read_point: string | null;
  readonly biz_location: string | null;
  readonly event_us: bigint;
  /** Null where another organisation withholds a part of the event. */
  readonly hash: string | null;
  /** JSON text, so that no digit is lost on the way. */
  readonly event: string;
  readonly context: string | null;
  readonly log_index: bigint | null;
  /** The organisation that recorded it; absent where only one's own are read. */
  readonly owner?: number;
  /** How much of it its owner shows; null for one's own. */
  readonly level?: ShownLevel | null;
}

export const eventColumns = sql`e.seq, e.record_us, e.event_id, e.declared_us, e.type, e.action,
  e.biz_step, e.disposition, e.read_point, e.biz_location, e.event_us,
  encode(e.hash, 'hex') as hash, e.event::text as event, e.context::text as context`;

/** The columns of events that may be another organisation's. */
export const seenColumns = sql`${eventColumns}, e.owner, e.level`;

const withLeaf = leafPlace(sql`e.org_id`, sql`e.seq`);
/** Another organisation's leaves are found by `placesOf`. */
const withOwnLeaf = leafPlace(sql`e.owner`, sql`e.seq`);

/** Place in a thing's life: event time, then order of recording. */
export interface LifePoint {
  readonly us: number;
  readonly seq: number;
  /** Of events at one point, those of the lower-numbered organisation come first. */
  readonly owner?: number | undefined;
}

/** Events that touched a thing, from one index range; `after` is the last one already read. */
export async function eventsOfThing(
  tx: Tx,
  seen: Seen,
  thing: string,
  page: { readonly after: LifePoint | undefined; readonly newest: boolean; readonly limit: number },
): Promise<(EventRow & { roles: number[] })[]> {
  const { after, newest, limit } = page;
  const direction = newest ? sql`desc` : sql`asc`;
  const way = newest ? sql`<` : sql`>`;
  const beyond = !after
    ? sql``
    : seen.foreign
      ? sql`and (t.event_us, t.seq, t.owner) ${way}
          (${after.us}::bigint, ${after.seq}::bigint, ${after.owner ?? seen.org}::int)`
      : sql`and (t.event_us, t.seq) ${way} (${after.us}::bigint, ${after.seq}::bigint)`;
  const r = await sql<EventRow & { roles: number[] }>`
    with touched as (
      select t.event_us, t.seq, t.owner, array_agg(t.role::int order by t.role) as roles
      from ${seen.things} t
      where t.thing = ${thing} ${beyond}
      group by t.event_us, t.seq, t.owner
      order by t.event_us ${direction}, t.seq ${direction}, t.owner ${direction} limit ${limit})
    select ${seenColumns}, l.log_index, p.roles from touched p
    join ${seen.events} e on e.owner = p.owner and e.seq = p.seq ${withOwnLeaf}
    order by p.event_us ${direction}, p.seq ${direction}, p.owner ${direction}`.execute(tx);
  return r.rows;
}

/** The first events (by event time) that touched any of some things, with the things they touched. */
export async function eventsOfThings(
  tx: Tx,
  seen: Seen,
  things: readonly string[],
  limit: number,
): Promise<(EventRow & { things: string[] })[]> {
  const r = await sql<EventRow & { things: string[] }>`
    with touched as (
      select t.event_us, t.seq, t.owner, array_agg(distinct t.thing) as things
      from ${seen.things} t
      where t.thing in
        (select x #>> '{}' from json_array_elements(${JSON.stringify(things)}::json) as x)
      group by t.event_us, t.seq, t.owner
      order by t.event_us, t.seq, t.owner limit ${limit})
    select ${seenColumns}, l.log_index, p.things from touched p
    join ${seen.events} e on e.owner = p.owner and e.seq = p.seq ${withOwnLeaf}
    order by p.event_us, p.seq, p.owner`.execute(tx);
  return r.rows;
}

export interface StoryFilter {
  readonly type?: string | undefined;
  readonly bizStep?: string | undefined;
  readonly fromUs?: number | undefined;
  readonly toUs?: number | undefined;
  readonly thing?: string | undefined;
}

/** The organisation's newest events by event time. */
export async function newestEvents(
  tx: Tx,
  org: number,
  filter: StoryFilter,
  after: LifePoint | undefined,
  limit: number,
): Promise<EventRow[]> {
  const conditions: RawBuilder<unknown>[] = [sql`e.org_id = ${org}`];
  if (filter.type !== undefined) conditions.push(sql`e.type = ${filter.type}`);
  if (filter.bizStep !== undefined) conditions.push(sql`e.biz_step = ${filter.bizStep}`);
  if (filter.fromUs !== undefined) conditions.push(sql`e.event_us >= ${filter.fromUs}`);
  if (filter.toUs !== undefined) conditions.push(sql`e.event_us < ${filter.toUs}`);
  if (filter.thing !== undefined) {
    conditions.push(sql`exists (select 1 from ledger.event_thing t where t.org_id = e.org_id
      and t.thing = ${filter.thing} and t.event_us = e.event_us and t.seq = e.seq)`);
  }
  if (after) {
    conditions.push(sql`(e.event_us, e.seq) < (${after.us}::bigint, ${after.seq}::bigint)`);
  }
  const r = await sql<EventRow>`
    select ${eventColumns}, l.log_index from ledger.event e ${withLeaf}
    where ${sql.join(conditions, sql` and `)}
    order by e.event_us desc, e.seq desc limit ${limit}`.execute(tx);
  return r.rows;
}

/**
 * The event of an id and its error declarations, the event first. Where several organisations used
 * the id, one's own event is meant.
 */
export async function eventsOfId(tx: Tx, seen: Seen, id: string): Promise<EventRow[]> {
  const r = await sql<EventRow>`
    select ${seenColumns}, l.log_index from ${seen.events} e ${withOwnLeaf}
    where e.event_id = ${id}
    order by (e.owner = ${seen.org}) desc, e.owner, e.declared_us, e.seq`.execute(tx);
  return r.rows.filter((row) => row.owner === r.rows[0]?.owner);
}

export async function countEvents(
  tx: Tx,
  org: number,
): Promise<{ events: number; logged: number }> {
  const r = await sql<{ events: bigint; logged: bigint }>`
    select coalesce((select last_seq from ledger.clock where org_id = ${org}), 0)::int8 as events,
      coalesce((select last_seq from ledger.logged where org_id = ${org}), 0)::int8 as logged`.execute(
    tx,
  );
  return { events: Number(r.rows[0]?.events ?? 0), logged: Number(r.rows[0]?.logged ?? 0) };
}
