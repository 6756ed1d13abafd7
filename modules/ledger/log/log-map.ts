import type { Tx } from '@zaizao/platform/db';
import type { App } from '@zaizao/platform/http';
import { extendHistory, type HistoryEntry, type MapProver, MemoryMap, toHex } from '@zaizao/tlog';
import { entriesBetween, thingChains } from '../repo/map.ts';

/** Things to one page when the map is made again. */
const PAGE = 5_000;
/** Further behind than this, the map is made again rather than brought up. */
const MOST_BEHIND = 50_000;
/** Readers of an older head may prove from it for so long. */
const KEEP_MS = 60_000;
/** Nodes of older heads kept at most: from then on heads are forgotten early, or even while shown. */
const MOST_RETIRED = { early: 1_000_000, ever: 4_000_000 };

const ENTRY = 40;

/**
 * The map of histories of one process: what every head of the log fixes. It lives in memory and is
 * made again from the log's own table of histories, so that writing events costs the database
 * nothing for it; the signed root tells whether it was made right.
 */
export class LogMap {
  #map = new MemoryMap();
  readonly #since = new Map<number, number>();
  /** A map as an older head has it, for a reader. */
  #older: { readonly root: string; readonly map: Promise<MemoryMap> } | undefined;

  /** The map as the head of this size and root has it, to be grown by who holds the log's lock. */
  async at(tx: Tx, size: number, root: Uint8Array): Promise<MemoryMap> {
    if (this.#map.goBackTo(root)) return this.#map;
    if (this.#isNear(size)) {
      await catchUp(tx, this.#map, size);
      if (this.#map.goBackTo(root)) return this.#map;
    }
    this.#map = await built(tx, size, root);
    return this.#map;
  }

  #isNear(size: number): boolean {
    return size > this.#map.label && size - this.#map.label <= MOST_BEHIND;
  }

  /**
   * Forgets heads that nobody needs any more.
   * @param shown size of the head that the world is shown: it stays provable, within reason
   */
  forget(shown: number): void {
    const now = performance.now();
    this.#since.set(this.#map.label, now);
    this.#map.forget((label, next) => {
      const { retired } = this.#map;
      const isLate = now - (this.#since.get(next) ?? 0) > KEEP_MS;
      const may =
        retired > MOST_RETIRED.ever || (next <= shown && (isLate || retired > MOST_RETIRED.early));
      if (may) this.#since.delete(label);
      return may;
    });
  }

  /** Proves from the map of any head, old ones too. */
  prover(tx: Tx, size: number, root: Uint8Array): MapProver {
    return {
      prove: async (from, key) => {
        if (!this.#map.has(from) && this.#isNear(size)) await catchUp(tx, this.#map, size);
        if (this.#map.has(from)) return this.#map.prove(from, key);
        const name = toHex(root);
        if (this.#older?.root !== name) this.#older = { root: name, map: built(tx, size, root) };
        const { map } = this.#older;
        // One that could not be made is tried again by the next reader.
        map.catch(() => {
          if (this.#older?.map === map) this.#older = undefined;
        });
        return (await map).prove(from, key);
      },
    };
  }
}

async function catchUp(tx: Tx, map: MemoryMap, size: number): Promise<void> {
  const from = map.label;
  const rows = await entriesBetween(tx, from, size);
  if (map.label !== from) return; // somebody else did it meanwhile
  const added = new Map<string, { key: Uint8Array; entries: HistoryEntry[] }>();
  for (const { thing_key, log_index, leaf_hash } of rows) {
    const name = toHex(thing_key);
    const thing = added.get(name) ?? { key: new Uint8Array(thing_key), entries: [] };
    added.set(name, thing);
    thing.entries.push({ index: Number(log_index), leafHash: new Uint8Array(leaf_hash) });
  }
  const next = (key: Uint8Array, old: Uint8Array | null) => {
    let head = old ?? new Uint8Array(32);
    for (const [i, entry] of (added.get(toHex(key))?.entries ?? []).entries()) {
      head = extendHistory(i === 0 ? old : head, entry);
    }
    return head;
  };
  map.update(
    [...added.values()].map((t) => t.key),
    next,
    size,
  );
}

/** Makes the map of a head from the table of histories; throws when that is not what was signed. */
async function built(tx: Tx, size: number, root: Uint8Array): Promise<MemoryMap> {
  const map = new MemoryMap();
  let after: Uint8Array = new Uint8Array(0);
  for (;;) {
    const page = await thingChains(tx, after, size, PAGE);
    const heads = new Map<string, Uint8Array>();
    for (const { thing_key, chain } of page) heads.set(toHex(thing_key), headOf(chain));
    const keys = page.map(({ thing_key }) => new Uint8Array(thing_key));
    map.update(keys, (key, old) => heads.get(toHex(key)) ?? old ?? new Uint8Array(32), size);
    map.forget(() => true);
    after = keys.at(-1) ?? after;
    if (page.length < PAGE) break;
  }
  if (!map.goBackTo(root)) {
    throw new Error(
      `the histories of the first ${size} log entries do not make the signed map: run “ledger verify --deep”`,
    );
  }
  return map;
}

function headOf(chain: Uint8Array): Uint8Array {
  const view = new DataView(chain.buffer, chain.byteOffset, chain.byteLength);
  let head: Uint8Array | null = null;
  for (let at = 0; at + ENTRY <= chain.length; at += ENTRY) {
    const index = view.getUint32(at) * 0x1_0000_0000 + view.getUint32(at + 4);
    head = extendHistory(head, { index, leafHash: chain.subarray(at + 8, at + ENTRY) });
  }
  return head ?? new Uint8Array(32);
}

const maps = new WeakMap<App, LogMap>();

export function logMapOf(app: App): LogMap {
  let map = maps.get(app);
  if (!map) {
    map = new LogMap();
    maps.set(app, map);
  }
  return map;
}
