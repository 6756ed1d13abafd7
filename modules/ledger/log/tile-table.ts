import type { Tx } from '@zaizao/platform/db';
import { decodeEntryBundle, encodeEntryBundle, parseTilePath, type TileStore } from '@zaizao/tlog';
import { readTileRow, type TileRow, writeTileRows } from '../repo/log.ts';

/** Tiles to one statement: bundles of entries may have megabytes. */
const TOGETHER = 16;

interface Stored {
  readonly width: number;
  readonly bytes: Uint8Array;
}

/**
 * The tiles in their table, as seen by one transaction. One row stands for a tile of any width: a
 * narrower one is the front of it. Writes wait for `flush`, so that a tile that grows several times
 * in a transaction is written once.
 */
export class TileTable implements TileStore {
  readonly #tx: Tx;
  readonly #known = new Map<string, Stored | undefined>();
  readonly #dirty = new Map<string, { level: number | 'entries'; index: number }>();

  constructor(tx: Tx) {
    this.#tx = tx;
  }

  async read(path: string): Promise<Uint8Array | null> {
    const { level, index, width } = parseTilePath(path);
    const key = `${level}/${index}`;
    if (!this.#known.has(key)) {
      this.#known.set(key, await readTileRow(this.#tx, level, index));
    }
    const tile = this.#known.get(key);
    if (!tile || tile.width < width) return null;
    return tile.width === width ? tile.bytes : front(tile, level, width);
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    const { level, index, width } = parseTilePath(path);
    const key = `${level}/${index}`;
    this.#known.set(key, { width, bytes });
    this.#dirty.set(key, { level, index });
  }

  async flush(): Promise<void> {
    const tiles = [...this.#dirty].flatMap(([key, place]): TileRow[] => {
      const tile = this.#known.get(key);
      return tile ? [{ ...place, ...tile }] : [];
    });
    for (let at = 0; at < tiles.length; at += TOGETHER) {
      await writeTileRows(this.#tx, tiles.slice(at, at + TOGETHER));
    }
    this.#dirty.clear();
  }
}

function front({ width: full, bytes }: Stored, level: number | 'entries', width: number) {
  return level === 'entries'
    ? encodeEntryBundle(decodeEntryBundle(bytes, full).slice(0, width))
    : bytes.slice(0, width * 32);
}
