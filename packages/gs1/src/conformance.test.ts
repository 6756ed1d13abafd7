import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runConformance } from './conformance.ts';

test('tables with a head and without, in any folder; an empty second column must be refused', async () => {
  const home = mkdtempSync(join(tmpdir(), 'conformance-'));
  const folder = join(home, 'epcis/digital-link/deeper');
  mkdirSync(folder, { recursive: true });
  const link = 'https://id.gs1.org/01/09521141123454/21/400';
  const good = `urn:epc:id:sgtin:9521141.012345.400\t${link}`;
  writeFileSync(join(folder, 'head.tsv'), `\uFEFFurn\tcanonical\r\n${good}\r\n\r\n`);
  writeFileSync(join(folder, 'plain.tsv'), `${good}\n# why\nurn:epc:id:gid:1.2.3\n`);
  writeFileSync(join(folder, 'wrong.tsv'), `${link}\t\n`);
  const report = await runConformance(home);
  expect(report).toMatchObject({ passed: 3, failed: 1 });
  expect(report.failures).toEqual([expect.stringContaining(link)]);
  rmSync(home, { recursive: true });
});
