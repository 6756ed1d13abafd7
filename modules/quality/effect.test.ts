import { newId, unwrap } from '@zaizao/platform/kernel';
import type { Actor } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listCharacteristics, setNewPlan } from '../catalog/contract.ts';
import { inspectionModule } from '../inspection/index.ts';
import { inOrg } from '../ledger/testing.ts';
import { releaseUnit } from '../production/contract.ts';
import { moveUnit, productionModule } from '../production/index.ts';

import { type Plant, startPlant } from '../testing-plant.ts';
import * as c from './contract.ts';
import { qualityModule } from './index.ts';
import { beginRun, endRun } from './repo/effect.ts';
import { assembledUnit, bench, certified, finished, measured } from './testing-unit.ts';

let p: Plant;
let engineer: Actor;
let instruments: Map<string, string>;

beforeAll(async () => {
  p = await startPlant([inspectionModule, productionModule, qualityModule]);
  engineer = await p.org.as('quality');
  instruments = await bench(p);
}, 120_000);
afterAll(() => p.app.stop());

/** A unit that passed its test, was painted and packed. */
async function finishedUnit() {
  const unit = await assembledUnit(p);
  const t = await measured(p, instruments, unit.id);
  await p.owner.ok(c.decideTest, { params: { testId: t.id } });
  await finished(p, unit.orderId);
  return unit;
}

/** Every test of ours whose limit is national, as the new product's plan; `more` is beyond ours. */
async function plan(version: number, more: object[] = []) {
  const params = { partId: p.starterId };
  const { items } = await p.owner.ok(listCharacteristics, { params });
  const national = items.flatMap((x) =>
    x.purpose === 'inspection'
      ? []
      : x.inForce
          .filter((l) => l.level === 'national')
          .map((l) => ({
            ...{ code: x.code, name: x.name, unit: x.unit, condition: x.condition },
            ...{ source: l.source, min: l.min, max: l.max },
          })),
  );
  const body = {
    source: 'QC/T 731-2005',
    note: '',
    items: [...national, ...more] as typeof national,
  };
  return p.owner.ok(setNewPlan, { params, version, body });
}

describe('held against the new product', () => {
  test('a plan that lacks a test keeps units from their certificate until quality releases it with a reason', async () => {
    const unit = await finishedUnit();
    const query = { partId: p.starterId };
    expect((await p.owner.ok(c.listCoverage, { query })).items).toEqual([]);
    const body = {
      partId: p.starterId,
      reason: '盐雾试验委外',
      approvedBy: '周质量',
      validTo: '2030-01-01',
    };
    expect(await engineer.refused(c.releasePlan, { body })).toBe('PLAN_UNKNOWN');
    const first = await plan(0);
    expect(first).toMatchObject({ covered: true });
    expect(await engineer.refused(c.releasePlan, { body })).toBe('PLAN_COVERED');

    const salt = { code: 'N-T30', name: { zh: '盐雾', en: 'Salt spray' }, unit: 'h' };
    await plan(1, [{ ...salt, condition: '', min: '48', source: 'QC/T 731-2005' }]);
    const certify = { body: { unitId: unit.id } };
    expect(await engineer.refused(c.certifyUnit, certify)).toBe('CERTIFICATE_PLAN_SHORT');
    const late = { body: { ...body, validTo: '2020-01-01' } };
    expect(await engineer.refused(c.releasePlan, late)).toBe('PLAN_RELEASE_PAST');
    expect(await (await p.org.as('receiver')).refused(c.releasePlan, { body })).toBe(
      'PERMISSION_DENIED',
    );
    const released = await engineer.ok(c.releasePlan, { body });
    expect(released).toMatchObject({
      covered: false,
      free: true,
      release: { approvedBy: '周质量' },
    });
    expect(released.shortfalls).toMatchObject([{ code: 'N-T30', kind: 'missing' }]);
    await certified(p, unit.id);
    const report = await p.owner.ok(c.unitReport, { params: { unitId: unit.id } });
    expect(report.newProduct).toMatchObject({
      planVersion: 2,
      release: { reason: '盐雾试验委外' },
    });

    // what is lacking beyond the release, or after it ended, is not released
    const other = await finishedUnit();
    await plan(2, [
      { ...salt, condition: '', min: '48', source: 's' },
      { ...salt, code: 'N-T31', condition: '', min: '1', source: 's' },
    ]);
    expect(await engineer.refused(c.certifyUnit, { body: { unitId: other.id } })).toBe(
      'CERTIFICATE_PLAN_SHORT',
    );
    await plan(3);
    await certified(p, other.id);
    const covered = await p.owner.ok(c.unitReport, { params: { unitId: other.id } });
    expect(covered.newProduct).toMatchObject({ planVersion: 4, shortfalls: [] });
  });
});

