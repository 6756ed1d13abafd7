import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runConformance } from './conformance.ts';

const dataDir = process.env.ZAIZAO_DATA ?? '../shared/data';

test.skipIf(!existsSync(dataDir)).each([
  ['event-hash', 63],
  ['event-hash-equality', 11],
  ['epcis-documents', 200],
] as const)('%s: all, at least %i (skipped without ZAIZAO_DATA)', async (suite, count) => {
  const report = await runConformance(dataDir, suite);
  expect(report.failures).toEqual([]);
  expect(report.passed).toBeGreaterThanOrEqual(count);
});
