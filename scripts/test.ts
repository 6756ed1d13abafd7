/** All tests, unit to browser; ends with one line of counts. `--unit` leaves the browser out. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser.ts';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const out = mkdtempSync(join(tmpdir(), 'zaizao-results-'));

function read(file: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(readFileSync(join(out, file), 'utf8'));
  } catch {
    return undefined; // the runner died before it wrote its report
  }
}

interface UnitReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { name: string; status: string }[];
}

function runVitest(report: string, files: readonly string[]) {
  const to = `--outputFile.json=${join(out, report)}`;
  const args = ['run', '--reporter=default', '--reporter=json', to, ...files];
  const { status } = spawnSync('vitest', args, { stdio: 'inherit' });
  return { status, report: read(report) as UnitReport | undefined };
}

/**
 * A process that dies by a signal leaves nothing said about its tests: those files run once more, and
 * it is told. Tests that fail are never run again.
 */
function runUnits(): Counts {
  const first = runVitest('units.json', []);
  const r = first.report;
  if (!r) return { passed: 0, failed: 1, skipped: 0 };
  const counts = { passed: r.numPassedTests, failed: r.numFailedTests, skipped: r.numPendingTests };
  if (first.status === 0 || counts.failed > 0) return counts;
  // no test failed, yet the file did: its process ended before its tests
  const files = r.testResults.filter((t) => t.status === 'failed').map((t) => t.name);
  if (files.length === 0) return { ...counts, failed: 1 };
  console.log(`\nA test process died; run once more: ${files.join(', ')}`);
  const second = runVitest('again.json', files);
  if (!second.report || second.status !== 0) return { ...counts, failed: 1 };
  return { ...counts, passed: counts.passed + second.report.numPassedTests };
}

function runBrowser(): Counts {
  const chromium = ensureBrowser();
  const env = {
    ...process.env,
    PLAYWRIGHT_JSON_OUTPUT_NAME: join(out, 'browser.json'),
    ...(chromium ? { CHROMIUM_PATH: chromium } : {}),
  };
  const args = ['test', '--reporter=list,json'];
  const { status } = spawnSync('playwright', args, { stdio: 'inherit', env });
  const r = read('browser.json') as
    | { stats: { expected: number; unexpected: number; flaky: number; skipped: number } }
    | undefined;
  if (!r) return { passed: 0, failed: 1, skipped: 0 };
  const failed = r.stats.unexpected || (status === 0 ? 0 : 1);
  return { passed: r.stats.expected + r.stats.flaky, failed, skipped: r.stats.skipped };
}

const runs = [runUnits(), ...(process.argv.includes('--unit') ? [] : [runBrowser()])];
rmSync(out, { recursive: true, force: true });
const sum = (key: keyof Counts) => runs.reduce((n, r) => n + r[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
