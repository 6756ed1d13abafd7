import { unwrap } from '@zaizao/platform/kernel';
import type { Actor } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putLink } from '../catalog/contract.ts';
import { getCoreView } from '../cores/contract.ts';
import { listMyDeposits } from '../deposits/contract.ts';
import { depositsModule } from '../deposits/index.ts';
import { inspectionModule } from '../inspection/index.ts';
import { inOrg } from '../ledger/testing.ts';
import { getUnitView, releaseUnit } from '../production/contract.ts';
import { moveUnit, productionModule } from '../production/index.ts';
import { born } from '../production/testing-floor.ts';
import { qualityModule } from '../quality/index.ts';
import { OLD_NUMBER, type Plant, photo, STARTER, startPlant } from '../testing-plant.ts';
import { draws } from '../testing-readme.ts';
import * as c from './contract.ts';
import { orderMachine } from './domain/order-machine.ts';
import { marketModule } from './index.ts';

let p: Plant;
let shop: Actor;
let rival: Actor;

beforeAll(async () => {
  p = await startPlant([
    ...[inspectionModule, productionModule, qualityModule, depositsModule, marketModule],
  ]);
  shop = await (await p.app.org('沧州顺达汽修', 'repair-shop')).as('shop');
  rival = await (await p.app.org('别家汽修', 'repair-shop')).as('shop');
}, 120_000);
afterAll(() => p.app.stop());

/** A unit in stock: its test, paint and certificate are other modules’ tests. */
async function inStock() {
  const unit = await born(p);
  for (const event of ['test-pass', 'finish', 'certify'] as const) {
    await inOrg(p.app.app, p.org.ref, async (ctx) => unwrap(await moveUnit(ctx, unit.id, event)));
  }
  return p.owner.ok(releaseUnit, { params: { unitId: unit.id }, body: {} });
}

async function listed() {
  const unit = await inStock();
  const offer = { priceFen: '26500', goodsClass: 'reman-new' as const, warrantyMonths: 12 };
  return p.owner.ok(c.listUnit, { body: { unitId: unit.id, ...offer } });
}

const place = (who: Actor, listingId: string) =>
  who.call(c.placePurchase, { body: { listingIds: [listingId], deliverTo: '沧州 1 号' } });

test('a seller finds what was sold or withdrawn; a number added to the catalogue finds what is offered', async () => {
  const [gone, offered] = [await listed(), await listed()];
  await p.owner.ok(c.withdrawListing, { params: { listingId: gone.id } });
  const mine = (q: string) => p.owner.ok(c.listListings, { query: { q } });
  expect((await mine(gone.serial.toLowerCase())).items.map((l) => l.id)).toEqual([gone.id]);
  expect((await mine('没有这个')).items).toEqual([]);
  const found = async (q: string) =>
    (await p.app.anonymous.ok(c.searchStorefront, { query: { q } })).items.map((l) => l.id);
  expect(await found('3708010-K7')).toContain(offered.id); // interchangeable
  expect(await found('ny 77-1')).toEqual([]);
  const link = {
    ...{ from: 'NY-771', to: STARTER, relation: 'supersession' as const },
    ...{ needsCoding: false, vinBound: false, basis: 'test' },
  };
  await p.owner.ok(putLink, { body: link });
  await p.app.drain();
  expect(await found('ny77-1')).toContain(offered.id);
  await p.owner.ok(c.withdrawListing, { params: { listingId: offered.id } });
});

