import { unwrap } from '@zaizao/platform/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setPackage } from '../catalog/contract.ts';
import { depositsModule } from '../deposits/index.ts';
import { inspectionModule } from '../inspection/index.ts';
import { inOrg } from '../ledger/testing.ts';
import * as production from '../production/contract.ts';
import { moveUnit, productionModule } from '../production/index.ts';
import { born, nextOf, work } from '../production/testing-floor.ts';
import { printLabel } from '../quality/contract.ts';
import { qualityModule } from '../quality/index.ts';
import { type Plant, photo, startPlant } from '../testing-plant.ts';
import * as c from './contract.ts';
import { marketModule } from './index.ts';

let p: Plant;

beforeAll(async () => {
  p = await startPlant([
    ...[inspectionModule, productionModule, qualityModule, depositsModule, marketModule],
  ]);
}, 120_000);
afterAll(() => p.app.stop());

const size = { lengthMm: 260, widthMm: 160, heightMm: 150 };
const spec = {
  ...{ type: 'carton' as const, inner: size, outer: size, tareG: 380, unitsPerPackage: 1 },
  materials: [{ name: { zh: '瓦楞纸箱', en: 'Corrugated box' }, massG: 380, reusable: false }],
  ...{ stackLayers: 5, esd: false, vci: true, handling: [], basis: 'assumption' },
  labels: [{ kind: 'parcel' as const, place: 'long-side' as const }],
  checks: [{ code: 'MARK', text: { zh: '再制造标志清晰', en: 'The mark is clear' } }],
};

const move = (unitId: string, event: 'test-pass' | 'certify') =>
  inOrg(p.app.app, p.org.ref, async (ctx) => unwrap(await moveUnit(ctx, unitId, event)));

test('the parcel of the packing floor is on the delivery: both sides read its SSCC, and it has a label', async () => {
  const params = { partId: p.starterId };
  await p.owner.ok(setPackage, { params, version: 0, body: { spec, note: '' } });
  const unit = await born(p);
  await move(unit.id, 'test-pass');
  const order = await p.owner.ok(production.getOrder, { params: { orderId: unit.orderId } });
  const atPacking = await work(p, order, (o) => o.stationKind !== 'packing');
  const operation = { params: { operationId: nextOf(atPacking).id }, body: {} };
  await p.owner.ok(production.startOperation, operation);
  const { sscc, epc } = await p.owner.ok(production.packUnit, {
    params: { unitId: unit.id },
    body: { checks: ['MARK'], photo: await photo(p.owner), grossG: 4600 },
  });
  await p.owner.ok(production.finishOperation, operation);
  await move(unit.id, 'certify');
  await p.owner.ok(production.releaseUnit, { params: { unitId: unit.id }, body: {} });

  const label = await p.owner.call(printLabel, { query: { epc, format: 'svg' } });
  expect(label.status).toBe(200);
  const unknown = { query: { epc: '123456789012345675' } };
  expect(await p.owner.refused(printLabel, unknown)).toBe('PARCEL_NOT_FOUND');

  const shop = await (await p.app.org('沧州顺达汽修', 'repair-shop')).as('shop');
  const listing = await p.owner.ok(c.listUnit, {
    body: { unitId: unit.id, priceFen: '26500', goodsClass: 'reman-new', warrantyMonths: 12 },
  });
  const placed = await shop.ok(c.placePurchase, {
    body: { listingIds: [listing.id], deliverTo: '沧州 1 号', onCredit: true },
  });
  const sale = { params: { orderId: placed.id } };
  await p.owner.ok(c.confirmSale, { ...sale, body: { accept: true } });
  await p.owner.ok(c.pickOrder, { ...sale, body: { serials: [unit.serial] } });
  await p.owner.ok(c.shipOrder, { ...sale, body: { carrier: '顺达', trackingNumber: 'S-1' } });
  for (const side of [await shop.ok(c.getPurchase, sale), await p.owner.ok(c.getSale, sale)]) {
    expect(side.lines[0]).toMatchObject({ serial: unit.serial, sscc });
  }
});
