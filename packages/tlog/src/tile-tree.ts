import { TlogError } from './error.ts';
import { foldRight } from './merkle.ts';
import {
  decodeEntryBundle,
  entryBundleAt,
  splitTile,
  TILE_HEIGHT,
  TILE_WIDTH,
  tileAt,
  tilePath,
} from './tile.ts';
import { perfectRoot, readTile, type TileStore } from './tile-store.ts';
import {
  consistencyRanges,
  inclusionRanges,
  type NodeId,
  perfectSubtrees,
  type Range,
  requireSize,
} from './tree-range.ts';

/**
 * The tree of `size` leaves, read from tiles. Tiles once read are kept, so make one instance for a
 * batch of proofs and drop it after. Nothing read is trusted: check the proofs, or the root, against
 * a signed checkpoint.
 */
export class TileTree {
  readonly size: number;
  readonly #store: TileStore;
  readonly #tiles = new Map<string, Promise<Uint8Array[]>>();
  readonly #bundles = new Map<string, Promise<Uint8Array[]>>();

  constructor(store: TileStore, size: number) {
    requireSize(size);
    this.#store = store;
    this.size = size;
  }

  root(): Promise<Uint8Array> {
    return this.#rangeRoot({ start: 0, end: this.size });
  }

  /** Root of an older, smaller state of the same log. */
  rootAt(size: number): Promise<Uint8Array> {
    requireSize(size);
    if (size > this.size) {
      throw new TlogError('BAD_RANGE', `size ${size} is beyond the tree of ${this.size}`);
    }
    return this.#rangeRoot({ start: 0, end: size });
  }

  leafHash(index: number): Promise<Uint8Array> {
    this.#requireLeaf(index);
    return this.#node({ level: 0, index });
  }

  async entry(index: number): Promise<Uint8Array> {
    this.#requireLeaf(index);
    const id = entryBundleAt(this.size, Math.floor(index / TILE_WIDTH));
    const bundle = remember(this.#bundles, tilePath(id), async () =>
      decodeEntryBundle(await readTile(this.#store, id), id.width),
    );
    return at(await bundle, index % TILE_WIDTH);
  }

  /** Sibling hashes from the leaf to the root (RFC 9162 §2.1.3.1). */
  async inclusionProof(index: number): Promise<Uint8Array[]> {
    return this.#rangeRoots(inclusionRanges(index, this.size));
  }

  /** Proof that this tree extends the one of `oldSize` leaves, 0 < oldSize ≤ size (RFC 9162 §2.1.4.1). */
  async consistencyProof(oldSize: number): Promise<Uint8Array[]> {
    return this.subtreeConsistencyProof({ start: 0, end: oldSize });
  }

  /** Proof that the subtree is part of this tree (draft-ietf-plants-merkle-tree-certs §4.4.2). */
  async subtreeConsistencyProof(subtree: Range): Promise<Uint8Array[]> {
    return this.#rangeRoots(consistencyRanges(subtree, this.size));
  }

  #rangeRoots(ranges: readonly Range[]): Promise<Uint8Array[]> {
    return Promise.all(ranges.map((range) => this.#rangeRoot(range)));
  }

  async #rangeRoot(range: Range): Promise<Uint8Array> {
    return foldRight(await Promise.all(perfectSubtrees(range).map((node) => this.#node(node))));
  }

  async #node({ level, index }: NodeId): Promise<Uint8Array> {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const width = 2 ** (level % TILE_HEIGHT);
    const first = index * width;
    const hashes = await this.#tile(tileLevel, Math.floor(first / TILE_WIDTH));
    const offset = first % TILE_WIDTH;
    return perfectRoot(hashes.slice(offset, offset + width));
  }

  #tile(level: number, index: number): Promise<Uint8Array[]> {
    const id = tileAt(this.size, level, index);
    return remember(this.#tiles, tilePath(id), async () =>
      splitTile(await readTile(this.#store, id), id.width),
    );
  }

  #requireLeaf(index: number): void {
    if (!Number.isSafeInteger(index) || index < 0 || index >= this.size) {
      throw new TlogError('BAD_RANGE', `leaf ${index} is not in a tree of ${this.size}`);
    }
  }
}

function remember<T>(cache: Map<string, Promise<T>>, key: string, load: () => Promise<T>) {
  const known = cache.get(key);
  if (known) return known;
  const loading = load();
  cache.set(key, loading);
  return loading;
}

function at(list: readonly Uint8Array[], index: number): Uint8Array {
  const found = list[index];
  if (!found) throw new TlogError('CORRUPT_DATA', `nothing at ${index}`);
  return found;
}