test('from the shelf to the vehicle, its old core back for the deposit, and home as the core of a next life', async () => {
  const listing = await listed();
  const again = { unitId: listing.unitId, priceFen: '1', goodsClass: 'reman-new' as const };
  expect(await p.owner.refused(c.listUnit, { body: { ...again, warrantyMonths: 1 } })).toBe(
    'LISTING_EXISTS',
  );
  for (const q of [STARTER, 'rs12149t', OLD_NUMBER, listing.serial]) {
    const found = await p.app.anonymous.ok(c.searchStorefront, { query: { q } });
    expect(
      found.items.map((l) => l.id),
      q,
    ).toContain(listing.id);
  }
  expect(
    await p.owner.refused(c.placePurchase, {
      body: { listingIds: [listing.id], deliverTo: 'x' },
    }),
  ).toBe('LISTING_OWN');

  const tries = await Promise.all([place(shop, listing.id), place(rival, listing.id)]);
  expect(tries.map((r) => r.status).sort()).toEqual([201, 409]);
  const buyer = tries[0]?.status === 201 ? shop : rival;
  const other = buyer === shop ? rival : shop;
  const mine = await buyer.ok(c.listPurchases, { query: {} });
  const orderId = mine.items[0]?.id ?? '';
  const params = { orderId };
  expect(mine.items[0]).toMatchObject({ state: 'placed', depositFen: '6000', totalFen: '32500' });
  expect(await other.refused(c.getPurchase, { params })).toBe('ORDER_NOT_FOUND');

  const picking = { params, body: { serials: [listing.serial] } };
  expect(await p.owner.refused(c.pickOrder, picking)).toBe('ORDER_STATE');
  await p.owner.ok(c.confirmSale, { params, body: { accept: true } });
  expect(await p.owner.refused(c.pickOrder, picking)).toBe('ORDER_STATE'); // not paid
  await p.owner.ok(c.recordPayment, { params, body: { reference: 'BK-1' } });
  const wrong = { params, body: { serials: ['U9999'] } };
  expect(await p.owner.refused(c.pickOrder, wrong)).toBe('ORDER_LINE_NOT_FOUND');
  await p.owner.ok(c.pickOrder, picking);
  await p.owner.ok(c.shipOrder, { params, body: { carrier: '顺达', trackingNumber: 'SD-1' } });
  const unit = { params: { unitId: listing.unitId } };
  expect(await p.owner.ok(getUnitView, unit)).toMatchObject({ state: 'shipped' });

  await buyer.ok(c.confirmDelivery, { params });
  const body = { unitId: listing.unitId, mileageKm: 120_000 };
  expect(await buyer.ok(c.recordInstallation, { params, body })).toMatchObject({
    state: 'completed',
  });
  expect(await p.owner.ok(getUnitView, unit)).toMatchObject({ state: 'in-service' });

  const old = { unitId: listing.unitId, numberSeen: OLD_NUMBER, photos: [await photo(buyer)] };
  const sent = await buyer.ok(c.returnCore, { params, body: old });
  expect(sent.coreReturns).toHaveLength(1);
  const deposits = await buyer.ok(listMyDeposits, { query: {} });
  expect(deposits.items[0]).toMatchObject({
    amountFen: '6000',
    coreCode: sent.coreReturns[0]?.code,
  });

  const home = await p.owner.ok(c.receiveReturn, { body: { unitId: listing.unitId } });
  expect(home.life).toBe(2);
  const core = await p.owner.ok(getCoreView, { params: { coreId: home.coreId } });
  expect(core).toMatchObject({ epc: listing.epc, previousUnitId: listing.unitId });
  const twice = { body: { unitId: listing.unitId } };
  expect(await p.owner.refused(c.receiveReturn, twice)).toBe('UNIT_STATE');
});

test('a refused order frees its unit and its deposit, and the goods are for sale again', async () => {
  const listing = await listed();
  expect((await place(shop, listing.id)).status).toBe(201);
  const [order] = (await shop.ok(c.listPurchases, { query: { state: 'placed' } })).items;
  const params = { orderId: order?.id ?? '' };
  await p.owner.ok(c.confirmSale, { params, body: { accept: false } });
  expect(await shop.ok(c.getPurchase, { params })).toMatchObject({ state: 'cancelled' });
  const back = await p.app.anonymous.ok(c.getListing, { params: { listingId: listing.id } });
  expect(back.state).toBe('open');
  const gone = await p.owner.ok(c.withdrawListing, { params: { listingId: listing.id } });
  expect(gone.state).toBe('withdrawn');
  expect((await place(shop, listing.id)).status).toBe(409);
});

test('the README draws the state machine', async () => {
  expect(await draws(import.meta.url, orderMachine)).toBe(true);
});
