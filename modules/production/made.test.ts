import { unwrap } from '@zaizao/platform/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setPackage } from '../catalog/contract.ts';
import { getComponentView, scrapComponent } from '../dismantling/contract.ts';
import { inspectionModule } from '../inspection/index.ts';
import { thingGenealogy, thingHistory } from '../ledger/contract.ts';
import { inOrg } from '../ledger/testing.ts';
import { type Plant, photo, startPlant } from '../testing-plant.ts';
import * as c from './contract.ts';
import { moveUnit, productionModule } from './index.ts';
import { acceptedRing, born, componentsOf, nextOf, torn, work } from './testing-floor.ts';

let p: Plant;

beforeAll(async () => {
  p = await startPlant([inspectionModule, productionModule]);
});
afterAll(() => p.app.stop());

const moved = (unitId: string, event: 'test-pass' | 'test-fail') =>
  inOrg(p.app.app, p.org.ref, async (ctx) => unwrap(await moveUnit(ctx, unitId, event)));

describe('exchanging a part during rework', () => {
  test('the old component comes out, another goes in; as-built list, mass and genealogy say so', async () => {
    const first = await acceptedRing(p);
    const unit = await born(p, first);
    const params = { unitId: unit.id };
    await moved(unit.id, 'test-fail');
    const body = { unitId: unit.id, instruction: '内齿圈有异响，更换' };
    const order = await p.owner.ok(c.releaseRework, { body });
    const second = await acceptedRing(p);
    const [out, into] = [first.get(50) ?? '', second.get(50) ?? ''];
    const swap = (more: object) => ({
      params: { orderId: order.id },
      body: { pos: 50, componentId: into, reason: '异响', ...more },
    });
    const { body: other } = swap({ takeOut: 'K9999999' });
    expect(await p.owner.refused(c.exchangePart, { ...swap({}), body: other })).toBe(
      'EXCHANGE_PIECE',
    );
    expect(await p.owner.refused(c.exchangePart, swap({ pos: 60 }))).toBe('SLOT_PART_WRONG');
    const onlyNew = { params: { orderId: order.id }, body: { pos: 50, newLot: 'N', reason: 'x' } };
    expect(await p.owner.refused(c.exchangePart, onlyNew)).toBe('UNIT_WITHOUT_CORE');

    const now = await p.owner.ok(c.exchangePart, swap({}));
    expect(now.asBuilt.find((a) => a.pos === 50)).toMatchObject({ componentId: into, qty: 1 });
    expect(now.massG).toBe(now.asBuilt.reduce((n, a) => n + a.massG, 0));
    expect(now.previousCores.map((x) => x.id)).not.toContain(unit.previousCores[0]?.id);
    expect(now.epc).toBe(unit.epc);
    const gone = await p.owner.ok(getComponentView, { params: { componentId: out } });
    expect(gone).toMatchObject({ state: 'found' });
    const there = await p.owner.ok(getComponentView, { params: { componentId: into } });
    expect(there).toMatchObject({ state: 'installed', unitId: unit.id });

    const made = await p.owner.ok(thingGenealogy, { params: { epc: unit.epc } });
    const into1 = made.edges.filter((e) => e.to === unit.epc);
    expect(into1.find((e) => e.from === gone.epc)?.removedAt).toBeDefined();
    expect(into1.find((e) => e.from === there.epc)).toMatchObject({ kind: 'put-together' });
    expect(into1.find((e) => e.from === there.epc)?.removedAt).toBeUndefined();
    const down = await p.owner.ok(thingGenealogy, {
      params: { epc: unit.epc },
      query: { direction: 'used-in' },
    });
    expect(down.nodes.map((n) => n.epc)).not.toContain(gone.epc); // taken out, not begotten

    const told = await p.owner.ok(c.listExchanges, { params });
    expect(told.items).toMatchObject([
      {
        ...{ pos: 50, reason: '异响', takenOut: [{ componentId: out }] },
        putIn: [{ componentId: into }],
      },
    ]);
    await work(p, order);
    expect(await p.owner.refused(c.exchangePart, swap({}))).toBe('EXCHANGE_NOT_REWORK');
    expect(await p.owner.ok(c.getUnitView, { params })).toMatchObject({ state: 'assembled' });
  });
});

const spec = {
  type: 'carton' as const,
  materials: [{ name: { zh: '瓦楞纸箱', en: 'Corrugated box' }, massG: 320, reusable: false }],
  inner: { lengthMm: 260, widthMm: 160, heightMm: 150 },
  outer: { lengthMm: 270, widthMm: 170, heightMm: 160 },
  ...{ tareG: 380, unitsPerPackage: 1, stackLayers: 5, esd: false, vci: true },
  handling: ['keep-dry' as const],
  labels: [{ kind: 'parcel' as const, place: 'long-side' as const }],
  checks: [
    { code: 'MARK', text: { zh: '再制造标志清晰', en: 'The mark is clear' } },
    { code: 'VCI', text: { zh: '防锈纸包好', en: 'Wrapped in VCI paper' } },
  ],
  basis: 'assumption',
};

