import { unwrap } from '@zaizao/platform/kernel';
import type { Actor } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { getCoreView, moveCoreTo } from '../cores/contract.ts';
import { depositsModule } from '../deposits/index.ts';
import { getComponentView, listComponents } from '../dismantling/contract.ts';
import { splitLot } from '../dismantling/index.ts';
import { inspectionModule } from '../inspection/index.ts';
import { thingHistory } from '../ledger/contract.ts';
import { inOrg } from '../ledger/testing.ts';
import * as market from '../market/contract.ts';
import { marketModule } from '../market/index.ts';
import { releaseUnit } from '../production/contract.ts';
import { moveUnit, productionModule } from '../production/index.ts';
import { born } from '../production/testing-floor.ts';
import { qualityModule } from '../quality/index.ts';
import { type Plant, startPlant, stockedCore, tornDown } from '../testing-plant.ts';
import { draws } from '../testing-readme.ts';
import * as c from './contract.ts';
import { stocktakeMachine } from './domain/stocktake-machine.ts';
import { stockModule } from './index.ts';

let p: Plant;
let keeper: Actor;
let second: Actor;
let planner: Actor;
let shop: Actor;

beforeAll(async () => {
  p = await startPlant([
    ...[inspectionModule, productionModule, qualityModule, depositsModule, marketModule],
    stockModule,
  ]);
  keeper = await p.org.as('warehouse');
  second = await p.org.as('warehouse');
  planner = await p.org.as('planner');
  shop = await (await p.app.org('沧州顺达汽修', 'repair-shop')).as('shop');
}, 120_000);
afterAll(() => p.app.stop());

type Kinds = ('core' | 'component' | 'unit')[];
let open: string | undefined;

/** What a failed test left open would refuse the next count. */
beforeEach(async () => {
  const { items } = await keeper.ok(c.listStocktakes, { query: { open: 'yes' } });
  for (const s of items) {
    const params = { stocktakeId: s.id };
    await keeper.ok(c.cancelStocktake, { params, version: s.version });
  }
});

async function started(kinds: Kinds, place?: string) {
  const body = { kinds, ...(place ? { place } : {}) };
  const made = await keeper.ok(c.startStocktake, { body });
  open = made.id;
  return made;
}

const here = () => ({ stocktakeId: open ?? '' });
const scan = (code: string, more: object = {}, who = keeper) =>
  who.ok(c.scanStock, { params: here(), body: { code, ...more } });
const view = () => keeper.ok(c.getStocktake, { params: here() });
const differences = async () =>
  (await keeper.ok(c.listDifferences, { params: here(), query: { limit: 200 } })).items;
const remaining = async () =>
  (await keeper.ok(c.listRemaining, { params: here(), query: { limit: 200 } })).items;

async function finished() {
  return keeper.ok(c.finishCounting, { params: here(), version: (await view()).version });
}

type Settlements = Parameters<typeof settled>[0];
function settled(
  settlements: {
    class: 'missing' | 'pieces' | 'place' | 'found' | 'elsewhere' | 'unknown';
    decision: 'correct' | 'keep';
    reason: 'misplaced' | 'stolen' | 'unexplained' | 'miscounted' | 'foreign' | 'not-booked';
    subject?: string;
  }[],
  version: number,
) {
  return planner.call(c.closeStocktake, { params: here(), version, body: { settlements } });
}

async function closed(settlements: Settlements) {
  const { version } = await finished();
  const answer = await settled(settlements, version);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return view();
}

/** Finds everything else, so that the test is about its own things. */
async function countTheRest(...without: string[]) {
  for (const r of await remaining()) {
    if (without.includes(r.code)) continue;
    await scan(r.code, r.asksPieces || (await scan(r.code)).isLot ? { qty: r.qty } : {});
  }
}

async function inStock(place?: string) {
  const unit = await born(p);
  for (const event of ['test-pass', 'finish', 'certify'] as const) {
    await inOrg(p.app.app, p.org.ref, async (ctx) => unwrap(await moveUnit(ctx, unit.id, event)));
  }
  const body = place ? { place } : {};
  return p.owner.ok(releaseUnit, { params: { unitId: unit.id }, body });
}

async function listed(unitId: string) {
  const offer = { priceFen: '26500', goodsClass: 'reman-new' as const, warrantyMonths: 12 };
  return p.owner.ok(market.listUnit, { body: { unitId, ...offer } });
}

