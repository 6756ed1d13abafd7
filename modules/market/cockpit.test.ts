/** Every figure of the cockpit is the sum of the records that it opens. */
import { DAY_MS, unwrap } from '@zaizao/platform/kernel';
import type { Actor } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as cores from '../cores/contract.ts';
import * as deposits from '../deposits/contract.ts';
import { depositsModule } from '../deposits/index.ts';
import { inspectionModule } from '../inspection/index.ts';
import { inOrg } from '../ledger/testing.ts';
import * as production from '../production/contract.ts';
import { moveUnit, productionModule } from '../production/index.ts';
import * as quality from '../quality/contract.ts';
import { directCosts, qualityModule } from '../quality/index.ts';
import { assembledUnit, bench, finished, measured } from '../quality/testing-unit.ts';
import { type Plant, startPlant, stockedCore, walkIn } from '../testing-plant.ts';
import * as c from './contract.ts';
import { marketModule } from './index.ts';

let p: Plant;
let shop: Actor;
let instruments: Map<string, string>;

/** Makes a unit; its order is due in so many hours. A failed test leaves it there. */
async function unit(dueInHours: number, values: Record<string, string> = {}) {
  const made = await assembledUnit(p);
  const orderId = made.orderId;
  const dueAt = new Date(p.app.clock.now().getTime() + dueInHours * 3_600_000).toISOString();
  await p.owner.ok(production.dateOrder, { params: { orderId }, body: { dueAt } });
  p.app.clock.advance(2 * 3_600_000);
  const t = await measured(p, instruments, made.id, values);
  const decided = await p.owner.ok(quality.decideTest, { params: { testId: t.id } });
  if (decided.state === 'passed') await finished(p, orderId);
  return { ...made, passed: decided.state === 'passed' };
}

/** Sells a unit; the seller confirms, or not yet. */
async function sold(unitId: string, priceFen: string, isConfirmed: boolean) {
  await inOrg(p.app.app, p.org.ref, async (ctx) => unwrap(await moveUnit(ctx, unitId, 'certify')));
  await p.owner.ok(production.releaseUnit, { params: { unitId }, body: {} });
  const offer = { priceFen, goodsClass: 'reman-new' as const, warrantyMonths: 12 };
  const listing = await p.owner.ok(c.listUnit, { body: { unitId, ...offer } });
  const order = await shop.ok(c.placePurchase, {
    body: { listingIds: [listing.id], deliverTo: '沧州 1 号' },
  });
  if (!isConfirmed) return;
  await p.owner.ok(c.confirmSale, { params: { orderId: order.id }, body: { accept: true } });
}

beforeAll(async () => {
  p = await startPlant([
    ...[inspectionModule, productionModule, qualityModule, depositsModule, marketModule],
  ]);
  shop = await (await p.app.org('沧州顺达汽修', 'repair-shop')).as('shop');
  instruments = await bench(p);
  const [good, late] = [await unit(30), await unit(1)];
  await sold(good.id, '26500', true);
  p.app.clock.advance(8 * DAY_MS);
  const failing = await p.owner.ok(quality.listTests, { query: {} });
  const [row] = (
    await p.owner.ok(quality.getTest, { params: { testId: failing.items[0]?.id ?? '' } })
  ).rows.filter((r) => r.limits.some((l) => l.max !== undefined && r.unit !== 'bool'));
  const highest = Math.max(...(row?.limits ?? []).map((l) => Number(l.max ?? 0)));
  const bad = await unit(5, { [row?.code ?? '']: (highest * 1.1).toFixed(2) });
  expect([good.passed, late.passed, bad.passed]).toEqual([true, true, false]);
  await sold(late.id, '19900', true);
  await sold((await unit(40)).id, '21000', false);
  const called = await p.owner.ok(production.releaseAssembly, {
    body: { partId: p.starterId, dueAt: p.app.clock.now().toISOString() },
  });
  await p.owner.ok(production.cancelOrder, { params: { orderId: called.id } });
  await p.owner.ok(production.releaseAssembly, { body: { partId: p.starterId } });
  p.app.clock.advance(DAY_MS);
  await stockedCore(p);
  await walkIn(p);
}, 240_000);
afterAll(() => p.app.stop());

/** How many records a list holds under a filter, and what they are. */
async function records<T>(
  read: (cursor: string | undefined) => Promise<{ items: T[]; next?: string | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await read(cursor);
    all.push(...page.items);
    if (!page.next) return all;
    cursor = page.next;
  }
}

const listCores = (query: object) =>
  records((cursor) => p.owner.ok(cores.listCores, { query: { limit: 3, cursor, ...query } }));
const listTests = (query: object) =>
  records((cursor) => p.owner.ok(quality.listTests, { query: { limit: 2, cursor, ...query } }));
const listOrders = (query: object) =>
  records((cursor) => p.owner.ok(production.listOrders, { query: { limit: 2, cursor, ...query } }));
const listUnits = (query: object) =>
  records((cursor) => p.owner.ok(production.listUnits, { query: { limit: 2, cursor, ...query } }));
const listMargins = (query: object) =>
  records((cursor) => p.owner.ok(c.listMargins, { query: { limit: 1, cursor, ...query } }));
const total = (fen: readonly string[]) => fen.reduce((n, f) => n + BigInt(f), 0n);

