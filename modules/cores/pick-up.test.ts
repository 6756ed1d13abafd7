import { thingHistory } from '@zaizao/modules/ledger/contract';
import { addPartner } from '@zaizao/modules/parties/contract';
import { getFile } from '@zaizao/platform/files/contract';
import type { Actor } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OLD_NUMBER, type Plant, photo, startPlant } from '../testing-plant.ts';
import { draws } from '../testing-readme.ts';
import * as c from './contract.ts';
import { pickUpMachine } from './domain/pick-up-machine.ts';

let p: Plant;
let shop: Actor;
let buyer: Actor;
let collector: Actor;
let other: Actor;
let collectorId: string;

beforeAll(async () => {
  p = await startPlant();
  shop = await (await p.app.org('沧州顺达汽修', 'repair-shop')).as('shop');
  buyer = await p.org.as('buyer');
  const station = await p.app.org('保定旧件回收站', 'collector');
  collector = await station.as('collector');
  other = await (await p.app.org('别的回收站', 'collector')).as('collector');
  const partner = await buyer.ok(addPartner, {
    body: { name: station.ref.name, kind: 'collector', orgId: station.ref.id },
  });
  collectorId = partner.id;
});
afterAll(() => p.app.stop());

async function accepted(pickUpAddress?: string) {
  const quote = await shop.ok(c.requestQuote, {
    body: { toOrgId: p.org.ref.id, number: OLD_NUMBER, channel: 'repair-shop', photos: [] },
  });
  const body = { accept: true, ...(pickUpAddress ? { pickUpAddress } : {}) };
  return shop.ok(c.acceptQuote, { params: { coreId: quote.id }, body });
}

test('the only collector is asked at once, confirms with count and photo, and the plant sees it', async () => {
  const [first, second] = [await accepted('沧州 1 号'), await accepted('沧州 1 号')];
  const mine = await collector.ok(c.listMyPickUps, { query: { state: 'asked' } });
  expect(mine.items).toHaveLength(1); // one door, one call
  const [task] = mine.items;
  if (!task) throw new Error('a pick-up waits');
  expect(task).toMatchObject({
    plant: p.org.ref.name,
    supplier: '沧州顺达汽修',
    address: '沧州 1 号',
  });
  expect(task.cores.map((x) => x.coreId)).toEqual([first.id, second.id]);
  expect((await other.ok(c.listMyPickUps, { query: {} })).items).toEqual([]);

  const params = { pickUpId: task.id };
  const taken = [first.id];
  const tried = (body: object) =>
    collector.refused(c.confirmPickUp, {
      params,
      body: { taken, counted: 1, photos: [], ...body },
    });
  expect(await tried({})).toBe('PICK_UP_PHOTO');
  const photos = [await photo(collector)];
  expect(await tried({ photos, counted: 2 })).toBe('PICK_UP_COUNT');
  const theirs = [await photo(other)];
  const stranger = { params, body: { taken, counted: 1, photos: theirs } };
  expect(await other.refused(c.confirmPickUp, stranger)).toBe('PICK_UP_NOT_FOUND');
  const body = { taken, counted: 2, photos, note: '多一件不在单上' };
  const done = await collector.ok(c.confirmPickUp, { params, body });
  expect(done.cores.map((x) => x.taken)).toEqual([true, false]);
  expect(await collector.refused(c.confirmPickUp, { params, body })).toBe('PICK_UP_STATE');

  const seen = await buyer.ok(c.listPickUps, { query: { state: 'done' } });
  expect(seen.items[0]).toMatchObject({ counted: 2, note: '多一件不在单上', photos });
  expect(seen.items[0]?.doneBy).toContain('保定旧件回收站');
  // the photo is the plant's now too
  expect((await buyer.call(getFile, { params: { sha256: photos[0] ?? '' } })).status).toBe(200);
  const moved = await buyer.ok(c.getCoreView, { params: { coreId: first.id } });
  expect(moved).toMatchObject({ state: 'in-transit', photos });
  const left = await buyer.ok(c.getCoreView, { params: { coreId: second.id } });
  expect(left.state).toBe('accepted');

  const receiver = await p.org.as('receiver');
  await receiver.ok(c.receiveCore, { params: { coreId: first.id }, body: {} });
  const life = await buyer.ok(thingHistory, { params: { epc: moved.epc }, query: {} });
  expect(life.items.map((e) => e.bizStep)).toEqual(['receiving', 'collecting']);
});

test('cores are asked for together, once, at one door; the plant may call it off', async () => {
  const near = [await accepted(), await accepted()].map((x) => x.id);
  const { items } = await buyer.ok(c.listPickUps, { query: { state: 'asked' } });
  const own = items.find((x) => x.address === undefined);
  await buyer.ok(c.cancelPickUp, { params: { pickUpId: own?.id ?? '' } }); // what was asked by itself
  const asked = await buyer.ok(c.askPickUp, { body: { collectorId, coreIds: near } });
  expect(asked).toMatchObject({ state: 'asked', cores: [{}, {}] });
  const again = { body: { collectorId, coreIds: near.slice(0, 1) } };
  expect(await buyer.refused(c.askPickUp, again)).toBe('PICK_UP_ASKED');
  const params = { pickUpId: asked.id };
  expect(await buyer.ok(c.cancelPickUp, { params })).toMatchObject({ state: 'cancelled' });
  expect(await buyer.refused(c.cancelPickUp, { params })).toBe('PICK_UP_STATE');
  const photos = [await photo(collector)];
  const late = { params, body: { taken: near, counted: 2, photos } };
  expect(await collector.refused(c.confirmPickUp, late)).toBe('PICK_UP_STATE');

  const paper = await buyer.ok(addPartner, { body: { name: '没有账户的老何', kind: 'collector' } });
  const offline = { body: { collectorId: paper.id, coreIds: near } };
  expect(await buyer.refused(c.askPickUp, offline)).toBe('PICK_UP_COLLECTOR');
});

test('a core brought to the gate meanwhile stays received', async () => {
  const core = await accepted('沧州 2 号');
  const receiver = await p.org.as('receiver');
  await receiver.ok(c.receiveCore, { params: { coreId: core.id }, body: {} });
  const { items } = await collector.ok(c.listMyPickUps, { query: { state: 'asked' } });
  const task = items.find((x) => x.address === '沧州 2 号');
  const photos = [await photo(collector)];
  await collector.ok(c.confirmPickUp, {
    params: { pickUpId: task?.id ?? '' },
    body: { taken: [core.id], counted: 1, photos },
  });
  const now = await buyer.ok(c.getCoreView, { params: { coreId: core.id } });
  expect(now.state).toBe('received');
});

test('the README draws the state machine of a pick-up', async () => {
  expect(await draws(import.meta.url, pickUpMachine)).toBe(true);
});
