import type { Tx } from '@zaizao/platform/db';
import { type RawBuilder, sql } from 'kysely';
import type { Lookup, Match, Narrowing, Query } from '../domain/query/query.ts';
import { ROLE_NUMBER } from '../domain/thing-role.ts';
import type { Seen } from './seen.ts';
import { type EventRow, seenColumns } from './story.ts';

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

function matched(seen: Seen, { roles, exact, fronts }: Match): RawBuilder<unknown> {
  const ways: RawBuilder<unknown>[] = [];
  // An array, whose length the planner sees: behind a subquery it expects a hundred things.
  if (exact.length > 0) ways.push(sql`t.thing = any(${exact}::text[])`);
  for (const front of fronts) {
    // A range over the index, in the order of bytes whatever the database's collation.
    ways.push(sql`starts_with(t.thing, ${front})`);
  }
  const numbers = roles.map((role) => sql`${ROLE_NUMBER[role]}::smallint`);
  const event = seen.foreign ? sql`(e.owner, e.seq)` : sql`e.seq`;
  const touched = seen.foreign ? sql`t.owner, t.seq` : sql`t.seq`;
  return sql`${event} in (select ${touched} from ${seen.things} t
    where (${sql.join(ways, sql` or `)}) and t.role in (${sql.join(numbers)}))`;
}

function conditions(
  seen: Seen,
  narrowing: Narrowing,
  found: ReadonlyMap<string, ReadonlySet<string>>,
): RawBuilder<unknown>[] {
  const all: RawBuilder<unknown>[] = [sql`true`];
  for (const { column, values } of narrowing.columns) {
    all.push(sql`${COLUMN[column]} = any(${values}::text[])`);
  }
  for (const { column, lookup } of narrowing.places) {
    all.push(sql`${COLUMN[column]} = any(${[...(found.get(lookup) ?? [])]}::text[])`);
  }
  for (const { column, from, before } of narrowing.times) {
    if (column === 'declared_us') all.push(sql`e.declared_us <> 0`);
    if (from !== undefined) all.push(sql`${COLUMN[column]} >= ${from}::bigint`);
    if (before !== undefined) all.push(sql`${COLUMN[column]} < ${before}::bigint`);
  }
  for (const match of narrowing.matches) all.push(matched(seen, match));
  for (const field of narrowing.fields) all.push(sql`e.event ? ${field}::text`);
  return all;
}

/** The last row read: its time by the query's order, then what tells rows of one time apart. */
export interface Position {
  readonly us: number;
  readonly seq: number;
  readonly owner?: number | undefined;
}

/** The next candidates of a query, in its order; `after` is the last one already read. */
export async function candidates(
  tx: Tx,
  seen: Seen,
  query: Query,
  found: ReadonlyMap<string, ReadonlySet<string>>,
  after: Position | undefined,
  limit: number,
): Promise<EventRow[]> {
  const { by, direction } = query.order;
  const way = direction === 'asc' ? sql`asc` : sql`desc`;
  const all = conditions(seen, query.narrowing, found);
  const keys = orderOf(seen, by);
  if (after) {
    const owner = after.owner ?? seen.org;
    const last = {
      us: sql`${after.us}::bigint`,
      seq: sql`${after.seq}::bigint`,
      owner: sql`${owner}::int`,
    };
    const key = sql.join(keys.map(([column]) => column));
    const bound = sql.join(keys.map(([, part]) => last[part]));
    all.push(direction === 'asc' ? sql`(${key}) > (${bound})` : sql`(${key}) < (${bound})`);
  }
  const order = sql.join(keys.map(([column]) => sql`${column} ${way}`));
  const r = await sql<EventRow>`
    select ${seenColumns}, null::bigint as log_index from ${seen.events} e
    where ${sql.join(all, sql` and `)} order by ${order} limit ${limit}`.execute(tx);
  return r.rows;
}

/** The columns that order events. Within one organisation record times rise with the numbers. */
function orderOf(
  { foreign }: Seen,
  by: Query['order']['by'],
): (readonly [RawBuilder<unknown>, keyof Position])[] {
  const time = by === 'record_us' ? sql`e.record_us` : sql`e.event_us`;
  if (foreign)
    return [
      [time, 'us'],
      [sql`e.seq`, 'seq'],
      [sql`e.owner`, 'owner'],
    ];
  return by === 'record_us'
    ? [[sql`e.seq`, 'seq']]
    : [
        [time, 'us'],
        [sql`e.seq`, 'seq'],
      ];
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
      : sql`attributes ->> ${lookup.name}::text = any(${lookup.values}::text[])`;
  const r = await sql<{ id: string }>`
    select distinct id from ledger.vocabulary where org_id = ${org} and ${has}`.execute(tx);
  return new Set(r.rows.map((row) => row.id));
}

/** Distinct values of a column of the events seen, after one already read. */
export async function distinctValues(
  tx: Tx,
  seen: Seen,
  column: 'type' | 'biz_step' | 'disposition' | 'read_point' | 'biz_location',
  after: string,
  limit: number,
): Promise<string[]> {
  const name = COLUMN[column];
  const r = await sql<{ value: string }>`
    select distinct ${name} as value from ${seen.events} e
    where ${name} > ${after} order by 1 limit ${limit}`.execute(tx);
  return r.rows.map((row) => row.value);
}

/** Things by identifier, after one already read: skips over the indexes from thing to thing. */
export async function distinctThings(
  tx: Tx,
  { org, foreign }: Seen,
  after: string,
  limit: number,
): Promise<string[]> {
  const document = sql`${ROLE_NUMBER.document}::smallint`;
  const first = (beyond: RawBuilder<unknown>) => {
    const own = sql`(select t.thing from ledger.event_thing t where t.org_id = ${org}
      and t.thing > ${beyond} and t.role <> ${document} order by t.thing limit 1)`;
    if (!foreign) return own;
    // The lesser of both; of none and one, the one.
    return sql`least(${own}, (select t.thing from ledger.shared_thing t where t.viewer = ${org}
      and t.thing > ${beyond} and t.role <> ${document} order by t.thing limit 1))`;
  };
  const r = await sql<{ thing: string }>`
    with recursive step (thing, n) as (
      select ${first(sql`${after}::text`)}, 1
      union all
      select ${first(sql`step.thing`)}, step.n + 1
      from step where step.thing is not null and step.n < ${limit}::int)
    select thing from step where thing is not null order by n`.execute(tx);
  return r.rows.map((row) => row.thing);
}
