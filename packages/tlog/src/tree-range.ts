import { TlogError } from './error.ts';

/*
 * Which subtrees make up a root or a proof. Pure index arithmetic on half-open leaf ranges; numbers
 * may pass 2^32, so halving and doubling, never bit operators.
 */

/** Leaves [start, end). */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A perfect subtree: 2^level leaves beginning at index · 2^level. */
export interface NodeId {
  readonly level: number;
  readonly index: number;
}

export function requireSize(size: number, what = 'tree size'): void {
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new TlogError('BAD_RANGE', `${what} ${size} is not a safe non-negative integer`);
  }
}

/** The largest power of two strictly below n, for n ≥ 2 (RFC 9162 §2.1.1). */
export function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The perfect subtrees whose roots, folded from the right, give MTH of the range. */
export function perfectSubtrees({ start, end }: Range): NodeId[] {
  const nodes: NodeId[] = [];
  let at = start;
  while (at < end) {
    let level = 0;
    let width = 1;
    while (at % (width * 2) === 0 && at + width * 2 <= end) {
      width *= 2;
      level += 1;
    }
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
}

/** Ranges whose roots form the inclusion proof of leaf `index`, sibling first (RFC 9162 §2.1.3.1). */
export function inclusionRanges(index: number, size: number): Range[] {
  requireSize(size);
  requireSize(index, 'leaf index');
  if (index >= size) throw new TlogError('BAD_RANGE', `leaf ${index} is not in a tree of ${size}`);
  const path: Range[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  return path.reverse();
}

/** True for subtrees that MTC draft §4.1 allows: start is a multiple of the width rounded up to a power of two. */
export function isSubtree({ start, end }: Range): boolean {
  if (![start, end].every((bound) => Number.isSafeInteger(bound) && bound >= 0) || start >= end) {
    return false;
  }
  let width = 1;
  while (width < end - start) width *= 2;
  return start % width === 0;
}

/**
 * Ranges whose roots prove that the subtree [start, end) is part of the tree of `size` leaves
 * (draft-ietf-plants-merkle-tree-certs §4.4.2; with start 0 it is RFC 9162 §2.1.4.1).
 */
export function consistencyRanges(subtree: Range, size: number): Range[] {
  requireSize(size);
  if (!isSubtree(subtree) || subtree.end > size) {
    throw new TlogError(
      'BAD_RANGE',
      `[${subtree.start}, ${subtree.end}) is not a subtree of a tree of ${size}`,
    );
  }
  const path: Range[] = [];
  let { start } = subtree;
  let low = 0;
  let high = size;
  // While nothing has been cut from the left of the subtree, its root is known to the verifier.
  let whole = true;
  while (!(start === low && subtree.end === high)) {
    const middle = low + splitPoint(high - low);
    if (subtree.end <= middle) {
      path.push({ start: middle, end: high });
      high = middle;
    } else {
      path.push({ start: low, end: middle });
      if (start < middle) {
        start = middle;
        whole = false;
      }
      low = middle;
    }
  }
  if (!whole) path.push({ start, end: subtree.end });
  return path.reverse();
}
