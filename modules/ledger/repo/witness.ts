import type { Tx } from '@zaizao/platform/db';
import { sql } from 'kysely';
import type { CheckpointRow } from './log.ts';

export interface WitnessRow {
  readonly name: string;
  readonly vkey: string;
  readonly url: string;
  readonly added_at: Date;
  readonly seen_size: bigint;
  readonly answered_at: Date | null;
  readonly failed_at: Date | null;
  readonly failure: string | null;
  readonly is_alarm: boolean;
}

export async function witnesses(tx: Tx): Promise<WitnessRow[]> {
  const r =
    await sql<WitnessRow>`select name, vkey, url, added_at, seen_size, answered_at, failed_at,
    failure, is_alarm from ledger.witness order by name`.execute(tx);
  return r.rows;
}

export async function putWitness(
  tx: Tx,
  witness: { readonly name: string; readonly vkey: string; readonly url: string },
  at: Date,
): Promise<void> {
  await sql`insert into ledger.witness (name, vkey, url, added_at)
    values (${witness.name}, ${witness.vkey}, ${witness.url}, ${at})
    on conflict (name) do update set vkey = excluded.vkey, url = excluded.url`.execute(tx);
}

export async function removeWitness(tx: Tx, name: string): Promise<void> {
  await sql`delete from ledger.witness where name = ${name}`.execute(tx);
}

export async function noteAnswer(tx: Tx, name: string, size: number, at: Date): Promise<void> {
  await sql`update ledger.witness set seen_size = ${size}, answered_at = ${at}, failed_at = null,
    failure = null, is_alarm = false where name = ${name}`.execute(tx);
}

export async function noteFailure(
  tx: Tx,
  name: string,
  failure: { readonly reason: string; readonly isAlarm: boolean },
  at: Date,
): Promise<void> {
  await sql`update ledger.witness set failed_at = ${at}, failure = ${failure.reason.slice(0, 500)},
    is_alarm = ${failure.isAlarm} where name = ${name}`.execute(tx);
}

export async function insertCosignature(
  tx: Tx,
  row: {
    readonly size: number;
    readonly witness: string;
    readonly line: string;
    readonly at: Date;
  },
): Promise<void> {
  await sql`insert into ledger.cosignature (size, witness, line, at)
    values (${row.size}, ${row.witness}, ${row.line}, ${row.at})
    on conflict (size, witness) do update set line = excluded.line, at = excluded.at`.execute(tx);
}

export async function cosignaturesOf(
  tx: Tx,
  size: number,
): Promise<{ witness: string; line: string }[]> {
  const r = await sql<{ witness: string; line: string }>`
    select witness, line from ledger.cosignature where size = ${size} order by witness`.execute(tx);
  return r.rows;
}

export interface PolicyRow {
  readonly quorum: number;
  readonly wait_minutes: number | null;
}

export async function logPolicy(tx: Tx): Promise<PolicyRow> {
  const r = await sql<PolicyRow>`select quorum, wait_minutes from ledger.log_policy`.execute(tx);
  return r.rows[0] ?? { quorum: 0, wait_minutes: null };
}

export async function putLogPolicy(tx: Tx, policy: PolicyRow, at: Date): Promise<void> {
  await sql`insert into ledger.log_policy (quorum, wait_minutes, changed_at)
    values (${policy.quorum}, ${policy.wait_minutes}, ${at})
    on conflict (id) do update set quorum = excluded.quorum,
      wait_minutes = excluded.wait_minutes, changed_at = excluded.changed_at`.execute(tx);
}

export interface PublishedRow {
  readonly size: bigint;
  readonly note: string;
  readonly witnesses: number;
  readonly is_met: boolean;
  readonly at: Date;
}

export async function lastPublished(tx: Tx): Promise<PublishedRow | undefined> {
  const r = await sql<PublishedRow>`select size, note, witnesses, is_met, at from ledger.published
    order by size desc limit 1`.execute(tx);
  return r.rows[0];
}

/** Every head that was shown with signatures of witnesses, or without, as it was shown. */
export async function publishedNotes(tx: Tx): Promise<string[]> {
  const r = await sql<{ note: string }>`select note from ledger.published order by size`.execute(
    tx,
  );
  return r.rows.map((row) => row.note);
}

/** Publishes a head; one with more signatures replaces an earlier note of the same head. */
export async function publish(
  tx: Tx,
  row: Omit<PublishedRow, 'size'> & { readonly size: number },
): Promise<void> {
  await sql`insert into ledger.published (size, note, witnesses, is_met, at)
    values (${row.size}, ${row.note}, ${row.witnesses}, ${row.is_met}, ${row.at})
    on conflict (size) do update set note = excluded.note, witnesses = excluded.witnesses,
      is_met = ledger.published.is_met or excluded.is_met`.execute(tx);
}

const headColumns = sql`c.size, c.root, c.map_root, coalesce(p.note, c.note) as note, c.signed_at`;

