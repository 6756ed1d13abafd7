import { sha256 } from '#sha256';
import { HASH_SIZE } from './encoding.ts';
import { TlogError } from './error.ts';
import { Message } from './short-hash.ts';

export { HASH_SIZE, sha256 };

const message = new Message();

/** MTH of no leaves: SHA-256 of the empty string (RFC 9162 §2.1.1). */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array(0));
}

/** Leaf hash, SHA-256(0x00 ‖ entry) (RFC 9162 §2.1.1). */
export function hashLeaf(entry: Uint8Array): Uint8Array {
  return message.start(0).bytes(entry).digest();
}

/** Node hash, SHA-256(0x01 ‖ left ‖ right) (RFC 9162 §2.1.1). Both sides are 32 bytes. */
export function hashChildren(left: Uint8Array, right: Uint8Array): Uint8Array {
  return message.start(1).bytes(left).bytes(right).digest();
}

/** Root over leaf hashes held in memory; for anything large use tiles. */
export function merkleRoot(leafHashes: readonly Uint8Array[]): Uint8Array {
  // The stack holds perfect subtrees, largest first, as the binary digits of the count so far.
  const stack: Uint8Array[] = [];
  leafHashes.forEach((leaf, index) => {
    let hash = leaf;
    for (let digits = index; digits % 2 === 1; digits = Math.floor(digits / 2)) {
      hash = hashChildren(pop(stack), hash);
    }
    stack.push(hash);
  });
  return foldRight(stack);
}

/** Joins perfect subtrees, largest (leftmost) first, into the root above them. */
export function foldRight(subtrees: readonly Uint8Array[]): Uint8Array {
  const last = subtrees.at(-1);
  if (!last) return emptyRoot();
  let hash = last;
  for (let i = subtrees.length - 2; i >= 0; i--) hash = hashChildren(subtrees[i] ?? last, hash);
  return hash;
}

function pop(stack: Uint8Array[]): Uint8Array {
  const top = stack.pop();
  if (!top) throw new TlogError('BAD_RANGE', 'subtree stack is empty');
  return top;
}
