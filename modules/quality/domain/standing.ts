import type { Text } from '@zaizao/platform/kernel';

/** A limit as it was used, with what it said. */
export interface JudgedLimit {
  readonly level: 'national' | 'enterprise' | 'customer';
  readonly customer?: string | undefined;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly version: number;
  readonly validFrom: string;
  readonly source: string;
  readonly pass: boolean;
}

interface Row {
  readonly code: string;
  readonly name: Text;
  readonly severity: 'critical' | 'major' | 'minor';
  readonly verdict: 'pass' | 'fail' | 'unlimited' | undefined;
  readonly judged: readonly JudgedLimit[];
}

interface RunIn {
  readonly good: boolean;
}

export interface Standing {
  readonly standing: 'pass' | 'fail' | 'incomplete';
  /** What is still to be measured or recorded. */
  readonly missing: readonly Text[];
  readonly failed: readonly Row[];
  /** Every failure is of a plant or customer limit: the national ones are met. */
  readonly nationalMet: boolean;
}

const RUN_IN: Text = { zh: '磨合记录', en: 'run-in record' };

/**
 * How a test run stands. A failure is a failure even before everything is measured, but a run is
 * decided only when it is complete: a unit is never passed on what nobody measured (TS-01).
 */
export function standingOf(
  rows: readonly Row[],
  runIn: RunIn | undefined,
  needsRunIn: boolean,
): Standing {
  const missing = rows.filter((r) => r.verdict === undefined).map((r) => r.name);
  if (needsRunIn && !runIn) missing.push(RUN_IN);
  const failed = rows.filter((r) => r.verdict === 'fail');
  const bad = failed.length > 0 || runIn?.good === false;
  const nationalMet =
    runIn?.good !== false &&
    failed.every((r) => r.judged.every((l) => l.pass || l.level !== 'national'));
  const standing = missing.length > 0 ? 'incomplete' : bad ? 'fail' : 'pass';
  return { standing, missing, failed, nationalMet };
}

/**
 * Families that are run in before their test: their surfaces turn or slide on each other.
 * @see white paper 2018, 二(一)6 (item TS-02); which families is our assumption
 */
const RUN_IN_FAMILIES: ReadonlySet<string> = new Set([
  ...['starter', 'alternator', 'gearbox', 'engine', 'steering', 'axle', 'turbocharger'],
  ...['compressor-ac', 'pump-valve', 'hydraulic', 'electric-motor', 'machine-tool'],
]);

export function needsRunIn(family: string): boolean {
  return RUN_IN_FAMILIES.has(family);
}
