import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalLinkOf } from './canonical.ts';

/** What a conformance run found; `failures` are sentences. */
export interface ConformanceReport {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly failures: string[];
}

/**
 * Runs the published pairs of EPC URN or Digital Link and canonical Digital Link (an empty second column means that
 * the input must be refused).
 *
 * @param dataDir folder that holds `epcis/digital-link`, whose tables (`.tsv`, with or without a head) are all run
 */
export async function runConformance(dataDir: string): Promise<ConformanceReport> {
  const folder = join(dataDir, 'epcis', 'digital-link');
  const files = (await readdir(folder, { recursive: true })).filter((name) =>
    name.endsWith('.tsv'),
  );
  const texts = await Promise.all(files.sort().map((name) => readFile(join(folder, name), 'utf8')));
  const rows = texts.flatMap((text) => {
    const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
    // A head has no colon in its first column; every identifier has one.
    const hasHead = !(lines[0]?.split('\t')[0] ?? '').includes(':');
    return lines.slice(hasHead ? 1 : 0).filter((line) => line.trim() !== '' && !/^#/.test(line));
  });
  const failures: string[] = [];
  for (const row of rows) {
    const [input = '', expected = ''] = row.split('\t');
    const result = canonicalLinkOf(input.trim());
    const got = result.ok ? result.value : '';
    if (got !== expected.trim()) failures.push(`${input}: expected ${expected}, got ${got}`);
  }
  return {
    name: 'digital-link',
    passed: rows.length - failures.length,
    failed: failures.length,
    failures,
  };
}
