/** All tests, unit to browser; ends with one line of counts. `--unit` leaves the browser out. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ensureBrowser } from './browser.ts';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** Names of the tests that failed, as far as a report tells. */
  names: readonly string[];
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
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { fullName: string; status: string }[];
  }[];
}

interface BrowserSuite {
  file: string;
  specs?: { title: string; ok: boolean }[];
  suites?: BrowserSuite[];
}

interface BrowserReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  suites: BrowserSuite[];
}

function runVitest(report: string, files: readonly string[]) {
  const to = `--outputFile.json=${join(out, report)}`;
  const args = ['run', '--reporter=default', '--reporter=json', to, ...files];
  const { status } = spawnSync('vitest', args, { stdio: 'inherit' });
  return { status, report: read(report) as UnitReport | undefined };
}

function failedUnits(report: UnitReport): string[] {
  return report.testResults.flatMap(({ name, message, status, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [`${file}: ${message}`];
    return failed.map((test) => `${file}: ${test.fullName}`);
  });
}

function failedPages(suite: BrowserSuite): string[] {
  const own = (suite.specs ?? []).filter((spec) => !spec.ok);
  return [
    ...own.map((spec) => `${suite.file}: ${spec.title}`),
    ...(suite.suites ?? []).flatMap(failedPages),
  ];
}

/**
 * A process that dies by a signal leaves nothing said about its tests: those files run once more, and
 * it is told. Tests that fail are never run again.
 */
function runUnits(): Counts {
  const first = runVitest('units.json', []);
  const r = first.report;
  if (!r) return { passed: 0, failed: 1, skipped: 0, names: ['vitest ended without a report'] };
  const counts = {
    passed: r.numPassedTests,
    failed: r.numFailedTests,
    skipped: r.numPendingTests,
    names: failedUnits(r),
  };
  if (first.status === 0 || counts.failed > 0) return counts;
  // no test failed, yet the file did: its process ended before its tests
  const files = r.testResults.filter((t) => t.status === 'failed').map((t) => t.name);
  if (files.length === 0) return { ...counts, failed: 1 };
  console.log(`\nA test process died; run once more: ${files.join(', ')}`);
  const second = runVitest('again.json', files);
  if (!second.report || second.status !== 0) {
    return { ...counts, failed: 1, names: second.report ? failedUnits(second.report) : files };
  }
  return { ...counts, passed: counts.passed + second.report.numPassedTests, names: [] };
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
  const r = read('browser.json') as BrowserReport | undefined;
  if (!r) return { passed: 0, failed: 1, skipped: 0, names: ['playwright ended without a report'] };
  return {
    passed: r.stats.expected + r.stats.flaky,
    failed: r.stats.unexpected || (status === 0 ? 0 : 1),
    skipped: r.stats.skipped,
    names: r.suites.flatMap(failedPages),
  };
}

const runs = [runUnits(), ...(process.argv.includes('--unit') ? [] : [runBrowser()])];
rmSync(out, { recursive: true, force: true });
const sum = (key: 'passed' | 'failed' | 'skipped') => runs.reduce((n, r) => n + r[key], 0);
const names = runs.flatMap((r) => r.names);
if (names.length > 0) console.log(`\nfailed:\n${names.map((name) => `- ${name}`).join('\n')}`);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
