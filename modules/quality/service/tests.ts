import { bizStep, disposition, objectEvent } from '@zaizao/epcis';
import { type Characteristic, getPart, judge, testPlanOf } from '@zaizao/modules/catalog';
import { requireInstrument } from '@zaizao/modules/instruments';
import { record } from '@zaizao/modules/ledger';
import { allocateCode, defaultSite, gs1Prefix, todayOf } from '@zaizao/modules/parties';
import { moveUnit, requireUnit, type Unit } from '@zaizao/modules/production';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result, type Text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type addCurve,
  qualityErrors,
  type recordRunIn,
  type recordTestValues,
  type TestView,
} from '../contract.ts';
import { curveFigures, downsample, isForward } from '../domain/downsample.ts';
import { plausible } from '../domain/plausible.ts';
import { sensorElements } from '../domain/sensor.ts';
import { needsRunIn, type Standing } from '../domain/standing.ts';
import { testMachine } from '../domain/test-machine.ts';
import type { InstrumentRef, TestTable, UnitRef } from '../repo/tables.ts';
import * as repo from '../repo/test.ts';
import { open } from './nonconformances.ts';
import { standing, testView } from './test-views.ts';

type View = TestView;

export function unitRef(u: Unit): UnitRef {
  return { id: u.id, serial: u.serial, epc: u.epc, life: u.life, part: u.part };
}

/** Opens a test of an assembled unit, or a further one of a tested unit. */
export async function startTestOf(
  ctx: Ctx,
  unitId: string,
  customer: string | undefined,
): Promise<Result<View>> {
  const unit = await requireUnit(ctx, unitId, 'assembled', 'tested');
  if (!unit.ok) return unit;
  const before = await repo.testsOfUnit(ctx, unitId);
  const running = before.find((t) => t.state === 'open');
  if (running) {
    const { serial } = unit.value;
    return err(qualityErrors.TEST_OPEN({ serial, code: running.code }));
  }
  const { number } = unit.value.part;
  const plan = await testPlanOf(ctx, unit.value.part_id);
  if (!plan.ok) return plan;
  if (plan.value.length === 0) return err(qualityErrors.TEST_PLAN_MISSING({ number }));
  const part = await getPart(ctx, unit.value.part_id);
  if (!part.ok) return part;
  const id = newId('test', ctx.now.getTime());
  await repo.insertTest(ctx, {
    id,
    code: await allocateCode(ctx, 'test'),
    round: (before[0]?.round ?? 0) + 1,
    unit: unitRef(unit.value),
    plan: plan.value,
    needs_run_in: needsRunIn(part.value.family),
    customer: customer ?? null,
  });
  return testView(ctx, id);
}

async function openTest(ctx: Ctx, testId: string): Promise<Result<TestTable>> {
  const t = await repo.findTest(ctx, testId, true);
  if (!t) return err(qualityErrors.TEST_NOT_FOUND());
  return t.state === 'open' ? ok(t) : err(qualityErrors.TEST_ENDED({ code: t.code }));
}

/** Pages that show this test show what was just taken down: the bench writes, the person watches. */
async function shown(ctx: Ctx, testId: string): Promise<Result<View>> {
  ctx.afterCommit(() => ctx.app.wake('quality.test-changed', ctx.org, { testId }));
  return testView(ctx, testId);
}

type GivenValue = z.output<(typeof recordTestValues)['body']>['values'][number];

/**
 * Writes values, each judged by the limits in force when the test began, whose versions it keeps. All of them or
 * none: one refusal leaves nothing written.
 */
export async function recordValues(
  ctx: Ctx,
  testId: string,
  values: readonly GivenValue[],
): Promise<Result<View>> {
  const t = await openTest(ctx, testId);
  if (!t.ok) return t;
  for (const v of values) {
    const x = t.value.plan.find((p) => p.id === v.characteristicId);
    if (!x) return err(qualityErrors.TEST_CHARACTERISTIC_UNKNOWN({ code: v.characteristicId }));
    const instrument = await checkReading(ctx, x, v);
    if (!instrument.ok) return instrument;
    const customer = t.value.customer === null ? {} : { customer: t.value.customer };
    const judged = judge(v.value, x.limits, customer);
    await repo.insertValue(ctx, testId, {
      characteristic_id: x.id,
      code: x.code,
      value: v.value,
      unit: v.unit,
      instrument: instrument.value ?? null,
      verdict: judged.verdict,
      judged: [...judged.levels],
    });
  }
  return shown(ctx, testId);
}