test('cores: received today, and by week and grade', async () => {
  const { today, receivedToday } = await p.owner.ok(cores.coreFigures, {});
  expect(receivedToday).toBe(2);
  expect(await listCores({ from: today, to: today })).toHaveLength(receivedToday);
  const { weeks } = await p.owner.ok(cores.coresByWeek, { query: { weeks: 3 } });
  expect(weeks.filter((w) => w.received > 0).length).toBeGreaterThan(1);
  for (const { from, to, received, grades } of weeks) {
    expect(await listCores({ from, to })).toHaveLength(received);
    for (const { grade, count } of grades) {
      expect(await listCores({ from, to, grade })).toHaveLength(count);
    }
  }
  const { rows } = await p.owner.ok(cores.coreStock, {});
  for (const { grade, count } of rows) {
    expect(await listCores({ grade, inStock: 'yes' })).toHaveLength(count);
  }
});

test('first-pass yield, in all and by week', async () => {
  const { firstPass } = await p.owner.ok(quality.qualityFigures, {});
  expect(firstPass).toMatchObject({ tested: 4, passed: 3 });
  const { weeks } = await p.owner.ok(quality.firstPassTrend, { query: { weeks: 3 } });
  expect(weeks.map((w) => w.tested).reduce((a, b) => a + b)).toBe(4);
  for (const { from, to, tested, passed } of [firstPass, ...weeks]) {
    expect(await listTests({ first: 'yes', from, to })).toHaveLength(tested);
    expect(await listTests({ first: 'yes', from, to, state: 'passed' })).toHaveLength(passed);
  }
});

test('orders finished by their due date, in all and by week', async () => {
  const found = await p.owner.ok(production.onTime, { query: { weeks: 3 } });
  // kept: the first; late, failed at its test: missed; the last is due tomorrow, one was called off
  expect(found).toMatchObject({ due: 3, kept: 1 });
  for (const { from, to, due, kept } of [found, ...found.weeks]) {
    const within = { dueFrom: from, dueTo: to };
    expect(await listOrders({ judged: 'due', ...within })).toHaveLength(due);
    expect(await listOrders({ judged: 'kept', ...within })).toHaveLength(kept);
    expect(await listOrders({ judged: 'missed', ...within })).toHaveLength(due - kept);
  }
});

test('work in progress, output and units', async () => {
  const f = await p.owner.ok(production.workInProgress, {});
  expect(await listOrders({ open: 'yes' })).toHaveLength(f.openOrders);
  expect(f.byStation.length).toBeGreaterThan(0);
  for (const { stationKind, waiting, running } of f.byStation) {
    const queue = await records((cursor) =>
      p.owner.ok(production.operationQueue, { query: { limit: 50, cursor, stationKind } }),
    );
    expect(queue).toHaveLength(waiting + running);
    const orders = await listOrders({ open: 'yes', stationKind });
    expect(new Set(orders.map((o) => o.id))).toEqual(new Set(queue.map((o) => o.orderId)));
  }
  for (const { state, count } of f.units) expect(await listUnits({ state })).toHaveLength(count);
  expect(f.assembledByDay.reduce((n, d) => n + d.count, 0)).toBe(4);
  for (const { day, count } of f.assembledByDay) {
    expect(await listUnits({ from: day, to: day })).toHaveLength(count);
  }
});

test('deposits outstanding', async () => {
  const { outstanding, ages } = await p.owner.ok(deposits.depositBalance, {});
  const open = outstanding.filter((o) => o.state === 'charged' || o.state === 'due');
  const waiting = await p.owner.ok(deposits.listDeposits, { query: { waiting: 'yes' } });
  expect(waiting.items.length).toBeGreaterThan(1);
  expect(total(waiting.items.map((d) => d.amountFen))).toBe(total(open.map((o) => o.amountFen)));
  for (const { age, count } of ages) {
    const { items } = await p.owner.ok(deposits.listDeposits, { query: { age } });
    expect(items).toHaveLength(count);
  }
});

test('margin of the units sold, in all and by week; an order that waits for the seller is not counted', async () => {
  const found = await p.owner.ok(c.marginFigures, { query: { weeks: 3 } });
  expect(found).toMatchObject({ sold: 2, units: 2, salesFen: '46400', unconfirmed: 1 });
  for (const { from, to, units, salesFen, costFen, marginFen } of [found, ...found.weeks]) {
    const rows = await listMargins({ from, to });
    expect(rows).toHaveLength(units);
    expect(total(rows.map((r) => r.priceFen))).toBe(BigInt(salesFen));
    expect(total(rows.map((r) => r.cost?.totalFen ?? '0'))).toBe(BigInt(costFen));
    expect(total(rows.map((r) => r.marginFen ?? '0'))).toBe(BigInt(marginFen));
    expect(BigInt(salesFen) - BigInt(costFen)).toBe(BigInt(marginFen));
  }
});

test('what units cost one by one is what their product costs by the four figures', async () => {
  const units = await listUnits({});
  const costs = await inOrg(p.app.app, p.org.ref, (ctx) =>
    directCosts(
      ctx,
      units.map((u) => u.id),
    ),
  );
  const [kpi] = (await p.owner.ok(quality.productKpis, { query: {} })).items;
  const sum = [...costs.values()].reduce((n, x) => n + Number(x.totalFen), 0);
  expect(costs.size).toBe(4);
  expect(Number(kpi?.cost?.newPartsFen)).toBeGreaterThan(10_000);
  // five parts, each rounded to whole fen for every unit
  expect(Math.abs(sum - Number(kpi?.cost?.totalFen) * 4)).toBeLessThan(5 * 4);
});
