import { newId } from '@zaizao/platform/kernel';
import type { Actor } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getCoreView } from '../cores/contract.ts';
import { thingGenealogy } from '../ledger/contract.ts';
import {
  cleanedAt,
  type Plant,
  photo,
  startPlant,
  stockedCore,
  tornDown,
  walkIn,
} from '../testing-plant.ts';
import { draws } from '../testing-readme.ts';
import * as c from './contract.ts';
import { componentMachine } from './domain/component-machine.ts';

let p: Plant;
let dismantler: Actor;

beforeAll(async () => {
  p = await startPlant();
  dismantler = await p.org.as('dismantler', 'cleaner');
});
afterAll(() => p.app.stop());

async function opened(more: object = {}) {
  const core = await stockedCore(p, more);
  const view = await dismantler.ok(c.startTeardown, { body: { coreId: core.id } });
  return { core, view, params: { teardownId: view.id } };
}

describe('teardown', () => {
  test('starts from a graded core, once', async () => {
    const raw = await walkIn(p);
    const start = (coreId: string) => dismantler.refused(c.startTeardown, { body: { coreId } });
    expect(await start(raw.id)).toBe('CORE_STATE');
    const { core, view } = await opened();
    expect(view).toMatchObject({ state: 'open', balance: { coreG: 4110, accountedG: 0 } });
    expect(view.lines).toHaveLength(21); // 22 positions, grease is no part that comes out
    expect(await start(core.id)).toBe('TEARDOWN_CORE_BUSY');
    const found = await dismantler.ok(c.listTeardowns, { query: { coreId: core.id } });
    expect(found.items.map((t) => t.id)).toEqual([view.id]);
  });

  test('refuses a position of another core, counts that cannot be, an early and an unbalanced finish', async () => {
    const { view, params } = await opened();
    const tried = (body: object) =>
      dismantler.refused(c.recordLine, { params, body: { pos: 40, outcome: 'found', ...body } });
    expect(await tried({ pos: 777 })).toBe('TEARDOWN_LINE_UNKNOWN');
    expect(await tried({ foundQty: 4 })).toBe('TEARDOWN_QUANTITY');
    expect(await tried({ foundQty: 0 })).toBe('TEARDOWN_QUANTITY');
    const noPicture = { damages: [{ mode: 'fracture', photo: 'a'.repeat(64) }] };
    expect(await tried(noPicture)).toBe('PHOTO_REQUIRED');
    const finish = (body: object = {}) => dismantler.refused(c.finishTeardown, { params, body });
    expect(await finish()).toBe('TEARDOWN_LINES_OPEN');
    for (const line of view.lines) {
      await dismantler.ok(c.recordLine, { params, body: { pos: line.pos, outcome: 'found' } });
    }
    const heavy = { pos: 30, outcome: 'found' as const, massG: 2000 };
    const unbalanced = await dismantler.ok(c.recordLine, { params, body: heavy });
    expect(unbalanced.balance.closes).toBe(false);
    expect(await finish()).toBe('TEARDOWN_MASS_OPEN');
    await dismantler.ok(c.finishTeardown, { params, body: { explanation: '转子带油泥' } });
    expect(await tried({})).toBe('TEARDOWN_ENDED');
  });

  test('what is found becomes components with codes and EPCs; the core’s genealogy says so', async () => {
    const { core, view, params } = await opened({ donor: { machineSerial: 'XG-955' } });
    const damages = [
      { mode: 'fracture' as const, place: '安装耳', photo: await photo(dismantler) },
    ];
    const record = (pos: number, body: object) =>
      dismantler.ok(c.recordLine, { params, body: { pos, outcome: 'found', ...body } });
    for (const { pos } of view.lines) await record(pos, {});
    await record(10, { outcome: 'broken', damages });
    await record(80, { outcome: 'missing' });
    const lost = await record(40, { foundQty: 2 });
    expect(lost.lines.find((l) => l.pos === 40)).toMatchObject({ foundQty: 2, massG: 44 });
    const done = await dismantler.ok(c.finishTeardown, { params, body: { residueG: 40 } });
    expect(done).toMatchObject({ state: 'finished', balance: { closes: true } });
    const all = await dismantler.ok(c.listComponents, { query: { coreId: core.id, limit: 200 } });
    expect(all.items).toHaveLength(20);
    for (const x of all.items) {
      expect(x.code).toMatch(x.serialised ? /^K\d{7}$/ : /^L\d{7}$/);
      expect(x.epc).toMatch(/^https:\/\/id\.gs1\.org\/8004\/952/);
      expect(x.donor).toEqual({ machineSerial: 'XG-955' });
    }
    expect(all.items.find((x) => x.pos === 10)?.damages).toHaveLength(1);
    const byDonor = await dismantler.ok(c.listComponents, { query: { q: 'xg-955', limit: 200 } });
    expect(byDonor.items).toHaveLength(20);
    const after = await p.owner.ok(getCoreView, { params: { coreId: core.id } });
    expect(after.state).toBe('torn-down');
    const tree = await p.owner.ok(thingGenealogy, {
      params: { epc: core.epc },
      query: { direction: 'used-in' },
    });
    expect(tree.edges).toHaveLength(20);
  });
});

