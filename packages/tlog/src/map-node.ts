import { concat } from './encoding.ts';
import { TlogError } from './error.ts';
import { sha256 } from './merkle.ts';

/** Bytes of keys and values in the map. */
export const KEY_SIZE = 32;

/** Stands for a subtree without entries. No SHA-256 is known to be zero. */
export const EMPTY: Uint8Array = new Uint8Array(KEY_SIZE);

export interface MapLeaf {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

export type MapNode =
  | ({ readonly kind: 'leaf' } & MapLeaf)
  | { readonly kind: 'inner'; readonly left: Uint8Array; readonly right: Uint8Array };

/** 0x00 ‖ key ‖ value. */
export function encodeMapLeaf({ key, value }: MapLeaf): Uint8Array {
  return concat(Uint8Array.of(0), key, value);
}

/** 0x01 ‖ left ‖ right. */
export function encodeInner(left: Uint8Array, right: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(1), left, right);
}

export const hashNode = sha256;

export function decodeMapNode(node: Uint8Array): MapNode {
  if (node.length !== 1 + 2 * KEY_SIZE || (node[0] ?? 2) > 1) {
    throw new TlogError('CORRUPT_DATA', 'malformed map node');
  }
  const first = node.slice(1, 1 + KEY_SIZE);
  const second = node.slice(1 + KEY_SIZE);
  return node[0] === 0
    ? { kind: 'leaf', key: first, value: second }
    : { kind: 'inner', left: first, right: second };
}

export function isEmpty(hash: Uint8Array): boolean {
  for (const byte of hash) if (byte !== 0) return false;
  return true;
}

/** Bit `depth` of a key, the most significant first. */
export function bitAt(key: Uint8Array, depth: number): 0 | 1 {
  return (((key[depth >> 3] ?? 0) >> (7 - (depth & 7))) & 1) === 1 ? 1 : 0;
}

export function requireKey(key: Uint8Array): Uint8Array {
  if (key.length !== KEY_SIZE) throw new TlogError('BAD_RANGE', 'key is not 32 bytes');
  return key;
}
