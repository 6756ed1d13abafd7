import { compareBytes, equalBytes, HASH_SIZE, toHex } from './encoding.ts';
import { TlogError } from './error.ts';
import { LaneHasher } from './lane-hasher.ts';
import { bitAt, EMPTY, KEY_SIZE, requireKey } from './map-node.ts';
import type { MapProof } from './map-proof.ts';
import { Message } from './short-hash.ts';

/** Nodes to a block of memory; blocks are never moved. */
const BLOCK_BITS = 14;
const BLOCK = 1 << BLOCK_BITS;
const IN_BLOCK = BLOCK - 1;

const message = new Message();

/** Nodes that are hashed before their hashes are taken. */
const TOGETHER = 512;

/** Records of a fixed number of bytes that grow block by block; freed ones are used again. */
class Records {
  readonly #width: number;
  readonly #blocks: Uint8Array[] = [];
  readonly #free: number[] = [];
  #next = 0;

  constructor(width: number) {
    this.#width = width;
  }

  add(): number {
    const freed = this.#free.pop();
    if (freed !== undefined) return freed;
    if (this.#next >> BLOCK_BITS === this.#blocks.length) {
      this.#blocks.push(new Uint8Array(BLOCK * this.#width));
    }
    return this.#next++;
  }

  free(index: number): void {
    this.#free.push(index);
  }

  /** The bytes of one record, to read and to write. */
  at(index: number): Uint8Array {
    const block = this.#blocks[index >> BLOCK_BITS];
    if (!block) throw new TlogError('CORRUPT_DATA', `no record ${index}`);
    const from = (index & IN_BLOCK) * this.#width;
    return block.subarray(from, from + this.#width);
  }

  get used(): number {
    return this.#next - this.#free.length;
  }
}

/**
 * What a reference says: nothing; the leaf or inner node of that number. Two bits would do for the
 * kinds; plain arithmetic keeps references safe integers beyond 2^31 nodes.
 */
const NOTHING = 0;
const leafRef = (index: number) => 2 * index + 1;
const innerRef = (index: number) => 2 * index + 2;
const isLeaf = (ref: number) => ref % 2 === 1;
const indexOf = (ref: number) => (isLeaf(ref) ? (ref - 1) / 2 : (ref - 2) / 2);

const HASH = 0;
/** In leaves, behind the hash. */
const KEY = HASH_SIZE;
const VALUE = KEY + KEY_SIZE;
const LEAF_WIDTH = VALUE + KEY_SIZE;
/** In inner nodes, behind the hash: two references of six bytes. */
const LEFT = HASH_SIZE;
const RIGHT = LEFT + 6;
const INNER_WIDTH = RIGHT + 6;

interface Version {
  readonly root: Uint8Array;
  readonly ref: number;
  /** Nodes of the version before this one that it does without. */
  readonly replaced: number[];
  readonly added: number[];
  readonly label: number;
}

/** A version in the making. */
interface Growth extends Pick<Version, 'replaced' | 'added'> {
  /** New nodes without their hashes yet; inner ones by their depth. */
  readonly leaves: number[];
  readonly inner: (number[] | undefined)[];
}

interface Entry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/**
 * The map of {@link SparseMap} held in memory, with the same roots and proofs: some 150 bytes an
 * entry, and an update costs the hashes on its path and nothing else. Each update makes a version,
 * and earlier versions stay provable until they are forgotten.
 */
export class MemoryMap {
  readonly #leaves = new Records(LEAF_WIDTH);
  readonly #inner = new Records(INNER_WIDTH);
  /** Oldest first; each follows from the one before it. */
  #versions: Version[] = [{ root: EMPTY, ref: NOTHING, replaced: [], added: [], label: 0 }];
  #retired = 0;

  /** Root of the newest version. */
  get root(): Uint8Array {
    return this.#newest.root;
  }

  /** What the newest version was labelled with. */
  get label(): number {
    return this.#newest.label;
  }

  /** Nodes that only versions before the newest need. */
  get retired(): number {
    return this.#retired;
  }

  /** Nodes in memory. */
  get nodes(): number {
    return this.#leaves.used + this.#inner.used;
  }

  get #newest(): Version {
    const newest = this.#versions.at(-1);
    if (!newest) throw new TlogError('MISSING_DATA', 'the map has no version');
    return newest;
  }

  /** Labels of the versions that can be proved from, oldest first. */
  get labels(): readonly number[] {
    return this.#versions.map((v) => v.label);
  }

