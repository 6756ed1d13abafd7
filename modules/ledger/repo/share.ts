import type { Tx } from '@zaizao/platform/db';
import { sql } from 'kysely';
import type { ShareLevel, ShownLevel } from '../domain/share-level.ts';
import type { UnloggedEvent } from './log.ts';

export interface CustodyRow {
  readonly org_id: number;
  readonly thing: string;
  readonly since_us: bigint;
  readonly holder: number;
  readonly until_us: bigint | null;
  readonly given_by: number;
  readonly level: ShareLevel;
}

const list = (values: readonly string[]) =>
  sql`(select x #>> '{}' from json_array_elements(${JSON.stringify(values)}::json) as x)`;

const custodyColumns = sql`c.org_id, c.thing, c.since_us, c.holder, c.until_us, c.given_by, c.level`;

/** The custodies of some things in the organisation's own books, oldest first. */
export async function custodiesOf(
  tx: Tx,
  org: number,
  things: readonly string[],
): Promise<CustodyRow[]> {
  const r = await sql<CustodyRow>`select ${custodyColumns} from ledger.custody c
    where c.org_id = ${org} and c.thing in ${list(things)} order by c.since_us`.execute(tx);
  return r.rows;
}

/** Whether the organisation ever handed anything over: most captures need look no further. */
export async function hasCustody(tx: Tx, org: number): Promise<boolean> {
  const r = await sql`select 1 from ledger.custody where org_id = ${org} limit 1`.execute(tx);
  return r.rows.length > 0;
}

/** The organisations whose books say that `holder` has a thing now. */
export async function givenTo(
  tx: Tx,
  holder: number,
  thing: string,
): Promise<{ org_id: number; thing: string }[]> {
  const r = await sql<{ org_id: number; thing: string }>`
    select c.org_id, c.thing from ledger.custody c
    where c.holder = ${holder} and c.thing = ${thing} and c.until_us is null order by c.org_id`.execute(
    tx,
  );
  return r.rows;
}

export async function openCustody(
  tx: Tx,
  row: Omit<CustodyRow, 'since_us' | 'until_us'> & { since_us: number },
) {
  await sql`insert into ledger.custody (org_id, thing, since_us, holder, given_by, level)
    values (${row.org_id}, ${row.thing}, ${row.since_us}, ${row.holder}, ${row.given_by}, ${row.level})
    on conflict (org_id, thing, since_us, holder) do update set until_us = null, level = excluded.level`.execute(
    tx,
  );
}

/** Ends the custody that is open, at this time or when it began if that is later. */
export async function closeCustody(tx: Tx, org: number, thing: string, us: number) {
  await sql`update ledger.custody set until_us = greatest(since_us, ${us}::bigint)
    where org_id = ${org} and thing = ${thing} and until_us is null`.execute(tx);
}

export async function setCustodyLevel(tx: Tx, org: number, c: CustodyRow, level: ShareLevel) {
  await sql`update ledger.custody set level = ${level} where org_id = ${org} and thing = ${c.thing}
    and since_us = ${c.since_us} and holder = ${c.holder}`.execute(tx);
}

export interface PolicyRow {
  readonly scope: 'direct' | 'later' | 'partner';
  readonly holder: number;
  readonly level: ShareLevel;
  readonly version: number;
}

export async function policies(tx: Tx, org: number): Promise<PolicyRow[]> {
  const r = await sql<PolicyRow>`select scope, holder, level, version from ledger.share_policy
    where org_id = ${org} order by scope, holder`.execute(tx);
  return r.rows;
}

export async function putPolicy(
  tx: Tx,
  org: number,
  { scope, holder, level }: Pick<PolicyRow, 'scope' | 'holder' | 'level'>,
  now: Date,
): Promise<void> {
  await sql`insert into ledger.share_policy as p (org_id, scope, holder, level, changed_at)
    values (${org}, ${scope}, ${holder}, ${level}, ${now})
    on conflict (org_id, scope, holder) do update
    set level = excluded.level, changed_at = excluded.changed_at, version = p.version + 1`.execute(
    tx,
  );
}

export async function removePolicy(tx: Tx, org: number, holder: number): Promise<void> {
  await sql`delete from ledger.share_policy
    where org_id = ${org} and scope = 'partner' and holder = ${holder}`.execute(tx);
}

export async function partiesIn(
  tx: Tx,
  org: number,
  parties: readonly string[],
): Promise<Map<string, number>> {
  const r = await sql<{ party: string; holder: number }>`
    select party, holder from ledger.share_party
    where org_id = ${org} and party in ${list(parties)}`.execute(tx);
  return new Map(r.rows.map((p) => [p.party, p.holder]));
}

export async function allParties(
  tx: Tx,
  org: number,
): Promise<{ party: string; holder: number }[]> {
  const r = await sql<{ party: string; holder: number }>`
    select party, holder from ledger.share_party where org_id = ${org} order by holder, party
    limit 10000`.execute(tx);
  return r.rows;
}

