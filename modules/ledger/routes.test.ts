import { transact } from '@zaizao/platform/db';
import { unwrap } from '@zaizao/platform/kernel';
import type { Actor, TestApp, TestOrg } from '@zaizao/platform/testkit';
import {
  openCheckpoint,
  parseVerifierKey,
  type TileStore,
  TileTree,
  thingKey,
  toBase64,
  verifyHistory,
  verifyMapHead,
} from '@zaizao/tlog';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  getEvent,
  getLog,
  listEvents,
  scan,
  thingGenealogy,
  thingHistory,
  thingLifeLine,
} from './contract.ts';
import { disclosuresOf, flushLog, openLog, record, registerThing, thingEntries } from './index.ts';
import { giai, inOrg, installing, ledgerApp, receiving, sgtin, tearingDown } from './testing.ts';
import { checkProof } from './ui/check-proof.ts';
import { layLifeLine } from './ui/life-line-layout.ts';

let t: TestApp;
let plant: TestOrg;
let owner: Actor;
const unit = sgtin('R1');
const core = giai('RC1');
const parts = [giai('RK1'), giai('RK2'), giai('RK3')];

beforeAll(async () => {
  t = await ledgerApp();
  plant = await t.org('再制造厂');
  owner = await plant.as('owner');
  await inOrg(t.app, plant.ref, async (ctx) => {
    const name = { zh: '起动机', en: 'Starter' };
    unwrap(
      await registerThing(ctx, { kind: 'unit', ref: 'unit_1', epc: unit, code: 'SN-1', name }),
    );
    const events = [receiving(core), tearingDown(core, parts), installing(unit, parts.slice(0, 2))];
    unwrap(await record(ctx, events));
  });
  await flushLog(t.app);
});
afterAll(() => t.stop());

test('finds what was scanned, or says what to do', async () => {
  expect(await owner.ok(scan, { query: { code: 'sn1' } })).toMatchObject({
    thing: { ref: 'unit_1', code: 'SN-1' },
  });
  const missed = await owner.call(scan, { query: { code: 'nothing' }, lang: 'en' });
  expect(missed).toMatchObject({ status: 404, body: { code: 'LEDGER_THING_NOT_FOUND' } });
  const stranger = await (await t.org('他厂')).as('owner');
  expect(await stranger.refused(scan, { query: { code: 'SN-1' } })).toBe('LEDGER_THING_NOT_FOUND');
  const guest = await plant.as('stranger');
  expect(await guest.refused(scan, { query: { code: 'SN-1' } })).toBe('PERMISSION_DENIED');
});

test('tells the history page by page, in both orders', async () => {
  const first = await owner.ok(thingHistory, {
    params: { epc: parts[0] ?? '' },
    query: { limit: 1 },
  });
  expect(first.items.map((e) => e.bizStep)).toEqual(['installing']);
  const second = await owner.ok(thingHistory, {
    params: { epc: parts[0] ?? '' },
    query: { limit: 1, cursor: first.next },
  });
  expect(second.items.map((e) => e.bizStep)).toEqual(['disassembling']);
  expect(second.next).toBeUndefined();
  const oldest = await owner.ok(thingHistory, {
    params: { epc: core },
    query: { order: 'oldest' },
  });
  expect(oldest.items.map((e) => e.roles)).toEqual([['epc'], ['input']]);
  expect(
    await owner.refused(thingHistory, { params: { epc: core }, query: { cursor: 'nonsense' } }),
  ).toBe('CURSOR_INVALID');
});

test('lists the story by filters', async () => {
  const list = async (query: Parameters<typeof owner.ok<typeof listEvents>>[1]) =>
    (await owner.ok(listEvents, query)).items.map((e) => e.bizStep);
  expect(await list({ query: {} })).toEqual(['installing', 'disassembling', 'receiving']);
  expect(await list({ query: { bizStep: 'receiving' } })).toEqual(['receiving']);
  expect(await list({ query: { type: 'AssociationEvent' } })).toEqual(['installing']);
  expect(await list({ query: { thing: core } })).toEqual(['disassembling', 'receiving']);
  expect(await list({ query: { from: '2026-02-01', to: '2026-02-01' } })).toHaveLength(3);
  expect(await list({ query: { from: '2026-02-02' } })).toEqual([]);
  expect(await list({ query: { to: '2026-02-01T00:05:00Z' } })).toEqual(['receiving']);
});

