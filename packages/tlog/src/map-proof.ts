import { ByteReader, concat, equalBytes, uint16 } from './encoding.ts';
import { type Refusal, refused, TlogError } from './error.ts';
import {
  bitAt,
  EMPTY,
  encodeInner,
  encodeMapLeaf,
  hashNode,
  isEmpty,
  KEY_SIZE,
  type MapLeaf,
} from './map-node.ts';

/** What lies at the end of a key's path, and the siblings on the way. */
export interface MapProof {
  /** From the root down; {@link EMPTY} where there is nothing. */
  readonly siblings: readonly Uint8Array[];
  /** The leaf met (of this key, or of another: then this key is absent), or null for nothing. */
  readonly terminal: MapLeaf | null;
}

/** Whatever proves from a map: one in memory, or one whose nodes lie elsewhere. */
export interface MapProver {
  /** Proves what the key maps to under this root, or that it maps to nothing. */
  prove(root: Uint8Array, key: Uint8Array): Promise<MapProof>;
}

/** What the key maps to under this root: a value, or null when the proof shows that it is absent. */
export function verifyMapProof(
  root: Uint8Array,
  key: Uint8Array,
  { siblings, terminal }: MapProof,
): { readonly ok: true; readonly value: Uint8Array | null } | Refusal {
  const parts = [root, key, ...siblings, ...(terminal ? [terminal.key, terminal.value] : [])];
  if (siblings.length > 8 * KEY_SIZE || parts.some((part) => part.length !== KEY_SIZE)) {
    return refused('BAD_PROOF', 'malformed map proof');
  }
  const depth = siblings.length;
  if (terminal) {
    for (let i = 0; i < depth; i++) {
      if (bitAt(terminal.key, i) !== bitAt(key, i)) {
        return refused('BAD_PROOF', "the leaf shown is not on the key's path");
      }
    }
  }
  let hash = terminal ? hashNode(encodeMapLeaf(terminal)) : EMPTY;
  for (let i = depth - 1; i >= 0; i--) {
    const sibling = siblings[i] ?? EMPTY;
    hash = hashNode(bitAt(key, i) === 1 ? encodeInner(sibling, hash) : encodeInner(hash, sibling));
  }
  if (!equalBytes(hash, root)) return refused('ROOT_MISMATCH', 'map proof does not give the root');
  return { ok: true, value: terminal && equalBytes(terminal.key, key) ? terminal.value : null };
}

const NOTHING = 0;
const LEAF = 1;

/**
 * Bytes of a proof: depth (uint16), a bit for each sibling that is not empty, those siblings, then 0
 * or 1 ‖ key ‖ value.
 */
export function encodeMapProof({ siblings, terminal }: MapProof): Uint8Array {
  const present = new Uint8Array(Math.ceil(siblings.length / 8));
  siblings.forEach((sibling, i) => {
    if (!isEmpty(sibling)) present[i >> 3] = (present[i >> 3] ?? 0) | (0x80 >> (i & 7));
  });
  return concat(
    uint16(siblings.length),
    present,
    ...siblings.filter((sibling) => !isEmpty(sibling)),
    terminal ? concat(Uint8Array.of(LEAF), terminal.key, terminal.value) : Uint8Array.of(NOTHING),
  );
}

export function decodeMapProof(bytes: Uint8Array): MapProof {
  const reader = new ByteReader(bytes);
  const depth = reader.uint16();
  if (depth > 8 * KEY_SIZE) throw new TlogError('BAD_ENCODING', 'map proof is too deep');
  const present = reader.take(Math.ceil(depth / 8));
  const siblings = Array.from({ length: depth }, (_, i) =>
    bitAt(present, i) === 1 ? reader.take(KEY_SIZE) : EMPTY,
  );
  const kind = reader.uint8();
  const terminal =
    kind === LEAF ? { key: reader.take(KEY_SIZE), value: reader.take(KEY_SIZE) } : null;
  reader.end();
  const proof = { siblings, terminal };
  // Stray padding bits, an explicit empty sibling or another kind byte would be second spellings.
  if (!equalBytes(encodeMapProof(proof), bytes)) {
    throw new TlogError('BAD_ENCODING', 'map proof is not canonical');
  }
  return proof;
}
