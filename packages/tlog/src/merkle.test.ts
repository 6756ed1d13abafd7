import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendLeaves } from './append.ts';
import { concat, toHex, utf8 } from './encoding.ts';
import { emptyRoot, hashChildren, hashLeaf, merkleRoot } from './merkle.ts';
import { memoryTileStore } from './tile-store.ts';
import { TileTree } from './tile-tree.ts';
import { isSubtree, splitPoint } from './tree-range.ts';
import {
  verifyConsistency,
  verifyInclusion,
  verifySubtreeConsistency,
  verifySubtreeInclusion,
} from './verify.ts';

const leaf = (i: number): Uint8Array => hashLeaf(utf8(`leaf ${i}`));
const leaves = (n: number): Uint8Array[] => Array.from({ length: n }, (_, i) => leaf(i));

/** RFC 9162 §2.1.1 word for word: the definition that everything else is measured against. */
function naiveRoot(hashes: readonly Uint8Array[]): Uint8Array {
  const [only] = hashes;
  if (!only) return emptyRoot();
  if (hashes.length === 1) return only;
  const k = splitPoint(hashes.length);
  return hashChildren(naiveRoot(hashes.slice(0, k)), naiveRoot(hashes.slice(k)));
}

async function treeOf(size: number): Promise<TileTree> {
  const store = memoryTileStore();
  await appendLeaves(store, 0, leaves(size));
  return new TileTree(store, size);
}

/** Every single-bit change of a list of byte strings would be many; one flip each byte, chosen bit. */
function* flips(parts: readonly Uint8Array[]): Generator<Uint8Array[]> {
  for (let p = 0; p < parts.length; p++) {
    for (let i = 0; i < (parts[p]?.length ?? 0); i++) {
      const changed = parts.map((part) => part.slice());
      const target = changed[p];
      if (target) target[i] = (target[i] ?? 0) ^ (1 << (i % 8));
      yield changed;
    }
  }
}

describe('hashes', () => {
  it('has the published roots of RFC 6962 implementations', () => {
    expect(toHex(emptyRoot())).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(toHex(hashLeaf(new Uint8Array(0)))).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
  });

  it('joins leaves as the definition says, at every size to 300', () => {
    for (let n = 0; n <= 300; n += n < 40 ? 1 : 13) {
      expect(merkleRoot(leaves(n))).toEqual(naiveRoot(leaves(n)));
    }
  });
});

