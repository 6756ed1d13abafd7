import { unwrap } from '@zaizao/platform/kernel';
import type { Actor } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getCoreView } from '../cores/contract.ts';
import { depositsModule } from '../deposits/index.ts';
import { inspectionModule } from '../inspection/index.ts';
import { thingHistory } from '../ledger/contract.ts';
import { inOrg } from '../ledger/testing.ts';
import { getUnitView, releaseUnit } from '../production/contract.ts';
import { moveUnit, productionModule } from '../production/index.ts';
import { born } from '../production/testing-floor.ts';
import { getNonconformance, productKpis } from '../quality/contract.ts';
import { qualityModule } from '../quality/index.ts';
import { type Plant, photo, startPlant } from '../testing-plant.ts';
import { draws } from '../testing-readme.ts';
import * as c from './contract.ts';
import { claimMachine } from './domain/claim-machine.ts';
import { marketModule } from './index.ts';

let p: Plant;
let fleet: Actor;
let engineer: Actor;
let sales: Actor;

beforeAll(async () => {
  p = await startPlant([
    ...[inspectionModule, productionModule, qualityModule, depositsModule, marketModule],
  ]);
  fleet = await (await p.app.org('冀运车队', 'fleet')).as('fleet');
  engineer = await p.org.as('quality');
  sales = await p.org.as('sales');
}, 120_000);
afterAll(() => p.app.stop());

async function inStock() {
  const unit = await born(p);
  for (const event of ['test-pass', 'finish', 'certify'] as const) {
    await inOrg(p.app.app, p.org.ref, async (ctx) => unwrap(await moveUnit(ctx, unit.id, event)));
  }
  return p.owner.ok(releaseUnit, { params: { unitId: unit.id }, body: {} });
}

/** A unit sold with its warranty, delivered and, unless said otherwise, installed at 100,000 km. */
async function inService(isInstalled = true) {
  const unit = await inStock();
  const listing = await p.owner.ok(c.listUnit, {
    body: {
      ...{ unitId: unit.id, priceFen: '26500', goodsClass: 'reman-new' as const },
      ...{ warrantyMonths: 12, warrantyKm: 50_000, warrantyTerms: '不含碰撞和浸水' },
    },
  });
  const order = await fleet.ok(c.placePurchase, {
    body: { listingIds: [listing.id], deliverTo: '石家庄', onCredit: true },
  });
  await deliver(order.id, unit.serial);
  const params = { orderId: order.id };
  if (isInstalled) {
    const body = { unitId: unit.id, mileageKm: 100_000 };
    await fleet.ok(c.recordInstallation, { params, body });
  }
  return { unit, order, params };
}

async function deliver(orderId: string, serial: string) {
  const params = { orderId };
  await p.owner.ok(c.confirmSale, { params, body: { accept: true } });
  await p.owner.ok(c.pickOrder, { params, body: { serials: [serial] } });
  await p.owner.ok(c.shipOrder, { params, body: { carrier: '顺达', trackingNumber: 'S' } });
  await fleet.ok(c.confirmDelivery, { params });
}

async function complaint(unitId: string, more: object = {}) {
  const today = p.app.clock.now().toISOString().slice(0, 10);
  return {
    ...{ unitId, symptom: 'no-function' as const, complaint: '起动时无反应', occurredOn: today },
    ...{ mileageKm: 110_000, photos: [await photo(fleet)], ...more },
  };
}

