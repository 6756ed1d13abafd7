import { newId, unwrap } from '@zaizao/platform/kernel';
import type { Actor } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getComponentView } from '../dismantling/contract.ts';
import { inspectionModule } from '../inspection/index.ts';
import { thingGenealogy } from '../ledger/contract.ts';
import { inOrg } from '../ledger/testing.ts';
import { cleanedAt, instrument, type Plant, startPlant } from '../testing-plant.ts';
import { draws } from '../testing-readme.ts';
import * as c from './contract.ts';
import { operationMachine, orderMachine, unitMachine } from './domain/machines.ts';
import { moveUnit, productionModule } from './index.ts';
import {
  acceptedRing,
  born,
  componentsOf,
  decided,
  filled,
  nextOf,
  torn,
  work,
} from './testing-floor.ts';

let p: Plant;
let machinist: Actor;

beforeAll(async () => {
  p = await startPlant([inspectionModule, productionModule]);
  machinist = await p.org.as('machinist');
});
afterAll(() => p.app.stop());

/** A restore order of the position of a fresh core. */
async function restoreOrder(pos: number) {
  const core = await torn(p);
  const [component] = await cleanedAt(p, core.id, pos);
  if (!component) throw new Error('cleaned above');
  await decided(p, component.id, false);
  const order = await p.owner.ok(c.releaseRestore, { body: { componentId: component.id } });
  return { core, component, order };
}

describe('restoring a component', () => {
  test('has the steps of the route that its position calls for, in their order', async () => {
    const { component, order } = await restoreOrder(30);
    expect(order.operations.map((o) => o.code)).toEqual(['OP60', 'OP61']);
    const again = { body: { componentId: component.id } };
    expect(await p.owner.refused(c.releaseRestore, again)).toBe('WORK_ORDER_COMPONENT_BUSY');
    const [turn, undercut] = order.operations;
    if (!turn || !undercut) throw new Error('two operations');
    const second = { params: { operationId: undercut.id }, body: {} };
    expect(await machinist.refused(c.startOperation, second)).toBe('OPERATION_ORDER');
    const ready = await machinist.ok(c.operationQueue, { query: { ready: 'yes', limit: 200 } });
    const mine = ready.items.filter((o) => o.orderId === order.id);
    expect(mine.map((o) => o.code)).toEqual(['OP60']);

    await work(p, order);
    const after = await p.owner.ok(getComponentView, { params: { componentId: component.id } });
    expect(after).toMatchObject({ state: 'restored', restoredTimes: 1 });
    expect(await p.owner.refused(c.releaseRestore, again)).toBe('WORK_ORDER_COMPONENT_STATE');
    const closed = await p.owner.ok(c.getOrder, { params: { orderId: order.id } });
    expect(closed.state).toBe('done');
  });

  test('a position without steps of its own gets one plain step', async () => {
    const { order } = await restoreOrder(160);
    expect(order.operations.map((o) => o.code)).toEqual(['RESTORE']);
  });

  test('records time at work without pauses, values of calibrated instruments, consumption, energy', async () => {
    const { order } = await restoreOrder(160);
    const params = { operationId: nextOf(order).id };
    await machinist.ok(c.startOperation, { params, body: {} });
    expect(await machinist.refused(c.startOperation, { params, body: {} })).toBe('OPERATION_STATE');
    p.app.clock.advance(60_000);
    await machinist.ok(c.pauseOperation, { params, body: { paused: true } });
    p.app.clock.advance(600_000);
    const early = await machinist.refused(c.finishOperation, { params, body: {} });
    expect(early).toBe('OPERATION_STATE');
    await machinist.ok(c.pauseOperation, { params, body: { paused: false } });
    p.app.clock.advance(30_000);
    const calliper = await instrument(p, 'calliper');
    const body = {
      values: [{ name: '外径', value: '29.8', unit: 'mm', instrumentId: calliper }],
      consumption: [{ name: '切削液', quantity: '0.2', unit: 'LTR' }],
      energyKwh: '0.35',
    };
    const values = [{ name: '外径', value: '29.8', unit: 'mm', instrumentId: newId('inst') }];
    expect(await machinist.refused(c.finishOperation, { params, body: { values } })).toBe(
      'INSTRUMENT_NOT_FOUND',
    );
    const done = await machinist.ok(c.finishOperation, { params, body });
    expect(done.operations[0]).toMatchObject({ state: 'done', activeSeconds: 90, ...body });
  });

  test('a failed step is done again, a bounded number of times; then the component is scrap', async () => {
    const { component, order } = await restoreOrder(30);
    let now = order;
    const fail = async () => {
      const params = { operationId: nextOf(now).id };
      await machinist.ok(c.startOperation, { params, body: {} });
      now = await machinist.ok(c.failOperation, {
        params,
        body: { defect: 'S-D02', note: '有缺口' },
      });
    };
    await fail();
    expect(nextOf(now)).toMatchObject({ code: 'OP60', round: 2 });
    await work(p, now, (o) => o.code === 'OP60');
    now = await p.owner.ok(c.getOrder, { params: { orderId: order.id } });
    for (const round of [1, 2, 3]) {
      expect(nextOf(now)).toMatchObject({ code: 'OP61', round });
      await fail();
    }
    expect(now.state).toBe('failed');
    expect(now.operations.filter((o) => o.state === 'failed')).toHaveLength(4);
    const gone = await p.owner.ok(getComponentView, { params: { componentId: component.id } });
    expect(gone.state).toBe('recycle');
  });

  test('an order that nobody began is taken back', async () => {
    const { component, order } = await restoreOrder(160);
    const cancelled = await p.owner.ok(c.cancelOrder, { params: { orderId: order.id } });
    expect(cancelled.state).toBe('cancelled');
    const params = { operationId: nextOf(order).id };
    expect(await machinist.refused(c.startOperation, { params, body: {} })).toBe(
      'WORK_ORDER_STATE',
    );
    await p.owner.ok(c.releaseRestore, { body: { componentId: component.id } });
  });
});

