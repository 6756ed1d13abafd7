import type { Tx } from '@zaizao/platform/db';
import {
  decodeEntryBundle,
  encodeEntryBundle,
  parseTilePath,
  type TileId,
  type TileStore,
} from '@zaizao/tlog';
import { readTileRow, readTileRows, type TileRow, writeTileRows } from '../repo/log.ts';
import type { TileCache } from './tile-cache.ts';

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
  readonly #cache: TileCache | undefined;

  /** @param cache for readers of signed heads only */
  constructor(tx: Tx, cache?: TileCache) {
    this.#tx = tx;
    this.#cache = cache;
  }

  /** Reads what it does not have of some tiles in one statement, before they are asked for one by one. */
  async load(tiles: readonly TileId[]): Promise<void> {
    const missing = tiles.filter(({ level, index, width }) => {
      const key = `${level}/${index}`;
      if ((this.#known.get(key)?.width ?? 0) >= width) return false;
      const bytes = this.#cache?.get(level, index, width);
      if (bytes) this.#known.set(key, { width, bytes });
      return !bytes;
    });
    if (missing.length === 0) return;
    const rows = await readTileRows(this.#tx, missing);
    for (const { level, index, width: asked } of missing) {
      const row = rows.find((r) => r.level === level && r.index === index);
      this.#known.set(`${level}/${index}`, row);
      if (!row || row.width < asked || level === 'entries') continue;
      const bytes = row.width === asked ? row.bytes : front(row, level, asked);
      this.#cache?.keep({ level, index, width: asked, bytes });
    }
  }

  async read(path: string): Promise<Uint8Array | null> {
    const { level, index, width } = parseTilePath(path);
    const key = `${level}/${index}`;
    if ((this.#known.get(key)?.width ?? 0) < width) {
      if (this.#cache) await this.load([{ level, index, width }]);
      else if (!this.#known.has(key)) {
        this.#known.set(key, await readTileRow(this.#tx, level, index));
      }
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