test('gives an event with a proof that verifies without us, and fails when a byte is changed', async () => {
  const [event] = (await owner.ok(listEvents, { query: { limit: 1 } })).items;
  const found = await owner.ok(getEvent, { params: { eventId: event?.eventId ?? '' } });
  const { proof } = found;
  if (!proof) throw new Error('the event is in the log');
  expect(checkProof(found.event, proof).every((c) => c.ok)).toBe(true);
  const edited = { ...found.event, event: { ...found.event.event, disposition: 'destroyed' } };
  expect(checkProof(edited, proof).find((c) => !c.ok)?.id).toBe('content');
  const forged = { ...proof, tlogProof: proof.tlogProof.replace('index 2', 'index 1') };
  expect(checkProof(found.event, forged).find((c) => !c.ok)?.id).toBe('signature');
  expect(await owner.refused(getEvent, { params: { eventId: 'urn:uuid:none' } })).toBe(
    'LEDGER_EVENT_NOT_FOUND',
  );
});

test('serves the log as static files from which anybody rebuilds the root', async () => {
  const state = await owner.ok(getLog, {});
  const get = (url: string) => t.running.server.inject({ url });
  const note = (await get('/log/checkpoint')).body;
  const key = parseVerifierKey((await get('/log/key')).body.trim());
  const opened = openCheckpoint(note, [key]);
  if (!opened.ok) throw new Error(opened.reason);
  const files: TileStore = {
    read: async (path) => {
      const reply = await get(`/log/${path}`);
      return reply.statusCode === 200 ? new Uint8Array(reply.rawPayload) : null;
    },
    write: () => Promise.reject(new Error('read only')),
  };
  const tree = new TileTree(files, opened.checkpoint.size);
  expect(toBase64(await tree.root())).toBe(state.root);
  expect((await tree.entry(0)).length).toBeGreaterThan(500);
  for (const bad of ['tile/0/001', 'tile/0/000.p/200', 'tile/9/000', 'tile/0/..%2f..', 'tile/x']) {
    expect((await get(`/log/${bad}`)).statusCode, bad).toBe(404);
  }
});

test('proves that no event of a thing is left out', async () => {
  await transact(t.app.db, { kind: 'public' }, async (tx) => {
    const log = await openLog(tx, t.app);
    if (!log) throw new Error('there is a log');
    const tree = new TileTree(log.tiles, log.size);
    const head = await tree.entry(log.size - 1);
    const opened = openCheckpoint(log.checkpoint, [parseVerifierKey(log.logKey)]);
    if (!opened.ok) throw new Error(opened.reason);
    const path = await tree.inclusionProof(log.size - 1);
    const fixed = verifyMapHead(opened.checkpoint, head, path);
    if (!fixed.ok) throw new Error(fixed.reason);
    const part = parts[0] ?? '';
    const entries = await thingEntries(tx, part, log.size);
    const proof = await log.map.prove(fixed.mapRoot, thingKey(part));
    expect(entries).toHaveLength(2);
    expect(verifyHistory(fixed.mapRoot, part, entries, proof).ok).toBe(true);
    expect(verifyHistory(fixed.mapRoot, part, entries.slice(1), proof).ok).toBe(false);
  });
  const opened = await inOrg(t.app, plant.ref, (ctx) => disclosuresOf(ctx, core));
  expect(opened.map((o) => o.event.bizStep)).toEqual(['receiving', 'disassembling']);
});

test('draws the life line: lanes in the order of birth, stations in the order of time', async () => {
  const line = await owner.ok(thingLifeLine, { params: { epc: parts[0] ?? '' } });
  const options = { step: 50, laneHeight: 30, left: 100, top: 20, bizStep: undefined };
  const alone = layLifeLine(line, { ...options, siblings: false });
  expect(alone.lanes.map((l) => l.epc)).toEqual([core, parts[0], unit]);
  const all = layLifeLine(line, { ...options, siblings: true });
  expect(all.lanes.map((l) => l.epc)).toEqual([core, ...parts, unit]);
  const xs = all.stations.map((s) => s.x);
  expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  expect(all.stations.every((s) => s.logIndex !== undefined)).toBe(true);
  expect(all.ways).toHaveLength(2);
  const used = await owner.ok(thingGenealogy, {
    params: { epc: core },
    query: { direction: 'used-in' },
  });
  expect(used.nodes.map((n) => n.epc)).toContain(unit);
});
