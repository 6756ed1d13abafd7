import type { App } from '@zaizao/platform/http';
import type { TileRow } from '../repo/log.ts';

/** Tiles of 8 kB that a process keeps for its readers: 4 MB. */
const MOST = 512;

/**
 * Tiles of hashes below signed heads, kept for those who prove from them. A tile of a certain width
 * never changes once a head covers it, so nothing here grows old; what was used longest ago goes
 * first. Whoever writes or verifies the log reads the table itself.
 */
export class TileCache {
  readonly #tiles = new Map<string, Uint8Array>();

  get(level: TileRow['level'], index: number, width: number): Uint8Array | undefined {
    const key = `${level}/${index}/${width}`;
    const found = this.#tiles.get(key);
    if (found) {
      this.#tiles.delete(key);
      this.#tiles.set(key, found);
    }
    return found;
  }

  keep({ level, index, width, bytes }: TileRow): void {
    if (level === 'entries') return; // bundles may have megabytes
    this.#tiles.set(`${level}/${index}/${width}`, bytes);
    if (this.#tiles.size <= MOST) return;
    for (const oldest of this.#tiles.keys()) {
      this.#tiles.delete(oldest);
      return;
    }
  }

  forget(): void {
    this.#tiles.clear();
  }
}

const caches = new WeakMap<App, TileCache>();

export function tileCacheOf(app: App): TileCache {
  let cache = caches.get(app);
  if (!cache) {
    cache = new TileCache();
    caches.set(app, cache);
  }
  return cache;
}
