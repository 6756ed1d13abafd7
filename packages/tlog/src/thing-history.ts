import { ByteReader, compareBytes, concat, equalBytes, uint64, utf8 } from './encoding.ts';
import { type Refusal, refused, TlogError, type Verdict } from './error.ts';
import { LaneHasher, LONGEST } from './lane-hasher.ts';
import { type MapProof, verifyMapProof } from './map-proof.ts';
import { HASH_SIZE, hashLeaf } from './merkle.ts';
import { Message } from './short-hash.ts';
import type { MapUpdate, SparseMap } from './sparse-map.ts';
import { verifyInclusion } from './verify.ts';

/*
 * The index that makes an omission visible: a map from each thing to the head of a hash chain over
 * the log entries that touch it. The map's root is itself a log entry, the last one of every
 * checkpoint, so a checkpoint fixes the whole history of every thing.
 */

const THING = utf8('zaizao-thing/1\n');
const HISTORY = utf8('zaizao-history/1\n');
const MAP_HEAD = utf8('zaizao-map/1\n');
const NO_HEAD = new Uint8Array(HASH_SIZE);

const message = new Message();

/** One event of a thing: where it stands in the log, and its leaf hash there. */
export interface HistoryEntry {
  readonly index: number;
  readonly leafHash: Uint8Array;
}

/** The thing's key in the map: SHA-256(domain ‖ identifier in canonical form). */
export function thingKey(thing: string): Uint8Array {
  return message
    .start(THING[0] ?? 0)
    .bytes(THING.subarray(1))
    .text(thing)
    .digest();
}

/** Keys that are hashed before they are taken. */
const TOGETHER = 256;

/** Writes a text behind the first bytes of the next message; false when it is not ASCII. */
function writeAscii(text: string, { memory, slot }: LaneHasher, behind: number): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return false;
    memory[slot + behind + i] = code;
  }
  return true;
}

/** {@link thingKey} of many things, 32 bytes each. */
export function thingKeys(things: readonly string[]): Uint8Array<ArrayBuffer> {
  const keys = new Uint8Array(HASH_SIZE * things.length);
  const hasher = LaneHasher.shared();
  // What the lanes have made so far, from this thing on.
  let from = 0;
  const take = (to: number) => {
    if (!hasher || from === to) return;
    hasher.flush();
    const made = hasher.memory.subarray(hasher.free, hasher.free + HASH_SIZE * (to - from));
    keys.set(made, HASH_SIZE * from);
    from = to;
  };
  for (const [i, thing] of things.entries()) {
    const length = THING.length + thing.length;
    if (hasher && length <= LONGEST && writeAscii(thing, hasher, THING.length)) {
      hasher.memory.set(THING, hasher.slot);
      hasher.hash(length, hasher.free + HASH_SIZE * (i - from));
      if (i - from === TOGETHER - 1) take(i + 1);
    } else {
      take(i);
      keys.set(thingKey(thing), HASH_SIZE * i);
      from = i + 1;
    }
  }
  take(things.length);
  return keys;
}

/** Next link of a thing's chain; `head` is null before the first event. */
export function extendHistory(head: Uint8Array | null, entry: HistoryEntry): Uint8Array {
  return message
    .start(HISTORY[0] ?? 0)
    .bytes(HISTORY.subarray(1))
    .bytes(head ?? NO_HEAD)
    .uint64(entry.index)
    .bytes(entry.leafHash)
    .digest();
}

/** Head of a thing's chain over all its events, oldest first; null for none. */
export function historyHead(entries: readonly HistoryEntry[]): Uint8Array | null {
  let head: Uint8Array | null = null;
  let last = -1;
  for (const entry of entries) {
    if (entry.index <= last) throw new TlogError('BAD_HISTORY', 'history is not in log order');
    last = entry.index;
    head = extendHistory(head, entry);
  }
  return head;
}

/** Log entries to be added, with the things each touches; in log order. */
export type Touched = readonly (HistoryEntry & { readonly things: readonly string[] })[];

/** As {@link Touched}, by the keys of the things: 32 bytes each, one behind the other, none twice. */
type TouchedKeys = readonly (HistoryEntry & { readonly keys: Uint8Array })[];

