import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Verdict } from './error.ts';
import {
  verifyConsistency,
  verifyInclusion,
  verifySubtreeConsistency,
  verifySubtreeInclusion,
} from './verify.ts';

/** One file of transparency-dev/merkle's testdata; which fields it has depends on its folder. */
interface MerkleVector {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly start: number;
  readonly end: number;
  readonly size: number;
  readonly size1: number;
  readonly size2: number;
  readonly root: string | null;
  readonly root1: string | null;
  readonly root2: string | null;
  readonly leafHash: string | null;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

const bytes = (text: string | null): Uint8Array =>
  new Uint8Array(Buffer.from(text ?? '', 'base64'));

const VERIFY: Readonly<Record<string, (v: MerkleVector, proof: Uint8Array[]) => Verdict>> = {
  inclusion: (v, proof) =>
    verifyInclusion(v.leafIdx, v.treeSize, bytes(v.leafHash), proof, bytes(v.root)),
  consistency: (v, proof) =>
    verifyConsistency(v.size1, v.size2, bytes(v.root1), bytes(v.root2), proof),
  subtreeinclusion: (v, proof) =>
    verifySubtreeInclusion(v.leafIdx, v, bytes(v.leafHash), proof, bytes(v.root)),
  subtreeconsistency: (v, proof) =>
    verifySubtreeConsistency(v, v.size, bytes(v.root1), bytes(v.root2), proof),
};

/** Runs every vector below `folder`; a failure names its file. Node only. */
export async function runMerkleVectors(
  folder: string,
): Promise<{ passed: number; failures: string[] }> {
  let passed = 0;
  const failures: string[] = [];
  for (const [kind, verify] of Object.entries(VERIFY)) {
    const files = await readdir(join(folder, kind), { recursive: true }).catch(() => []);
    for (const file of files.filter((name) => name.endsWith('.json')).sort()) {
      const fault = await faultIn(join(folder, kind, file), verify);
      if (fault === undefined) passed++;
      else failures.push(`${kind}/${file}: ${fault}`);
    }
  }
  return { passed, failures };
}

/** What is wrong with our verdict on one file; undefined when it is the one wanted. */
async function faultIn(
  path: string,
  verify: (vector: MerkleVector, proof: Uint8Array[]) => Verdict,
): Promise<string | undefined> {
  try {
    const vector: MerkleVector = JSON.parse(await readFile(path, 'utf8'));
    const verdict = verify(vector, (vector.proof ?? []).map(bytes));
    if (verdict.ok === !vector.wantErr) return undefined;
    return verdict.ok ? 'accepted' : verdict.reason;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
