import { join } from 'node:path';
import { runMerkleVectors } from './merkle-vectors.ts';
import { runTesseraLog } from './tessera-log.ts';

/**
 * Runs vectors written by others, from `<dataDir>/epcis/tlog`: `merkle-testdata` of
 * transparency-dev/merkle and, where present, `tessera-testdata/log` of transparency-dev/tessera.
 */
export async function runConformance(
  dataDir: string,
): Promise<{ name: string; passed: number; failed: number; failures: string[] }> {
  const folder = join(dataDir, 'epcis/tlog');
  const merkle = await runMerkleVectors(join(folder, 'merkle-testdata'));
  const tessera = await runTesseraLog(join(folder, 'tessera-testdata/log'));
  const failures = [...merkle.failures, ...tessera.failures];
  if (merkle.passed + merkle.failures.length === 0) {
    failures.push(`no vectors in ${join(folder, 'merkle-testdata')}`);
  }
  return {
    name: 'tlog',
    passed: merkle.passed + tessera.passed,
    failed: failures.length,
    failures,
  };
}