/** Says which identifiers stand for an organisation, in place of what was said before. */
export async function putParties(
  tx: Tx,
  org: number,
  holder: number,
  parties: readonly string[],
): Promise<void> {
  await sql`delete from ledger.share_party where org_id = ${org}
    and (holder = ${holder} or party in ${list(parties)})`.execute(tx);
  for (const party of new Set(parties)) {
    await sql`insert into ledger.share_party (org_id, party, holder)
      values (${org}, ${party}, ${holder})`.execute(tx);
  }
}

export interface ShareSource extends UnloggedEvent {
  readonly event_us: bigint;
  readonly declared_us: bigint;
}

const sourceColumns = sql`e.org_id, e.seq, e.record_us, e.event_id, e.declared_us, e.event_us,
  e.event::text as event, e.context::text as context, encode(e.hash, 'hex') as hash, e.secret`;

/** The organisation's events that touched any of some things, up to an event time, oldest first. */
export async function sourcesOfThings(
  tx: Tx,
  org: number,
  things: readonly string[],
  untilUs: number | undefined,
): Promise<ShareSource[]> {
  const until = untilUs === undefined ? sql`` : sql`and t.event_us <= ${untilUs}`;
  const r = await sql<ShareSource>`
    select ${sourceColumns} from
      (select distinct t.event_us, t.seq from ledger.event_thing t
       where t.org_id = ${org} and t.thing in ${list(things)} ${until}) t
    join ledger.event e on e.org_id = ${org} and e.seq = t.seq
    order by t.event_us, t.seq`.execute(tx);
  return r.rows;
}

export async function sourcesBySeq(
  tx: Tx,
  org: number,
  from: number,
  to: number,
): Promise<ShareSource[]> {
  const r = await sql<ShareSource>`select ${sourceColumns} from ledger.event e
    where e.org_id = ${org} and e.seq between ${from} and ${to} order by e.seq`.execute(tx);
  return r.rows;
}

/** What a viewer already sees of some events: level and things. */
export async function shownOf(
  tx: Tx,
  org: number,
  viewer: number,
  seqs: readonly number[],
): Promise<Map<number, { level: ShownLevel; things: string[] }>> {
  const r = await sql<{ seq: bigint; level: ShownLevel; things: string[] | null }>`
    select s.seq, s.level, (select array_agg(distinct t.thing) from ledger.shared_thing t
      where t.org_id = s.org_id and t.viewer = s.viewer and t.seq = s.seq) as things
    from ledger.shared_event s where s.org_id = ${org} and s.viewer = ${viewer}
      and s.seq in (select x::text::bigint from json_array_elements(${JSON.stringify(seqs)}::json) as x)`.execute(
    tx,
  );
  return new Map(
    r.rows.map((row) => [Number(row.seq), { level: row.level, things: row.things ?? [] }]),
  );
}

/** Writes what a viewer sees; each argument is a JSON array of rows. */
export async function putShared(
  tx: Tx,
  org: number,
  viewer: number,
  rows: { readonly events: string; readonly things: string; readonly links: string },
): Promise<void> {
  await sql`
    insert into ledger.shared_event (org_id, viewer, seq, record_us, event_id, declared_us, type,
      action, biz_step, disposition, read_point, biz_location, event_us, hash, event, context, level,
      opened, leaf_hash)
    select ${org}::int, ${viewer}::int, seq, record_us, event_id, declared_us, type, action, biz_step,
      disposition, read_point, biz_location, event_us, decode(hash, 'hex'), event, context, level,
      opened, decode(leaf_hash, 'hex')
    from json_to_recordset(${rows.events}::json) as r (seq bigint, record_us bigint, event_id text,
      declared_us bigint, type text, action text, biz_step text, disposition text, read_point text,
      biz_location text, event_us bigint, hash text, event jsonb, context jsonb, level text,
      opened jsonb, leaf_hash text)
    on conflict (org_id, viewer, seq) do update set read_point = excluded.read_point,
      biz_location = excluded.biz_location, hash = excluded.hash, event = excluded.event,
      level = excluded.level, opened = excluded.opened`.execute(tx);
  await sql`
    insert into ledger.shared_thing (org_id, viewer, thing, event_us, seq, role)
    select ${org}::int, ${viewer}::int, thing, event_us, seq, role
    from json_to_recordset(${rows.things}::json)
      as r (thing text, event_us bigint, seq bigint, role smallint) on conflict do nothing`.execute(
    tx,
  );
  await sql`
    insert into ledger.shared_link (org_id, viewer, thing, side, node, event_us, seq, kind)
    select ${org}::int, ${viewer}::int, thing, side, node, event_us, seq, kind
    from json_to_recordset(${rows.links}::json) as r (thing text, side smallint, node text,
      event_us bigint, seq bigint, kind smallint) on conflict do nothing`.execute(tx);
}

