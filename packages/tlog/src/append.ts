import { concat } from './encoding.ts';
import { TlogError } from './error.ts';
import { foldRight, HASH_SIZE, hashLeaf } from './merkle.ts';
import {
  decodeEntryBundle,
  encodeEntryBundle,
  entryBundleAt,
  hashesAtLevel,
  MAX_ENTRY,
  splitTile,
  TILE_HEIGHT,
  TILE_WIDTH,
  tileAt,
  tilePath,
} from './tile.ts';
import { perfectRoot, readTile, type TileStore } from './tile-store.ts';
import { requireSize } from './tree-range.ts';

/**
 * Adds leaf hashes behind the first `size` leaves and returns the root of the grown tree. Reads one
 * partial tile per level and writes only tiles that change: O(new + log size).
 *
 * Safe to repeat: an interrupted append leaves tiles beyond `size` that the next one overwrites, and
 * no checkpoint covers. One appender at a time.
 */
export async function appendLeaves(
  store: TileStore,
  size: number,
  leafHashes: readonly Uint8Array[],
): Promise<Uint8Array> {
  requireSize(size);
  const newSize = size + leafHashes.length;
  requireSize(newSize);
  if (leafHashes.some((hash) => hash.length !== HASH_SIZE)) {
    throw new TlogError('BAD_ENCODING', 'a leaf hash is not 32 bytes');
  }

  /** Perfect subtrees along the right border, largest first. */
  const border: Uint8Array[] = [];
  let added = leafHashes;
  for (let level = 0; hashesAtLevel(newSize, level) > 0; level++) {
    const had = hashesAtLevel(size, level);
    const known = await readPartial(store, size, level);
    const hashes = [...known, ...added];
    const firstTile = Math.floor(had / TILE_WIDTH);
    const finished: Uint8Array[] = [];
    for (let offset = 0; offset < hashes.length; offset += TILE_WIDTH) {
      const tile = hashes.slice(offset, offset + TILE_WIDTH);
      if (added.length > 0) {
        const id = tileAt(newSize, level, firstTile + offset / TILE_WIDTH);
        await store.write(tilePath(id), concat(...tile));
      }
      if (tile.length === TILE_WIDTH) finished.push(perfectRoot(tile));
    }
    const partial = hashes.length % TILE_WIDTH;
    border.unshift(...borderOf(hashes.slice(hashes.length - partial)));
    added = finished;
  }
  return foldRight(border);
}

/**
 * As {@link appendLeaves}, with the entries themselves kept in bundles (each at most 65,535 bytes).
 * @param leafHashes of the entries, where they are known already
 */
export async function appendEntries(
  store: TileStore,
  size: number,
  entries: readonly Uint8Array[],
  leafHashes: readonly Uint8Array[] = entries.map(hashLeaf),
): Promise<Uint8Array> {
  requireSize(size);
  const tooLong = entries.findIndex((entry) => entry.length > MAX_ENTRY);
  if (tooLong >= 0) throw new TlogError('BAD_RANGE', `entry ${tooLong} is over ${MAX_ENTRY} bytes`);

  const partial = size % TILE_WIDTH;
  const firstBundle = Math.floor(size / TILE_WIDTH);
  let known: Uint8Array[] = [];
  if (partial > 0 && entries.length > 0) {
    const bytes = await readTile(store, entryBundleAt(size, firstBundle));
    known = decodeEntryBundle(bytes, partial);
  }
  const all = [...known, ...entries];
  for (let offset = 0; entries.length > 0 && offset < all.length; offset += TILE_WIDTH) {
    const id = entryBundleAt(size + entries.length, firstBundle + offset / TILE_WIDTH);
    await store.write(tilePath(id), encodeEntryBundle(all.slice(offset, offset + TILE_WIDTH)));
  }
  if (leafHashes.length !== entries.length) {
    throw new TlogError('BAD_RANGE', 'not one leaf hash to each entry');
  }
  return appendLeaves(store, size, leafHashes);
}

async function readPartial(store: TileStore, size: number, level: number): Promise<Uint8Array[]> {
  const width = hashesAtLevel(size, level) % TILE_WIDTH;
  if (width === 0) return [];
  const id = tileAt(size, level, Math.floor(hashesAtLevel(size, level) / TILE_WIDTH));
  return splitTile(await readTile(store, id), width);
}

/** The perfect subtrees of a partial tile, largest first. */
function borderOf(hashes: readonly Uint8Array[]): Uint8Array[] {
  const subtrees: Uint8Array[] = [];
  let from = 0;
  for (let level = TILE_HEIGHT - 1; level >= 0; level--) {
    const width = 2 ** level;
    if (hashes.length - from >= width) {
      subtrees.push(perfectRoot(hashes.slice(from, from + width)));
      from += width;
    }
  }
  return subtrees;
}
