import { getFile } from '@zaizao/platform/files/contract';
import { newId } from '@zaizao/platform/kernel';
import type { Actor } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  answers,
  gradingPhotos,
  OLD_NUMBER,
  type Plant,
  photo,
  STARTER,
  startPlant,
  stockedCore,
  walkIn,
} from '../testing-plant.ts';
import { draws } from '../testing-readme.ts';
import * as c from './contract.ts';
import { coreMachine } from './domain/core-machine.ts';

let p: Plant;
let shop: Actor;
let shopName: string;
let receiver: Actor;

beforeAll(async () => {
  p = await startPlant();
  const org = await p.app.org('沧州顺达汽修', 'repair-shop');
  shopName = org.ref.name;
  shop = await org.as('shop');
  receiver = await p.org.as('receiver');
});
afterAll(() => p.app.stop());

const toOrgId = () => p.org.ref.id;

async function quoted() {
  return shop.ok(c.requestQuote, {
    body: {
      ...{ toOrgId: toOrgId(), number: OLD_NUMBER, channel: 'repair-shop' },
      photos: [await photo(shop)],
    },
  });
}

async function graded(coreId: string, ...notMet: string[]) {
  const photos = await gradingPhotos(receiver);
  const body = { answers: answers(...notMet), photos };
  return receiver.ok(c.gradeCore, { params: { coreId }, body });
}

