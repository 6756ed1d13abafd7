import type { Tx } from '@zaizao/platform/db';
import { type RawBuilder, sql } from 'kysely';
import type { Lookup, Match, Narrowing, Query } from '../domain/query/query.ts';
import { ROLE_NUMBER } from '../domain/thing-role.ts';
import { type EventRow, eventColumns } from './story.ts';

const COLUMN = {
  type: sql`e.type`,
  action: sql`e.action`,
  biz_step: sql`e.biz_step`,
  disposition: sql`e.disposition`,
  read_point: sql`e.read_point`,
  biz_location: sql`e.biz_location`,
  event_id: sql`e.event_id`,
  event_us: sql`e.event_us`,
  record_us: sql`e.record_us`,
  declared_us: sql`e.declared_us`,
} as const;

/** A list as one parameter. */
function oneOf(values: readonly string[]): RawBuilder<unknown> {
  return sql`(select x #>> '{}' from json_array_elements(${JSON.stringify(values)}::json) as x)`;
}

function matched(org: number, { roles, exact, fronts }: Match): RawBuilder<unknown> {
  const ways: RawBuilder<unknown>[] = [];
  if (exact.length > 0) ways.push(sql`t.thing in ${oneOf(exact)}`);
  for (const front of fronts) {
    // A range over the index, in the order of bytes whatever the database's collation.
    ways.push(sql`starts_with(t.thing, ${front})`);
  }
  const numbers = roles.map((role) => sql`${ROLE_NUMBER[role]}::smallint`);
  return sql`e.seq in (select t.seq from ledger.event_thing t where t.org_id = ${org}
    and (${sql.join(ways, sql` or `)}) and t.role in (${sql.join(numbers)}))`;
}

function conditions(
  org: number,
  narrowing: Narrowing,
  found: ReadonlyMap<string, ReadonlySet<string>>,
): RawBuilder<unknown>[] {
  const all: RawBuilder<unknown>[] = [sql`e.org_id = ${org}`];
  for (const { column, values } of narrowing.columns) {
    all.push(sql`${COLUMN[column]} in ${oneOf(values)}`);
  }
  for (const { column, lookup } of narrowing.places) {
    all.push(sql`${COLUMN[column]} in ${oneOf([...(found.get(lookup) ?? [])])}`);
  }
  for (const { column, from, before } of narrowing.times) {
    if (column === 'declared_us') all.push(sql`e.declared_us <> 0`);
    if (from !== undefined) all.push(sql`${COLUMN[column]} >= ${from}::bigint`);
    if (before !== undefined) all.push(sql`${COLUMN[column]} < ${before}::bigint`);
  }
  for (const match of narrowing.matches) all.push(matched(org, match));
  for (const field of narrowing.fields) all.push(sql`e.event ? ${field}::text`);
  return all;
}

export interface Position {
  readonly us: number;
  readonly seq: number;
}

/** The next candidates of a query, in its order; `after` is the last one already read. */
export async function candidates(
  tx: Tx,
  org: number,
  query: Query,
  found: ReadonlyMap<string, ReadonlySet<string>>,
  after: Position | undefined,
  limit: number,
): Promise<EventRow[]> {
  const { by, direction } = query.order;
  const way = direction === 'asc' ? sql`asc` : sql`desc`;
  const all = conditions(org, query.narrowing, found);
  // Record times rise with the numbers, so the number alone gives that order.
  const key = by === 'record_us' ? sql`e.seq` : sql`(e.event_us, e.seq)`;
  if (after) {
    const last =
      by === 'record_us'
        ? sql`${after.seq}::bigint`
        : sql`(${after.us}::bigint, ${after.seq}::bigint)`;
    all.push(direction === 'asc' ? sql`${key} > ${last}` : sql`${key} < ${last}`);
  }
  const order = by === 'record_us' ? sql`e.seq ${way}` : sql`e.event_us ${way}, e.seq ${way}`;
  const r = await sql<EventRow>`
    select ${eventColumns}, null::bigint as log_index from ledger.event e
    where ${sql.join(all, sql` and `)} order by ${order} limit ${limit}`.execute(tx);
  return r.rows;
}

/** What a lookup in the master data finds. */
export async function lookUp(tx: Tx, org: number, lookup: Lookup): Promise<Set<string>> {
  if (lookup.kind === 'with-descendants') {
    const r = await sql<{ id: string }>`
      with recursive place (id) as (
        select x #>> '{}' from json_array_elements(${JSON.stringify(lookup.ids)}::json) as x
        union
        select c.child from place join ledger.vocabulary v on v.org_id = ${org} and v.id = place.id
        cross join lateral jsonb_array_elements_text(v.children) as c (child))
      select id from place`.execute(tx);
    return new Set(r.rows.map((row) => row.id));
  }
  const has =
    lookup.values === undefined
      ? sql`attributes ? ${lookup.name}::text`
      : sql`attributes ->> ${lookup.name}::text in ${oneOf(lookup.values)}`;
  const r = await sql<{ id: string }>`
    select distinct id from ledger.vocabulary where org_id = ${org} and ${has}`.execute(tx);
  return new Set(r.rows.map((row) => row.id));
}

/** Distinct values of a column, after one already read: walks the index from value to value. */
export async function distinctValues(
  tx: Tx,
  org: number,
  column: 'type' | 'biz_step' | 'disposition' | 'read_point' | 'biz_location',
  after: string,
  limit: number,
): Promise<string[]> {
  const name = COLUMN[column];
  const r = await sql<{ value: string }>`
    select distinct ${name} as value from ledger.event e
    where e.org_id = ${org} and ${name} > ${after} order by 1 limit ${limit}`.execute(tx);
  return r.rows.map((row) => row.value);
}

/** Things by identifier, after one already read: skips over the index from thing to thing. */
export async function distinctThings(
  tx: Tx,
  org: number,
  after: string,
  limit: number,
): Promise<string[]> {
  const r = await sql<{ thing: string }>`
    with recursive step (thing, n) as (
      (select t.thing, 1 from ledger.event_thing t where t.org_id = ${org} and t.thing > ${after}
        and t.role <> 10 order by t.thing limit 1)
      union all
      select (select t.thing from ledger.event_thing t where t.org_id = ${org}
        and t.thing > step.thing and t.role <> 10 order by t.thing limit 1), step.n + 1
      from step where step.thing is not null and step.n < ${limit})
    select thing from step where thing is not null order by n`.execute(tx);
  return r.rows.map((row) => row.thing);
}
