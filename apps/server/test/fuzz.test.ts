import { fuzz, hintsFrom, idsOf, tenantTables } from '@zaizao/platform/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Plant, startPlant } from './testing-plant.ts';

/** ZAIZAO_FUZZ=20000 for the full run; ZAIZAO_FUZZ_SEED repeats one. */
const REQUESTS = Number(process.env.ZAIZAO_FUZZ ?? 2000);
const SEED = Number(process.env.ZAIZAO_FUZZ_SEED ?? 1);

let plant: Plant;
beforeAll(async () => {
  plant = await startPlant();
}, 300_000);
afterAll(() => plant?.stop());

const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];
const event = {
  type: 'ObjectEvent',
  action: 'OBSERVE',
  eventTime: '2026-02-01T08:00:00.000+08:00',
  eventTimeZoneOffset: '+08:00',
  epcList: ['https://id.gs1.org/8004/9520000011'],
  bizStep: 'inspecting',
  readPoint: { id: 'https://id.gs1.org/414/9520000100001' },
};
const epcisDocument = {
  '@context': context,
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-02-01T00:00:00Z',
  epcisBody: { eventList: [event] },
};

test(
  'no request is answered with a server fault, and every refusal is a problem of ours',
  async () => {
    const { t, org, document } = plant;
    const db = t.app.db.kysely;
    const ids = await idsOf(db, org.no, await tenantTables(db));
    const one = async (query: ReturnType<typeof sql<{ v: string }>>) =>
      (await query.execute(db)).rows.map((r) => r.v);
    const epcs = await one(
      sql`select distinct epc as v from ledger.thing where org_id = ${org.no}`,
    );
    const codes = await one(
      sql`select distinct code as v from ledger.thing where org_id = ${org.no}`,
    );
    const files = await one(sql`select sha256 as v from zaizao.file where org_id = ${org.no}`);
    const events = await one(
      sql`select event_id as v from ledger.event where org_id = ${org.no} limit 50`,
    );
    const hint = hintsFrom(new Map([...ids, ['org', [org.id]]]), {
      ...{ epc: epcs, epcs, thing: epcs, code: codes, q: codes, eventId: events },
      ...{ sha256: files, photos: [files.slice(0, 2)], photo: files, rest: ['1', ...epcs] },
      ...{ number: ['3708010-D9A'], plant: ['A', 'B'], lang: ['zh', 'en'] },
      ...{ orgId: [org.id], captureID: ['x'], queryName: ['q1'] },
    });
    const began = performance.now();
    const report = await fuzz(t.running.server, document, {
      ...{
        requests: REQUESTS,
        seed: SEED,
        hint,
        signIn: () => plant.person(org, 'owner', ['owner']),
      },
      skip: ['platform.live.get'], // a stream has no end
      bodies: {
        '/epcis/capture': [epcisDocument],
        '/epcis/events': [{ '@context': context, ...event }],
        '/epcis/queries': [{ name: 'q1', query: { eventType: ['ObjectEvent'] } }],
      },
      foreign: (path, type, body) =>
        (path.startsWith('/epcis') &&
          /"type":"epcisException:\w+"|<epcis:EPCISException|<soapenv:Fault>/.test(body)) ||
        (/^\/(?:log|witness)\//.test(path) && type.startsWith('text/plain')),
    });
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const { operations, accepted, requests, statuses } = report;
    console.log(
      `${requests} requests to ${operations} operations (${accepted} accepted one) in ${seconds} s: ` +
        JSON.stringify(statuses),
    );
    expect(report.faults).toEqual([]);
    expect(accepted).toBeGreaterThan(operations / 3);
  },
  Math.max(300_000, REQUESTS * 100),
);

test('what the fuzzer once found stays mended', async () => {
  const { t, signIn } = plant;
  const owner = await signIn('owner');
  const form = await t.running.server.inject({
    ...{ method: 'POST', url: '/api/v1/files', payload: '--x' },
    headers: { ...owner, 'idempotency-key': 'mended-0001', 'content-type': 'multipart/form-data' },
  });
  expect(form.json()).toMatchObject({ status: 400, code: 'INPUT_INVALID' });
  const ancient = await t.running.server.inject({
    ...{ method: 'GET', url: '/api/v1/deposits/balance' },
    headers: { ...owner, 'x-simulated-time': '-271821-04-20T00:00:00Z' },
  });
  expect(ancient.statusCode).toBe(200);
  for (const beyond of ['1e308', '8000000000000000']) {
    const cursor = Buffer.from(`[${beyond}]`).toString('base64url');
    const queue = await t.running.server.inject({
      ...{ method: 'GET', url: `/api/v1/production/operations?cursor=${cursor}` },
      headers: owner,
    });
    expect(queue.statusCode).toBeLessThan(500);
  }
  const vanishing = await t.running.server.inject({
    ...{ method: 'GET', url: '/api/v1/footprint/scenario?units=5558683330&kwhPerUnit=6.4e-323' },
    headers: owner,
  });
  expect(vanishing.json()).toMatchObject({ status: 400, code: 'INPUT_INVALID' });
});
