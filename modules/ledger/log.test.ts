import { statSync } from 'node:fs';
import { join } from 'node:path';
import { transact } from '@zaizao/platform/db';
import { unwrap } from '@zaizao/platform/kernel';
import type { Actor, TestApp, TestOrg } from '@zaizao/platform/testkit';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flushLog, record, verifyLedger } from './index.ts';
import { Sequencer } from './log/sequencer.ts';
import { giai, inOrg, ledgerApp, receiving } from './testing.ts';

let t: TestApp;
let plant: TestOrg;
let owner: Actor;
beforeAll(async () => {
  t = await ledgerApp();
  plant = await t.org('日志');
  owner = await plant.as('owner');
});
afterAll(() => t.stop());

const put = (...codes: string[]) =>
  inOrg(t.app, plant.ref, async (ctx) =>
    unwrap(
      await record(
        ctx,
        codes.map((code) => receiving(giai(code))),
      ),
    ),
  );

test('several sequencers give every event exactly one place', async () => {
  await put(...Array.from({ length: 40 }, (_, i) => `L${i}`));
  const others = [new Sequencer(t.app), new Sequencer(t.app)];
  const moved = await Promise.all([flushLog(t.app), ...others.map((s) => s.flush())]);
  await Promise.all(others.map((s) => s.stop()));
  await flushLog(t.app);
  expect(moved.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(40);
  const report = await verifyLedger(t.app, { deep: true });
  expect(report.findings).toEqual([]);
  expect(report.events).toBe(40);
});

test('the key of the log is readable by its owner only', () => {
  const file = statSync(join(t.app.config.home, 'keys', 'log.key'));
  expect(file.mode & 0o777).toBe(0o600);
});

test('no request makes the server fail', async () => {
  const names = [
    ...[
      'MATCH_anyEPC',
      'EQ_bizStep',
      'GE_eventTime',
      'EQ_ex:field',
      'GT_INNER_ILMD_a:b',
      'orderBy',
    ],
    ...[
      'perPage',
      'nextPageToken',
      'eventCountLimit',
      'maxEventCount',
      'EQ_quantity_KGM',
      'WD_readPoint',
    ],
    ...[
      'HASATTR_bizLocation',
      'EQ_ATTR_bizLocation_x',
      'EXISTS_ILMD_a:b',
      'EQ_value_CEL',
      'GE_time',
    ],
  ];
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      'urn:epc:idpat:sgtin:1.*.*',
      '1e400',
      'WyIxIiwyXQ',
      '*',
      '2026-01-01T00:00:00Z',
    ),
    fc.json({ maxDepth: 2 }).map((j) => Buffer.from(j).toString('base64url')),
  );
  const parameter = fc.tuple(
    fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 12 })),
    value,
  );
  const path = fc.oneof(
    fc.constant('/epcis/events'),
    fc.constantFrom('/epcis/epcs', '/epcis/capture', '/epcis/queries', '/log/tile/0/000'),
    fc.string({ unit: 'binary', maxLength: 30 }).map((s) => `/epcis/events/${encode(s)}`),
    fc.string({ unit: 'binary', maxLength: 30 }).map((s) => `/epcis/epcs/${encode(s)}/events`),
    fc.string({ unit: 'binary', maxLength: 30 }).map((s) => `/log/tile/${encode(s)}`),
    fc
      .string({ unit: 'binary', maxLength: 30 })
      .map((s) => `/api/v1/ledger/things/${encode(s)}/life-line`),
  );
  await fc.assert(
    fc.asyncProperty(path, fc.array(parameter, { maxLength: 3 }), async (url, parameters) => {
      const query = parameters.map(([k, v]) => `${encode(k)}=${encode(v)}`).join('&');
      const reply = await t.running.server.inject({
        url: `${url}?${query}`,
        headers: owner.headers,
      });
      expect(reply.statusCode, `${url}?${query} ${reply.body}`).toBeLessThan(500);
    }),
    { numRuns: 400 },
  );
  await fc.assert(
    fc.asyncProperty(fc.json({ maxDepth: 4 }), fc.boolean(), async (json, wrapped) => {
      const event = `{"@context":[],"type":"ObjectEvent","epcList":${json},"eventTime":${json}}`;
      for (const url of ['/epcis/capture', '/epcis/events', '/epcis/queries']) {
        const payload = wrapped ? event : json;
        const headers = { ...owner.headers, 'content-type': 'application/json' };
        const reply = await t.running.server.inject({ method: 'POST', url, headers, payload });
        expect(reply.statusCode, payload).toBeLessThan(500);
      }
    }),
    { numRuns: 100 },
  );
});

const encode = (text: string) => encodeURIComponent(text.toWellFormed());

test('signs nothing after the database was set back', async () => {
  await put('SB1');
  await flushLog(t.app);
  await transact(t.app.db, { kind: 'system' }, (tx) =>
    sql`delete from ledger.checkpoint where size = (select max(size) from ledger.checkpoint)`.execute(
      tx,
    ),
  );
  await put('SB2');
  await expect(flushLog(t.app)).rejects.toThrow('restored to an older state');
});
