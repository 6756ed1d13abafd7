import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { auditTiles } from './audit.ts';
import { openCheckpoint } from './checkpoint.ts';
import { hashLeaf } from './merkle.ts';
import { parseVerifierKey } from './note.ts';
import type { TileStore } from './tile-store.ts';
import { TileTree } from './tile-tree.ts';
import { verifyConsistency, verifyInclusion } from './verify.ts';

/** Public key of transparency-dev/tessera's test log (its `testdata/build_log.sh`). */
const TEST_LOG_KEY =
  'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx';

/**
 * Reads the log that Tessera wrote as files: every checkpoint's signature, its root from the tiles,
 * all entries against all roots, and consistency between all pairs. Node only.
 */
export async function runTesseraLog(
  folder: string,
): Promise<{ passed: number; failures: string[] }> {
  const key = parseVerifierKey(TEST_LOG_KEY);
  const store: TileStore = {
    read: (path) =>
      readFile(join(folder, path)).then(
        (bytes) => new Uint8Array(bytes),
        () => null,
      ),
    write: () => Promise.reject(new Error('the test log is read only')),
  };
  let passed = 0;
  const failures: string[] = [];
  const check = (ok: boolean, what: string) => {
    if (ok) passed++;
    else failures.push(what);
  };

  const heads: { size: number; root: Uint8Array; tree: TileTree }[] = [];
  const files = (await readdir(folder).catch(() => [])).filter((name) =>
    /^checkpoint\.\d+$/.test(name),
  );
  for (const file of files) {
    const opened = openCheckpoint(await readFile(join(folder, file)), [key]);
    check(opened.ok, `${file}: signature`);
    if (!opened.ok) continue;
    const { size, root } = opened.checkpoint;
    check((await auditTiles(store, size, root)).length === 0, `${file}: tiles`);
    heads.push({ size, root, tree: new TileTree(store, size) });
  }
  for (const { size, root, tree } of heads) {
    for (let index = 0; index < size; index++) {
      const leaf = hashLeaf(await tree.entry(index));
      const proof = await tree.inclusionProof(index);
      check(verifyInclusion(index, size, leaf, proof, root).ok, `${index} in ${size}`);
    }
    for (const old of heads.filter((head) => head.size > 0 && head.size <= size)) {
      const proof = await tree.consistencyProof(old.size);
      const verdict = verifyConsistency(old.size, size, old.root, root, proof);
      check(verdict.ok, `${old.size} to ${size}`);
    }
  }
  return { passed, failures };
}
