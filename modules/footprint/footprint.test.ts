import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectionModule } from '../inspection/index.ts';
import * as production from '../production/contract.ts';
import { finishOperation, startOperation } from '../production/contract.ts';
import { productionModule } from '../production/index.ts';
import { acceptedRing, filled, nextOf } from '../production/testing-floor.ts';
import { type Plant, startPlant } from '../testing-plant.ts';
import * as c from './contract.ts';
import { footprintModule } from './index.ts';

let p: Plant;

beforeAll(async () => {
  p = await startPlant([inspectionModule, productionModule, footprintModule]);
});
afterAll(() => p.app.stop());

/** A unit whose every operation was metered at 2 kWh. */
async function meteredUnit() {
  let order = await filled(p, await acceptedRing(p));
  while (['forming', 'assembly'].includes(nextOf(order).stationKind)) {
    const params = { operationId: nextOf(order).id };
    await p.owner.ok(startOperation, { params, body: {} });
    p.app.clock.advance(600_000);
    order = await p.owner.ok(finishOperation, { params, body: { energyKwh: '2' } });
  }
  await p.owner.ok(production.assembleUnit, { params: { orderId: order.id }, body: {} });
  return order.operations.filter((o) => o.state === 'done').length;
}

test('without units of one’s own only the literature speaks, and nothing is invented', async () => {
  const { rows, units, part } = await p.owner.ok(c.effect, { query: {} });
  expect({ units, part }).toEqual({ units: 0, part: undefined });
  expect(rows.map((r) => [r.figure, r.saving, r.claimed.saving])).toEqual([
    ['cost', undefined, 0.5],
    ['energy', undefined, 0.6],
    ['material', undefined, 0.7],
    ['emissions', undefined, 0.8],
  ]);
});

test('a unit’s own measurements make its effect; evidence is that of the weaker side', async () => {
  const steps = await meteredUnit();
  const found = await p.owner.ok(c.effect, { query: { partId: p.starterId } });
  expect(found).toMatchObject({ units: 1, metered: 1, factors: { version: '2026-11' } });
  const row = (figure: string) => found.rows.find((r) => r.figure === figure);
  const kwh = 2 * steps;
  expect(row('energy')).toMatchObject({
    new: { value: 25, evidence: 'literature' },
    reman: { value: kwh, evidence: 'measured' },
    evidence: 'literature',
  });
  expect(row('energy')?.saving).toBeCloseTo(1 - kwh / 25, 9);
  // all new but the ring gear of 100 g
  expect(row('material')).toMatchObject({ new: { value: 4.11 }, evidence: 'measured' });
  expect(row('material')?.saving).toBeCloseTo(0.1 / 4.11, 9);
  const grid = found.factors.grid.value;
  const metal = found.factors.material.value;
  expect(row('emissions')?.new?.value).toBeCloseTo(25 * grid + 4.11 * metal, 9);
  expect(row('emissions')?.reman?.value).toBeCloseTo(kwh * grid + 4.01 * metal, 9);
  expect(row('cost')).toMatchObject({ evidence: 'calculated' });
  expect(row('cost')?.reman?.value).toBeGreaterThan(100);
});

test('the reader’s own inputs reproduce 50, 60, 70, and say that they were entered', async () => {
  const query = {
    ...{ newCostYuan: 260, remanCostYuan: 130, newKwh: 25, remanKwh: 10 },
    ...{ newMassKg: 6, newPartsKg: 1.8, gridFactor: 'grid-hebei-2022' },
  };
  const { rows } = await p.owner.ok(c.effect, { query });
  const saved = rows.slice(0, 3).map((r) => Math.round(100 * (r.saving ?? 0)));
  expect(saved).toEqual([50, 60, 70]);
  expect(rows.map((r) => r.evidence)).toEqual(['entered', 'entered', 'entered', 'entered']);
  const unknown = { query: { gridFactor: 'grid-mars' } };
  expect(await p.owner.refused(c.effect, unknown)).toBe('FACTOR_UNKNOWN');
});

test('a million units: 15,000,000 kWh and 4,500 t as published, with the contradiction named; other inputs are the reader’s', async () => {
  const published = await p.owner.ok(c.scenario, { query: {} });
  expect(published).toMatchObject({
    ...{ units: 1_000_000, kwh: 15_000_000, tonnes: 4500 },
    ...{ asPublished: true, evidence: 'literature' },
  });
  expect(published.impliedFactor).toBeCloseTo(0.3, 12);
  expect(published.tonnesAtGrid).toBeCloseTo(15_000 * 0.5306, 6);
  expect(published.remark.en).toContain('0.30');
  const own = await p.owner.ok(c.scenario, { query: { units: 200_000, kwhPerUnit: 12 } });
  expect(own).toMatchObject({
    kwh: 2_400_000,
    tonnes: 900,
    asPublished: false,
    evidence: 'entered',
  });
});

test('every factor has value, unit, boundary and source', async () => {
  const { items } = await p.owner.ok(c.listFactors);
  expect(items.length).toBeGreaterThan(3);
  for (const f of items) {
    expect(f.value, f.id).toBeGreaterThan(0);
    for (const said of [f.unit, f.boundary, f.source.zh, f.source.en, f.name.zh])
      expect(said, f.id).not.toBe('');
  }
});