describe('cleaning', () => {
  test('a repeat leaves them uncleaned, a good one lets them go on; one batch at a time', async () => {
    const core = await stockedCore(p);
    await tornDown(p, core.id);
    const { items } = await dismantler.ok(c.listComponents, { query: { coreId: core.id } });
    const componentIds = items.slice(0, 3).map((x) => x.id);
    const start = { body: { method: 'CLN-US', componentIds, parameters: { temperature: '60' } } };
    const refuse = (body: object) =>
      dismantler.refused(c.startCleaning, { body: { ...start.body, ...body } });
    expect(await refuse({ method: 'RST-ARC' })).toBe('CLEANING_METHOD_UNKNOWN');
    expect(await refuse({ componentIds: [newId('comp')] })).toBe('COMPONENT_NOT_FOUND');
    const first = await dismantler.ok(c.startCleaning, start);
    expect(first).toMatchObject({ state: 'running', parameters: { temperature: '60' } });
    expect(await refuse({})).toBe('CLEANING_COMPONENT_BUSY');
    const finish = (batchId: string, result: 'good' | 'repeat') =>
      dismantler.ok(c.finishCleaning, {
        params: { batchId },
        body: { result, consumption: { waterL: '12.5', energyKwh: '1.8' } },
      });
    const outside = await dismantler.ok(c.listComponents, {
      query: { coreId: core.id, outside: 'yes', limit: 200 },
    });
    expect(outside.items.map((x) => x.id)).not.toContain(componentIds[0]);
    expect(outside.items).toHaveLength(18);
    const again = await finish(first.id, 'repeat');
    expect(again.components.every((x) => x.state === 'found')).toBe(true);
    const second = await dismantler.ok(c.startCleaning, start);
    const good = await finish(second.id, 'good');
    expect(good.components.every((x) => x.state === 'cleaned')).toBe(true);
    const ended = { params: { batchId: second.id }, body: { result: 'good' as const } };
    expect(await dismantler.refused(c.finishCleaning, ended)).toBe('CLEANING_BATCH_ENDED');
    const shown = await dismantler.ok(c.getCleaning, { params: { batchId: second.id } });
    expect(shown).toMatchObject({ state: 'good', consumption: { waterL: '12.5' } });
    expect(shown.components).toHaveLength(3);
  });

  test('a scrapped component is at its end', async () => {
    const core = await stockedCore(p);
    await tornDown(p, core.id);
    const [part] = await cleanedAt(p, core.id, 30);
    const params = { componentId: part?.id ?? '' };
    const gone = await dismantler.ok(c.scrapComponent, { params, body: { reason: '烧毁' } });
    expect(gone.state).toBe('recycle');
    const again = { params, body: { reason: '再报废' } };
    expect(await dismantler.refused(c.scrapComponent, again)).toBe('COMPONENT_STATE');
    const figures = await dismantler.ok(c.dismantlingFigures, {});
    const recycled = await dismantler.ok(c.listComponents, { query: { state: 'recycle' } });
    const counted = figures.components.find((x) => x.state === 'recycle');
    expect(counted?.count).toBe(recycled.items.length);
  });
});

test('another organisation’s core, teardown, component and batch are not there', async () => {
  const { core, params } = await opened();
  const stranger = await (await p.app.org('别家厂')).as('owner');
  const start = { body: { coreId: core.id } };
  expect(await stranger.refused(c.startTeardown, start)).toBe('CORE_NOT_FOUND');
  expect(await stranger.refused(c.getTeardown, { params })).toBe('TEARDOWN_NOT_FOUND');
  const line = { params, body: { pos: 10, outcome: 'found' as const } };
  expect(await stranger.refused(c.recordLine, line)).toBe('TEARDOWN_NOT_FOUND');
  expect(await stranger.refused(c.finishTeardown, { params, body: {} })).toBe('TEARDOWN_NOT_FOUND');
  const other = await stockedCore(p);
  await tornDown(p, other.id);
  const [part] = await cleanedAt(p, other.id, 30);
  const componentId = part?.id ?? '';
  const scrap = { params: { componentId }, body: { reason: 'x' } };
  expect(await stranger.refused(c.scrapComponent, scrap)).toBe('COMPONENT_NOT_FOUND');
  const batch = { body: { method: 'CLN-US', componentIds: [componentId] } };
  expect(await stranger.refused(c.startCleaning, batch)).toBe('COMPONENT_NOT_FOUND');
  const { items } = await dismantler.ok(c.listCleaning, { query: {} });
  const batchId = items[0]?.id ?? '';
  expect(await stranger.refused(c.getCleaning, { params: { batchId } })).toBe(
    'CLEANING_BATCH_NOT_FOUND',
  );
});

test('the README draws the state machine', async () => {
  expect(await draws(import.meta.url, componentMachine)).toBe(true);
});
