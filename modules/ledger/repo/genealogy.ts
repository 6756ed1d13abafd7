import type { Tx } from '@zaizao/platform/db';
import { sql } from 'kysely';
import type { Seen } from './seen.ts';

/** A thing at one side of a genealogical node, with the event that says so. */
export interface LinkRow {
  readonly thing: string;
  readonly side: number;
  readonly node: string;
  readonly event_us: bigint;
  readonly seq: bigint;
  readonly kind: number;
  readonly event_id: string;
  readonly biz_step: string | null;
}

/**
 * All links of the nodes reached from a thing: backwards (what it was made of) or forwards (what was
 * made of it). A node is followed only in the order of time, so contradictory data cannot run in
 * circles. A part taken out of what it was once put into is no offspring of that.
 *
 * @param limit most nodes to read; one more comes back when there are more
 */
export async function linksFrom(
  tx: Tx,
  seen: Seen,
  thing: string,
  backwards: boolean,
  limit: number,
): Promise<LinkRow[]> {
  const near = backwards ? 1 : 0;
  const far = backwards ? 0 : 1;
  const inTime = backwards ? sql`n.event_us <= f.event_us` : sql`n.event_us >= f.event_us`;
  // "n" is the thing's own side of a node. Taking apart what was put together undoes, it does not beget.
  const begets = sql`(n.kind <> 3 or not exists (
    select 1 from ${seen.links} c
    join ${seen.links} w on w.node = c.node and w.side = 1
    join ${seen.links} p on p.node = n.node and p.side = 0
    where c.kind <> 3 and c.side = 0 and w.thing = p.thing
      and c.thing = ${backwards ? sql`n.thing` : sql`o.thing`}))`;
  const other = backwards ? sql`` : sql`join ${seen.links} o on o.node = n.node and o.side = 1`;
  const r = await sql<LinkRow>`
    with recursive walk (node) as (
      select n.node from ${seen.links} n ${other}
      where n.thing = ${thing} and n.side = ${near} and ${begets}
      union
      select n.node from walk
      join ${seen.links} f on f.node = walk.node and f.side = ${far}
      join ${seen.links} n on n.thing = f.thing and n.side = ${near}
        and n.node <> f.node and ${inTime} ${other}
      where ${begets}
    ), reached as (select node from walk limit ${limit + 1})
    select k.thing, k.side, k.node, k.event_us, k.seq, k.kind, e.event_id, e.biz_step
    from reached join ${seen.links} k on k.node = reached.node
    join ${seen.events} e on e.owner = k.owner and e.seq = k.seq
    order by k.event_us, k.seq, k.side, k.thing`.execute(tx);
  return r.rows;
}

/** When children were taken out of their parents again: pairs of the "taken apart" nodes of these things. */
export async function removals(
  tx: Tx,
  seen: Seen,
  parents: readonly string[],
): Promise<{ parent: string; child: string; event_us: bigint }[]> {
  const r = await sql<{ parent: string; child: string; event_us: bigint }>`
    select p.thing as parent, c.thing as child, p.event_us from ${seen.links} p
    join ${seen.links} c on c.node = p.node and c.side = 1
    where p.kind = 3 and p.side = 0 and p.thing in
      (select x #>> '{}' from json_array_elements(${JSON.stringify(parents)}::json) as x)`.execute(
    tx,
  );
  return r.rows;
}