describe('proofs from tiles', () => {
  it('prove every leaf of every tree to 40 leaves, and no other place', async () => {
    for (let size = 1; size <= 40; size++) {
      const tree = await treeOf(size);
      const root = await tree.root();
      for (let index = 0; index < size; index++) {
        const proof = await tree.inclusionProof(index);
        expect(verifyInclusion(index, size, leaf(index), proof, root).ok).toBe(true);
        expect(verifyInclusion(index, size, leaf(index + 1), proof, root).ok).toBe(false);
        for (const [other, otherSize] of [
          [index + 1, size],
          [index - 1, size],
          [index, size * 2],
        ] as const) {
          const same = otherSize === size && other === index;
          expect(verifyInclusion(other, otherSize, leaf(index), proof, root).ok).toBe(same);
        }
      }
    }
  });

  it('prove consistency between any two sizes', async () => {
    const tree = await treeOf(70);
    for (let newSize = 1; newSize <= 70; newSize += 3) {
      const newer = new TileTree(await storeOf(newSize), newSize);
      const newRoot = await newer.root();
      expect(newRoot).toEqual(await tree.rootAt(newSize));
      for (let oldSize = 1; oldSize <= newSize; oldSize++) {
        const proof = await newer.consistencyProof(oldSize);
        const oldRoot = await tree.rootAt(oldSize);
        expect(verifyConsistency(oldSize, newSize, oldRoot, newRoot, proof).ok).toBe(true);
        const forked = hashLeaf(oldRoot);
        expect(verifyConsistency(oldSize, newSize, forked, newRoot, proof).ok).toBe(false);
      }
    }
  });

  it('hold at any size and index, with any byte flipped they fail', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3000 }),
        fc.nat(),
        fc.nat(),
        async (size, a, b) => {
          const tree = await treeOf(size);
          const root = await tree.root();
          expect(root).toEqual(naiveRoot(leaves(size)));
          const index = a % size;
          const inclusion = await tree.inclusionProof(index);
          expect(verifyInclusion(index, size, leaf(index), inclusion, root).ok).toBe(true);
          for (const [hash, top, ...proof] of flips([leaf(index), root, ...inclusion])) {
            if (!hash || !top) throw new Error('unreachable');
            expect(verifyInclusion(index, size, hash, proof, top).ok).toBe(false);
          }
          expect(verifyInclusion(index, size, leaf(index), inclusion.slice(1), root).ok).toBe(
            size === 1,
          );
          expect(verifyInclusion(index, size, leaf(index), [...inclusion, root], root).ok).toBe(
            false,
          );

          const oldSize = (b % size) + 1;
          const oldRoot = await tree.rootAt(oldSize);
          const consistency = await tree.consistencyProof(oldSize);
          expect(verifyConsistency(oldSize, size, oldRoot, root, consistency).ok).toBe(true);
          for (const [low, high, ...proof] of flips([oldRoot, root, ...consistency])) {
            if (!low || !high) throw new Error('unreachable');
            expect(verifyConsistency(oldSize, size, low, high, proof).ok).toBe(false);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('prove every subtree of a tree', async () => {
    const size = 45;
    const all = leaves(size);
    const tree = await treeOf(size);
    const root = await tree.root();
    for (let start = 0; start < size; start++) {
      for (let end = start + 1; end <= size; end++) {
        if (!isSubtree({ start, end })) continue;
        const part = all.slice(start, end);
        const subroot = merkleRoot(part);
        const proof = await tree.subtreeConsistencyProof({ start, end });
        expect(verifySubtreeConsistency({ start, end }, size, subroot, root, proof).ok).toBe(true);
        expect(verifySubtreeConsistency({ start, end }, size, leaf(99), root, proof).ok).toBe(
          false,
        );
        const inside = await new TileTree(await storeOf(0, part), part.length).inclusionProof(0);
        expect(verifySubtreeInclusion(start, { start, end }, leaf(start), inside, subroot).ok).toBe(
          true,
        );
      }
    }
  });

  it('work beyond 2^32 leaves', () => {
    // A tree whose left half is one known subtree of 2^40 leaves: only its root matters here.
    const [left, right] = [leaf(1), leaf(2)];
    const size = 2 ** 40 + 1;
    const root = hashChildren(left, right);
    expect(verifyInclusion(2 ** 40, size, right, [left], root).ok).toBe(true);
    expect(verifyConsistency(2 ** 40, size, left, root, [right]).ok).toBe(true);
    expect(verifyInclusion(2 ** 40 - 1, size, right, [left], root).ok).toBe(false);
  });

  it('refuse sizes that are not numbers of leaves', () => {
    for (const size of [-1, 0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY]) {
      expect(verifyInclusion(0, size, leaf(0), [], leaf(0)).ok).toBe(false);
      expect(verifyConsistency(1, size, leaf(0), leaf(0), []).ok).toBe(false);
    }
    expect(verifyConsistency(0, 5, emptyRoot(), leaf(0), []).ok).toBe(false);
  });
});

async function storeOf(size: number, hashes = leaves(size)) {
  const store = memoryTileStore();
  await appendLeaves(store, 0, hashes);
  return store;
}

it('keeps leaves and nodes apart', () => {
  const [a, b] = [leaf(0), leaf(1)];
  expect(hashLeaf(concat(a, b))).not.toEqual(hashChildren(a, b));
});