/** Whether a reading may be taken down: right unit, possible, and measured with what may measure it. */
async function checkReading(
  ctx: Ctx,
  x: Characteristic,
  v: GivenValue,
): Promise<Result<InstrumentRef | undefined>> {
  const name = x.name[ctx.lang];
  if (v.unit !== x.unit) {
    return err(qualityErrors.TEST_UNIT_OF_MEASURE({ name, expected: x.unit, given: v.unit }));
  }
  if (!plausible(v.value, x.unit, x.limits)) {
    return err(qualityErrors.TEST_VALUE_IMPLAUSIBLE({ name, value: v.value, unit: x.unit }));
  }
  const kind = x.instrumentKind;
  if (!v.instrumentId) {
    return kind ? err(qualityErrors.TEST_INSTRUMENT_MISSING({ name, kind })) : ok(undefined);
  }
  const found = await requireInstrument(ctx, v.instrumentId, await todayOf(ctx));
  if (!found.ok) return found;
  const instrument = found.value;
  if (kind && instrument.kind !== kind) {
    const { code, kind: given } = instrument;
    return err(qualityErrors.TEST_INSTRUMENT_KIND({ name, expected: kind, code, given }));
  }
  return ok({ id: instrument.id, code: instrument.code, name: instrument.name });
}

const CURVES_A_TEST = 12;
const BUCKETS = 200;

/** Keeps a curve of the bench: figures of every sample, points thinned with every peak kept. */
export async function recordCurve(
  ctx: Ctx,
  testId: string,
  c: z.output<(typeof addCurve)['body']>,
): Promise<Result<View>> {
  const t = await openTest(ctx, testId);
  if (!t.ok) return t;
  if (!isForward(c.points)) return err(qualityErrors.CURVE_TIME());
  if ((await repo.curvesOf(ctx, testId)).length >= CURVES_A_TEST) {
    return err(qualityErrors.CURVE_TOO_MANY({ most: CURVES_A_TEST }));
  }
  const about = c.characteristicId;
  if (about && !t.value.plan.some((p) => p.id === about)) {
    return err(qualityErrors.TEST_CHARACTERISTIC_UNKNOWN({ code: about }));
  }
  if (c.instrumentId) {
    const instrument = await requireInstrument(ctx, c.instrumentId, await todayOf(ctx));
    if (!instrument.ok) return instrument;
  }
  const figures = curveFigures(c.points);
  await repo.insertCurve(ctx, {
    test_id: testId,
    part_id: t.value.part_id,
    name: c.name,
    unit: c.unit,
    characteristic_id: c.characteristicId ?? null,
    instrument_id: c.instrumentId ?? null,
    samples: c.points.length,
    seconds: figures.seconds,
    lowest: figures.min,
    highest: figures.max,
    mean: figures.mean,
    points: downsample(c.points, BUCKETS),
  });
  return shown(ctx, testId);
}

export async function recordRunInOf(
  ctx: Ctx,
  testId: string,
  runIn: z.output<(typeof recordRunIn)['body']>,
): Promise<Result<View>> {
  const t = await openTest(ctx, testId);
  if (!t.ok) return t;
  const by = ctx.principal.name;
  await repo.saveRunIn(ctx, testId, { ...runIn, at: ctx.now.toISOString(), by });
  return shown(ctx, testId);
}

/** Ends a test without a verdict: the wrong unit, a broken bench. The unit stays where it was. */
export async function abort(ctx: Ctx, testId: string, reason: string): Promise<Result<View>> {
  const t = await openTest(ctx, testId);
  if (!t.ok) return t;
  await repo.endTest(ctx, testId, { state: 'aborted', aborted_for: reason });
  return testView(ctx, testId);
}

/**
 * Decides a complete test. Passed: the unit is tested. Failed: it goes to rework and a
 * nonconformance is opened by itself. The ledger gets every value, with what measured it.
 */
