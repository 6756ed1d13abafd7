import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentOf, type EpcisEvent } from '@zaizao/epcis';
import type { Actor, TestApp } from '@zaizao/platform/testkit';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { epcisOpenApi } from './epcis/openapi.ts';
import { giai, ledgerApp, receiving } from './testing.ts';

const data = process.env.ZAIZAO_DATA ?? '../shared/data';
const official = join(data, 'epcis/gs1/rest/openapi.json');

let t: TestApp;
let owner: Actor;
beforeAll(async () => {
  t = await ledgerApp();
  owner = await (await t.org('接口')).as('owner');
});
afterAll(() => t.stop());

type Method = 'GET' | 'POST' | 'DELETE' | 'OPTIONS';

interface Sending {
  readonly body?: object | string;
  readonly headers?: Record<string, string>;
  readonly as?: Actor | null;
}

async function send(method: Method, url: string, options: Sending = {}) {
  const { body, headers, as = owner } = options;
  const reply = await t.running.server.inject({
    ...{ method, url: `/epcis${url}` },
    headers: {
      ...as?.headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined
      ? {}
      : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const type = String(reply.headers['content-type'] ?? '').split(';')[0] ?? '';
  return { status: reply.statusCode, headers: reply.headers, type, text: reply.body };
}

const doc = (...events: EpcisEvent[]) => documentOf(events, { creationDate: new Date(0) });

interface OpenApi {
  readonly paths: Record<string, Record<string, { responses: Record<string, ResponseSpec> }>>;
  readonly components: Record<string, Record<string, unknown>>;
}
interface ResponseSpec {
  readonly headers?: Record<string, unknown>;
  readonly content?: Record<string, { schema: object }>;
}
const ours = epcisOpenApi('http://localhost:8080') as unknown as OpenApi; // built as one
const METHODS = ['options', 'get', 'post', 'delete'];

/** Checks an answer against our own description: its status, its headers, its body. */
function faultsOf(path: string, method: Method, sent: Awaited<ReturnType<typeof send>>): string[] {
  const responses = ours.paths[path]?.[method.toLowerCase()]?.responses;
  const spec = responses?.[String(sent.status)];
  const where = `${method} ${path} ${sent.status}`;
  if (!spec) return [`${where}: not described; ${sent.text.slice(0, 200)}`];
  const faults: string[] = [];
  for (const name of Object.keys(spec.headers ?? {})) {
    const optional = [
      'Link',
      'GS1-Next-Page-Token-Expires',
      'GS1-EPCIS-Version',
      'GS1-CBV-Version',
    ];
    if (!optional.includes(name) && sent.headers[name.toLowerCase()] === undefined) {
      faults.push(`${where}: no ${name}`);
    }
  }
  if (!spec.content) return sent.text === '' ? faults : [...faults, `${where}: has a body`];
  const content = spec.content[sent.type];
  if (!content) return [...faults, `${where}: type ${sent.type}`];
  if (!sent.type.includes('json')) return faults;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile({ ...content.schema, components: ours.components });
  if (!validate(JSON.parse(sent.text))) faults.push(`${where}: ${ajv.errorsText(validate.errors)}`);
  return faults;
}

/** What a request to each path carries, once the plant has an event, a job, a query and a subscription. */
async function samples() {
  const event = { ...receiving(giai('IF1')), eventID: 'urn:uuid:if1' };
  const captured = await send('POST', '/capture', { body: doc(event) });
  const query = { name: 'mine', query: { EQ_bizStep: ['receiving'] } };
  await send('POST', '/queries', { body: query });
  const hook = {
    dest: 'https://client.example.com/hook',
    stream: true,
    signatureToken: '13df38d8275b',
  };
  const subscribed = await send('POST', '/queries/mine/subscriptions', { body: hook });
  const page = await send('GET', '/bizSteps?perPage=2');
  const token = /nextPageToken=([^&>]+)/.exec(String(page.headers.link))?.[1] ?? '';
  const last = (sent: typeof captured) => String(sent.headers.location).split('/').at(-1) ?? '';
  const id = (value: string) => encodeURIComponent(value);
  return {
    values: {
      captureID: last(captured),
      eventID: id('urn:uuid:if1'),
      eventType: 'ObjectEvent',
      epc: id(giai('IF1')),
      bizStep: 'receiving',
      bizLocation: id('https://id.gs1.org/414/9520000100001'),
      readPoint: id('https://id.gs1.org/414/9520000100001'),
      disposition: 'in_progress',
      queryName: 'mine',
      subscriptionID: last(subscribed),
      token,
    } as Readonly<Record<string, string>>,
    bodies: {
      'POST /capture': doc(receiving(giai('IF2'))),
      'POST /events': { ...receiving(giai('IF3')), eventID: 'urn:uuid:if3' },
      'POST /queries': { name: 'another', query: { eventType: ['ObjectEvent'] } },
      'POST /queries/{queryName}/subscriptions': hook,
    } as Readonly<Record<string, object>>,
  };
}

describe('the official description', () => {
  const isThere = existsSync(official);
  const read = (): OpenApi => JSON.parse(readFileSync(official, 'utf8'));

  test.skipIf(!isThere)(
    'has 29 paths and 63 operations, all of them ours too (skipped without ZAIZAO_DATA)',
    () => {
      const missing: string[] = [];
      let count = 0;
      const { paths } = read();
      for (const [path, operations] of Object.entries(paths)) {
        for (const method of METHODS.filter((m) => operations[m])) {
          count++;
          const mine = ours.paths[path]?.[method]?.responses;
          if (!mine) missing.push(`${method} ${path}`);
          for (const status of Object.keys(operations[method]?.responses ?? {})) {
            // 101 is no answer of HTTP to describe in a schema; we forget tokens, so 501 never comes.
            if (mine && !mine[status] && !['101', '501'].includes(status)) {
              missing.push(`${method} ${path} ${status}`);
            }
          }
        }
      }
      expect(missing).toEqual([]);
      expect([Object.keys(paths).length, count]).toEqual([29, 63]);
    },
  );

  test('every operation answers as we describe it', async () => {
    const { values, bodies } = await samples();
    const faults: string[] = [];
    const table: string[] = [];
    const entries = Object.entries(ours.paths).flatMap(([path, operations]) =>
      METHODS.filter((m) => operations[m]).map((m) => [path, m.toUpperCase() as Method] as const),
    );
    // What removes something comes last, subscriptions before their query.
    const rank = ([path, m]: readonly [string, Method]) =>
      m === 'DELETE' ? 2 - Number(path.includes('subscriptionID')) : 0;
    for (const [path, method] of entries.toSorted((a, b) => rank(a) - rank(b))) {
      const url = path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
      const body = bodies[`${method} ${path}`];
      const sent = await send(method, url === '/' ? '' : url, body ? { body } : {});
      faults.push(...faultsOf(path, method, sent));
      if (sent.status >= 300)
        faults.push(`${method} ${path}: ${sent.status} ${sent.text.slice(0, 200)}`);
      table.push(`| \`${method} ${path}\` | ${sent.status} |`);
    }
    expect(faults).toEqual([]);
    expect(table).toHaveLength(63);
    const described = readFileSync(
      new URL('../../docs/epcis-interface.md', import.meta.url),
      'utf8',
    );
    expect(table.filter((row) => !described.includes(row.slice(0, row.lastIndexOf('|'))))).toEqual(
      [],
    );
  });
});

describe('every refusal of the standard', () => {
  const XML = { 'content-type': 'application/xml' };
  type Refusal = [expected: string, method: Method, path: string, url: string, options?: Sending];
  const bad: Refusal[] = [
    [
      '400 ValidationException',
      'POST',
      '/capture',
      '/capture',
      { body: { type: 'EPCISDocument' } },
    ],
    ['400 ValidationException', 'POST', '/events', '/events', { body: { type: 'ObjectEvent' } }],
    ['400 ValidationException', 'POST', '/capture', '/capture', { body: '<a/>', headers: XML }],
    ['400 QueryParameterException', 'GET', '/events', '/events?EQ_colour=red'],
    ['400 QueryParameterException', 'GET', '/events', '/events?EQ_action=SHIPPED'],
    ['400 QueryParameterException', 'GET', '/events', '/events?orderBy=colour'],
    ['400 QueryParameterException', 'GET', '/epcs', '/epcs?perPage=x'],
    [
      '400 QueryValidationException',
      'POST',
      '/queries',
      '/queries',
      { body: { name: 'x', query: { a: 1 } } },
    ],
    [
      '400 SubscriptionControlsException',
      'GET',
      '/queries/{queryName}/events',
      '/queries/mine/events?hour=1',
    ],
    ['401 SecurityException', 'GET', '/events', '/events', { as: null }],
    ['404 NoSuchResourceException', 'GET', '/events/{eventID}', '/events/urn%3Auuid%3Anone'],
    ['404 NoSuchResourceException', 'GET', '/bizSteps/{bizStep}', '/bizSteps/polishing'],
    [
      '404 NoSuchResourceException',
      'GET',
      '/epcs/{epc}',
      `/epcs/${encodeURIComponent(giai('NONE'))}`,
    ],
    ['404 NoSuchNameException', 'GET', '/queries/{queryName}', '/queries/none'],
    [
      '404 NoSuchNameException',
      'GET',
      '/queries/{queryName}/subscriptions',
      '/queries/none/subscriptions',
    ],
    ['404 NoSuchResourceException', 'DELETE', '/nextPageToken/{token}', '/nextPageToken/none'],
    [
      '406 NotAcceptableException',
      'GET',
      '/events',
      '/events',
      { headers: { accept: 'image/png' } },
    ],
    [
      '406 NotAcceptableException',
      'GET',
      '/epcs',
      '/epcs',
      { headers: { accept: 'application/xml' } },
    ],
    [
      '406 NotAcceptableException',
      'GET',
      '/events',
      '/events',
      { headers: { 'gs1-epcis-min': '3.0' } },
    ],
    [
      '406 NotAcceptableException',
      'GET',
      '/events',
      '/events',
      { headers: { 'gs1-epc-format': 'Roman' } },
    ],
    [
      '406 NotAcceptableException',
      'GET',
      '/events',
      '/events',
      { headers: { 'gs1-cbv-xml-format': 'Roman' } },
    ],
    [
      '409 ResourceAlreadyExistsException',
      'POST',
      '/queries',
      '/queries',
      { body: { name: 'SimpleEventQuery', query: {} } },
    ],
    ['413 QueryTooLargeException', 'GET', '/events', '/events?maxEventCount=0'],
    ['414 URITooLongException', 'GET', '/events', `/events?MATCH_epc=${'x'.repeat(9_000)}`],
    [
      '415 UnsupportedMediaTypeException',
      'POST',
      '/capture',
      '/capture',
      { body: 'a', headers: { 'content-type': 'text/csv' } },
    ],
    [
      '415 UnsupportedMediaTypeException',
      'POST',
      '/capture',
      '/capture',
      { body: '{}', headers: { 'content-type': 'application/json; charset=gbk' } },
    ],
    [
      '415 UnsupportedMediaTypeException',
      'POST',
      '/capture',
      '/capture',
      { body: '{}', headers: { 'content-encoding': 'gzip' } },
    ],
  ];
  test.each(bad.map((r) => ({ name: `${r[0]}: ${r[1]} ${r[3].slice(0, 60)}`, r })))(
    '$name',
    async ({ r }) => {
      const [expected, method, path, url, options] = r;
      await send('POST', '/capture', {
        body: doc({ ...receiving(giai('REF')), eventID: 'urn:uuid:ref' }),
      });
      const sent = await send(method, url, options);
      const told = sent.type.includes('json')
        ? JSON.parse(sent.text)
        : { type: /<type>([^<]+)/.exec(sent.text)?.[1] };
      expect(`${sent.status} ${String(told.type).replace('epcisException:', '')}`, sent.text).toBe(
        expected,
      );
      expect(faultsOf(path, method, sent)).toEqual([]);
      const xml = await send(method, url, {
        ...options,
        headers: { accept: 'application/problem+xml', ...options?.headers },
      });
      if (options?.headers?.accept === undefined) {
        expect(xml.type).toBe('application/problem+xml');
        expect(xml.text).toContain('<type>epcisException:');
      }
    },
  );

  test('a reader may not capture, and too large a document is told the limits', async () => {
    const org = await t.org('读者');
    const reader = await org.as('reader');
    const refused = await send('POST', '/capture', { body: doc(receiving(giai('R'))), as: reader });
    expect(refused.status).toBe(403);
    expect(faultsOf('/capture', 'POST', refused)).toEqual([]);
    const large = await send('POST', '/capture', { body: `"${'x'.repeat(16 * 1024 * 1024)}"` });
    expect(large.status).toBe(413);
    expect(large.headers['gs1-epcis-capture-file-size-limit']).toBe(String(16 * 1024 * 1024));
    expect(faultsOf('/capture', 'POST', large)).toEqual([]);
    const huge = await send('POST', '/capture', { body: `"${'x'.repeat(18 * 1024 * 1024)}"` });
    expect(JSON.parse(huge.text)).toMatchObject({
      status: 413,
      type: 'epcisException:CaptureLimitExceededException',
    });
    const many = doc(...Array.from({ length: 10_001 }, () => receiving(giai('M'))));
    const refusedMany = await send('POST', '/capture', { body: many });
    expect(refusedMany.status).toBe(413);
  });

  test('a page token ends when it is given up, and when its day is over', async () => {
    const owner = await (await t.org('翻页')).as('owner');
    await send('POST', '/capture', {
      body: doc(...Array.from({ length: 5 }, (_, n) => receiving(giai(`TK${n}`), n))),
      as: owner,
    });
    const first = await send('GET', '/events?perPage=2', { as: owner });
    const next = /<([^>]+)>/.exec(String(first.headers.link))?.[1]?.split('/epcis')[1] ?? '';
    expect(Date.parse(String(first.headers['gs1-next-page-token-expires']))).toBeGreaterThan(
      t.clock.now().getTime(),
    );
    expect((await send('GET', next, { as: owner })).status).toBe(200);
    const token = new URLSearchParams(next.split('?')[1]).get('nextPageToken') ?? '';
    expect((await send('DELETE', `/nextPageToken/${token}`, { as: owner })).status).toBe(204);
    const ended = await send('GET', next, { as: owner });
    expect(JSON.parse(ended.text)).toMatchObject({
      status: 400,
      type: 'epcisException:QueryParameterException',
    });
    const again = await send('GET', '/events?perPage=2', { as: owner });
    const link = /<([^>]+)>/.exec(String(again.headers.link))?.[1]?.split('/epcis')[1] ?? '';
    t.clock.advance(86_400_001);
    expect((await send('GET', link, { as: owner })).status).toBe(400);
  });
});

test('the description is served to everybody and named on the page of the API', async () => {
  const sent = await t.running.server.inject({ method: 'GET', url: '/epcis/openapi.json' });
  expect(sent.json().paths['/capture'].post).toBeDefined();
  const page = await t.running.server.inject({ method: 'GET', url: '/api' });
  expect(page.body).toContain('href="/epcis/openapi.json"');
});