const stories = async (epc: string) =>
  (await p.owner.ok(thingHistory, { params: { epc }, query: { limit: 100 } })).items.map(
    (x) => x.event,
  );

test('all there: counted, nothing to settle, and the ledger has what was seen', async () => {
  const cores = [await stockedCore(p), await stockedCore(p)];
  const s = await started(['core']);
  expect(s).toMatchObject({ state: 'counting', expected: 2, counted: 0 });
  const first = await scan(cores[0]?.code ?? '');
  expect(first).toMatchObject({ verdict: 'expected', counted: 1, expected: 2, kind: 'core' });
  expect(await remaining()).toMatchObject([{ code: cores[1]?.code, place: 'A-01' }]);
  expect(await scan(cores[1]?.epc ?? '')).toMatchObject({ verdict: 'expected', counted: 2 });
  expect(await closed([])).toMatchObject({
    state: 'closed',
    figures: { match: 2, missing: 0, missingFen: '0' },
  });
  const story = await stories(cores[0]?.epc ?? '');
  expect(story).toContainEqual(
    expect.objectContaining({ bizStep: 'cycle_counting', 'zz:stocktake': s.code }),
  );
});

test('a second scan says so, whoever makes it; two people at once count a thing once', async () => {
  const core = await stockedCore(p);
  const s = await started(['core']);
  const both = await Promise.all([scan(core.code), scan(core.code, {}, second)]);
  expect(both.map((a) => a.verdict).sort()).toEqual(['again', 'expected']);
  const again = await scan(core.code);
  expect(again).toMatchObject({ verdict: 'again', counted: 1, expected: s.expected });
  expect(again.before?.by).toBeTruthy();
  expect(await keeper.refused(c.startStocktake, { body: { kinds: ['core'] } })).toBe(
    'STOCKTAKE_OPEN',
  );
});

test('what is missing is recorded, with its value; found by a later count it is missing no more', async () => {
  const lost = await stockedCore(p);
  await started(['core']);
  await countTheRest(lost.code);
  const [d] = await differences();
  expect(d).toMatchObject({ class: 'missing', code: lost.code, bookedPlace: 'A-01' });
  const { version } = await finished();
  // who counts does not settle, and nothing is settled by silence
  const body = { settlements: [] };
  expect(await keeper.refused(c.closeStocktake, { params: here(), version, body })).toBe(
    'PERMISSION_DENIED',
  );
  expect(await planner.refused(c.closeStocktake, { params: here(), version, body })).toBe(
    'STOCKTAKE_UNSETTLED',
  );
  const stale = await settled([], version - 1);
  expect(stale.body).toMatchObject({ code: 'STALE_VERSION' });
  await settled([{ class: 'missing', decision: 'correct', reason: 'stolen' }], version);
  const result = await view();
  expect(result.figures).toMatchObject({ missing: 1 });
  expect(Number(result.figures?.missingFen)).toBeGreaterThan(0);
  expect((await differences())[0]).toMatchObject({ decision: 'correct', reason: 'stolen' });
  const stolen = (await stories(lost.epc)).find((e) => e.disposition === 'stolen');
  expect(stolen).toMatchObject({ 'zz:missing': true, bizStep: 'cycle_counting' });
  expect(stolen).not.toHaveProperty('bizLocation');
  const open1 = await keeper.ok(c.listMissing, { query: { open: 'yes' } });
  expect(open1.items).toMatchObject([{ code: lost.code, reason: 'stolen' }]);

  await started(['core']);
  expect((await remaining()).map((r) => r.code)).not.toContain(lost.code);
  expect(await scan(lost.code)).toMatchObject({ verdict: 'found' });
  await countTheRest();
  await closed([{ class: 'found', decision: 'correct', reason: 'misplaced' }]);
  expect((await keeper.ok(c.listMissing, { query: { open: 'yes' } })).items).toEqual([]);
  expect((await keeper.ok(c.listMissing, { query: {} })).items[0]).toMatchObject({
    ended: 'found',
  });
});

test('a thing found at another place gets its place corrected only when a person says so', async () => {
  const core = await stockedCore(p); // the books say A-01
  await started(['core'], 'B-07');
  expect(await scan(core.code)).toMatchObject({ verdict: 'place', bookedPlace: 'A-01' });
  expect(await differences()).toMatchObject([{ class: 'place', place: 'B-07' }]);
  await closed([{ class: 'place', decision: 'keep', reason: 'misplaced' }]);
  const params = { coreId: core.id };
  expect((await p.owner.ok(getCoreView, { params })).place).toBe('A-01');
  await started(['core'], 'B-07');
  await scan(core.code);
  await closed([{ class: 'place', decision: 'correct', reason: 'misplaced' }]);
  expect((await p.owner.ok(getCoreView, { params })).place).toBe('B-07');
  expect(await stories(core.epc)).toContainEqual(
    expect.objectContaining({ bizStep: 'storing', 'zz:place': 'B-07' }),
  );
  await started(['core'], 'B-07');
  expect(await scan(core.code)).toMatchObject({ verdict: 'expected', counted: 1 });
});

