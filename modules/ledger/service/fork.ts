import { type EpcisEvent, eventHash, parseJson, ZAIZAO_CONTEXT } from '@zaizao/epcis';
import type { Tx } from '@zaizao/platform/db';
import type { App } from '@zaizao/platform/http';
import {
  appendEntries,
  encodeMapHead,
  hashLeaf,
  isMapHead,
  memoryNodeStore,
  memoryTileStore,
  recordHistory,
  SparseMap,
  signCheckpoint,
  TileTree,
  tilePath,
  tilesOf,
  toHex,
} from '@zaizao/tlog';
import { sql } from 'kysely';
import { digestOf } from '../domain/event-digest.ts';
import { touchedBy } from '../domain/thing-role.ts';
import { signersAt } from '../log/key-ring.ts';
import { leafFrom } from '../log/leaf.ts';
import { organisationName, sourceOf } from '../log/sequencer.ts';
import { TileTable } from '../log/tile-table.ts';
import { latestCheckpoint } from '../repo/log.ts';
import { type StoredEvent, storedEvents } from '../repo/verify.ts';

/**
 * Rewrites history as somebody with the database and the log's key would: an event says something
 * else, and everything derived from it (columns, hash, leaf, tiles, map, every checkpoint after it)
 * is made anew and signed. For the drill, on a copy.
 */
export async function forkFrom(
  tx: Tx,
  app: App,
  victim: { readonly org: number; readonly seq: number; readonly index: number },
): Promise<void> {
  await changeEvent(tx, victim);
  const size = Number((await latestCheckpoint(tx))?.size ?? 0);
  const rows = await loggedEvents(tx, app, size);
  const old = new TileTree(new TileTable(tx), size);
  const map = new SparseMap(memoryNodeStore());
  const heads = await sql<{
    size: bigint;
  }>`select size from ledger.checkpoint order by size`.execute(tx);
  const entries: Uint8Array[] = [];
  const mapRoots = new Map<number, Uint8Array>();
  let mapRoot = SparseMap.empty;
  let batch: { index: number; leafHash: Uint8Array; things: readonly string[] }[] = [];
  for (let index = 0; index < size; index++) {
    const made = rows.get(index);
    const entry = made?.entry ?? (await old.entry(index));
    if (made) batch.push({ index, leafHash: hashLeaf(entry), things: made.things });
    if (!isMapHead(entry)) {
      entries.push(entry);
      continue;
    }
    mapRoot = (await recordHistory(map, mapRoot, batch)).root;
    batch = [];
    entries.push(encodeMapHead({ covered: index, root: mapRoot }));
    mapRoots.set(index + 1, mapRoot);
  }
  const tiles = memoryTileStore();
  await appendEntries(tiles, 0, entries);
  const store = new TileTable(tx);
  for (const id of tilesOf(size)) {
    const bytes = await tiles.read(tilePath(id));
    if (bytes) await store.write(tilePath(id), bytes);
  }
  await store.flush();
  const tree = new TileTree(tiles, size);
  for (const { size: at } of heads.rows) {
    const n = Number(at);
    const root = await tree.rootAt(n);
    const [key, ...also] = await signersAt(tx, app, n);
    const note = signCheckpoint({ size: n, root }, key, also);
    await sql`update ledger.checkpoint set root = ${Buffer.from(root)}, note = ${note},
      map_root = ${Buffer.from(mapRoots.get(n) ?? mapRoot)} where size = ${at}`.execute(tx);
  }
  const leaf = toHex(hashLeaf(entries[victim.index] ?? new Uint8Array()));
  await sql`update ledger.thing_entry set leaf_hash = decode(${leaf}, 'hex')
    where log_index = ${victim.index}`.execute(tx);
}

/** The event says something else, and its hash and columns with it. */
async function changeEvent(tx: Tx, { org, seq }: { readonly org: number; readonly seq: number }) {
  const [row] = await storedEvents(tx, org, seq - 1, 1);
  if (!row) throw new Error(`event ${seq} is not there`);
  const was = parseJson(row.event) as unknown as EpcisEvent; // validated before it was stored
  const event: EpcisEvent = {
    ...was,
    disposition: was.disposition === 'damaged' ? 'active' : 'damaged',
  };
  const context = row.context === null ? ZAIZAO_CONTEXT : JSON.parse(row.context);
  await sql`update ledger.event set event = ${JSON.stringify(event)}::jsonb,
      disposition = ${event.disposition},
      hash = decode(${digestOf(eventHash(event, context))}, 'hex')
    where org_id = ${org} and seq = ${seq}`.execute(tx);
}

/** Every logged event's entry as it is made from the tables now, by its place. */
async function loggedEvents(tx: Tx, app: App, size: number) {
  const made = new Map<number, { entry: Uint8Array; things: readonly string[] }>();
  const orgs = await sql<{ org_id: number }>`select org_id from ledger.logged`.execute(tx);
  for (const { org_id } of orgs.rows) {
    const name = await organisationName(app, org_id);
    for (let after = 0; ; ) {
      const rows: StoredEvent[] = await storedEvents(tx, org_id, after, 500);
      for (const row of rows) {
        if (row.log_index === null || Number(row.log_index) >= size) continue;
        const event = parseJson(row.event) as unknown as EpcisEvent; // as above
        const { entry } = leafFrom(sourceOf(row, name));
        const things = [...new Set(touchedBy(event).map((t) => t.thing))];
        made.set(Number(row.log_index), { entry, things });
      }
      const last = rows.at(-1);
      if (!last) break;
      after = Number(last.seq);
    }
  }
  return made;
}