  has(root: Uint8Array): boolean {
    return this.#versions.some((v) => equalBytes(v.root, root));
  }

  /**
   * Makes the next version: each key's value from its old one (null: none yet).
   * @param label rises from version to version; the size of a log, say
   */
  update(
    keys: readonly Uint8Array[],
    next: (key: Uint8Array, old: Uint8Array | null) => Uint8Array,
    label: number,
  ): Uint8Array {
    const { ref } = this.#newest;
    const sorted = [...keys].sort(compareBytes);
    const entries: Entry[] = [];
    for (const [i, key] of sorted.entries()) {
      if (i > 0 && equalBytes(key, sorted[i - 1] ?? EMPTY)) continue;
      const value = next(requireKey(key), this.#valueOf(ref, key));
      if (value.length !== KEY_SIZE) throw new TlogError('BAD_RANGE', 'value is not 32 bytes');
      entries.push({ key, value });
    }
    const version: Growth = { replaced: [], added: [], leaves: [], inner: [] };
    const made = this.#put(ref, 0, entries, 0, entries.length, version);
    this.#hash(version.leaves);
    // Those nearest the leaves first: a node's hash is made of its children's.
    for (const level of version.inner.reverse()) this.#hash(level ?? []);
    const root = made === NOTHING ? EMPTY : this.#record(made).slice(HASH, HASH + HASH_SIZE);
    const { replaced, added } = version;
    this.#versions.push({ replaced, added, root, ref: made, label });
    this.#retired += replaced.length;
    return root;
  }

  /** Undoes updates until the newest version has this root; false when none has. */
  goBackTo(root: Uint8Array): boolean {
    if (!this.has(root)) return false;
    while (!equalBytes(this.#newest.root, root)) {
      const { added, replaced } = this.#newest;
      for (const ref of added) this.#drop(ref);
      this.#retired -= replaced.length;
      this.#versions.pop();
    }
    return true;
  }

  /** Forgets the oldest versions while `may` says so of their labels; the newest always stays. */
  forget(may: (label: number, next: number) => boolean): void {
    for (;;) {
      const [oldest, second] = this.#versions;
      if (!oldest || !second || !may(oldest.label, second.label)) return;
      for (const ref of second.replaced) this.#drop(ref);
      this.#retired -= second.replaced.length;
      this.#versions.shift();
    }
  }

  /** As {@link SparseMap.prove}; a root that was forgotten throws MISSING_DATA. */
  async prove(root: Uint8Array, key: Uint8Array): Promise<MapProof> {
    requireKey(key);
    const version = this.#versions.find((v) => equalBytes(v.root, root));
    if (!version) throw new TlogError('MISSING_DATA', `the map no longer has ${toHex(root)}`);
    const siblings: Uint8Array[] = [];
    let { ref } = version;
    while (ref !== NOTHING) {
      if (isLeaf(ref)) {
        const leaf = this.#record(ref);
        const terminal = { key: leaf.slice(KEY, VALUE), value: leaf.slice(VALUE, LEAF_WIDTH) };
        return { siblings, terminal };
      }
      const node = this.#record(ref);
      const right = bitAt(key, siblings.length) === 1;
      const sibling = readRef(node, right ? LEFT : RIGHT);
      siblings.push(sibling === NOTHING ? EMPTY : this.#record(sibling).slice(HASH, HASH_SIZE));
      ref = readRef(node, right ? RIGHT : LEFT);
    }
    return { siblings, terminal: null };
  }

  #record(ref: number): Uint8Array {
    return isLeaf(ref) ? this.#leaves.at(indexOf(ref)) : this.#inner.at(indexOf(ref));
  }

  #drop(ref: number): void {
    (isLeaf(ref) ? this.#leaves : this.#inner).free(indexOf(ref));
  }

  #valueOf(from: number, key: Uint8Array): Uint8Array | null {
    let ref = from;
    for (let depth = 0; ref !== NOTHING; depth++) {
      const node = this.#record(ref);
      if (isLeaf(ref)) {
        return sameKey(node, key) ? node.slice(VALUE, LEAF_WIDTH) : null;
      }
      ref = readRef(node, bitAt(key, depth) === 1 ? RIGHT : LEFT);
    }
    return null;
  }

  /** Sets the sorted entries from…to in a subtree; returns what stands for it then. */
  #put(
    ref: number,
    depth: number,
    entries: readonly Entry[],
    from: number,
    to: number,
    version: Growth,
  ): number {
    if (from === to) return ref;
    if (ref === NOTHING) return this.#build(depth, entries, from, to, version);
    version.replaced.push(ref);
    const node = this.#record(ref);
    if (isLeaf(ref)) {
      const set = entries.slice(from, to);
      if (!set.some(({ key }) => sameKey(node, key))) {
        set.push({ key: node.slice(KEY, VALUE), value: node.slice(VALUE, LEAF_WIDTH) });
        set.sort((a, b) => compareBytes(a.key, b.key));
      }
      return this.#build(depth, set, 0, set.length, version);
    }
    const middle = splitAt(entries, from, to, depth);
    const left = this.#put(readRef(node, LEFT), depth + 1, entries, from, middle, version);
    const right = this.#put(readRef(node, RIGHT), depth + 1, entries, middle, to, version);
    return this.#join(left, right, depth, version);
  }

