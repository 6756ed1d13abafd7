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
  /** Many at once, in order: one query a level of the trie instead of one a node. */
  getMany?(hashes: readonly string[]): Promise<readonly (Uint8Array | null)[]>;
  setMany?(nodes: ReadonlyMap<string, Uint8Array>): Promise<void>;
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

export interface MapUpdate {
  readonly root: Uint8Array;
  readonly replaced: readonly string[];
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
      const [node] = await this.#loadMany([hash]);
      if (!node) throw new TlogError('MISSING_DATA', 'a map node is missing');
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
  ): Promise<MapUpdate> {
    const values = new Map(entries.map(([key, value]) => [toHex(requireKey(key)), value]));
    return this.updateWith(
      root,
      entries.map(([key]) => key),
      (key) => {
        const value = values.get(toHex(key));
        if (!value) throw new TlogError('BAD_RANGE', 'no value for a key');
        return value;
      },
    );
  }

  /** As {@link update}, each new value made from the old one (null: none yet). */
  async updateWith(
    root: Uint8Array,
    keys: readonly Uint8Array[],
    next: (key: Uint8Array, old: Uint8Array | null) => Uint8Array,
  ): Promise<MapUpdate> {
    const sorted = [...keys].sort(compareBytes);
    const distinct = sorted.filter((key, i) => i === 0 || !equalBytes(key, sorted[i - 1] ?? EMPTY));
    const nodes = await this.#loadPaths(root, distinct);
    const leaves = distinct.map((key) => {
      const value = next(key, valueIn(nodes, root, key));
      if (value.length !== KEY_SIZE) throw new TlogError('BAD_RANGE', 'value is not 32 bytes');
      return { key, value };
    });
    const written = new Map<string, Uint8Array>();
    const replaced: string[] = [];
    const newRoot = put(root, 0, leaves, { nodes, written, replaced });
    if (this.#store.setMany) await this.#store.setMany(written);
    else await Promise.all([...written].map(([hash, node]) => this.#store.set(hash, node)));
    return { root: newRoot, replaced: replaced.filter((hash) => !written.has(hash)) };
  }

  /** The nodes on the paths of these sorted keys, read level by level. */
  async #loadPaths(root: Uint8Array, keys: readonly Uint8Array[]): Promise<Nodes> {
    const nodes: Nodes = new Map();
    let level: { hash: Uint8Array; keys: readonly Uint8Array[] }[] = [{ hash: root, keys }];
    for (let depth = 0; ; depth++) {
      const wanted = level.filter((part) => part.keys.length > 0 && !isEmpty(part.hash));
      if (wanted.length === 0) return nodes;
      const loaded = await this.#loadMany(wanted.map(({ hash }) => hash));
      level = [];
      wanted.forEach((part, i) => {
        const node = loaded[i];
        if (!node) return;
        nodes.set(toHex(part.hash), node);
        if (node.kind === 'leaf') return;
        const split = splitAt(part.keys, depth);
        level.push(
          { hash: node.left, keys: part.keys.slice(0, split) },
          { hash: node.right, keys: part.keys.slice(split) },
        );
      });
    }
  }

  async #loadMany(hashes: readonly Uint8Array[]): Promise<MapNode[]> {
    const names = hashes.map(toHex);
    const found = this.#store.getMany
      ? await this.#store.getMany(names)
      : await Promise.all(names.map((name) => this.#store.get(name)));
    return hashes.map((hash, i) => {
      const node = found[i];
      if (!node) throw new TlogError('MISSING_DATA', `map node ${names[i]} is missing`);
      if (!equalBytes(hashNode(node), hash)) {
        throw new TlogError('CORRUPT_DATA', `map node ${names[i]} is not what its name says`);
      }
      return decodeMapNode(node);
    });
  }
}

/** Nodes in memory, by the hex of their hash. */
type Nodes = Map<string, MapNode>;

function valueIn(nodes: Nodes, root: Uint8Array, key: Uint8Array): Uint8Array | null {
  let hash = root;
  for (let depth = 0; !isEmpty(hash); depth++) {
    const node = loadedNode(nodes, toHex(hash));
    if (node.kind === 'leaf') return equalBytes(node.key, key) ? node.value : null;
    hash = bitAt(key, depth) === 1 ? node.right : node.left;
  }
  return null;
}

function loadedNode(nodes: Nodes, name: string): MapNode {
  const node = nodes.get(name);
  if (!node) throw new TlogError('MISSING_DATA', `map node ${name} is missing`);
  return node;
}

/** Sets sorted leaves in the subtree and returns its new hash. */
function put(
  hash: Uint8Array,
  depth: number,
  leaves: readonly MapLeaf[],
  work: { nodes: Nodes; written: Map<string, Uint8Array>; replaced: string[] },
): Uint8Array {
  if (leaves.length === 0) return hash;
  if (isEmpty(hash)) return build(leaves, depth, work.written);
  const name = toHex(hash);
  const node = loadedNode(work.nodes, name);
  work.replaced.push(name);
  if (node.kind === 'leaf') {
    const kept = leaves.some(({ key }) => equalBytes(key, node.key))
      ? leaves
      : [...leaves, node].sort((a, b) => compareBytes(a.key, b.key));
    return build(kept, depth, work.written);
  }
  const split = splitLeaves(leaves, depth);
  const left = put(node.left, depth + 1, leaves.slice(0, split), work);
  const right = put(node.right, depth + 1, leaves.slice(split), work);
  return write(encodeInner(left, right), work.written);
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
  const split = splitLeaves(leaves, depth);
  return write(
    encodeInner(
      build(leaves.slice(0, split), depth + 1, written),
      build(leaves.slice(split), depth + 1, written),
    ),
    written,
  );
}

/** Where, in sorted keys that share their first `depth` bits, those with bit 1 next begin. */
function splitAt(keys: readonly Uint8Array[], depth: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bitAt(keys[middle] ?? EMPTY, depth) === 1) high = middle;
    else low = middle + 1;
  }
  return low;
}

function splitLeaves(leaves: readonly MapLeaf[], depth: number): number {
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
