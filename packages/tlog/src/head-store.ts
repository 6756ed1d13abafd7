import { signCheckpoint } from './checkpoint.ts';
import { equalBytes } from './encoding.ts';
import { type Refusal, refused } from './error.ts';
import type { SigningKey } from './note.ts';
import type { TileTree } from './tile-tree.ts';
import { verifyConsistency } from './verify.ts';

/** A tree head that has been signed, with the signed note. */
export interface SignedHead {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
}

/**
 * Remembers the last head signed for each origin. The one duty that makes signatures worth anything:
 * `advance` compares and sets in one atomic step and is durable (fsync, commit) before it resolves.
 */
export interface HeadStore {
  latest(origin: string): Promise<SignedHead | null>;
  /** Replaces `from` (null: nothing yet) by `to`; false, changing nothing, if another came first. */
  advance(origin: string, from: SignedHead | null, to: SignedHead): Promise<boolean>;
}

/** Forgets everything with the process: for tests and tools, not for a key that others trust. */
export function memoryHeadStore(): HeadStore {
  const heads = new Map<string, SignedHead>();
  return {
    latest: async (origin) => heads.get(origin) ?? null,
    advance: async (origin, from, to) => {
      if ((heads.get(origin) ?? null) !== from) return false;
      heads.set(origin, to);
      return true;
    },
  };
}

/**
 * Signs the head of the log's tree, unless that would contradict a head signed before. The new head
 * is stored before the note is handed out. The origin is the key's name. Asking again for the same
 * head gives the same note. Heads belong to the origin, not to the key: a log that changes its key
 * (`announceKey`) goes on from the same heads.
 */
export async function issueCheckpoint(
  tree: TileTree,
  key: SigningKey,
  store: HeadStore,
  also: readonly SigningKey[] = [],
): Promise<{ readonly ok: true; readonly note: string } | Refusal> {
  const root = await tree.root();
  const last = await store.latest(key.name);
  if (last) {
    if (tree.size < last.size) {
      return refused(
        'INCONSISTENT',
        `a head of ${last.size} leaves is signed; this has ${tree.size}`,
      );
    }
    if (tree.size === last.size && equalBytes(root, last.root))
      return { ok: true, note: last.note };
    if (last.size > 0) {
      const proof = await tree.consistencyProof(last.size);
      const verdict = verifyConsistency(last.size, tree.size, last.root, root, proof);
      if (!verdict.ok) {
        return refused('INCONSISTENT', `the first ${last.size} leaves are not those signed before`);
      }
    }
  }
  const note = signCheckpoint({ size: tree.size, root }, key, also);
  return (await store.advance(key.name, last, { size: tree.size, root, note }))
    ? { ok: true, note }
    : refused('INCONSISTENT', 'another signer advanced the log meanwhile');
}