describe('packing by the specification', () => {
  test('after the test, checked, photographed, weighed: then the parcel has its number', async () => {
    const unit = await born(p);
    const params = { unitId: unit.id };
    await p.owner.ok(setPackage, {
      params: { partId: p.starterId },
      version: 0,
      body: { spec, note: '' },
    });
    const picture = await photo(p.owner);
    const all = { checks: ['MARK', 'VCI'], photo: picture, grossG: 4500 };
    const refused = (more: object) =>
      p.owner.refused(c.packUnit, { params, body: { ...all, ...more } });
    expect(await refused({})).toBe('UNIT_STATE'); // not before the test is passed
    await moved(unit.id, 'test-pass');
    expect(await refused({})).toBe('PACKING_NOT_BEGUN');
    const order = await p.owner.ok(c.getOrder, { params: { orderId: unit.orderId } });
    const packing = await work(p, order, (o) => o.stationKind !== 'packing');
    const operation = { params: { operationId: nextOf(packing).id }, body: {} };
    await p.owner.ok(c.startOperation, operation);
    expect(await p.owner.refused(c.finishOperation, operation)).toBe('PACKING_NOT_RECORDED');
    expect(await refused({ checks: ['MARK'] })).toBe('PACKING_CHECK_MISSING');
    expect(await refused({ photo: 'ab'.repeat(32) })).toBe('PHOTO_REQUIRED');
    expect(await refused({ grossG: 4000 })).toBe('PACKING_LIGHT');

    const parcel = await p.owner.ok(c.packUnit, { params, body: all });
    expect(parcel.sscc).toMatch(/^1\d{17}$/);
    const again = await p.owner.ok(c.packUnit, { params, body: all });
    expect(again.sscc).not.toBe(parcel.sscc);
    const opened = await p.owner.ok(c.readParcel, { params: { sscc: parcel.sscc } });
    expect(opened).toMatchObject({ serial: unit.serial, openedAt: expect.any(String) });
    const shown = await p.owner.ok(c.getParcel, { params });
    expect(shown.parcel).toMatchObject({ sscc: again.sscc, specVersion: 1, grossG: 4500 });
    const story = await p.owner.ok(thingHistory, { params: { epc: unit.epc }, query: {} });
    expect(story.items.map((e) => e.bizStep)).toEqual(
      expect.arrayContaining([expect.stringContaining('packing')]),
    );
    const done = await p.owner.ok(c.finishOperation, operation);
    expect(done.state).toBe('done');
  });
});

test('the four R: what was reused, remanufactured and recycled, and what new parts were not needed', async () => {
  const before = await p.owner.ok(c.fourR, { query: {} });
  const core = await torn(p);
  const brushes = (await componentsOf(p, core.id)).get(140);
  await p.owner.ok(scrapComponent, {
    params: { componentId: brushes?.id ?? '' },
    body: { reason: '必换件' },
  });
  await born(p);
  const { total, byProduct, basis } = await p.owner.ok(c.fourR, { query: {} });
  expect(total.units).toBe(before.total.units + 1);
  expect(total.builtG).toBe(total.reuse.massG + total.remanufacture.massG + total.newG);
  expect(total.reduce.massG).toBe(total.builtG - total.newG);
  expect(total.reduce.byMass).toBeCloseTo(total.reduce.massG / total.builtG, 9);
  expect(total.reuse.massG).toBe(100 * total.units); // the ring gear of each
  expect(total.reduce.newPartsFen).toBe(String(800 * total.units)); // at 8 yuan new
  expect(total.recycle.massG).toBe(before.total.recycle.massG + 32);
  expect(byProduct).toHaveLength(1);
  expect(basis.en).toContain('all-new build');
  const none = await p.owner.ok(c.fourR, { query: { to: '2001-01-01' } });
  expect(none.total).toMatchObject({ units: 0, builtG: 0, recycle: { massG: 0 } });
});

test('output is told by the day of the plant’s zone, and so are its records', async () => {
  const { today, assembledByDay } = await p.owner.ok(c.workInProgress);
  const made = assembledByDay.find((d) => d.day === today)?.count ?? 0;
  expect(made).toBeGreaterThan(0);
  const items = (query: object) =>
    p.owner.ok(c.listUnits, { query: { limit: 200, ...query } }).then((x) => x.items.length);
  expect(await items({ from: today, to: today })).toBe(made);
  p.app.clock.advance(86_400_000);
  const next = await p.owner.ok(c.workInProgress);
  expect(next.today > today).toBe(true);
  expect(await items({ from: next.today, to: next.today })).toBe(0);
  expect(await items({ to: today })).toBe(await items({}));
});
