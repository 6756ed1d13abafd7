import { ByteReader, concat, parseDecimal, uint16 } from './encoding.ts';
import { TlogError } from './error.ts';
import { HASH_SIZE } from './merkle.ts';

/** Hashes in a full tile and entries in a full bundle (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;

/** Binary tree levels that a tile spans: log2 of its width. */
export const TILE_HEIGHT = 8;

/** A tile of hashes, or a bundle of entries when the level is `entries`. */
export interface TileId {
  readonly level: number | 'entries';
  readonly index: number;
  /** 1…256; 256 is a full tile. */
  readonly width: number;
}

/** Path below the log's prefix, e.g. `tile/0/x001/x234/067.p/12` (C2SP tlog-tiles). */
export function tilePath({ level, index, width }: TileId): string {
  if (!Number.isSafeInteger(index) || index < 0) {
    throw new TlogError('BAD_RANGE', `tile index ${index}`);
  }
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH) {
    throw new TlogError('BAD_RANGE', `tile width ${width}`);
  }
  if (level !== 'entries' && (!Number.isInteger(level) || level < 0 || level > 63)) {
    throw new TlogError('BAD_RANGE', `tile level ${level}`);
  }
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? [];
  const name = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${name}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

const TILE_PATH =
  /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** The inverse of {@link tilePath}; anything but the one right spelling is refused. */
export function parseTilePath(path: string): TileId {
  const [, level, name, partial] = TILE_PATH.exec(path) ?? [];
  if (level === undefined || name === undefined) {
    throw new TlogError('BAD_ENCODING', `"${path.slice(0, 80)}" is not a tile path`);
  }
  const id: TileId = {
    level: level === 'entries' ? level : Number(level),
    index: parseDecimal(name.replace(/[x/]/g, '').replace(/^0+(?=.)/, '')),
    width: partial === undefined ? TILE_WIDTH : Number(partial),
  };
  if (id.width > TILE_WIDTH || tilePath(id) !== path) {
    throw new TlogError('BAD_ENCODING', `"${path.slice(0, 80)}" is not a tile path`);
  }
  return id;
}

/** Hashes that tile level `level` holds in a tree of `size` leaves. */
export function hashesAtLevel(size: number, level: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** The tile at this place as a tree of `size` leaves has it: full, or as wide as it is by then. */
export function tileAt(size: number, level: number, index: number): TileId {
  const width = Math.min(hashesAtLevel(size, level) - index * TILE_WIDTH, TILE_WIDTH);
  if (width < 1) {
    throw new TlogError('BAD_RANGE', `a tree of ${size} has no tile ${index} on level ${level}`);
  }
  return { level, index, width };
}

/** The bundle that holds entry `index` in a tree of `size` entries. */
export function entryBundleAt(size: number, bundle: number): TileId {
  return { ...tileAt(size, 0, bundle), level: 'entries' };
}

/** Every tile and bundle that a tree of `size` leaves is made of. */
export function* tilesOf(size: number): Generator<TileId> {
  for (let level = 0; hashesAtLevel(size, level) > 0; level++) {
    const tiles = Math.ceil(hashesAtLevel(size, level) / TILE_WIDTH);
    for (let index = 0; index < tiles; index++) {
      if (level === 0) yield entryBundleAt(size, index);
      yield tileAt(size, level, index);
    }
  }
}

/**
 * The tiles that an inclusion proof of leaf `index` reads in a tree of `size` leaves: at each level
 * the one over the leaf, whose siblings lie beside it, and the last one, where the ragged right
 * border lies.
 */
export function inclusionTiles(index: number, size: number): TileId[] {
  const tiles: TileId[] = [];
  let above = index;
  for (let level = 0; hashesAtLevel(size, level) > 0; level++) {
    above = Math.floor(above / TILE_WIDTH);
    const last = Math.ceil(hashesAtLevel(size, level) / TILE_WIDTH) - 1;
    for (const at of new Set([Math.min(above, last), last])) tiles.push(tileAt(size, level, at));
  }
  return tiles;
}

export function splitTile(bytes: Uint8Array, width: number): Uint8Array[] {
  if (bytes.length !== width * HASH_SIZE) {
    throw new TlogError('CORRUPT_DATA', `tile of ${width} hashes has ${bytes.length} bytes`);
  }
  return Array.from({ length: width }, (_, i) =>
    bytes.subarray(i * HASH_SIZE, (i + 1) * HASH_SIZE),
  );
}

/** Longest entry that a bundle can carry. */
export const MAX_ENTRY = 0xffff;

/** Entries, each behind its big-endian uint16 length (C2SP tlog-tiles). */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  return concat(...entries.flatMap((entry) => [uint16(entry.length), entry]));
}

/** The inverse of {@link encodeEntryBundle}; the bundle must hold exactly `width` entries. */
export function decodeEntryBundle(bytes: Uint8Array, width: number): Uint8Array[] {
  const reader = new ByteReader(bytes);
  const entries = Array.from({ length: width }, () => reader.take(reader.uint16()));
  reader.end();
  return entries;
}
