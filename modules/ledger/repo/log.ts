import type { Tx } from '@zaizao/platform/db';
import { sql } from 'kysely';
import { leafPlace } from './leaf-place.ts';

const ENTRIES_LEVEL = -1;
const SEQUENCER = 7_215_003;

/** One sequencer at a time over all processes, until the transaction ends. */
export async function lockLog(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${SEQUENCER})`.execute(tx);
}

export interface Backlog {
  readonly org_id: number;
  readonly logged: bigint;
  readonly last_seq: bigint;
}

/** Organisations with events that are not in the log yet. */
export async function backlogs(tx: Tx): Promise<Backlog[]> {
  const r = await sql<Backlog>`
    select c.org_id, coalesce(l.last_seq, 0)::int8 as logged, c.last_seq
    from ledger.clock c left join ledger.logged l on l.org_id = c.org_id
    where c.last_seq > coalesce(l.last_seq, 0) order by c.org_id`.execute(tx);
  return r.rows;
}

export interface UnloggedEvent {
  readonly org_id: number;
  readonly seq: bigint;
  readonly record_us: bigint;
  readonly event_id: string;
  readonly event: string;
  readonly context: string | null;
  readonly hash: string;
  readonly secret: Uint8Array;
}

const leafColumns = sql`e.org_id, e.seq, e.record_us, e.event_id, e.event::text as event, e.context::text as context,
  encode(e.hash, 'hex') as hash, e.secret`;

const withPlace = leafPlace(sql`e.org_id`, sql`e.seq`);

/** The next events of an organisation after number `after`, in their order. */
export async function eventsAfter(
  tx: Tx,
  org: number,
  after: number,
  limit: number,
): Promise<UnloggedEvent[]> {
  const r = await sql<UnloggedEvent>`
    select ${leafColumns} from ledger.event e
    where e.org_id = ${org} and e.seq > ${after} order by e.seq limit ${limit}`.execute(tx);
  return r.rows;
}

export async function loggedUpTo(tx: Tx, org: number): Promise<number> {
  const r = await sql<{ last_seq: bigint }>`
    select last_seq from ledger.logged where org_id = ${org}`.execute(tx);
  return Number(r.rows[0]?.last_seq ?? 0);
}

/** Events of one organisation that stand in the log one behind the other. */
export interface LeafRun {
  readonly org: number;
  readonly seq: number;
  readonly index: number;
  readonly count: number;
}

/** Notes where events stand in the log. */
export async function insertLeaves(tx: Tx, runs: readonly LeafRun[]): Promise<void> {
  await sql`insert into ledger.leaf_run (org_id, first_seq, first_index, count)
    select org, seq, index, count from json_to_recordset(${JSON.stringify(runs)}::json)
      as r (org int, seq bigint, index bigint, count int)`.execute(tx);
}

export async function setLogged(tx: Tx, reached: ReadonlyMap<number, number>): Promise<void> {
  await sql`insert into ledger.logged (org_id, last_seq)
    select * from unnest(${[...reached.keys()]}::int[], ${[...reached.values()]}::bigint[])
    on conflict (org_id) do update set last_seq = excluded.last_seq`.execute(tx);
}

const levelOf = (level: number | 'entries') => (level === 'entries' ? ENTRIES_LEVEL : level);

export async function readTileRow(
  tx: Tx,
  level: number | 'entries',
  index: number,
): Promise<{ width: number; bytes: Uint8Array } | undefined> {
  const r = await sql<{ width: number; bytes: Uint8Array }>`
    select width, bytes from ledger.tile where level = ${levelOf(level)} and index = ${index}`.execute(
    tx,
  );
  return r.rows[0];
}

/** Tiles at some places, whole, in one statement; those that are not there are left out. */
export async function readTileRows(
  tx: Tx,
  places: readonly Pick<TileRow, 'level' | 'index'>[],
): Promise<TileRow[]> {
  const r = await sql<Omit<TileRow, 'level'> & { level: number; index: bigint }>`
    select t.level, t.index, t.width, t.bytes
    from unnest(${places.map((p) => levelOf(p.level))}::smallint[],
      ${places.map((p) => p.index)}::bigint[]) as p (level, index)
    join ledger.tile t on t.level = p.level and t.index = p.index`.execute(tx);
  return r.rows.map(({ level, index, width, bytes }) => {
    return {
      level: level === ENTRIES_LEVEL ? 'entries' : level,
      index: Number(index),
      width,
      bytes,
    };
  });
}

export interface TileRow {
  readonly level: number | 'entries';
  readonly index: number;
  readonly width: number;
  readonly bytes: Uint8Array;
}

/** Writes tiles, in place of narrower ones at their places. */
export async function writeTileRows(tx: Tx, tiles: readonly TileRow[]): Promise<void> {
  const ends: number[] = [];
  for (const { bytes } of tiles) ends.push((ends.at(-1) ?? 0) + bytes.length);
  const starts = tiles.map(({ bytes }, i) => (ends[i] ?? 0) - bytes.length + 1);
  await sql`insert into ledger.tile (level, index, width, bytes)
    select level, index, width, substr(${Buffer.concat(tiles.map((t) => t.bytes))}::bytea, start, length)
    from unnest(${tiles.map((t) => levelOf(t.level))}::smallint[],
      ${tiles.map((t) => t.index)}::bigint[], ${tiles.map((t) => t.width)}::int[], ${starts}::int[],
      ${tiles.map((t) => t.bytes.length)}::int[]) as r (level, index, width, start, length)
    on conflict (level, index) do update set width = excluded.width, bytes = excluded.bytes`.execute(
    tx,
  );
}

export interface CheckpointRow {
  readonly size: bigint;
  readonly root: Uint8Array;
  readonly map_root: Uint8Array;
  readonly note: string;
  readonly signed_at: Date;
}

export async function latestCheckpoint(tx: Tx): Promise<CheckpointRow | undefined> {
  const r = await sql<CheckpointRow>`
    select size, root, map_root, note, signed_at from ledger.checkpoint
    order by size desc limit 1`.execute(tx);
  return r.rows[0];
}

export async function recentCheckpoints(tx: Tx, limit: number): Promise<CheckpointRow[]> {
  const r = await sql<CheckpointRow>`
    select size, root, map_root, note, signed_at from ledger.checkpoint
    order by size desc limit ${limit}`.execute(tx);
  return r.rows;
}

export async function insertCheckpoint(
  tx: Tx,
  row: { size: number; root: Uint8Array; mapRoot: Uint8Array; note: string; at: Date },
): Promise<void> {
  await sql`insert into ledger.checkpoint (size, root, map_root, note, signed_at)
    values (${row.size}, ${Buffer.from(row.root)}, ${Buffer.from(row.mapRoot)}, ${row.note},
      ${row.at})`.execute(tx);
}

/** What makes the leaves of all events that touched a thing, by event time. */
export async function leavesOfThing(tx: Tx, org: number, thing: string): Promise<UnloggedEvent[]> {
  const r = await sql<UnloggedEvent>`
    select ${leafColumns} from
      (select distinct event_us, seq from ledger.event_thing
       where org_id = ${org} and thing = ${thing}) t
    join ledger.event e on e.org_id = ${org} and e.seq = t.seq
    order by t.event_us, t.seq`.execute(tx);
  return r.rows;
}

/** What makes the leaves of an event and of its error declarations, with their places in the log, the event first. */
export async function leavesOfId(
  tx: Tx,
  org: number,
  id: string,
): Promise<(UnloggedEvent & { log_index: bigint | null })[]> {
  const r = await sql<UnloggedEvent & { log_index: bigint | null }>`
    select ${leafColumns}, l.log_index from ledger.event e
    ${withPlace}
    where e.org_id = ${org} and e.event_id = ${id} order by e.declared_us, e.seq`.execute(tx);
  return r.rows;
}

/** What makes the leaf of one event again, with its place in the log. */
export async function leafOf(
  tx: Tx,
  org: number,
  seq: number,
): Promise<(UnloggedEvent & { log_index: bigint | null }) | undefined> {
  const r = await sql<UnloggedEvent & { log_index: bigint | null }>`
    select ${leafColumns}, l.log_index from ledger.event e
    ${withPlace}
    where e.org_id = ${org} and e.seq = ${seq}`.execute(tx);
  return r.rows[0];
}