describe('a warranty claim', () => {
  test('filed with photos, taken home as a core, judged by quality, replaced; its cost and story are kept', async () => {
    const { unit, params } = await inService();
    const body = await complaint(unit.id);
    expect(
      await fleet.refused(c.fileClaim, { params, body: { ...body, occurredOn: '2031-01-01' } }),
    ).toBe('CLAIM_DAY');
    expect((await fleet.call(c.fileClaim, { params, body: { ...body, photos: [] } })).status).toBe(
      400,
    );
    const filed = await fleet.ok(c.fileClaim, { params, body });
    expect(filed).toMatchObject({
      ...{ state: 'filed', serial: unit.serial },
      terms: { months: 12, km: 50_000, usedKm: 10_000, covered: true, text: '不含碰撞和浸水' },
    });
    expect(await fleet.refused(c.fileClaim, { params, body })).toBe('CLAIM_OPEN');
    const claim = { params: { claimId: filed.id } };
    const verdict = (more: object) => ({
      ...claim,
      body: {
        verdict: 'fault' as const,
        remedy: 'replace' as const,
        reason: '单向器打滑',
        ...more,
      },
    });
    expect(await sales.refused(c.judgeClaim, verdict({}))).toBe('PERMISSION_DENIED');
    expect(await engineer.refused(c.judgeClaim, verdict({ remedy: 'none' }))).toBe('CLAIM_REMEDY');
    const home = await p.owner.ok(c.receiveClaimed, claim);
    expect(home).toMatchObject({ state: 'received', coreCode: unit.serial, next: ['judge'] });
    const core = await p.owner.ok(getCoreView, { params: { coreId: home.coreId ?? '' } });
    expect(core).toMatchObject({ state: 'received', previousUnitId: unit.id });
    expect(await engineer.refused(c.judgeClaim, verdict({ remedy: 'repair' }))).toBe(
      'CLAIM_UNIT_GONE',
    );
    const judged = await engineer.ok(c.judgeClaim, verdict({}));
    expect(judged).toMatchObject({ state: 'accepted', verdict: 'fault', next: ['remedy'] });
    const ncr = await engineer.ok(getNonconformance, {
      params: { nonconformanceId: judged.nonconformanceId ?? '' },
    });
    expect(ncr).toMatchObject({ source: 'customer', subject: { code: unit.serial } });

    const spare = await inStock();
    const swap = (more: object) => ({ ...claim, body: { note: '换新', ...more } });
    expect(await sales.refused(c.remedyClaim, swap({ refundFen: '100' }))).toBe(
      'CLAIM_REMEDY_WRONG',
    );
    expect(await sales.refused(c.remedyClaim, swap({ replacementUnitId: unit.id }))).toBe(
      'CLAIM_REPLACEMENT',
    );
    const done = await sales.ok(
      c.remedyClaim,
      swap({ replacementUnitId: spare.id, costFen: '13000' }),
    );
    expect(done).toMatchObject({ state: 'remedied', costFen: '13000' });
    await sales.ok(c.bookClaimCost, {
      ...claim,
      body: { kind: 'transport', amountFen: '2500', note: '往返运费' },
    });
    const mine = await fleet.ok(c.getMyClaim, claim);
    expect(mine).toMatchObject({ state: 'remedied', reason: '单向器打滑' });
    expect(mine).not.toHaveProperty('costs'); // what it cost is the seller's
    const next = mine.replacement;
    expect(next?.serial).toBe(spare.serial);
    await deliver(next?.orderId ?? '', spare.serial);
    const order = await fleet.ok(c.recordInstallation, {
      params: { orderId: next?.orderId ?? '' },
      body: { unitId: spare.id, mileageKm: 110_000 },
    });
    expect(order).toMatchObject({
      state: 'completed',
      totalFen: '0',
      lines: [{ warrantyMonths: 12 }],
    });

    const story = await p.owner.ok(thingHistory, {
      params: { epc: unit.epc },
      query: { limit: 50 },
    });
    const told = JSON.stringify(story.items);
    expect(told).toContain(filed.code);
    await p.app.drain();
    const [kpi] = (await p.owner.ok(productKpis, { query: {} })).items;
    expect(kpi?.quality).toMatchObject({ claims: 1, faulty: 1 });
    expect(BigInt(kpi?.cost?.warrantyFen ?? '0') > 0n).toBe(true);
    expect(kpi?.life).toMatchObject({ failures: 1 });
  });

  test('no fault found is refused with the reason and is no failure; a repair goes back into service', async () => {
    const { unit, params } = await inService();
    const first = await fleet.ok(c.fileClaim, { params, body: await complaint(unit.id) });
    const refused = await engineer.ok(c.judgeClaim, {
      params: { claimId: first.id },
      body: { verdict: 'no-fault', remedy: 'none', reason: '试验台复测全部合格' },
    });
    expect(refused).toMatchObject({ state: 'refused', next: [] });
    const second = await fleet.ok(c.fileClaim, { params, body: await complaint(unit.id) });
    const claim = { params: { claimId: second.id } };
    const body = { verdict: 'fault' as const, remedy: 'repair' as const, reason: '接线柱松动' };
    await engineer.ok(c.judgeClaim, { ...claim, body });
    expect(await p.owner.refused(c.receiveClaimed, claim)).toBe('CLAIM_STATE');
    const done = await sales.ok(c.remedyClaim, {
      ...claim,
      body: { costFen: '4000', note: '上门紧固' },
    });
    expect(done).toMatchObject({
      state: 'remedied',
      costs: [{ kind: 'labour', amountFen: '4000' }],
    });
    const served = await p.owner.ok(getUnitView, { params: { unitId: unit.id } });
    expect(served.state).toBe('in-service');
    expect(await sales.refused(c.remedyClaim, { ...claim, body: {} })).toBe('CLAIM_STATE');
    await p.app.drain();
    const [kpi] = (await p.owner.ok(productKpis, { query: {} })).items;
    expect(kpi?.quality.noFault).toBe(1);
  });

  test('beyond the kilometres it is not covered, and goodwill may refund up to the price', async () => {
    const { unit, params } = await inService();
    const far = await complaint(unit.id, { mileageKm: 160_000 });
    const filed = await fleet.ok(c.fileClaim, { params, body: far });
    expect(filed.terms).toMatchObject({ covered: false, usedKm: 60_000 });
    const claim = { params: { claimId: filed.id } };
    const body = {
      verdict: 'excluded' as const,
      remedy: 'refund' as const,
      reason: '超里程，按善意处理',
    };
    await engineer.ok(c.judgeClaim, { ...claim, body });
    expect(await sales.refused(c.remedyClaim, { ...claim, body: { refundFen: '26501' } })).toBe(
      'CLAIM_REFUND',
    );
    const paid = await sales.ok(c.remedyClaim, { ...claim, body: { refundFen: '10000' } });
    expect(paid).toMatchObject({ refundFen: '10000', costFen: '10000' });
  });

  test('waits for the delivery, is withdrawn by who filed it, and is nobody else’s', async () => {
    const { unit, params } = await inService(false);
    const filed = await fleet.ok(c.fileClaim, { params, body: await complaint(unit.id) });
    expect(filed.terms.covered).toBe(true); // its months have not begun
    const claim = { params: { claimId: filed.id } };
    const stranger = await (await p.app.org('别家车队', 'fleet')).as('fleet');
    expect(await stranger.refused(c.getMyClaim, claim)).toBe('CLAIM_NOT_FOUND');
    expect(await stranger.refused(c.getClaim, claim)).toBe('CLAIM_NOT_FOUND');
    expect(await stranger.refused(c.withdrawClaim, claim)).toBe('CLAIM_NOT_FOUND');
    expect(await fleet.ok(c.withdrawClaim, claim)).toMatchObject({ state: 'withdrawn' });
    const body = { verdict: 'fault' as const, remedy: 'repair' as const, reason: 'x' };
    expect(await engineer.refused(c.judgeClaim, { ...claim, body })).toBe('CLAIM_STATE');
    const open = await p.owner.ok(c.listClaims, { query: { unitId: unit.id, open: 'yes' } });
    expect(open.items).toEqual([]);
  });
});

test('the README draws the state machine', async () => {
  expect(await draws(import.meta.url, claimMachine)).toBe(true);
});
