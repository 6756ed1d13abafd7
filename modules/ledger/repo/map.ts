import type { Tx } from '@zaizao/platform/db';
import { sql } from 'kysely';
import { ArrayWriter } from './array-writer.ts';

/**
 * Notes which things newly logged entries touch.
 *
 * @param first place of the first entry
 * @param entries their places, hashes, and the keys of their things, 32 bytes each
 */
export async function insertThingEntries(
  tx: Tx,
  first: number,
  entries: readonly {
    readonly index: number;
    readonly leafHash: Uint8Array;
    readonly keys: Uint8Array;
  }[],
): Promise<void> {
  const key = new ArrayWriter('bytea', 96 * entries.length);
  const place = new ArrayWriter('int4', 24 * entries.length);
  const leaf = new ArrayWriter('bytea', 96 * entries.length);
  for (const { index, leafHash, keys } of entries) {
    for (let at = 0; at < keys.length; at += 32) {
      key.bytes(keys.subarray(at, at + 32));
      place.number(index - first);
      leaf.bytes(leafHash);
    }
  }
  await sql`insert into ledger.thing_entry (thing_key, log_index, leaf_hash)
    select unnest(${Buffer.from(key.taken().buffer)}::bytea[]),
      ${first}::bigint + unnest(${Buffer.from(place.taken().buffer)}::int[]),
      unnest(${Buffer.from(leaf.taken().buffer)}::bytea[])`.execute(tx);
}

/** Entries of the log that touch a thing, whosever they are, below a size of the log. */
export async function thingEntryRows(
  tx: Tx,
  key: string,
  size: number,
): Promise<{ log_index: bigint; leaf_hash: Uint8Array }[]> {
  const r = await sql<{ log_index: bigint; leaf_hash: Uint8Array }>`
    select log_index, leaf_hash from ledger.thing_entry
    where thing_key = decode(${key}, 'hex') and log_index < ${size} order by log_index`.execute(tx);
  return r.rows;
}

/**
 * Whole histories below a size of the log, of the things after a key, in the order of keys. A chain
 * is made of entries of 40 bytes: place in the log (big-endian), leaf hash.
 */
export async function thingChains(
  tx: Tx,
  after: Uint8Array,
  size: number,
  limit: number,
): Promise<{ thing_key: Uint8Array; chain: Uint8Array }[]> {
  const r = await sql<{ thing_key: Uint8Array; chain: Uint8Array }>`
    select thing_key, string_agg(int8send(log_index) || leaf_hash, ''::bytea order by log_index) as chain
    from ledger.thing_entry where thing_key > ${Buffer.from(after)} and log_index < ${size}
    group by thing_key order by thing_key limit ${limit}`.execute(tx);
  return r.rows;
}

/** What entries of the log from one place to before another touch, in the order of the log. */
export async function entriesBetween(
  tx: Tx,
  from: number,
  to: number,
): Promise<{ thing_key: Uint8Array; log_index: bigint; leaf_hash: Uint8Array }[]> {
  const r = await sql<{ thing_key: Uint8Array; log_index: bigint; leaf_hash: Uint8Array }>`
    select thing_key, log_index, leaf_hash from ledger.thing_entry
    where log_index >= ${from} and log_index < ${to} order by log_index`.execute(tx);
  return r.rows;
}
