import { TlogError } from './error.ts';
import { hashChildren } from './merkle.ts';
import { TILE_WIDTH, type TileId, tilePath } from './tile.ts';

/**
 * Where tiles and bundles lie, by their path (`tile/0/000`, `tile/entries/000.p/3`). A folder served
 * as static files, an object store, a table or a Map will do.
 */
export interface TileStore {
  /** The bytes at this path, or null when there are none. */
  read(path: string): Promise<Uint8Array | null>;
  /**
   * Puts bytes there, replacing what an interrupted append may have left. Must be durable before it
   * resolves if checkpoints are signed on the strength of it.
   */
  write(path: string, bytes: Uint8Array): Promise<void>;
}

/** A store in memory, for tests, tools and the browser. */
export function memoryTileStore(
  tiles: Map<string, Uint8Array> = new Map(),
): TileStore & { readonly tiles: Map<string, Uint8Array> } {
  return {
    tiles,
    read: async (path) => tiles.get(path) ?? null,
    write: async (path, bytes) => {
      tiles.set(path, bytes.slice());
    },
  };
}

/** Reads a tile; a partial one may have been removed once the full one exists, so that is tried next. */
export async function readTile(store: TileStore, id: TileId): Promise<Uint8Array> {
  const exact = await store.read(tilePath(id));
  if (exact) return exact;
  const full =
    id.width < TILE_WIDTH ? await store.read(tilePath({ ...id, width: TILE_WIDTH })) : null;
  if (!full) throw new TlogError('MISSING_DATA', `${tilePath(id)} is missing`);
  return id.level === 'entries' ? bundlePrefix(full, id.width) : full.slice(0, id.width * 32);
}

function bundlePrefix(bundle: Uint8Array, width: number): Uint8Array {
  let end = 0;
  for (let i = 0; i < width; i++) {
    end += 2 + (bundle[end] ?? 0) * 256 + (bundle[end + 1] ?? 0);
  }
  return bundle.slice(0, end);
}

/** Root of the perfect subtree over 2^n hashes. */
export function perfectRoot(hashes: readonly Uint8Array[]): Uint8Array {
  let level = hashes;
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i + 1 < level.length; i += 2) {
      const left = level[i];
      const right = level[i + 1];
      if (left && right) above.push(hashChildren(left, right));
    }
    level = above;
  }
  const [root] = level;
  if (!root) throw new TlogError('BAD_RANGE', 'no hashes to join');
  return root;
}
