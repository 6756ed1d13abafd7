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

function runUnits(): Counts {
  const report = join(out, 'units.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync('vitest', args, { stdio: 'inherit' });
  const r = read('units.json') as
    | { numPassedTests: number; numFailedTests: number; numPendingTests: number }
    | undefined;
  if (!r) return { passed: 0, failed: 1, skipped: 0 };
  const failed = r.numFailedTests || (status === 0 ? 0 : 1);
  return { passed: r.numPassedTests, failed, skipped: r.numPendingTests };
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
