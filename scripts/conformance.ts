/**
 * Runs published conformance suites against our packages: `npm run conformance -- event-hash [epcis-documents …]
 * [--json]`, all of them when none is named. Data come from the folder in `ZAIZAO_DATA`. Prints the failures and ends
 * with one line of counts; exits 1 when something failed or a suite found nothing to run.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

interface ConformanceReport {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly string[];
}

type Suite = (dataDir: string) => Promise<ConformanceReport>;

/** One line a suite; loaded only when it runs. */
const SUITES: Readonly<Record<string, Suite>> = {
  'digital-link': async (data) => (await import('@zaizao/gs1/conformance')).runConformance(data),
  'event-hash': async (data) =>
    (await import('@zaizao/epcis/conformance')).runConformance(data, 'event-hash'),
  'event-hash-equality': async (data) =>
    (await import('@zaizao/epcis/conformance')).runConformance(data, 'event-hash-equality'),
  'epcis-documents': async (data) =>
    (await import('@zaizao/epcis/conformance')).runConformance(data, 'epcis-documents'),
  tlog: async (data) => (await import('@zaizao/tlog/conformance')).runConformance(data),
  vc: async (data) => (await import('@zaizao/credential/conformance')).runConformance(data),
  'catena-x': async (data) =>
    (await import('../modules/passport/conformance.ts')).runConformance(data, 'catena-x'),
  aas: async (data) =>
    (await import('../modules/passport/conformance.ts')).runConformance(data, 'aas'),
};

const args = process.argv.slice(2);
const json = args.includes('--json');
const names = args.filter((arg) => !arg.startsWith('--'));
const unknown = names.filter((name) => !Object.hasOwn(SUITES, name));
if (unknown.length > 0) {
  console.error(`No suite ${unknown.join(', ')}. There are: ${Object.keys(SUITES).join(', ')}.`);
  process.exit(2);
}

const dataDir = resolve(process.env.ZAIZAO_DATA ?? '../shared/data');
if (!existsSync(dataDir)) {
  console.error(`No data in ${dataDir}; set ZAIZAO_DATA.`);
  process.exit(2);
}

/** A suite that finds nothing to run, or cannot go on, has failed and says why. */
async function outcomeOf(name: string, suite: Suite): Promise<ConformanceReport> {
  const broken = (why: string) => ({ name, passed: 0, failed: 1, failures: [why] });
  try {
    const report = await suite(dataDir);
    return report.passed + report.failed > 0 ? report : broken(`nothing to run in ${dataDir}`);
  } catch (error) {
    return broken(error instanceof Error ? error.message : String(error));
  }
}

const reports: ConformanceReport[] = [];
for (const [name, suite] of Object.entries(SUITES)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const report = await outcomeOf(name, suite);
  reports.push(report);
  if (json) continue;
  for (const failure of report.failures) console.log(`✘ ${report.name}: ${failure}`);
  console.log(`${report.name}: ${report.passed} passed, ${report.failed} failed`);
}

const passed = reports.reduce((sum, report) => sum + report.passed, 0);
const failed = reports.reduce((sum, report) => sum + report.failed, 0);
console.log(
  json ? JSON.stringify({ passed, failed, reports }) : `${passed} passed, ${failed} failed`,
);
process.exitCode = failed > 0 ? 1 : 0;