describe('assembling a unit', () => {
  test('refuses what does not belong into a slot, saying why', async () => {
    const core = await torn(p);
    const parts = await componentsOf(p, core.id);
    const order = await p.owner.ok(c.releaseAssembly, { body: { partId: p.starterId } });
    const params = { orderId: order.id };
    const idAt = (pos: number) => parts.get(pos)?.id ?? '';
    const tried = (body: object) =>
      machinist.refused(c.fillSlot, { params, body: { pos: 50, ...body } });
    expect(await tried({ pos: 777, newLot: 'N' })).toBe('SLOT_UNKNOWN');
    expect(await tried({ componentId: idAt(60) })).toBe('SLOT_PART_WRONG');
    expect(await tried({ componentId: idAt(50) })).toBe('COMPONENT_STATE'); // not accepted
    expect((await machinist.call(c.fillSlot, { params, body: { pos: 50 } })).status).toBe(400);
    const [ring] = await cleanedAt(p, core.id, 50);
    await decided(p, ring?.id ?? '');
    const put = await machinist.ok(c.fillSlot, {
      params,
      body: { pos: 50, componentId: idAt(50) },
    });
    expect(put.slots.find((s) => s.pos === 50)).toMatchObject({
      filled: 1,
      fills: [{ origin: 'reused', massG: 100 }],
    });
    expect(await tried({ newLot: 'N' })).toBe('SLOT_FULL');
    expect(await tried({ pos: 40, newLot: 'N', qty: 4 })).toBe('SLOT_NEW_REFUSED');
    const other = await p.owner.ok(c.releaseAssembly, { body: { partId: p.starterId } });
    const twice = { params: { orderId: other.id }, body: { pos: 50, componentId: idAt(50) } };
    expect(await machinist.refused(c.fillSlot, twice)).toBe('COMPONENT_STATE'); // in one place only
    const born = { params, body: {} };
    expect(await machinist.refused(c.assembleUnit, born)).toBe('SLOTS_OPEN');

    const taken = await machinist.ok(c.emptySlot, { params, body: { pos: 50 } });
    expect(taken.slots.find((s) => s.pos === 50)).toMatchObject({ filled: 0, fills: [] });
    const out = await p.owner.ok(getComponentView, { params: { componentId: idAt(50) } });
    expect(out).toMatchObject({ state: 'found' }); // fitted once: cleaned and inspected again
    expect(out.unitId).toBeUndefined();
    expect(await machinist.refused(c.emptySlot, { params, body: { pos: 50 } })).toBe('SLOT_EMPTY');
    const component = { body: { partId: order.slots[0]?.part.id ?? '' } };
    expect(await p.owner.refused(c.releaseAssembly, component)).toBe('WORK_ORDER_PRODUCT');
  });

  test('gives birth to a unit: reused, restored and new, of two cores, its mass the sum of its parts', async () => {
    const [one, two] = [await torn(p), await torn(p)];
    const keep = new Map<number, string>();
    for (const [core, pos] of [
      [one, 50],
      [one, 40],
      [two, 60],
      [two, 200],
    ] as const) {
      const [x] = await cleanedAt(p, core.id, pos);
      await decided(p, x?.id ?? '');
      keep.set(pos, x?.id ?? '');
    }
    const [cover] = await cleanedAt(p, two.id, 160);
    await decided(p, cover?.id ?? '', false);
    await work(p, await p.owner.ok(c.releaseRestore, { body: { componentId: cover?.id ?? '' } }));
    await decided(p, cover?.id ?? '');
    keep.set(160, cover?.id ?? '');

    const order = await filled(p, keep);
    const params = { orderId: order.id };
    expect(await p.owner.refused(c.assembleUnit, { params, body: {} })).toBe('OPERATION_ORDER');
    const coating = order.operations.find((o) => o.stationKind === 'coating');
    await work(p, order, (o) => o.stationKind === 'forming' || o.stationKind === 'assembly');
    const tries = await Promise.all(
      [1, 2].map(() => p.owner.call(c.assembleUnit, { params, body: {} })),
    );
    expect(tries.map((r) => r.status).sort()).toEqual([201, 409]);
    const early = { params: { operationId: coating?.id ?? '' }, body: {} };
    expect(await machinist.refused(c.startOperation, early)).toBe('OPERATION_PAINT_BEFORE_TEST');

    const { unitId = '' } = await p.owner.ok(c.getOrder, { params });
    const unit = await p.owner.ok(c.getUnitView, { params: { unitId } });
    expect(unit).toMatchObject({ state: 'assembled', life: 2, orderId: order.id });
    expect(unit.previousCores.map((x) => x.code).sort()).toEqual([one.code, two.code].sort());
    expect(unit.epc).not.toContain(one.code);
    expect(unit.massG).toBe(unit.asBuilt.reduce((n, a) => n + a.massG, 0));
    expect(unit.massG).toBe(4110);
    expect(unit.counts).toMatchObject({ reused: 7, restored: 1 });
    const kept = 100 + 3 * 22 + 260 + 2 * 35 + 160;
    expect(unit.rates.byMass).toBeCloseTo(kept / 4110, 6);
    expect(unit.rates.byCount).toBeCloseTo(8 / unit.asBuilt.reduce((n, a) => n + a.qty, 0), 6);

    const down = (epc: string) =>
      p.owner.ok(thingGenealogy, { params: { epc }, query: { direction: 'used-in' } });
    const up = await p.owner.ok(thingGenealogy, { params: { epc: unit.epc } });
    expect(up.nodes.map((n) => n.epc)).toEqual(expect.arrayContaining([one.epc, two.epc]));
    expect((await down(one.epc)).nodes.map((n) => n.epc)).toContain(unit.epc);
    expect((await down(two.epc)).nodes.map((n) => n.epc)).toContain(unit.epc);
  });

  test('its last assembling is not finished while a slot has room', async () => {
    const order = await filled(p, await acceptedRing(p));
    const params = { orderId: order.id };
    await machinist.ok(c.emptySlot, { params, body: { pos: 40 } });
    const assembling = order.operations.filter((o) => o.stationKind === 'assembly');
    const last = assembling.at(-1)?.id ?? '';
    await work(p, order, (o) => o.id !== last && o.seq <= (assembling.at(-1)?.seq ?? 0));
    const step = { params: { operationId: last }, body: {} };
    await machinist.ok(c.startOperation, step);
    expect(await machinist.refused(c.finishOperation, step)).toBe('SLOTS_OPEN');
    const pause = (paused: boolean) =>
      machinist.ok(c.pauseOperation, { ...step, body: { paused } });
    await pause(true); // until the part is there
    await machinist.ok(c.fillSlot, { params, body: { pos: 40, newLot: 'N-40' } });
    await pause(false);
    await machinist.ok(c.finishOperation, step);
  });

  test('refuses a unit of new parts alone: it would have no previous life', async () => {
    const order = await filled(p);
    expect(await p.owner.refused(c.assembleUnit, { params: { orderId: order.id }, body: {} })).toBe(
      'UNIT_WITHOUT_CORE',
    );
  });

  test('takes of a lot only what is needed; the rest stays, and the piece keeps its way to the core', async () => {
    const core = await torn(p);
    const [gears] = await cleanedAt(p, core.id, 40);
    await decided(p, gears?.id ?? '');
    const order = await p.owner.ok(c.releaseAssembly, { body: { partId: p.starterId } });
    const params = { orderId: order.id };
    const put = await machinist.ok(c.fillSlot, {
      params,
      body: { pos: 40, componentId: gears?.id ?? '', qty: 2 },
    });
    const slot = put.slots.find((s) => s.pos === 40);
    expect(slot).toMatchObject({ filled: 2, fills: [{ origin: 'reused', qty: 2, massG: 44 }] });
    const rest = await p.owner.ok(getComponentView, { params: { componentId: gears?.id ?? '' } });
    expect(rest).toMatchObject({ state: 'reuse', qty: 1, massG: 22 });
    const piece = await p.owner.ok(getComponentView, {
      params: { componentId: slot?.fills[0]?.componentId ?? '' },
    });
    const up = await p.owner.ok(thingGenealogy, { params: { epc: piece.epc } });
    expect(up.nodes.map((n) => n.epc)).toContain(core.epc);
    const more = await machinist.ok(c.fillSlot, { params, body: { pos: 40, newLot: 'N-40' } });
    expect(more.slots.find((s) => s.pos === 40)?.filled).toBe(3);
  });

  test('an assembly that keeps failing is taken apart; its components are found again', async () => {
    const keep = await acceptedRing(p);
    let order = await filled(p, keep);
    for (let i = 0; i < 3; i++) {
      const params = { operationId: nextOf(order).id };
      await machinist.ok(c.startOperation, { params, body: {} });
      order = await machinist.ok(c.failOperation, { params, body: { defect: '压装偏斜' } });
    }
    expect(order).toMatchObject({ state: 'failed' });
    const out = await p.owner.ok(getComponentView, {
      params: { componentId: keep.get(50) ?? '' },
    });
    expect(out.state).toBe('found');
  });
});

