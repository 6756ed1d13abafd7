import { documentOf, type EpcisEvent } from '@zaizao/epcis';
import { unwrap } from '@zaizao/platform/kernel';
import type { Actor, TestApp, TestOrg } from '@zaizao/platform/testkit';
import { thingKey } from '@zaizao/tlog';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flushLog, openLog, record, verifyLedger } from './index.ts';
import { FreshEvents } from './log/fresh-events.ts';
import { LogMap } from './log/log-map.ts';
import { giai, inOrg, ledgerApp, receiving } from './testing.ts';

let t: TestApp;
let plant: TestOrg;
let owner: Actor;
beforeAll(async () => {
  t = await ledgerApp();
  plant = await t.org('采集');
  owner = await plant.as('owner');
});
afterAll(() => t.stop());

const named = (id: string, code: string): EpcisEvent => {
  return { ...receiving(giai(code)), eventID: `urn:uuid:${id}` } as EpcisEvent; // an object event still
};
/** Long enough to be read in a thread. */
const many = (tag: string, count = 120) =>
  Array.from({ length: count }, (_, i) => receiving(giai(`${tag}N${i}`), i));

async function send(events: readonly EpcisEvent[], behaviour = 'rollback') {
  const reply = await t.running.server.inject({
    method: 'POST',
    url: '/epcis/capture',
    headers: {
      ...owner.headers,
      ...{ 'content-type': 'application/json', 'gs1-capture-error-behaviour': behaviour },
    },
    payload: JSON.stringify(documentOf(events, { creationDate: new Date(0) })),
  });
  expect(reply.statusCode, reply.body).toBe(202);
  const url = String(reply.headers.location).replace(/^.*\/epcis/, '/epcis');
  const job = await t.running.server.inject({ url, headers: owner.headers });
  return job.json<{ success: boolean; running: boolean; errors: unknown[] }>();
}

const rows = async () => {
  const r = await sql<{ seq: bigint; record_us: bigint; event_id: string }>`
    select seq, record_us, event_id from ledger.event where org_id = ${plant.ref.no} order by seq`.execute(
    t.app.db.kysely,
  );
  return r.rows;
};

test('documents that come together are stored together, each with its own outcome', async () => {
  const known = await send([named('0000', 'K0')]);
  expect(known).toMatchObject({ success: true, running: false, errors: [] });
  const before = (await rows()).length;
  const [first, taken, second, repeated, partly] = await Promise.all([
    send(many('A')),
    // The id stands for another content: nothing of this document is stored.
    send([...many('B'), named('0000', 'K1')]),
    send([...many('C'), named('0001', 'K2')]),
    send(many('A')),
    send([named('0002', 'K3'), named('0000', 'K1'), named('0000', 'K0')], 'proceed'),
  ]);
  expect(first).toMatchObject({ success: true });
  expect(taken).toMatchObject({
    success: false,
    errors: [{ type: 'epcisException:ResourceAlreadyExistsException' }],
  });
  expect(second).toMatchObject({ success: true });
  expect(repeated).toMatchObject({ success: true, errors: [] });
  expect(partly).toMatchObject({ success: false });
  expect(partly.errors).toHaveLength(1);
  const stored = await rows();
  // The two alike are stored once; of the last document one event is new.
  expect(stored.length - before).toBe(120 + 121 + 1);
  expect(stored.map((r) => Number(r.seq))).toEqual(stored.map((_, i) => i + 1));
  for (const [i, row] of stored.entries()) {
    expect(row.record_us).toBeGreaterThan(stored[i - 1]?.record_us ?? 0n);
  }
});

test('what was committed to in a thread is what the table makes again', async () => {
  await send(many('D'));
  unwrap(await inOrg(t.app, plant.ref, (ctx) => record(ctx, [receiving(giai('D1'))])));
  await send([...many('E'), receiving(giai('D1'), 3)]);
  await flushLog(t.app);
  const report = await verifyLedger(t.app, { deep: true });
  expect(report.findings).toEqual([]);
  expect(report.events).toBe((await rows()).length);
});

test('the map is made again from the table, and proves from older heads too', async () => {
  await send(many('F', 5));
  await flushLog(t.app);
  const open = () => inOrg(t.app, plant.ref, (ctx) => openLog(ctx.tx, t.app));
  const old = await open();
  await send(many('G', 5));
  await flushLog(t.app);
  const now = await open();
  if (!old || !now) throw new Error('the log is empty');
  expect(now.mapRoot).not.toEqual(old.mapRoot);
  const key = thingKey(giai('FN1'));
  await inOrg(t.app, plant.ref, async ({ tx }) => {
    const fresh = new LogMap();
    const map = await fresh.at(tx, now.size, now.mapRoot);
    expect(map.root).toEqual(now.mapRoot);
    expect(await map.prove(now.mapRoot, key)).toEqual(await now.map.prove(now.mapRoot, key));
    // A process that was elsewhere meanwhile catches up, or makes the older map.
    const behind = new LogMap();
    await behind.at(tx, old.size, old.mapRoot);
    const proof = await now.map.prove(now.mapRoot, key);
    expect(await behind.prover(tx, now.size, now.mapRoot).prove(now.mapRoot, key)).toEqual(proof);
    const older = await old.map.prove(old.mapRoot, key);
    expect(await new LogMap().prover(tx, old.size, old.mapRoot).prove(old.mapRoot, key)).toEqual(
      older,
    );
    await expect(new LogMap().at(tx, now.size, old.mapRoot)).rejects.toThrow(/verify/);
  });
});

test('hands events on in order and without gaps, and not more than fit', () => {
  const fresh = new FreshEvents(3);
  const event = (seq: number) => ({
    ...{ seq, recordUs: seq, eventId: `e${seq}`, isErrorDeclaration: false },
    ...{ groups: new Uint8Array(1), keys: new Uint8Array(0) },
  });
  const seqs = (org: number, from: number, limit = 10) =>
    fresh.from(org, from, limit).map((e) => e.seq);
  const run = (...numbers: readonly [number, ...number[]]) => ({
    ...{ firstSeq: numbers[0], count: numbers.length, events: () => numbers.map(event) },
  });
  fresh.add(1, run(5, 6));
  expect(seqs(1, 4)).toEqual([]); // number 4 is read from the table first
  expect(seqs(1, 5)).toEqual([5, 6]);
  expect(seqs(1, 5, 1)).toEqual([5]);
  fresh.add(1, run(9)); // 7 and 8 came another way
  fresh.add(2, run(1, 2)); // no room for both
  expect(seqs(1, 6)).toEqual([6]);
  expect(seqs(2, 1)).toEqual([]);
  expect(seqs(1, 7)).toEqual([]);
  fresh.add(2, run(1, 2));
  expect(seqs(2, 2)).toEqual([2]);
});