describe('the final report of a unit', () => {
  test('tells accuracy and function against their limits, wear of what was kept, and that life is unknown', async () => {
    const unit = await finishedUnit();
    const params = { unitId: unit.id };
    const report = await p.owner.ok(c.unitReport, { params });
    expect(report.accuracy.map((r) => r.code)).toEqual(['S-T12']);
    expect(report.function.map((r) => r.code)).toContain('S-T01');
    expect(report.accuracy.length + report.function.length).toBe(13);
    const pullIn = report.function.find((r) => r.code === 'S-T01');
    expect(pullIn).toMatchObject({ value: '8', verdict: 'pass', margin: 0 }); // at the plant's limit
    expect(report.test).toMatchObject({ state: 'passed', runInMinutes: '5' });
    expect(report.life).toMatchObject({ failures: 0 });
    expect(report.life.fit).toBeUndefined();
    expect(report.life.basis.en).toMatch(/Nothing can be said|Fewer than 5|nothing can be said/);
    const stranger = await (await p.app.org('别家厂')).as('owner');
    expect(await stranger.refused(c.unitReport, { params })).toBe('UNIT_NOT_FOUND');
  });
});

const DAY = 86_400_000;

describe('the four figures of a product', () => {
  test('first-pass yield, direct cost, cycle time, and life once enough units failed', async () => {
    const bad = await assembledUnit(p);
    const t = await measured(p, instruments, bad.id, { 'S-T01': '8.2' });
    await p.owner.ok(c.decideTest, { params: { testId: t.id } });
    const unit = await finishedUnit();
    await certified(p, unit.id);
    await p.owner.ok(releaseUnit, { params: { unitId: unit.id }, body: {} });
    const move = (event: 'reserve' | 'sell' | 'ship' | 'install' | 'enter-service' | 'return') =>
      inOrg(p.app.app, p.org.ref, async (ctx) => unwrap(await moveUnit(ctx, unit.id, event)));
    for (const event of ['reserve', 'sell', 'ship', 'install', 'enter-service'] as const) {
      await move(event);
    }
    await p.app.drain();
    p.app.clock.advance(40 * DAY);

    const asked = { query: { partId: p.starterId } };
    const { items, definitions } = await p.owner.ok(c.productKpis, asked);
    const [kpi] = items;
    if (!kpi?.cost) throw new Error('one product, with units');
    expect(definitions.map((d) => d.figure)).toEqual(['quality', 'cost', 'cycle', 'life']);
    expect(kpi.quality.firstTested - kpi.quality.firstPassed).toBe(1);
    expect(kpi.quality.inService).toBe(1);
    const { totalFen, ...cost } = kpi.cost;
    const sum = [cost.newPartsFen, cost.coresFen, cost.labourFen, cost.energyFen, cost.warrantyFen];
    expect(BigInt(totalFen)).toBe(sum.reduce((n, f) => n + BigInt(f), 0n));
    expect(Number(cost.newPartsFen)).toBeGreaterThan(10_000); // all but the ring gear is new here
    expect(cost.priced).toBe(1);
    expect(kpi.cycle.finished).toBeGreaterThan(0);
    expect(kpi.cycle.medianHours).toBeGreaterThanOrEqual(0);
    expect(kpi.life).toMatchObject({ units: 1, failures: 0 });
    expect(kpi.life.days).toBeCloseTo(40, 1);
    expect(kpi.life.leastMeanDays).toBeCloseTo(40 / Math.LN10, 1);

    await move('return');
    await p.app.drain();
    const ended = await p.owner.ok(c.productKpis, asked);
    expect(ended.items[0]?.life).toMatchObject({ units: 1, failures: 1 });

    // units of other years, as their events would have told them
    await inOrg(p.app.app, p.org.ref, async (ctx) => {
      const start = new Date(ctx.now.getTime() - 900 * DAY);
      for (let i = 1; i <= 20; i++) {
        const unitId = newId('unit');
        await beginRun(ctx, { unitId, partId: p.starterId, at: start });
        if (i > 8) continue;
        await endRun(
          ctx,
          unitId,
          new Date(start.getTime() + i * 90 * DAY),
          i === 8 ? 'no-fault' : 'fault',
        );
      }
      return unwrap({ ok: true as const, value: undefined });
    });
    const fitted = (await p.owner.ok(c.productKpis, asked)).items[0]?.life;
    expect(fitted).toMatchObject({ units: 21, failures: 8 });
    const b10 = fitted?.fit?.b10;
    if (!b10) throw new Error('enough failures');
    expect(b10.low < b10.estimate && b10.estimate < b10.high).toBe(true);
    expect(fitted?.fit?.survivalYear.estimate).toBeGreaterThan(0.5);
    const report = await p.owner.ok(c.unitReport, { params: { unitId: unit.id } });
    expect(report.life.fit?.b10.estimate).toBeCloseTo(b10.estimate, 6);
    const dearer = await p.owner.ok(c.productKpis, {
      query: { ...asked.query, energyFenPerKwh: 0, labourFenPerHour: 0 },
    });
    expect(dearer.items[0]?.cost).toMatchObject({ labourFen: '0', energyFen: '0' });
  });
});