/** What newly logged events change in the map: the keys of their things, and each one's next head. */
export function historyChanges(touched: TouchedKeys): {
  readonly keys: readonly Uint8Array[];
  readonly next: (key: Uint8Array, old: Uint8Array | null) => Uint8Array;
} {
  const keys: Uint8Array[] = [];
  const added = new Map<string, HistoryEntry[]>();
  for (const entry of touched) {
    for (let at = 0; at < entry.keys.length; at += HASH_SIZE) {
      const key = entry.keys.subarray(at, at + HASH_SIZE);
      const name = nameOf(key);
      const known = added.get(name);
      if (known) known.push(entry);
      else {
        added.set(name, [entry]);
        keys.push(key);
      }
    }
  }
  return {
    keys,
    next: (key, old) =>
      (added.get(nameOf(key)) ?? []).reduce<Uint8Array>(
        (head, entry, i) => extendHistory(i === 0 ? old : head, entry),
        new Uint8Array(HASH_SIZE),
      ),
  };
}

/** A key as a key of a Map: each byte a character. */
function nameOf(key: Uint8Array): string {
  return String.fromCharCode.apply(null, key as unknown as number[]); // any list of numbers does
}

/**
 * Adds newly logged events to the histories of the things they touch, in log order, and returns the
 * map's new root and the nodes that it no longer needs.
 */
export async function recordHistory(
  map: SparseMap,
  root: Uint8Array,
  touched: Touched,
): Promise<MapUpdate> {
  const { keys, next } = historyChanges(
    touched.map(({ index, leafHash, things }) => {
      return { index, leafHash, keys: thingKeys([...new Set(things)]) };
    }),
  );
  return map.updateWith(root, keys, next);
}

/** Checks that these are all the events of a thing, none left out, added or moved. */
export function verifyHistory(
  mapRoot: Uint8Array,
  thing: string,
  entries: readonly HistoryEntry[],
  proof: MapProof,
): Verdict {
  const proved = verifyMapProof(mapRoot, thingKey(thing), proof);
  if (!proved.ok) return proved;
  let last = -1;
  for (const { index, leafHash } of entries) {
    if (!Number.isSafeInteger(index) || index <= last || leafHash.length !== HASH_SIZE) {
      return refused('BAD_HISTORY', 'history is not in log order');
    }
    last = index;
  }
  const head = historyHead(entries);
  if (head === null || proved.value === null) {
    return head === proved.value
      ? { ok: true }
      : refused('BAD_HISTORY', head ? 'the index has no such thing' : 'events are left out');
  }
  return compareBytes(head, proved.value) === 0
    ? { ok: true }
    : refused('BAD_HISTORY', 'these are not exactly the events that the index has of this thing');
}

/** The log entry that fixes the map: its root once the first `covered` entries were indexed. */
export interface MapHead {
  readonly covered: number;
  readonly root: Uint8Array;
}

/** `zaizao-map/1\n` ‖ covered (uint64) ‖ root (32 bytes). */
export function encodeMapHead({ covered, root }: MapHead): Uint8Array {
  if (root.length !== HASH_SIZE) throw new TlogError('BAD_LEAF', 'map root is not 32 bytes');
  return concat(MAP_HEAD, uint64(covered), root);
}

export function isMapHead(entry: Uint8Array): boolean {
  return equalBytes(entry.subarray(0, MAP_HEAD.length), MAP_HEAD);
}

export function decodeMapHead(entry: Uint8Array): MapHead {
  if (!isMapHead(entry)) throw new TlogError('BAD_LEAF', 'not a map head');
  const reader = new ByteReader(entry.subarray(MAP_HEAD.length));
  const head = { covered: reader.uint64(), root: reader.take(HASH_SIZE) };
  reader.end();
  return head;
}

/**
 * Checks that a checkpoint ends in a map head that covers everything before it, and gives the map's
 * root. Being the last entry is what makes the map the newest one.
 */
export function verifyMapHead(
  checkpoint: { readonly size: number; readonly root: Uint8Array },
  entry: Uint8Array,
  path: readonly Uint8Array[],
): { readonly ok: true; readonly mapRoot: Uint8Array } | Refusal {
  const last = checkpoint.size - 1;
  const included = verifyInclusion(last, checkpoint.size, hashLeaf(entry), path, checkpoint.root);
  if (!included.ok) return included;
  if (!isMapHead(entry) || entry.length !== MAP_HEAD.length + 8 + HASH_SIZE) {
    return refused('BAD_LEAF', 'the last entry of the checkpoint is not a map head');
  }
  const head = decodeMapHead(entry);
  return head.covered === last
    ? { ok: true, mapRoot: head.root }
    : refused('BAD_LEAF', `the map covers ${head.covered} of ${last} entries`);
}
