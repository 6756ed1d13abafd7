import { join } from 'node:path';
import { runW3cVectors } from './w3c-vectors.ts';

/** Runs the W3C vectors in `<dataDir>/epcis/w3c-vc`. */
export async function runConformance(
  dataDir: string,
): Promise<{ name: string; passed: number; failed: number; failures: string[] }> {
  const { passed, failures } = await runW3cVectors(join(dataDir, 'epcis/w3c-vc'));
  return { name: 'vc', passed, failed: failures.length, failures };
}
