import { equalBytes } from './encoding.ts';
import { TlogError } from './error.ts';
import { hashLeaf } from './merkle.ts';
import {
  decodeEntryBundle,
  entryBundleAt,
  hashesAtLevel,
  splitTile,
  TILE_WIDTH,
  tileAt,
  tilePath,
} from './tile.ts';
import { perfectRoot, readTile, type TileStore } from './tile-store.ts';
import { TileTree } from './tile-tree.ts';

/** Something wrong in stored tiles. */
export interface TileFault {
  readonly path: string;
  readonly problem: 'missing' | 'malformed' | 'entry-hash' | 'tile-hash' | 'root';
  /** First entry concerned, for faults of bundles. */
  readonly index?: number;
}

/**
 * Reads every bundle and tile of a log of `size` entries and reports what does not fit: entries
 * against leaf hashes, tiles against the tiles above, and the top against the signed root. Clean
 * data give an empty list. Cost: one hash an entry and one a node.
 *
 * @param checkBundles false when entries are kept elsewhere.
 */
export async function auditTiles(
  store: TileStore,
  size: number,
  root: Uint8Array,
  { checkBundles = true }: { readonly checkBundles?: boolean } = {},
): Promise<TileFault[]> {
  const faults: TileFault[] = [];
  let expected: (Uint8Array | null)[] = [];
  for (let level = 0; hashesAtLevel(size, level) > 0; level++) {
    const above: (Uint8Array | null)[] = [];
    const tiles = Math.ceil(hashesAtLevel(size, level) / TILE_WIDTH);
    for (let index = 0; index < tiles; index++) {
      const id = tileAt(size, level, index);
      const hashes = await load(tilePath(id), faults, async () =>
        splitTile(await readTile(store, id), id.width),
      );
      if (level === 0 && checkBundles) await auditBundle(store, size, index, hashes, faults);
      hashes?.forEach((hash, i) => {
        const below = expected[index * TILE_WIDTH + i];
        if (below && !equalBytes(below, hash)) {
          const wrong = tileAt(size, level - 1, index * TILE_WIDTH + i);
          faults.push({ path: tilePath(wrong), problem: 'tile-hash' });
        }
      });
      if (id.width === TILE_WIDTH) above.push(hashes ? perfectRoot(hashes) : null);
    }
    expected = above;
  }
  const built = await new TileTree(store, size).root().catch((error: unknown) => {
    if (error instanceof TlogError) return null;
    throw error;
  });
  if (!built || !equalBytes(built, root)) faults.push({ path: 'checkpoint', problem: 'root' });
  return faults;
}

async function auditBundle(
  store: TileStore,
  size: number,
  bundle: number,
  hashes: readonly Uint8Array[] | null,
  faults: TileFault[],
): Promise<void> {
  const id = entryBundleAt(size, bundle);
  const path = tilePath(id);
  const entries = await load(path, faults, async () =>
    decodeEntryBundle(await readTile(store, id), id.width),
  );
  entries?.forEach((entry, i) => {
    const known = hashes?.[i];
    if (known && !equalBytes(hashLeaf(entry), known)) {
      faults.push({ path, problem: 'entry-hash', index: bundle * TILE_WIDTH + i });
    }
  });
}

async function load(
  path: string,
  faults: TileFault[],
  read: () => Promise<Uint8Array[]>,
): Promise<Uint8Array[] | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof TlogError)) throw error;
    faults.push({ path, problem: error.code === 'MISSING_DATA' ? 'missing' : 'malformed' });
    return null;
  }
}
