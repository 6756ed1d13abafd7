import { equalBytes } from './encoding.ts';
import { accepted, refused, type Verdict } from './error.ts';
import { emptyRoot, HASH_SIZE, hashChildren } from './merkle.ts';
import { isSubtree, type Range } from './tree-range.ts';

const half = (n: number): number => Math.floor(n / 2);
const isOdd = (n: number): boolean => n % 2 === 1;
const isIndex = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
const badHash = (hash: Uint8Array): boolean => hash.length !== HASH_SIZE;

/**
 * Checks that `leafHash` is leaf `index` of the tree of `size` leaves with this root
 * (RFC 9162 §2.1.3.2). Every hash must be 32 bytes and the proof neither short nor long.
 */
export function verifyInclusion(
  index: number,
  size: number,
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): Verdict {
  if (!isIndex(index) || !isIndex(size) || index >= size) {
    return refused('BAD_RANGE', `leaf ${index} is not in a tree of ${size}`);
  }
  if (badHash(leafHash) || badHash(root) || proof.some(badHash)) {
    return refused('BAD_PROOF', 'a hash is not 32 bytes');
  }
  let node = index;
  let last = size - 1;
  let hash = leafHash;
  for (const sibling of proof) {
    if (last === 0) return refused('BAD_PROOF', 'inclusion proof is too long');
    if (isOdd(node) || node === last) {
      hash = hashChildren(sibling, hash);
      // On the right border, levels without a sibling are skipped.
      while (!isOdd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      hash = hashChildren(hash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  if (last !== 0) return refused('BAD_PROOF', 'inclusion proof is too short');
  return equalBytes(hash, root)
    ? accepted
    : refused('ROOT_MISMATCH', 'the leaf and its path do not give the root');
}

/** Inclusion in the subtree [start, end) whose root is known (draft-ietf-plants-merkle-tree-certs §4.3). */
export function verifySubtreeInclusion(
  index: number,
  subtree: Range,
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): Verdict {
  if (!isSubtree(subtree)) {
    return refused('BAD_RANGE', `[${subtree.start}, ${subtree.end}) is not a subtree`);
  }
  if (!isIndex(index) || index < subtree.start) {
    return refused('BAD_RANGE', `leaf ${index} is outside the subtree`);
  }
  return verifyInclusion(index - subtree.start, subtree.end - subtree.start, leafHash, proof, root);
}

/**
 * Checks that the tree of `newSize` leaves is the tree of `oldSize` leaves with leaves appended
 * (RFC 9162 §2.1.4.2). Requires 0 < oldSize ≤ newSize: from the empty tree nothing can be proved.
 */
export function verifyConsistency(
  oldSize: number,
  newSize: number,
  oldRoot: Uint8Array,
  newRoot: Uint8Array,
  proof: readonly Uint8Array[],
): Verdict {
  if (oldSize === 0) return refused('BAD_RANGE', 'consistency with the empty tree proves nothing');
  return verifySubtreeConsistency({ start: 0, end: oldSize }, newSize, oldRoot, newRoot, proof);
}

/**
 * Checks that the subtree [start, end) with `subtreeRoot` is part of the tree of `size` leaves
 * (draft-ietf-plants-merkle-tree-certs §4.4.3). An empty range is accepted with the empty root and
 * an empty proof, as transparency-dev/merkle does.
 */
export function verifySubtreeConsistency(
  subtree: Range,
  size: number,
  subtreeRoot: Uint8Array,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): Verdict {
  const { start, end } = subtree;
  if (!isIndex(size) || !isIndex(start) || !isIndex(end) || end > size) {
    return refused('BAD_RANGE', `[${start}, ${end}) is not within a tree of ${size}`);
  }
  if (start === end) {
    return proof.length === 0 && equalBytes(subtreeRoot, emptyRoot())
      ? accepted
      : refused('BAD_PROOF', 'an empty range has the empty root and no proof');
  }
  if (!isSubtree(subtree)) return refused('BAD_RANGE', `[${start}, ${end}) is not a subtree`);
  if (start === 0 && end === size) {
    if (proof.length > 0) return refused('BAD_PROOF', 'equal sizes need no proof');
    return equalBytes(subtreeRoot, root)
      ? accepted
      : refused('ROOT_MISMATCH', 'equal sizes with different roots');
  }
  if (badHash(subtreeRoot) || badHash(root) || proof.some(badHash)) {
    return refused('BAD_PROOF', 'a hash is not 32 bytes');
  }

  let first = start;
  let node = end - 1;
  let last = size - 1;
  const climb = (): void => {
    first = half(first);
    node = half(node);
    last = half(last);
  };
  // Climb to the largest perfect subtree that ends where the range ends.
  if (node === last) while (first !== node) climb();
  else while (first !== node && isOdd(node)) climb();

  // If that is the whole range the verifier already has its root; else the proof begins with it.
  const seeded = first !== node;
  const seed = seeded ? proof[0] : subtreeRoot;
  if (!seed) return refused('BAD_PROOF', 'consistency proof is empty');
  let small = seed;
  let large = seed;
  for (const sibling of seeded ? proof.slice(1) : proof) {
    if (last === 0) return refused('BAD_PROOF', 'consistency proof is too long');
    if (isOdd(node) || node === last) {
      if (first < node) small = hashChildren(sibling, small);
      large = hashChildren(sibling, large);
      while (!isOdd(node) && node !== 0) climb();
    } else {
      large = hashChildren(large, sibling);
    }
    climb();
  }
  if (last !== 0) return refused('BAD_PROOF', 'consistency proof is too short');
  if (!equalBytes(small, subtreeRoot)) {
    return refused('ROOT_MISMATCH', 'the proof does not give the smaller root');
  }
  return equalBytes(large, root)
    ? accepted
    : refused('ROOT_MISMATCH', 'the proof does not give the larger root');
}