describe('from the shop’s phone to the shelf', () => {
  test('quote by an old number, accept, collect, receive once, grade B, dispute, regrade, credit once', async () => {
    const offers = await shop.ok(c.previewQuote, {
      query: { number: '3708010 d9', toOrgId: toOrgId() },
    });
    expect(offers.candidates[0]).toMatchObject({ part: { number: STARTER }, via: 'supersession' });
    expect(offers.candidates[0]?.offers.map((o) => o.creditFen)).toEqual([
      '3200',
      '2000',
      '800',
      '0',
    ]);

    const quote = await quoted();
    expect(quote).toMatchObject({
      state: 'quoted',
      quotedFen: '2000',
      identifiedBy: 'interchange',
    });
    const params = { coreId: quote.id };
    expect(await receiver.refused(c.receiveCore, { params, body: {} })).toBe('CORE_STATE');
    const accepted = await shop.ok(c.acceptQuote, {
      params,
      body: { accept: true, pickUpAddress: '沧州 1 号' },
    });
    expect(accepted.state).toBe('accepted');
    await receiver.ok(c.collectCore, { params, body: { photos: [await photo(receiver)] } });
    const received = await receiver.ok(c.receiveCore, { params, body: { massG: 4050 } });
    expect(received).toMatchObject({
      state: 'received',
      massG: 4050,
      supplier: { name: shopName },
    });
    expect(received.photos).toHaveLength(2);
    expect(await receiver.refused(c.receiveCore, { params, body: {} })).toBe(
      'CORE_ALREADY_RECEIVED',
    );

    const photos = await gradingPhotos(receiver);
    const noNameplate = { front: photos.front, side: photos.side };
    const tried = (body: object) =>
      receiver.refused(c.gradeCore, { params, body: { answers: answers(), photos, ...body } });
    expect(await tried({ photos: noNameplate })).toBe('CORE_PHOTO_MISSING');
    expect(await tried({ photos: { ...photos, front: 'f'.repeat(64) } })).toBe('PHOTO_REQUIRED');
    expect(await tried({ answers: answers().slice(1) })).toBe('CORE_CRITERION_UNANSWERED');
    const strange = { criterion: 'LUCKY', met: true };
    expect(await tried({ answers: [...answers(), strange] })).toBe('CORE_CRITERION_UNKNOWN');

    const b = await graded(quote.id, 'SURFACE');
    expect(b).toMatchObject({ state: 'graded', grade: 'B', creditFen: '2000' });
    expect(b.gradeReasons).toHaveLength(1);
    const mine = await shop.ok(c.listOffers, { query: {} });
    expect(mine.items[0]).toMatchObject({ id: quote.id, grade: 'B', buyer: p.org.ref.name });

    await shop.ok(c.disputeGrade, { params, body: { reason: '表面锈很轻' } });
    expect(await receiver.refused(c.giveCredit, { params })).toBe('CORE_STATE');
    expect(await receiver.refused(c.moveCoreTo, { params, body: { to: 'stock' } })).toBe(
      'CORE_STATE',
    );
    expect(await graded(quote.id)).toMatchObject({ grade: 'A', creditFen: '3200' });

    const tries = await Promise.all([1, 2, 3].map(() => receiver.call(c.giveCredit, { params })));
    expect(tries.map((r) => r.status).sort()).toEqual([200, 409, 409]);
    expect(await receiver.refused(c.giveCredit, { params })).toBe('CORE_CREDIT_GIVEN');
    expect(await shop.refused(c.disputeGrade, { params, body: { reason: '再申诉' } })).toBe(
      'CORE_CREDIT_GIVEN',
    );

    const shown = await receiver.ok(c.getCoreView, { params });
    expect(shown.gradings.map((g) => g.grade)).toEqual(['A', 'B']);
    expect(shown.gradings[1]?.answers.filter((a) => !a.met).map((a) => a.criterion)).toEqual([
      'SURFACE',
    ]);
    expect(shown.valuation?.creditFen).toBe('3200');
    expect(shown.pickUpAddress).toBe('沧州 1 号');
    const stocked = await receiver.ok(c.moveCoreTo, {
      params,
      body: { to: 'stock', place: 'A-03' },
    });
    expect(stocked).toMatchObject({ state: 'stocked', place: 'A-03', credited: true });
  });

  test('the supplier sees the photos that it was graded by, and hands its core over itself', async () => {
    const { id: coreId } = await quoted();
    const params = { coreId };
    await shop.ok(c.acceptQuote, { params, body: { accept: true } });
    const handed = await shop.ok(c.handOver, { params, body: { photos: [await photo(shop)] } });
    expect(handed).toMatchObject({ state: 'in-transit' });
    await receiver.ok(c.receiveCore, { params, body: {} });
    const { photos } = await graded(coreId);
    for (const sha256 of photos) {
      expect((await shop.call(getFile, { params: { sha256 } })).status).toBe(200);
    }
  });

  test('a quote may be declined; a late dispute is refused', async () => {
    const no = { coreId: (await quoted()).id };
    const declined = await shop.ok(c.acceptQuote, { params: no, body: { accept: false } });
    expect(declined.state).toBe('declined');
    expect(await shop.refused(c.acceptQuote, { params: no, body: { accept: true } })).toBe(
      'CORE_STATE',
    );

    const params = { coreId: (await quoted()).id };
    await shop.ok(c.acceptQuote, { params, body: { accept: true } });
    await receiver.ok(c.receiveCore, { params, body: {} });
    await graded(params.coreId);
    p.app.clock.advance(8 * 86_400_000);
    expect(await shop.refused(c.disputeGrade, { params, body: { reason: '晚了' } })).toBe(
      'CORE_DISPUTE_LATE',
    );
  });
});