describe('a unit on its way to the shelf', () => {
  const moved = (unitId: string, event: 'test-pass' | 'test-fail' | 'certify') =>
    inOrg(p.app.app, p.org.ref, async (ctx) => unwrap(await moveUnit(ctx, unitId, event)));

  test('is tested, painted, packed, certified, released: no step may be left out', async () => {
    const unit = await born(p);
    const params = { unitId: unit.id };
    expect(await p.owner.refused(c.releaseUnit, { params, body: {} })).toBe('UNIT_STATE');
    await moved(unit.id, 'test-pass');
    const order = await p.owner.ok(c.getOrder, { params: { orderId: unit.orderId } });
    const done = await work(p, order);
    expect(done.state).toBe('done');
    expect(await p.owner.ok(c.getUnitView, { params })).toMatchObject({ state: 'finished' });
    expect(await p.owner.refused(c.releaseUnit, { params, body: {} })).toBe('UNIT_STATE');
    await moved(unit.id, 'certify');
    const free = await p.owner.ok(c.releaseUnit, { params, body: { place: 'F-01' } });
    expect(free.state).toBe('available');
    const figures = await p.owner.ok(c.workInProgress);
    expect(figures.units).toContainEqual({ state: 'available', count: 1 });
    expect(figures.assembledByDay.reduce((n, d) => n + d.count, 0)).toBeGreaterThan(0);
  });

  test('that fails its test is reworked and tested again; rework that keeps failing is scrap', async () => {
    const unit = await born(p);
    const params = { unitId: unit.id };
    const body = { unitId: unit.id, instruction: '更换密封圈' };
    expect(await p.owner.refused(c.releaseRework, { body })).toBe('UNIT_STATE');
    await moved(unit.id, 'test-fail');
    await work(p, await p.owner.ok(c.releaseRework, { body }));
    expect(await p.owner.ok(c.getUnitView, { params })).toMatchObject({ state: 'assembled' });
    await moved(unit.id, 'test-fail');
    let order = await p.owner.ok(c.releaseRework, { body });
    for (let i = 0; i < 3; i++) {
      const step = { operationId: nextOf(order).id };
      await machinist.ok(c.startOperation, { params: step, body: {} });
      order = await machinist.ok(c.failOperation, { params: step, body: { defect: '异响' } });
    }
    expect(await p.owner.ok(c.getUnitView, { params })).toMatchObject({ state: 'scrapped' });
  });

  test('whose paint keeps failing goes to rework and comes back to the paint', async () => {
    const unit = await born(p);
    await moved(unit.id, 'test-pass');
    let order = await p.owner.ok(c.getOrder, { params: { orderId: unit.orderId } });
    for (let i = 0; i < 3; i++) {
      const step = { operationId: nextOf(order).id };
      await machinist.ok(c.startOperation, { params: step, body: {} });
      order = await machinist.ok(c.failOperation, { params: step, body: { defect: '流挂' } });
    }
    const params = { unitId: unit.id };
    expect(await p.owner.ok(c.getUnitView, { params })).toMatchObject({ state: 'rework' });
    const body = { unitId: unit.id, instruction: '脱漆' };
    await work(p, await p.owner.ok(c.releaseRework, { body }));
    await moved(unit.id, 'test-pass');
    const done = await work(p, order);
    expect(done.state).toBe('done');
    expect(await p.owner.ok(c.getUnitView, { params })).toMatchObject({ state: 'finished' });
  });
});

test('nobody of another organisation sees or touches an order, an operation or a unit', async () => {
  const stranger = await (await p.app.org('别家厂')).as('owner');
  const order = await p.owner.ok(c.releaseAssembly, { body: { partId: p.starterId } });
  const params = { orderId: order.id };
  expect(await stranger.refused(c.getOrder, { params })).toBe('WORK_ORDER_NOT_FOUND');
  expect(await stranger.refused(c.cancelOrder, { params })).toBe('WORK_ORDER_NOT_FOUND');
  const step = { params: { operationId: nextOf(order).id }, body: {} };
  expect(await stranger.refused(c.startOperation, step)).toBe('OPERATION_NOT_FOUND');
});

test('the README draws the state machines', async () => {
  expect(await draws(import.meta.url, orderMachine)).toBe(true);
  expect(await draws(import.meta.url, operationMachine)).toBe(true);
  expect(await draws(import.meta.url, unitMachine)).toBe(true);
});