/**
 * The newest head that the world is shown: where witnesses are required, the newest they signed (or
 * that was published without them); otherwise the newest signed.
 */
export async function publicCheckpoint(tx: Tx): Promise<CheckpointRow | undefined> {
  const r = await sql<CheckpointRow>`
    select ${headColumns}
    from ledger.checkpoint c left join ledger.published p on p.size = c.size
    where p.size is not null
      or not exists (select 1 from ledger.log_policy where quorum > 0)
    order by c.size desc limit 1`.execute(tx);
  return r.rows[0];
}

/** A head with all that tells who signed it. */
export interface SignedHeadRow extends CheckpointRow {
  /** Verifier keys of the witnesses, by their names. */
  readonly witnesses: readonly string[];
  /** Keys of the log, oldest first; none while the first key signs. */
  readonly keys: readonly {
    readonly vkey: string;
    readonly from_size: number;
    readonly until_size: number | null;
    readonly announcement: string | null;
  }[];
}

/**
 * The newest head that the world is shown, with who signed it, in one statement. Where `index` is
 * given and that head does not cover this entry, the newest signed head that does.
 */
export async function signedHead(tx: Tx, index?: number): Promise<SignedHeadRow | undefined> {
  const after = index ?? -1;
  const r = await sql<SignedHeadRow>`
    with shown as (
      select ${headColumns} from ledger.checkpoint c
      left join ledger.published p on p.size = c.size
      where c.size > ${after} and (p.size is not null
        or not exists (select 1 from ledger.log_policy where quorum > 0))
      order by c.size desc limit 1),
    newest as (
      select size, root, map_root, note, signed_at from ledger.checkpoint
      where size > ${after} and ${index !== undefined} and not exists (select 1 from shown)
      order by size desc limit 1)
    select h.*,
      (select coalesce(json_agg(vkey order by name), '[]') from ledger.witness) as witnesses,
      (select coalesce(json_agg(json_build_object('vkey', vkey, 'from_size', from_size,
          'until_size', until_size, 'announcement', announcement)
          order by from_size, until_size), '[]') from ledger.log_key) as keys
    from (select * from shown union all select * from newest) h`.execute(tx);
  return r.rows[0];
}

/** When the oldest head that waits for witnesses was signed. */
export async function waitingSince(tx: Tx, published: number): Promise<Date | undefined> {
  const r = await sql<{ signed_at: Date }>`select signed_at from ledger.checkpoint
    where size > ${published} order by size limit 1`.execute(tx);
  return r.rows[0]?.signed_at;
}

export interface WatchedLog {
  readonly origin: string;
  readonly vkeys: string[];
  readonly added_at: Date;
  readonly size: bigint | null;
  readonly at: Date | null;
}

export async function watchedLogs(tx: Tx): Promise<WatchedLog[]> {
  const r = await sql<WatchedLog>`select l.origin, l.vkeys, l.added_at, h.size, h.at
    from ledger.watched_log l left join ledger.watched_head h on h.origin = l.origin
    order by l.origin`.execute(tx);
  return r.rows;
}

export async function putWatchedLog(
  tx: Tx,
  log: { readonly origin: string; readonly vkeys: readonly string[] },
  at: Date,
): Promise<void> {
  await sql`insert into ledger.watched_log (origin, vkeys, added_at)
    values (${log.origin}, ${JSON.stringify(log.vkeys)}::jsonb, ${at})
    on conflict (origin) do update set vkeys = excluded.vkeys`.execute(tx);
}

/** Stops cosigning a log. What was cosigned last is kept: it must not be contradicted later. */
export async function removeWatchedLog(tx: Tx, origin: string): Promise<void> {
  await sql`delete from ledger.watched_log where origin = ${origin}`.execute(tx);
}

export interface WatchedHead {
  readonly size: bigint;
  readonly root: Uint8Array;
  readonly note: string;
}

export async function watchedHead(tx: Tx, origin: string): Promise<WatchedHead | undefined> {
  const r = await sql<WatchedHead>`select size, root, note from ledger.watched_head
    where origin = ${origin}`.execute(tx);
  return r.rows[0];
}

/** Replaces the head of a log by a newer one; false when it is not the one we compared with any more. */
export async function advanceWatched(
  tx: Tx,
  origin: string,
  from: { readonly size: number; readonly root: Uint8Array } | undefined,
  to: { readonly size: number; readonly root: Uint8Array; readonly note: string },
  at: Date,
): Promise<boolean> {
  const root = Buffer.from(to.root);
  const r = from
    ? await sql`update ledger.watched_head set size = ${to.size}, root = ${root}, note = ${to.note},
        at = ${at} where origin = ${origin} and size = ${from.size}
        and root = ${Buffer.from(from.root)} returning 1`.execute(tx)
    : await sql`insert into ledger.watched_head (origin, size, root, note, at)
        values (${origin}, ${to.size}, ${root}, ${to.note}, ${at})
        on conflict (origin) do nothing returning 1`.execute(tx);
  return r.rows.length === 1;
}