describe('receiving without a quote', () => {
  const supply = () => ({ supplierId: p.supplierId, number: STARTER });

  test('a number nobody knows, a VIN that is none, a vehicle without licence', async () => {
    const tried = (body: object) =>
      receiver.refused(c.receiveWalkIn, { body: { ...supply(), channel: 'direct', ...body } });
    expect(await tried({ number: 'NO-SUCH-1' })).toBe('CORE_NUMBER_UNKNOWN');
    expect(await tried({ donor: { vin: 'LSVAM4187C2184842' } })).toBe('CORE_VIN_INVALID');
    expect(await tried({ channel: 'dismantler' })).toBe('CORE_LICENCE_MISSING');
    expect(await tried({ supplierId: newId('partner') })).toBe('PARTNER_NOT_FOUND');
    expect(await tried({ donor: { removedOn: '2099-01-01' } })).toBe('CORE_DONOR_TIME');
  });

  test('the same submit twice makes one core; a core is found by code, number, grade and supplier', async () => {
    const key = newId('key');
    const body = { ...supply(), channel: 'direct' as const };
    const once = await receiver.ok(c.receiveWalkIn, { body, key });
    const again = await receiver.ok(c.receiveWalkIn, { body, key });
    expect(again.id).toBe(once.id);
    const found = await receiver.ok(c.listCores, { query: { q: once.code.slice(1) } });
    expect(found.items.map((i) => i.id)).toEqual([once.id]);
    const bySupplier = await receiver.ok(c.listCores, {
      query: { supplierId: p.supplierId, state: 'received' },
    });
    expect(bySupplier.items.map((i) => i.id)).toContain(once.id);
  });

  test('a person corrects the part before grading', async () => {
    const core = await walkIn(p);
    const params = { coreId: core.id };
    const done = await receiver.ok(c.identifyCore, {
      params,
      body: { partId: p.starterId, numberSeen: 'QDJ1412' },
    });
    expect(done).toMatchObject({ identifiedBy: 'person', numberSeen: 'QDJ1412' });
    await graded(core.id, 'LISTED');
    expect(await receiver.refused(c.identifyCore, { params, body: { partId: p.starterId } })).toBe(
      'CORE_STATE',
    );
  });

  test('figures and stock count what the lists show', async () => {
    await stockedCore(p);
    const stock = await receiver.ok(c.coreStock, {});
    const row = stock.rows.find((r) => r.grade === 'B');
    expect(row).toMatchObject({ family: { code: 'starter' }, part: { number: STARTER } });
    const listed = await receiver.ok(c.listCores, {
      query: { inStock: 'yes', grade: 'B', limit: 200 },
    });
    expect(listed.items).toHaveLength(row?.count ?? -1);
    const figures = await receiver.ok(c.coreFigures, {});
    const unpaid = await receiver.ok(c.listCores, { query: { unpaid: 'yes', limit: 200 } });
    expect(figures.unpaid.count).toBe(unpaid.items.length);
    expect(BigInt(figures.unpaid.creditFen)).toBe(
      unpaid.items.reduce((sum, i) => sum + BigInt(i.creditFen ?? 0), 0n),
    );
    expect(figures.receivedToday).toBeGreaterThan(0);
    const quality = await receiver.ok(c.supplierQuality, {});
    expect(quality.rows.find((r) => r.supplier.id === p.supplierId)?.B).toBeGreaterThan(0);
    p.app.clock.advance(31 * 86_400_000);
    const aged = await receiver.ok(c.coreStock, {});
    expect(aged.rows.find((r) => r.grade === 'B')?.over30Days).toBe(row?.count);
  });
});

test('another organisation’s core, partner or part is not there', async () => {
  const core = await walkIn(p);
  const params = { coreId: core.id };
  const stranger = await (await p.app.org('别家厂')).as('owner');
  expect(await stranger.refused(c.getCoreView, { params })).toBe('CORE_NOT_FOUND');
  expect(await stranger.refused(c.receiveCore, { params, body: {} })).toBe('CORE_NOT_FOUND');
  expect(await stranger.refused(c.giveCredit, { params })).toBe('CORE_NOT_FOUND');
  expect(await stranger.refused(c.acceptQuote, { params, body: { accept: true } })).toBe(
    'CORE_NOT_FOUND',
  );
  expect(await stranger.refused(c.handOver, { params, body: {} })).toBe('CORE_NOT_FOUND');
  expect(await stranger.refused(c.moveCoreTo, { params, body: { to: 'stock' } })).toBe(
    'CORE_NOT_FOUND',
  );
  const theirs = { number: STARTER, supplierId: p.supplierId, channel: 'direct' as const };
  expect(await stranger.refused(c.receiveWalkIn, { body: theirs })).toBe('PARTNER_NOT_FOUND');
  const identify = { partId: p.starterId };
  expect(await stranger.refused(c.identifyCore, { params, body: identify })).toBe('CORE_NOT_FOUND');
  expect((await stranger.ok(c.listCores, { query: {} })).items).toEqual([]);
});

test('the README draws the state machine', async () => {
  expect(await draws(import.meta.url, coreMachine)).toBe(true);
});
