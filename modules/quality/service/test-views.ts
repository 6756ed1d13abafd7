import type { Characteristic } from '@zaizao/modules/catalog';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import { qualityErrors, type TestView } from '../contract.ts';
import { type Standing, standingOf } from '../domain/standing.ts';
import * as ncrs from '../repo/nonconformance.ts';
import type { CurveRow, TestRow, ValueRow } from '../repo/tables.ts';
import * as repo from '../repo/test.ts';

type Row = TestView['rows'][number];

function rowOf(x: Characteristic, v: ValueRow | undefined, customer: string | null): Row {
  const applying = x.limits.filter((l) => l.level !== 'customer' || l.customer === customer);
  return {
    id: x.id,
    code: x.code,
    name: x.name,
    unit: x.unit,
    condition: x.condition,
    severity: x.severity,
    basis: x.basis,
    ...(x.instrumentKind ? { instrumentKind: x.instrumentKind } : {}),
    limits: [...(v ? v.judged : applying)],
    ...(v
      ? {
          value: v.value,
          verdict: v.verdict,
          measuredAt: v.at.toISOString(),
          ...(v.instrument ? { instrument: v.instrument } : {}),
        }
      : {}),
  };
}

function curveOf(c: CurveRow): TestView['curves'][number] {
  return {
    id: c.id,
    name: c.name,
    unit: c.unit,
    ...(c.characteristic_id ? { characteristicId: c.characteristic_id } : {}),
    samples: c.samples,
    seconds: c.seconds,
    min: c.lowest,
    max: c.highest,
    mean: c.mean,
    points: c.points.map(([s, v]) => [s, v]),
  };
}

export function testSummary(t: TestRow) {
  return {
    id: t.id,
    code: t.code,
    state: t.state,
    round: t.round,
    unit: t.unit,
    ...(t.customer ? { customer: t.customer } : {}),
    startedAt: t.started_at.toISOString(),
    startedBy: t.started_by,
    ...(t.decided_at ? { decidedAt: t.decided_at.toISOString() } : {}),
    ...(t.decided_by ? { decidedBy: t.decided_by } : {}),
    ...(t.nonconformance_id ? { nonconformanceId: t.nonconformance_id } : {}),
  };
}

/** How a test stands by its rows as they are shown. */
export function standing(t: TestRow, rows: readonly Row[]): Standing {
  const judged = rows.map((r) => ({
    code: r.code,
    name: r.name,
    severity: r.severity,
    verdict: r.verdict,
    // before there is a value a limit has said nothing; the row is missing, not failed
    judged: r.limits.map((l) => ({ ...l, pass: l.pass ?? true })),
  }));
  return standingOf(judged, t.run_in ?? undefined, t.needs_run_in);
}

/** A test as it is: rows of the plan with what was measured, curves, run-in, and how it stands. */
export async function testView(ctx: Ctx, testId: string): Promise<Result<TestView>> {
  const t = await repo.findTest(ctx, testId);
  if (!t) return err(qualityErrors.TEST_NOT_FOUND());
  const values = await repo.valuesOf(ctx, testId);
  const rows = t.plan.map((x) => rowOf(x, values.get(x.id), t.customer));
  const s = standing(t, rows);
  const ncr = t.nonconformance_id
    ? await ncrs.findNonconformance(ctx, t.nonconformance_id)
    : undefined;
  return ok({
    ...testSummary(t),
    rows,
    curves: (await repo.curvesOf(ctx, testId)).map(curveOf),
    needsRunIn: t.needs_run_in,
    ...(t.run_in ? { runIn: t.run_in } : {}),
    standing: t.state === 'passed' ? 'pass' : t.state === 'failed' ? 'fail' : s.standing,
    missing: t.state === 'open' ? [...s.missing] : [],
    ...(ncr?.disposition === 'concession'
      ? {
          concession: {
            code: ncr.code,
            reason: ncr.disposition_reason ?? '',
            reference: ncr.reference ?? '',
          },
        }
      : {}),
    ...(t.event_id ? { eventId: t.event_id } : {}),
  });
}

/** All tests of a unit, newest first; for passports and other modules. */
export async function testsOf(ctx: Ctx, unitId: string): Promise<TestView[]> {
  const views: TestView[] = [];
  for (const t of await repo.testsOfUnit(ctx, unitId)) {
    const v = await testView(ctx, t.id);
    if (v.ok) views.push(v.value);
  }
  return views;
}
