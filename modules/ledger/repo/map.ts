import type { Tx } from '@zaizao/platform/db';
import { sql } from 'kysely';

export async function readNodes(
  tx: Tx,
  hashes: readonly string[],
): Promise<{ hash: string; node: Uint8Array }[]> {
  const r = await sql<{ hash: string; node: Uint8Array }>`
    select encode(hash, 'hex') as hash, node from ledger.map_node where hash in
      (select decode(x, 'hex') from json_array_elements_text(${JSON.stringify(hashes)}::json) as x)`.execute(
    tx,
  );
  return r.rows;
}

/** Writes nodes by their hash, all in hex. */
export async function writeNodes(
  tx: Tx,
  nodes: readonly { hash: string; node: string }[],
): Promise<void> {
  await sql`insert into ledger.map_node (hash, node)
    select decode(hash, 'hex'), decode(node, 'hex')
    from json_to_recordset(${JSON.stringify(nodes)}::json) as r (hash text, node text)
    on conflict (hash) do nothing`.execute(tx);
}

/** Drops nodes that no map in use needs. */
export async function deleteNodes(tx: Tx, hashes: readonly string[]): Promise<void> {
  await sql`delete from ledger.map_node where hash in
    (select decode(x, 'hex') from json_array_elements_text(${JSON.stringify(hashes)}::json) as x)`.execute(
    tx,
  );
}

export async function insertThingEntries(
  tx: Tx,
  entries: readonly { key: string; index: number; leaf: string }[],
): Promise<void> {
  await sql`insert into ledger.thing_entry (thing_key, log_index, leaf_hash)
    select decode(key, 'hex'), index, decode(leaf, 'hex')
    from json_to_recordset(${JSON.stringify(entries)}::json)
      as r (key text, index bigint, leaf text)`.execute(tx);
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