export async function decide(ctx: Ctx, testId: string): Promise<Result<View>> {
  const found = await openTest(ctx, testId);
  if (!found.ok) return found;
  const t = found.value;
  const shown = await testView(ctx, testId);
  if (!shown.ok) return shown;
  const s = standing(t, shown.value.rows);
  if (s.standing === 'incomplete') {
    const names = s.missing.map((m) => m[ctx.lang]).join(ctx.lang === 'zh' ? '、' : ', ');
    return err(qualityErrors.TEST_INCOMPLETE({ names }));
  }
  const state = testMachine.next(t.state, s.standing);
  if (!state) return err(qualityErrors.TEST_ENDED({ code: t.code }));
  const event = await recordTest(ctx, t, shown.value, s.standing);
  if (!event.ok) return event;
  const moved = await moveUnit(ctx, t.unit_id, s.standing === 'pass' ? 'test-pass' : 'test-fail');
  if (!moved.ok) return moved;
  const ncr = s.standing === 'fail' ? await openFor(ctx, t, s) : ok(undefined);
  if (!ncr.ok) return ncr;
  const nonconformanceId = ncr.value?.id ?? null;
  const end = { state, event_id: event.value, nonconformance_id: nonconformanceId };
  await repo.endTest(ctx, testId, end);
  const verdict = s.standing;
  await ctx.publish('quality.unit-tested', t.unit_id, { unitId: t.unit_id, testId, verdict });
  return testView(ctx, testId);
}

/** One ObjectEvent with all measured values (CBV inspecting). Answers its id. */
async function recordTest(
  ctx: Ctx,
  t: TestTable,
  v: View,
  verdict: 'pass' | 'fail',
): Promise<Result<string>> {
  const site = await defaultSite(ctx);
  const prefix = await gs1Prefix(ctx);
  const measured = v.rows.flatMap((r) =>
    r.value === undefined || r.verdict === undefined
      ? []
      : {
          code: r.code,
          value: r.value,
          unit: r.unit,
          verdict: r.verdict,
          deviceId: r.instrument && `https://id.gs1.org/8004/${prefix}${r.instrument.code}`,
        },
  );
  const recorded = await record(ctx, [
    objectEvent({
      eventTime: ctx.now,
      action: 'OBSERVE',
      epcList: [t.unit.epc],
      bizStep: bizStep.inspecting,
      disposition: verdict === 'pass' ? disposition.conformant : disposition.nonConformant,
      readPoint: site.epc,
      bizLocation: site.epc,
      bizTransactionList: [{ type: 'testres', bizTransaction: `urn:zaizao:test:${t.code}` }],
      sensorElementList: sensorElements(measured, ctx.now),
      zz: {
        test: t.code,
        round: t.round,
        verdict,
        limits: v.rows.flatMap((r) => r.limits.map((l) => limitWords(r.code, l))),
        runInMinutes: v.runIn?.minutes,
      },
    }),
  ]);
  return recorded.ok ? ok(recorded.value[0]?.eventId ?? '') : recorded;
}

function limitWords(code: string, l: View['rows'][number]['limits'][number]): string {
  const kept = l.pass ? 'kept' : 'not kept';
  return `${code} ${l.level} v${l.version} ${l.min ?? ''}…${l.max ?? ''} ${kept}`;
}

const RUN_IN_DEFECT: Text = { zh: '磨合异常', en: 'Run-in not good' };
const RANK = { critical: 0, major: 1, minor: 2 } as const;

async function openFor(ctx: Ctx, t: TestTable, s: Standing): Promise<Result<{ id: string }>> {
  const worst = s.failed.toSorted((a, b) => RANK[a.severity] - RANK[b.severity])[0];
  const names = s.failed.map((f) => `${f.code} ${f.name[ctx.lang]}`);
  if (t.run_in?.good === false) names.push(RUN_IN_DEFECT[ctx.lang]);
  return open(ctx, {
    subject: { kind: 'unit', id: t.unit_id, code: t.unit.serial },
    part: t.unit.part,
    source: 'test',
    testId: t.id,
    defect: worst?.code ?? 'RUN-IN',
    defectName: worst?.name ?? RUN_IN_DEFECT,
    description: `${t.code}: ${names.join(', ')}`,
    severity: worst?.severity ?? 'major',
  });
}