test('what is scrapped in the books, and a code nobody knows, are told at once and only noted', async () => {
  const core = await stockedCore(p);
  const body = { to: 'scrap' as const, reason: 'x', massKg: '4' };
  await p.owner.ok(moveCoreTo, { params: { coreId: core.id }, body });
  await started(['core']);
  expect(await scan(core.code)).toMatchObject({ verdict: 'elsewhere', state: 'scrapped' });
  expect(await scan('NOT-OURS-1')).toMatchObject({ verdict: 'unknown' });
  expect(await scan('not-ours-1')).toMatchObject({ verdict: 'again' });
  await countTheRest();
  const { version } = await finished();
  const wrong = await settled(
    [
      { class: 'elsewhere', decision: 'correct', reason: 'not-booked' },
      { class: 'unknown', decision: 'keep', reason: 'foreign' },
    ],
    version,
  );
  expect(wrong.body).toMatchObject({ code: 'STOCKTAKE_NOT_CORRECTABLE' });
  // the refusal left nothing behind
  expect(await view()).toMatchObject({ state: 'counted', version });
  const right = await settled(
    [
      { class: 'elsewhere', decision: 'keep', reason: 'not-booked' },
      { class: 'unknown', decision: 'keep', reason: 'foreign' },
    ],
    version,
  );
  expect(right.status).toBe(200);
  expect((await view()).figures).toMatchObject({ elsewhere: 1, unknown: 1, missing: 0 });
});

test('pieces of a lot: asked for, counted, corrected by the difference; used ones stay used', async () => {
  const core = await stockedCore(p);
  await tornDown(p, core.id);
  const all = await p.owner.ok(listComponents, { query: { coreId: core.id, limit: 200 } });
  const lot = all.items.find((x) => !x.serialised && x.qty > 2);
  const single = all.items.find((x) => x.serialised);
  if (!lot || !single) throw new Error('the bill of material has lots and single pieces');
  await started(['component']);
  expect(await scan(lot.code)).toMatchObject({ verdict: 'pieces', bookedQty: lot.qty, counted: 0 });
  expect(
    await keeper.refused(c.finishCounting, { params: here(), version: (await view()).version }),
  ).toBe('STOCKTAKE_PIECES');
  expect(await scan(lot.code, { qty: lot.qty })).toMatchObject({ verdict: 'expected', counted: 1 });
  const recount = await scan(lot.code, { qty: lot.qty - 1 }, second);
  expect(recount).toMatchObject({ counted: 1, before: { qty: lot.qty } });
  const one = { params: here(), body: { code: single.code, qty: 3 } };
  expect(await keeper.refused(c.scanStock, one)).toBe('STOCKTAKE_NOT_LOT');
  expect(await scan('C0000001')).toMatchObject({ verdict: 'aside' });
  await countTheRest();
  expect(await differences()).toMatchObject([
    { class: 'pieces', bookedQty: lot.qty, qty: lot.qty - 1 },
  ]);
  await closed([{ class: 'pieces', decision: 'correct', reason: 'miscounted' }]);
  const after = await p.owner.ok(getComponentView, { params: { componentId: lot.id } });
  expect(after.qty).toBe(lot.qty - 1);
  expect(after.massG / after.qty).toBeCloseTo(lot.massG / lot.qty, 1);
  expect(await stories(lot.epc)).toContainEqual(
    expect.objectContaining({ disposition: 'mismatch_quantity', 'zz:quantity': lot.qty - 1 }),
  );
});

