import type { Tx } from '@zaizao/platform/db';
import type { App } from '@zaizao/platform/http';
import {
  encodeTlogProof,
  equalBytes,
  hashLeaf,
  inclusionTiles,
  TileTree,
  verifyInclusion,
} from '@zaizao/tlog';
import { headOver, type OpenHead } from './open-head.ts';
import { tileCacheOf } from './tile-cache.ts';
import { TileTable } from './tile-table.ts';

export interface EntryProof {
  readonly head: OpenHead;
  readonly size: number;
  readonly entry: Uint8Array;
  /** The proof as a file, C2SP tlog-proof, with the entry in it. */
  readonly file: string;
}

/**
 * Proves an entry under the head that covers it, in two statements; undefined when none does.
 * @param made the entry, where the caller could make it: spares reading the bundle, which has 256
 */
export async function proveEntry(
  tx: Tx,
  app: App,
  index: number,
  made?: Uint8Array,
): Promise<EntryProof | undefined> {
  const head = await headOver(tx, app, index);
  if (!head) return undefined;
  const size = Number(head.row.size);
  const cache = tileCacheOf(app);
  let store = new TileTable(tx, cache);
  let { leaf, path } = await pathOf(store, index, size);
  if (!verifyInclusion(index, size, leaf, path, new Uint8Array(head.row.root)).ok) {
    // The database was changed behind our back, or put back: what lies there now is what counts.
    cache.forget();
    store = new TileTable(tx, cache);
    ({ leaf, path } = await pathOf(store, index, size));
  }
  const isMade = made !== undefined && equalBytes(hashLeaf(made), leaf);
  const entry = isMade ? made : await new TileTree(store, size).entry(index);
  const file = encodeTlogProof({ index, path, checkpoint: head.note, extra: entry });
  return { head, size, entry, file };
}

async function pathOf(store: TileTable, index: number, size: number) {
  await store.load(inclusionTiles(index, size));
  const tree = new TileTree(store, size);
  return { leaf: await tree.leafHash(index), path: await tree.inclusionProof(index) };
}
