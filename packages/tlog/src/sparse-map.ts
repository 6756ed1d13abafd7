import { compareBytes, equalBytes, toHex } from './encoding.ts';
import { TlogError } from './error.ts';
import {
  bitAt,
  decodeMapNode,
  EMPTY,
  encodeInner,
  encodeMapLeaf,
  hashNode,
  isEmpty,
  KEY_SIZE,
  type MapLeaf,
  type MapNode,
  requireKey,
} from './map-node.ts';
import type { MapProof } from './map-proof.ts';

/** Nodes by the hex of their hash: content-addressed, so old roots stay readable and writes repeat safely. */
export interface NodeStore {
  get(hash: string): Promise<Uint8Array | null>;
  set(hash: string, node: Uint8Array): Promise<void>;
}

export function memoryNodeStore(
  nodes: Map<string, Uint8Array> = new Map(),
): NodeStore & { readonly nodes: Map<string, Uint8Array> } {
  return {
    nodes,
    get: async (hash) => nodes.get(hash) ?? null,
    set: async (hash, node) => {
      nodes.set(hash, node);
    },
  };
}

/**
 * An authenticated map from 32-byte keys (hashes) to 32-byte values: a binary trie over the bits of
 * the key in which a subtree of one entry is that entry's leaf, so that depth grows with log n. Its
 * root says what every key maps to, and what is not there.
 */
export class SparseMap {
  readonly #store: NodeStore;

  constructor(store: NodeStore) {
    this.#store = store;
  }

  /** Root of the map without entries: 32 zero bytes. */
  static readonly empty: Uint8Array = EMPTY;

  /** What the key maps to under this root, or null. */
  async get(root: Uint8Array, key: Uint8Array): Promise<Uint8Array | null> {
    const { terminal } = await this.prove(root, key);
    return terminal && equalBytes(terminal.key, key) ? terminal.value : null;
  }

  /** Proves what the key maps to, or that it maps to nothing. */
  async prove(root: Uint8Array, key: Uint8Array): Promise<MapProof> {
    requireKey(key);
    const siblings: Uint8Array[] = [];
    let hash = root;
    while (!isEmpty(hash)) {
      const node = await this.#load(hash);
      if (node.kind === 'leaf') {
        return { siblings, terminal: { key: node.key, value: node.value } };
      }
      const right = bitAt(key, siblings.length) === 1;
      siblings.push(right ? node.left : node.right);
      hash = right ? node.right : node.left;
    }
    return { siblings, terminal: null };
  }

  /**
   * Sets entries (a later one of the same key wins) and returns the new root. Writes O(log n) nodes
   * an entry, fewer in batches. `replaced` are the hashes of nodes that only the old root needs:
   * they may be deleted once the old root need not be proved any more.
   */
  async update(
    root: Uint8Array,
    entries: readonly (readonly [key: Uint8Array, value: Uint8Array])[],
  ): Promise<{ readonly root: Uint8Array; readonly replaced: readonly string[] }> {
    const byKey = new Map<string, MapLeaf>();
    for (const [key, value] of entries) {
      requireKey(key);
      if (value.length !== KEY_SIZE) throw new TlogError('BAD_RANGE', 'value is not 32 bytes');
      byKey.set(toHex(key), { key, value });
    }
    const leaves = [...byKey.values()].sort((a, b) => compareBytes(a.key, b.key));
    const written = new Map<string, Uint8Array>();
    const replaced = new Set<string>();
    const newRoot = await this.#put(root, 0, leaves, written, replaced);
    await Promise.all([...written].map(([hash, node]) => this.#store.set(hash, node)));
    return { root: newRoot, replaced: [...replaced].filter((hash) => !written.has(hash)) };
  }

  async #put(
    hash: Uint8Array,
    depth: number,
    leaves: readonly MapLeaf[],
    written: Map<string, Uint8Array>,
    replaced: Set<string>,
  ): Promise<Uint8Array> {
    if (leaves.length === 0) return hash;
    if (isEmpty(hash)) return build(leaves, depth, written);
    const name = toHex(hash);
    const node = await this.#load(hash, name);
    replaced.add(name);
    if (node.kind === 'leaf') {
      const kept = leaves.some(({ key }) => equalBytes(key, node.key))
        ? leaves
        : [...leaves, node].sort((a, b) => compareBytes(a.key, b.key));
      return build(kept, depth, written);
    }
    const split = splitAt(leaves, depth);
    const put = (side: Uint8Array, part: readonly MapLeaf[]) =>
      this.#put(side, depth + 1, part, written, replaced);
    // Both sides at once, so that a store can gather reads; most inner nodes change on one side only.
    const [left, right] =
      split === 0
        ? [node.left, await put(node.right, leaves)]
        : split === leaves.length
          ? [await put(node.left, leaves), node.right]
          : await Promise.all([
              put(node.left, leaves.slice(0, split)),
              put(node.right, leaves.slice(split)),
            ]);
    return write(encodeInner(left, right), written);
  }

  async #load(hash: Uint8Array, name = toHex(hash)): Promise<MapNode> {
    const node = await this.#store.get(name);
    if (!node) throw new TlogError('MISSING_DATA', `map node ${name} is missing`);
    if (!equalBytes(hashNode(node), hash)) {
      throw new TlogError('CORRUPT_DATA', `map node ${name} is not what its name says`);
    }
    return decodeMapNode(node);
  }
}

/** Subtree of leaves sorted by key, all sharing their first `depth` bits. */
function build(
  leaves: readonly MapLeaf[],
  depth: number,
  written: Map<string, Uint8Array>,
): Uint8Array {
  const [first] = leaves;
  if (!first) return EMPTY;
  if (leaves.length === 1) return write(encodeMapLeaf(first), written);
  const split = splitAt(leaves, depth);
  return write(
    encodeInner(
      build(leaves.slice(0, split), depth + 1, written),
      build(leaves.slice(split), depth + 1, written),
    ),
    written,
  );
}

/** Where, in sorted leaves, those with bit 1 at this depth begin. */
function splitAt(leaves: readonly MapLeaf[], depth: number): number {
  const at = leaves.findIndex(({ key }) => bitAt(key, depth) === 1);
  return at < 0 ? leaves.length : at;
}

function write(node: Uint8Array, written: Map<string, Uint8Array>): Uint8Array {
  const hash = hashNode(node);
  written.set(toHex(hash), node);
  return hash;
}

/** Root of a map held in memory, from scratch: for audits. */
export function mapRoot(
  entries: Iterable<readonly [key: Uint8Array, value: Uint8Array]>,
): Uint8Array {
  const leaves = [...entries].map(([key, value]) => ({ key: requireKey(key), value }));
  leaves.sort((a, b) => compareBytes(a.key, b.key));
  return build(leaves, 0, new Map());
}