test('a close that cannot be done as a whole does nothing: a lot used up after it was counted', async () => {
  const core = await stockedCore(p);
  await tornDown(p, core.id);
  const other = await stockedCore(p);
  const { items } = await p.owner.ok(listComponents, { query: { coreId: core.id, limit: 200 } });
  const lot = items.find((x) => !x.serialised && x.qty > 2);
  if (!lot) throw new Error('the bill of material has lots');
  await started(['component', 'core']);
  await scan(lot.code, { qty: 1 }); // two or more fewer than the books say
  await scan(other.code, { place: 'D-09' });
  await countTheRest();
  const { version } = await finished();
  await inOrg(p.app.app, p.org.ref, async (ctx) =>
    unwrap(await splitLot(ctx, lot.id, lot.qty - 1)),
  );
  const settlements: Parameters<typeof settled>[0] = [
    { class: 'place', decision: 'correct', reason: 'misplaced' },
    { class: 'pieces', decision: 'correct', reason: 'miscounted' },
  ];
  const answer = await settled(settlements, version);
  expect(answer.body).toMatchObject({ code: 'STOCKTAKE_RECOUNT' });
  expect(await view()).toMatchObject({ state: 'counted', version });
  const untouched = await p.owner.ok(getCoreView, { params: { coreId: other.id } });
  expect(untouched.place).toBe('A-01');
  // counted again, it agrees
  await keeper.ok(c.resumeCounting, { params: here(), version });
  await scan(lot.code, { qty: 1 });
  await closed([{ class: 'place', decision: 'correct', reason: 'misplaced' }]);
  const put = await p.owner.ok(getCoreView, { params: { coreId: other.id } });
  expect(put.place).toBe('D-09');
});

test('sold, picked or torn down while people count is not missing; reserved alone is no proof', async () => {
  const [sold, picked, reserved] = [await inStock(), await inStock(), await inStock('C-02')];
  const core = await stockedCore(p);
  await started(['core', 'unit']);
  await tornDown(p, core.id);
  for (const unit of [sold, picked, reserved]) {
    const listing = await listed(unit.id);
    const body = { listingIds: [listing.id], deliverTo: '沧州 1 号' };
    const order = await shop.ok(market.placePurchase, { body });
    const params = { orderId: order.id };
    if (unit === reserved) continue;
    await p.owner.ok(market.confirmSale, { params, body: { accept: true } });
    await p.owner.ok(market.recordPayment, { params, body: { reference: 'BK-1' } });
    await p.owner.ok(market.pickOrder, { params, body: { serials: [unit.serial] } });
    if (unit === picked) continue;
    await p.owner.ok(market.shipOrder, { params, body: { carrier: '顺达', trackingNumber: '1' } });
  }
  await countTheRest(reserved.serial);
  expect(await differences()).toMatchObject([{ class: 'missing', code: reserved.serial }]);
  const result = await closed([
    { class: 'missing', decision: 'keep', reason: 'unexplained', subject: reserved.epc },
  ]);
  expect(result.figures).toMatchObject({ moved: 3, missing: 1, missingFen: '0' });
});

test('a unit recorded missing is offered no more', async () => {
  const unit = await inStock('C-01');
  const listing = await listed(unit.id);
  await started(['unit'], 'C-01');
  await closed([{ class: 'missing', decision: 'correct', reason: 'unexplained' }]);
  await p.app.drain();
  const mine = await p.owner.ok(market.listListings, { query: { state: 'withdrawn' } });
  expect(mine.items.map((l) => l.id)).toContain(listing.id);
});

test('a count in which nothing may be scanned any more is resumed, or cancelled without a trace', async () => {
  const core = await stockedCore(p);
  const s = await started(['core'], 'A-01');
  const { version } = await finished();
  const one = { params: here(), body: { code: core.code } };
  expect(await keeper.refused(c.scanStock, one)).toBe('STOCKTAKE_STATE');
  const on = await keeper.ok(c.resumeCounting, { params: here(), version });
  expect(on).toMatchObject({ state: 'counting', expected: s.expected });
  expect(await keeper.refused(c.resumeCounting, { params: here(), version })).toBe('STALE_VERSION');
  const gone = await keeper.ok(c.cancelStocktake, { params: here(), version: on.version });
  expect(gone.state).toBe('cancelled');
  expect(await differences()).toEqual([]);
  const stranger = await (await p.app.org('别家工厂')).as('owner');
  expect(await stranger.refused(c.getStocktake, { params: here() })).toBe('STOCKTAKE_NOT_FOUND');
  expect(await stranger.refused(c.scanStock, one)).toBe('STOCKTAKE_NOT_FOUND');
  expect(await stranger.refused(c.startStocktake, { body: { kinds: ['core'] } })).toBe(
    'STOCKTAKE_EMPTY',
  );
});

test('the README draws the state machine', async () => {
  expect(await draws(import.meta.url, stocktakeMachine)).toBe(true);
});