  /** A subtree of sorted entries that share their first `depth` bits. */
  #build(
    depth: number,
    entries: readonly Entry[],
    from: number,
    to: number,
    version: Growth,
  ): number {
    const [first] = [entries[from]];
    if (from === to || !first) return NOTHING;
    if (to - from === 1) return this.#leaf(first, version);
    const middle = splitAt(entries, from, to, depth);
    const left = this.#build(depth + 1, entries, from, middle, version);
    const right = this.#build(depth + 1, entries, middle, to, version);
    return this.#join(left, right, depth, version);
  }

  #leaf({ key, value }: Entry, version: Growth): number {
    const index = this.#leaves.add();
    const record = this.#leaves.at(index);
    record.set(key, KEY);
    record.set(value, VALUE);
    const ref = leafRef(index);
    version.leaves.push(ref);
    version.added.push(ref);
    return ref;
  }

  #join(left: number, right: number, depth: number, version: Growth): number {
    const index = this.#inner.add();
    const record = this.#inner.at(index);
    writeRef(record, LEFT, left);
    writeRef(record, RIGHT, right);
    const ref = innerRef(index);
    version.added.push(ref);
    const level = version.inner[depth] ?? [];
    version.inner[depth] = level;
    level.push(ref);
    return ref;
  }

  /** Hashes new nodes of one kind that do not need each other's hashes. */
  #hash(refs: readonly number[]): void {
    const hasher = LaneHasher.shared();
    for (let from = 0; from < refs.length; from += TOGETHER) {
      const some = refs.slice(from, from + TOGETHER);
      for (const [i, ref] of some.entries()) {
        const record = this.#record(ref);
        const [first, second] = isLeaf(ref)
          ? [record.subarray(KEY, VALUE), record.subarray(VALUE, LEAF_WIDTH)]
          : [this.#hashOf(readRef(record, LEFT)), this.#hashOf(readRef(record, RIGHT))];
        const tag = isLeaf(ref) ? 0 : 1;
        if (!hasher) {
          message.start(tag).bytes(first).bytes(second).digestInto(record, HASH);
          continue;
        }
        hasher.memory[hasher.slot] = tag;
        hasher.memory.set(first, hasher.slot + 1);
        hasher.memory.set(second, hasher.slot + 1 + HASH_SIZE);
        hasher.hash(1 + 2 * HASH_SIZE, hasher.free + HASH_SIZE * i);
      }
      if (!hasher) continue;
      hasher.flush();
      for (const [i, ref] of some.entries()) {
        const at = hasher.free + HASH_SIZE * i;
        this.#record(ref).set(hasher.memory.subarray(at, at + HASH_SIZE), HASH);
      }
    }
  }

  #hashOf(ref: number): Uint8Array {
    return ref === NOTHING ? EMPTY : this.#record(ref).subarray(HASH, HASH_SIZE);
  }
}

function sameKey(leaf: Uint8Array, key: Uint8Array): boolean {
  for (let i = 0; i < KEY_SIZE; i++) if (leaf[KEY + i] !== key[i]) return false;
  return true;
}

/** Where, in sorted entries that share their first `depth` bits, those with bit 1 next begin. */
function splitAt(entries: readonly Entry[], from: number, to: number, depth: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bitAt(entries[middle]?.key ?? EMPTY, depth) === 1) high = middle;
    else low = middle + 1;
  }
  return low;
}

function readRef(node: Uint8Array, at: number): number {
  let ref = 0;
  for (let i = 0; i < 6; i++) ref = ref * 256 + (node[at + i] ?? 0);
  return ref;
}

function writeRef(node: Uint8Array, at: number, ref: number): void {
  let rest = ref;
  for (let i = 5; i >= 0; i--) {
    node[at + i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}
