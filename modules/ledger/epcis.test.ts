import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentOf, type EpcisEvent } from '@zaizao/epcis';
import type { Actor, TestApp, TestOrg } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { giai, ledgerApp, receiving, tearingDown } from './testing.ts';

let t: TestApp;
let plant: TestOrg;
let owner: Actor;
beforeAll(async () => {
  t = await ledgerApp();
  plant = await t.org('再制造厂');
  owner = await plant.as('owner');
});
afterAll(() => t.stop());

interface Sent {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever fields it expects
  readonly body: any;
}

async function send(
  method: 'GET' | 'POST' | 'OPTIONS' | 'DELETE',
  url: string,
  options: { body?: unknown; headers?: Record<string, string>; as?: Actor } = {},
): Promise<Sent> {
  const { body, headers, as = owner } = options;
  const reply = await t.running.server.inject({
    method,
    url: `/epcis${url}`,
    headers: {
      ...as.headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined
      ? {}
      : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const json = String(reply.headers['content-type'] ?? '').includes('json');
  return {
    status: reply.statusCode,
    headers: reply.headers,
    body: json ? reply.json() : reply.body,
  };
}

const doc = (...events: EpcisEvent[]) => documentOf(events, { creationDate: new Date(0) });
const eventsIn = (sent: Sent): EpcisEvent[] =>
  sent.body.epcisBody?.queryResults.resultsBody.eventList;
const pathOf = (sent: Sent) => String(sent.headers.location).split('/epcis')[1] ?? '';

/** What the ledger adds or moves: the id when there was none, and the context. */
function withoutMark(event: object): object {
  const { eventID: _, recordTime: __, '@context': ___, ...rest } = event as Record<string, unknown>;
  return rest;
}

/** Objects with their members in one order, for comparison. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
}

describe('the official examples', () => {
  const data = process.env.ZAIZAO_DATA ?? '../shared/data';
  const folder = join(data, 'epcis/gs1/examples-json');
  const xmlFolder = join(data, 'epcis/gs1/examples-xml');
  test.skipIf(!existsSync(xmlFolder))('in XML are captured too', async () => {
    const files = readdirSync(xmlFolder, { recursive: true, encoding: 'utf8' }).filter(
      (f) => f.endsWith('.xml') && !f.startsWith('CaptureJob'),
    );
    const refused: string[] = [];
    for (const file of files.toSorted()) {
      const as = await (await t.org(file)).as('owner');
      const body = readFileSync(join(xmlFolder, file), 'utf8');
      const headers = { 'content-type': 'application/xml' };
      const sent = await send('POST', '/capture', { body, headers, as });
      const success = sent.status === 202 && (await send('GET', pathOf(sent), { as })).body.success;
      if (!success) refused.push(`${file}: ${sent.status} ${sent.body.detail}`);
    }
    expect(refused).toEqual([]);
    expect(files.length - refused.length).toBeGreaterThan(15);
  });

  const openFolder = join(data, 'epcis/openepcis-test-resources');
  test.skipIf(!existsSync(openFolder))(
    'of OpenEPCIS are captured, in their versions and formats',
    async () => {
      const files = readdirSync(openFolder, { recursive: true, encoding: 'utf8' }).filter(
        (f) => /\.(?:xml|json)$/.test(f) && /Documents/.test(f) && !/Invalid/.test(f),
      );
      const refused: string[] = [];
      for (const file of files.toSorted()) {
        const as = await (await t.org(file)).as('owner');
        const body = readFileSync(join(openFolder, file), 'utf8');
        const type = file.endsWith('.xml') ? 'application/xml' : 'application/json';
        // Two hold an event without a document around it; others tell of days after that of the test.
        if (body.includes('<eventTime>2026-07') || body.includes('"2026-07')) continue;
        const url = /Single_event/.test(file) ? '/events' : '/capture';
        const sent = await send('POST', url, { body, headers: { 'content-type': type }, as });
        if (sent.status === 201) continue;
        const job =
          sent.status === 202 ? (await send('GET', pathOf(sent), { as })).body : sent.body;
        if (job.success !== true) refused.push(`${file}: ${job.detail ?? job.errors?.[0]?.detail}`);
      }
      expect(refused).toEqual([]);
      expect(files.length).toBeGreaterThan(80);
    },
  );

  test('an event is the same in XML and in JSON', async () => {
    const event = { ...receiving(giai('XML1')), eventID: 'urn:uuid:xml1' };
    await send('POST', '/capture', { body: doc(event) });
    const body = `<?xml version="1.0" encoding="UTF-8"?>
      <epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0"
        creationDate="2026-02-01T00:00:00Z"><EPCISBody><EventList><ObjectEvent>
        <eventTime>2026-02-01T08:00:00+08:00</eventTime>
        <eventTimeZoneOffset>+08:00</eventTimeZoneOffset><eventID>urn:uuid:xml1</eventID>
        <epcList><epc>urn:epc:id:giai:9520000.01XML1</epc></epcList><action>ADD</action>
        <bizStep>https://ref.gs1.org/cbv/BizStep-receiving</bizStep>
        <disposition>urn:epcglobal:cbv:disp:in_progress</disposition>
        <readPoint><id>https://id.gs1.org/414/9520000100001</id></readPoint>
        <bizLocation><id>urn:epc:id:sgln:9520000.10000.0</id></bizLocation>
        </ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>`;
    const headers = { 'content-type': 'application/xml' };
    const sent = await send('POST', '/capture', { body, headers });
    expect((await send('GET', pathOf(sent))).body).toMatchObject({ success: true });
    expect(eventsIn(await send('GET', '/events/urn%3Auuid%3Axml1'))).toHaveLength(1);
    const bomb = '<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>';
    expect((await send('POST', '/capture', { body: bomb, headers })).status).toBe(400);
  });

  test.skipIf(!existsSync(folder))('are captured and queried back', async () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) =>
      f.endsWith('.jsonld'),
    );
    const problems: string[] = [];
    for (const file of files.toSorted()) {
      // Some documents reuse the event id of another one: each has an organisation of its own.
      const as = await (await t.org(file)).as('owner');
      const text = readFileSync(join(folder, file), 'utf8');
      const sent = await send('POST', '/capture', { body: text, as });
      if (sent.status !== 202) {
        problems.push(`${file}: ${sent.status} ${sent.body.detail}`);
        continue;
      }
      const job = await send('GET', pathOf(sent), { as });
      if (!job.body.success) problems.push(`${file}: ${JSON.stringify(job.body.errors)}`);
      const asReceived = { 'gs1-epc-format': 'Never_Translates' };
      const all = await send('GET', '/events?perPage=1000', { as, headers: asReceived });
      const given = JSON.parse(text).epcisBody;
      const wanted = given.eventList ?? given.queryResults.resultsBody.eventList;
      const back = eventsIn(all).map(({ recordTime: _, ...event }) => withoutMark(event));
      const same = wanted.map((e: object) => withoutMark(e));
      if (JSON.stringify(sorted(back)) !== JSON.stringify(sorted(same))) {
        problems.push(`${file}: other events came back`);
      }
    }
    expect(problems).toEqual([]);
    expect(files.length).toBeGreaterThan(40);
  });
});

test('discovers by OPTIONS', async () => {
  const sent = await send('OPTIONS', '/capture');
  expect(sent.status).toBe(204);
  expect(sent.headers).toMatchObject({
    allow: 'OPTIONS, GET, POST',
    'gs1-epcis-version': '2.0.0',
    'gs1-capture-error-behaviour': 'all',
  });
  expect((await send('GET', '')).body.member).toContain('bizSteps');
});

test('captures a repetition once, and refuses another content under the same id', async () => {
  const event = { ...receiving(giai('D1')), eventID: 'urn:uuid:d1' };
  const first = await send('POST', '/capture', { body: doc(event) });
  const again = await send('POST', '/capture', { body: doc(event) });
  expect([first.status, again.status]).toEqual([202, 202]);
  expect((await send('GET', pathOf(again))).body).toMatchObject({ running: false, success: true });
  const other = { ...receiving(giai('D2')), eventID: 'urn:uuid:d1' };
  const clash = await send('POST', '/capture', { body: doc(receiving(giai('D3')), other) });
  const job = (await send('GET', pathOf(clash))).body;
  expect(job).toMatchObject({ success: false, captureErrorBehaviour: 'rollback' });
  expect(job.errors[0].type).toBe('epcisException:ResourceAlreadyExistsException');
  expect(eventsIn(await send('GET', `/events?MATCH_epc=${giai('D3')}`))).toEqual([]);
  expect(eventsIn(await send('GET', '/events/urn%3Auuid%3Ad1'))).toHaveLength(1);
});

test('goes on past faulty events when asked to', async () => {
  const good = receiving(giai('P1'));
  const bad = { ...receiving(giai('P2')), eventTime: '2026-13-01T00:00:00Z' };
  const refused = await send('POST', '/capture', { body: doc(good, bad) });
  expect(refused).toMatchObject({
    status: 400,
    body: { type: 'epcisException:ValidationException' },
  });
  const proceed = { 'gs1-capture-error-behaviour': 'proceed' };
  const sent = await send('POST', '/capture', { body: doc(good, bad), headers: proceed });
  const job = (await send('GET', pathOf(sent))).body;
  expect(job).toMatchObject({ success: false, captureErrorBehaviour: 'proceed' });
  expect(job.errors).toHaveLength(1);
  expect(eventsIn(await send('GET', `/events?MATCH_epc=${giai('P1')}`))).toHaveLength(1);
});

test('takes single events, each once, and their error declarations', async () => {
  const event = { ...receiving(giai('E1')), eventID: 'urn:uuid:e1' };
  const made = await send('POST', '/events', { body: event });
  expect(made.status).toBe(201);
  expect((await send('POST', '/events', { body: event })).body).toMatchObject({
    status: 409,
    type: 'epcisException:ResourceAlreadyExistsException',
  });
  const declaration = { declarationTime: '2026-02-02T00:00:00Z', reason: 'did_not_occur' };
  const declared = { ...event, errorDeclaration: declaration };
  expect((await send('POST', '/events', { body: declared })).status).toBe(201);
  expect(eventsIn(await send('GET', pathOf(made)))).toHaveLength(2);
  const found = await send(
    'GET',
    '/events?EXISTS_errorDeclaration=true&EQ_errorReason=did_not_occur',
  );
  expect(eventsIn(found).map((e) => e.eventID)).toEqual(['urn:uuid:e1']);
});

test('refuses what the standard refuses, with its exceptions', async () => {
  const type = async (url: string) => {
    const sent = await send('GET', url);
    return `${sent.status} ${String(sent.body.type).replace('epcisException:', '')}`;
  };
  expect(await type('/events?EQ_colour=red')).toBe('400 QueryParameterException');
  expect(await type('/events?GE_eventTime=yesterday')).toBe('400 QueryParameterException');
  expect(await type('/events?eventCountLimit=3')).toBe('400 QueryParameterException');
  expect(await type('/events?orderBy=eventTime&eventCountLimit=3&maxEventCount=2')).toBe(
    '400 QueryParameterException',
  );
  expect(await type('/events?maxEventCount=1')).toBe('413 QueryTooLargeException');
  expect(await type('/events?perPage=0')).toBe('400 QueryParameterException');
  expect(await type('/events/urn%3Auuid%3Anone')).toBe('404 NoSuchResourceException');
  expect(await type('/capture/none')).toBe('404 NoSuchResourceException');
  expect(await type(`/events?MATCH_epc=${'x'.repeat(9000)}`)).toBe('414 URITooLongException');
  const accept = await send('GET', '/events', { headers: { accept: 'image/png' } });
  expect(accept.body.type).toBe('epcisException:NotAcceptableException');
  const xml = await send('POST', '/capture', {
    body: '<a/>',
    headers: { 'content-type': 'text/csv' },
  });
  expect(xml.body.type).toBe('epcisException:UnsupportedMediaTypeException');
  for (const body of ['{', '[]', '{"type":"EPCISDocument"}', '"\\ud800"', `${'['.repeat(300)}`]) {
    expect((await send('POST', '/capture', { body })).status, body).toBe(400);
  }
  const future = { ...receiving(giai('F1')), eventTime: '2099-01-01T00:00:00Z' };
  expect((await send('POST', '/events', { body: future })).body.detail).toContain('future');
});

test('pages through everything exactly once, in both orders', async () => {
  const as = await (await t.org('翻页')).as('owner');
  const events = Array.from({ length: 23 }, (_, i) => receiving(giai(`Q${i}`), i % 7));
  await send('POST', '/capture', { body: doc(...events), as });
  for (const order of ['', '&orderBy=eventTime', '&orderBy=eventTime&orderDirection=ASC']) {
    const seen: string[] = [];
    const times: string[] = [];
    let url = `/events?perPage=5${order}`;
    for (let pages = 0; url !== '' && pages < 10; pages++) {
      const sent = await send('GET', url, { as });
      for (const e of eventsIn(sent)) {
        seen.push(e.eventID ?? '');
        times.push(e.eventTime);
      }
      const next = /<([^>]+)>; rel="next"/.exec(String(sent.headers.link ?? ''))?.[1];
      url = next?.split('/epcis')[1] ?? '';
    }
    expect(new Set(seen).size).toBe(23);
    expect(seen).toHaveLength(23);
    if (order.endsWith('ASC')) expect(times).toEqual(times.toSorted());
    else if (order !== '') expect(times).toEqual(times.toSorted().reverse());
  }
  const first = await send('GET', '/events?orderBy=eventTime&eventCountLimit=7&perPage=5', { as });
  const link = /<([^>]+)>/.exec(String(first.headers.link))?.[1]?.split('/epcis')[1] ?? '';
  expect(eventsIn(await send('GET', link, { as }))).toHaveLength(2);
});

test('answers the common parameters', async () => {
  const as = await (await t.org('查询')).as('owner');
  const core = giai('X1');
  const order = { type: 'po', bizTransaction: 'https://example.com/po/1' };
  const bought = { ...receiving(core, 1), bizTransactionList: [order] };
  const warm = {
    ...receiving(giai('X2'), 2),
    sensorElementList: [{ sensorReport: [{ type: 'Temperature', value: 26, uom: 'CEL' }] }],
    'zz:grade': 'B',
    'zz:check': { 'zz:depth': 1.5 },
  } as EpcisEvent;
  await send('POST', '/capture', {
    body: doc(bought, warm, tearingDown(core, [giai('X3'), giai('X4')], 3)),
    as,
  });
  const count = async (query: string) => {
    const sent = await send('GET', `/events?${query}`, { as });
    expect(sent.status, `${query} ${sent.body.detail}`).toBe(200);
    return eventsIn(sent).length;
  };
  expect(await count(`MATCH_anyEPC=${core}`)).toBe(2);
  expect(await count(`MATCH_anyEPC=urn:epc:id:giai:9520000.01X1`)).toBe(2);
  expect(await count(`MATCH_epc=${core}|${giai('X2')}`)).toBe(2);
  expect(await count(`MATCH_inputEPC=${core}`)).toBe(1);
  expect(await count(`MATCH_outputEPC=${giai('X4')}`)).toBe(1);
  expect(await count('EQ_bizStep=receiving|disassembling')).toBe(3);
  expect(await count('EQ_bizStep=https://ref.gs1.org/cbv/BizStep-receiving')).toBe(2);
  expect(await count('eventType=TransformationEvent')).toBe(1);
  expect(await count('GE_eventTime=2026-02-01T08:02:00%2B08:00')).toBe(2);
  expect(await count('LT_eventTime=2026-02-01T00:02:00Z')).toBe(1);
  expect(await count('EQ_bizTransaction_po=https://example.com/po/1')).toBe(1);
  expect(await count('EQ_bizTransaction_inv=https://example.com/po/1')).toBe(0);
  expect(await count('EXISTS_sensorElementList=true')).toBe(1);
  expect(await count('EQ_type=Temperature&GE_value_KEL=299.15')).toBe(1);
  expect(await count('GT_value_KEL=299.15')).toBe(0);
  expect(await count('EQ_zz:grade=B')).toBe(1);
  expect(await count('EXISTS_zz:grade=true&GT_INNER_zz:depth=1.4')).toBe(1);
  expect(await count('EQ_action=ADD&EQ_disposition=in_progress')).toBe(2);
  expect(await count('EQ_readPoint=urn:epc:id:sgln:9520000.10000.0')).toBe(3);
  const nested = await send('GET', `/epcs/${encodeURIComponent(core)}/events`, { as });
  expect(eventsIn(nested)).toHaveLength(2);
  expect(eventsIn(await send('GET', `/epcs/${core}/events`, { as }))).toHaveLength(2);
  expect(eventsIn(await send('GET', '/bizSteps/disassembling/events', { as }))).toHaveLength(1);
  expect((await send('GET', '/epcs?perPage=2', { as })).body.member).toHaveLength(2);
});

test('keeps queries under a name', async () => {
  const as = await (await t.org('命名')).as('owner');
  const body = doc(receiving(giai('NQ1')), tearingDown(giai('NQ1'), [giai('NQ2')]));
  await send('POST', '/capture', { body, as });
  const query = { eventType: ['ObjectEvent'], EQ_bizStep: ['receiving'] };
  const made = await send('POST', '/queries', { body: { name: 'received', query }, as });
  expect(made.status).toBe(201);
  expect((await send('GET', pathOf(made), { as })).body).toEqual({ name: 'received', query });
  const events = await send('GET', '/queries/received/events', { as });
  expect(eventsIn(events).map((e) => e.bizStep)).toEqual(['receiving']);
  expect(events.body.epcisBody.queryResults.queryName).toBe('received');
  expect((await send('POST', '/queries', { body: { name: 'received', query }, as })).status).toBe(
    409,
  );
  const wrong = { name: 'wrong', query: { EQ_colour: ['red'] } };
  const refused = await send('POST', '/queries', { body: wrong, as });
  expect(refused.body.type).toBe('epcisException:QueryValidationException');
  expect((await send('GET', '/queries', { as })).body).toHaveLength(1);
  expect((await send('GET', '/queries/received')).status).toBe(404);
  expect((await send('DELETE', '/queries/received', { as })).status).toBe(204);
  const gone = await send('GET', '/queries/received/events', { as });
  expect(gone.body.type).toBe('epcisException:NoSuchNameException');
});

test('keeps organisations apart', async () => {
  const [one, two] = [await t.org('甲'), await t.org('乙')];
  const [mine, theirs] = [await one.as('owner'), await two.as('owner')];
  const secret = { ...receiving(giai('SECRET')), eventID: 'urn:uuid:secret' };
  await send('POST', '/capture', { body: doc(secret), as: mine });
  for (const url of ['/events', `/epcs/${encodeURIComponent(giai('SECRET'))}/events`]) {
    expect(eventsIn(await send('GET', url, { as: theirs }))).toEqual([]);
  }
  expect((await send('GET', '/epcs', { as: theirs })).body.member).toEqual([]);
  expect((await send('GET', '/events/urn%3Auuid%3Asecret', { as: theirs })).status).toBe(404);
  expect((await send('POST', '/events', { body: secret, as: theirs })).status).toBe(201);
  const reader = await one.as('reader');
  expect((await send('POST', '/capture', { body: doc(secret), as: reader })).status).toBe(403);
  expect((await send('GET', '/events', { as: reader })).status).toBe(200);
  expect((await send('GET', '/events', { as: t.anonymous })).status).toBe(401);
});