/** Nothing that comes is shown to a holder until each custody has its level again. */
export async function hideFrom(tx: Tx, org: number, holder: number): Promise<void> {
  await sql`update ledger.custody set level = 'none'
    where org_id = ${org} and holder = ${holder}`.execute(tx);
}

/** Takes back everything that is shown to a viewer. */
export async function dropShared(tx: Tx, org: number, viewer: number): Promise<void> {
  for (const table of ['shared_link', 'shared_thing', 'shared_event']) {
    await sql`delete from ${sql.table(`ledger.${table}`)}
      where org_id = ${org} and viewer = ${viewer}`.execute(tx);
  }
}

/** The organisation's own custodies: who has what of it; or, of one holder, all. */
export async function custodies(
  tx: Tx,
  org: number,
  page: {
    readonly holder?: number | undefined;
    readonly after?: { readonly us: number; readonly thing: string } | undefined;
    readonly limit: number;
  },
): Promise<CustodyRow[]> {
  const holder = page.holder === undefined ? sql`` : sql`and c.holder = ${page.holder}`;
  const after = page.after
    ? sql`and (c.since_us, c.thing) < (${page.after.us}::bigint, ${page.after.thing})`
    : sql``;
  const r = await sql<CustodyRow>`select ${custodyColumns} from ledger.custody c
    where c.org_id = ${org} ${holder} ${after}
    order by c.since_us desc, c.thing desc limit ${page.limit}`.execute(tx);
  return r.rows;
}

/** Organisations that hold or held something of this one. */
export async function holders(tx: Tx, org: number): Promise<number[]> {
  const r = await sql<{ holder: number }>`
    select distinct holder from ledger.custody where org_id = ${org} order by holder`.execute(tx);
  return r.rows.map((row) => row.holder);
}

/** What others say this organisation holds or held, newest first. */
export async function held(
  tx: Tx,
  org: number,
  after: { readonly us: number; readonly thing: string } | undefined,
  limit: number,
): Promise<CustodyRow[]> {
  const beyond = after
    ? sql`and (c.since_us, c.thing) < (${after.us}::bigint, ${after.thing})`
    : sql``;
  const r = await sql<CustodyRow>`select ${custodyColumns} from ledger.custody c
    where c.holder = ${org} and c.org_id <> ${org} ${beyond}
    order by c.since_us desc, c.thing desc limit ${limit}`.execute(tx);
  return r.rows;
}

export interface SharedProofRow {
  readonly owner: number;
  readonly seq: bigint;
  readonly thing: string;
  readonly leaf_hash: Uint8Array;
  readonly opened: unknown;
}

/** What proves shared events of an id: the thing it is in the public history of, and its leaf. */
export async function sharedProofs(tx: Tx, org: number, id: string): Promise<SharedProofRow[]> {
  const r = await sql<SharedProofRow>`
    select s.org_id as owner, s.seq, s.leaf_hash, s.opened,
      (select min(t.thing) from ledger.shared_thing t
       where t.org_id = s.org_id and t.viewer = s.viewer and t.seq = s.seq) as thing
    from ledger.shared_event s where s.viewer = ${org} and s.event_id = ${id}
    order by s.declared_us, s.org_id`.execute(tx);
  return r.rows;
}

/** The place in the log of leaves that touch a thing; keys and hashes in hex. */
export async function placesOf(
  tx: Tx,
  leaves: readonly { readonly key: string; readonly leaf: string }[],
): Promise<Map<string, number>> {
  const r = await sql<{ leaf: string; index: bigint }>`
    select x.leaf, t.log_index as index from json_to_recordset(${JSON.stringify(leaves)}::json)
      as x (key text, leaf text)
    join ledger.thing_entry t on t.thing_key = decode(x.key, 'hex')
      and t.leaf_hash = decode(x.leaf, 'hex')`.execute(tx);
  return new Map(r.rows.map((row) => [row.leaf, Number(row.index)]));
}

/** Leaf and one thing of shared events, to find their places in the log. */
export async function sharedLeaves(
  tx: Tx,
  org: number,
  rows: readonly { readonly owner: number; readonly seq: number }[],
): Promise<{ owner: number; seq: bigint; leaf: string; thing: string }[]> {
  const r = await sql<{ owner: number; seq: bigint; leaf: string; thing: string }>`
    select s.org_id as owner, s.seq, encode(s.leaf_hash, 'hex') as leaf,
      (select min(t.thing) from ledger.shared_thing t
       where t.org_id = s.org_id and t.viewer = s.viewer and t.seq = s.seq) as thing
    from json_to_recordset(${JSON.stringify(rows)}::json) as x (owner int, seq bigint)
    join ledger.shared_event s on s.org_id = x.owner and s.viewer = ${org} and s.seq = x.seq`.execute(
    tx,
  );
  return r.rows;
}
