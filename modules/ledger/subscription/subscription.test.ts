import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type EpcisEvent, eventHash, isJsonObject, parseJson } from '@zaizao/epcis';
import { parseEpcisXml } from '@zaizao/epcis/xml';
import { transact } from '@zaizao/platform/db';
import type { Actor, TestApp } from '@zaizao/platform/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { record } from '../index.ts';
import { claimDue } from '../repo/subscription.ts';
import { giai, inOrg, ledgerApp, receiving, tearingDown } from '../testing.ts';
import {
  createNamedQuery,
  createWebhook,
  dismissLetter,
  listDeadLetters,
  listNamedQueries,
  listWebhooks,
  removeWebhook,
  resendLetter,
  resumeWebhook,
} from './contract.ts';
import { dispatcherOf } from './dispatcher.ts';
import { nextTime } from './schedule.ts';
import { openSecret, sealSecret } from './signature.ts';
import { socketsOf } from './sockets.ts';
import { isPublicAddress, post, targetOf } from './target.ts';

interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let t: TestApp;
let receiver: Server;
let address: string;
let received: Received[] = [];
let attempts: string[] = [];
let answer: (body: string) => number = () => 200;

beforeAll(async () => {
  t = await ledgerApp();
  receiver = createServer((request, reply) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      attempts.push(String(request.headers['idempotency-key']));
      const status = answer(body);
      if (status === 0) return; // never answers
      if (status < 300) received.push({ headers: request.headers, body });
      reply.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end();
    });
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`; // listens on a port
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await t.stop();
});
beforeEach(() => {
  vi.stubEnv('ZAIZAO_WEBHOOK_ALLOW', '127.0.0.1');
  received = [];
  attempts = [];
  answer = () => 200;
});
afterEach(() => vi.unstubAllEnvs());

const eventsIn = (body: string): EpcisEvent[] =>
  JSON.parse(body).epcisBody.queryResults.resultsBody.eventList;

async function plant(name: string) {
  const org = await t.org(name);
  const owner = await org.as('owner');
  await owner.ok(createNamedQuery, { body: { name: 'received', bizSteps: ['receiving'] } });
  const capture = (...events: EpcisEvent[]) =>
    inOrg(t.app, org.ref, async (ctx) => {
      const done = await record(ctx, events);
      if (!done.ok) throw new Error(done.error.code);
    });
  return { org, owner, capture };
}

const deliver = async () => {
  for (let n = 0; n < 50 && (await dispatcherOf(t.app).run()) > 0; n++);
};

async function send(
  as: Actor,
  method: 'GET' | 'POST' | 'DELETE' | 'OPTIONS',
  url: string,
  body?: object,
) {
  const reply = await t.running.server.inject({
    ...{ method, url: `/epcis/queries/received/subscriptions${url}` },
    headers: { ...as.headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { payload: JSON.stringify(body) } : {}),
  });
  const type = String(reply.headers['content-type'] ?? '');
  return {
    status: reply.statusCode,
    headers: reply.headers,
    body: type.includes('json') ? reply.json() : {},
  };
}

describe('webhooks', () => {
  test('tell what was captured: only what matches, in order, signed, once', async () => {
    const { owner, capture } = await plant('订阅');
    await capture(receiving(giai('W0')));
    const secret = '13df38d8275b13f05704629e5f1cf3d45d6132d5';
    const made = await send(owner, 'POST', '', {
      dest: address,
      signatureToken: secret,
      stream: true,
    });
    expect(made.status).toBe(201);
    expect(JSON.stringify(made.body)).not.toContain(secret);
    expect(String(made.headers.location)).toContain(made.body.subscriptionID);
    await capture(receiving(giai('W1'), 1), tearingDown(giai('W1'), [giai('W2')], 2));
    await capture(receiving(giai('W3'), 3));
    await deliver();
    const hooks = await owner.ok(listWebhooks, { query: {} });
    expect(hooks.items.map((h) => [h.state, h.behind, h.problem])).toEqual([
      ['active', 0, undefined],
    ]);
    expect(received.flatMap((r) => eventsIn(r.body).map((e) => e.type))).toEqual([
      'ObjectEvent',
      'ObjectEvent',
    ]);
    const [first] = received;
    const [, seconds, mac] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(first?.headers['gs1-signature'])) ?? [];
    const expected = createHmac('sha256', secret).update(`${seconds}.${first?.body}`).digest('hex');
    expect(mac).toBe(expected);
    const results = JSON.parse(first?.body ?? '{}').epcisBody.queryResults;
    expect(results).toMatchObject({
      queryName: 'received',
      subscriptionID: made.body.subscriptionID,
    });
    await deliver();
    expect(received).toHaveLength(1);
    const shown = await send(owner, 'GET', `/${made.body.subscriptionID}`);
    expect(shown.body).toMatchObject({ stream: true, dest: address });
    expect(shown.body.lastNotifiedAt).toBeDefined();
    const options = await send(owner, 'OPTIONS', `/${made.body.subscriptionID}`);
    expect(options.headers['gs1-query-min-record-time']).toBe(shown.body.minRecordTime);
    expect((await send(owner, 'GET', '')).body).toHaveLength(1);
    expect((await send(owner, 'DELETE', `/${made.body.subscriptionID}`)).status).toBe(204);
    expect((await send(owner, 'GET', `/${made.body.subscriptionID}`)).body.type).toBe(
      'epcisException:NoSuchNameException',
    );
  });

  test('are told when a run is over, also by one that began before it', async () => {
    const { owner, capture } = await plant('同时');
    await owner.ok(createWebhook, {
      body: { queryName: 'received', dest: address, signature: 'hmac', media: 'json' },
    });
    await capture(receiving(giai('R1')));
    // The dispatcher's own rounds come at any time: one is at work when the next is asked for.
    const before = dispatcherOf(t.app).run();
    await dispatcherOf(t.app).run();
    expect(received).toHaveLength(1);
    await before;
    expect(received).toHaveLength(1);
  });

  test('are signed by JSON Web Signature when asked, and can tell the past in XML', async () => {
    const { owner, capture } = await plant('签名');
    const event = receiving(giai('J1'));
    await capture(event);
    const made = await send(owner, 'POST', '', {
      ...{ dest: address, signatureToken: 'a secret', signatureType: 'jws', stream: true },
      ...{ initialRecordTime: '2020-01-01T00:00:00Z', mediaType: 'application/xml' },
    });
    expect(made.status).toBe(201);
    await deliver();
    const [first] = received;
    const [header = '', empty, signature] = String(first?.headers['gs1-signature']).split('.');
    expect(empty).toBe('');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({
      alg: 'HS256',
      jti: first?.headers['idempotency-key'],
    });
    const content = `${header}.${Buffer.from(first?.body ?? '').toString('base64url')}`;
    expect(createHmac('sha256', 'a secret').update(content).digest('base64url')).toBe(signature);
    const parsed = parseEpcisXml(first?.body ?? '');
    const content_ = parsed.ok ? parsed.value.content : undefined;
    const body = content_ && 'epcisBody' in content_ ? content_.epcisBody : undefined;
    const [back] = body && 'queryResults' in body ? body.queryResults.resultsBody.eventList : [];
    expect(back && eventHash(back, content_?.['@context'])).toBe(eventHash(event));
  });

  test('repeat a failed delivery as it was, later and later, then keep it for the owner', async () => {
    const { owner, capture } = await plant('死信');
    const made = await owner.ok(createWebhook, {
      body: { queryName: 'received', dest: address, signature: 'hmac', media: 'json' },
    });
    expect(made.secret.length).toBeGreaterThan(20);
    answer = () => 500;
    await capture(receiving(giai('D1')));
    await deliver();
    await capture(receiving(giai('D2'), 1));
    for (let n = 0; n < 11; n++) {
      t.clock.advance(4_000_000);
      await deliver();
    }
    expect(new Set(attempts.slice(0, 12)).size).toBe(1);
    const { items } = await owner.ok(listDeadLetters, { query: {} });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      problem: 'HTTP 500',
      attempts: 12,
      eventCount: 1,
      state: 'waiting',
    });
    const { items: hooks } = await owner.ok(listWebhooks, { query: {} });
    expect(hooks[0]).toMatchObject({ state: 'retrying', waitingLetters: 1, behind: 1 });
  });

  test('are stopped when everything dies, and go on when their owner says so', async () => {
    const { owner, capture } = await plant('停止');
    const made = await owner.ok(createWebhook, {
      body: {
        queryName: 'received',
        dest: address.replace(/:\d+\//, ':9/'),
        signature: 'jws',
        media: 'json',
      },
    });
    for (let n = 0; n < 3; n++) {
      await capture(receiving(giai(`S${n}`), n));
      for (let k = 0; k < 12; k++) {
        t.clock.advance(4_000_000);
        await deliver();
      }
    }
    const hooks = await owner.ok(listWebhooks, { query: {} });
    expect(hooks.items[0]).toMatchObject({ state: 'stopped', waitingLetters: 3 });
    const { items } = await owner.ok(listDeadLetters, { query: {} });
    const [one, two] = items;
    if (!one || !two) throw new Error('no letters');
    expect(one.problem).toContain('ECONNREFUSED');
    await owner.ok(dismissLetter, { params: { letterId: one.id }, version: one.version });
    const stale = { params: { letterId: one.id }, version: one.version };
    expect(await owner.refused(resendLetter, stale)).toBe('STALE_VERSION');
    await owner.ok(resendLetter, { params: { letterId: two.id }, version: two.version });
    await deliver();
    const after = await owner.ok(listDeadLetters, { query: {} });
    expect(after.items.find((l) => l.id === two.id)).toMatchObject({
      state: 'waiting',
      attempts: 13,
    });
    await owner.ok(resumeWebhook, { params: { subscriptionId: made.id } });
    expect((await owner.ok(listWebhooks, { query: {} })).items[0]).toMatchObject({
      state: 'active',
    });
    await owner.ok(removeWebhook, { params: { subscriptionId: made.id } });
  });

  test('are taken over when the process that served them died', async () => {
    const { owner, capture } = await plant('接手');
    await send(owner, 'POST', '', { dest: address, stream: true });
    await capture(receiving(giai('Z1')));
    const now = t.clock.now();
    const until = new Date(now.getTime() + 60_000);
    const claimed = await transact(t.app.db, { kind: 'system' }, (tx) =>
      claimDue(tx, now, until, 9),
    );
    expect(claimed.length).toBeGreaterThan(0);
    await deliver();
    expect(received).toHaveLength(0);
    t.clock.advance(60_001);
    await deliver();
    expect(received.filter((r) => r.body.includes('Z1'))).toHaveLength(1);
  });

  test('send smaller messages to who cannot take large ones', async () => {
    const { owner, capture } = await plant('小批');
    await send(owner, 'POST', '', { dest: address, stream: true });
    answer = (body) => (eventsIn(body).length > 3 ? 413 : 200);
    await capture(...Array.from({ length: 20 }, (_, n) => receiving(giai(`B${n}`), n)));
    await deliver();
    const told = received.flatMap((r) => eventsIn(r.body).map((e) => e.eventTime));
    expect(told).toHaveLength(20);
    expect(told).toEqual(told.toSorted());
    expect(new Set(received.map((r) => r.headers['idempotency-key'])).size).toBe(received.length);
  });

  test('run by a schedule, also when there is nothing to tell', async () => {
    const { owner, capture } = await plant('定时');
    const schedule = { hour: '1', minute: '5' };
    const made = await send(owner, 'POST', '', { dest: address, schedule, reportIfEmpty: true });
    expect(made.body.schedule).toEqual(schedule);
    await capture(receiving(giai('T1')));
    await deliver();
    expect(received).toHaveLength(0);
    t.clock.advance(86_400_000);
    await deliver();
    t.clock.advance(86_400_000);
    await deliver();
    expect(received.map((r) => eventsIn(r.body).length)).toEqual([1, 0]);
  });

  test('are refused when they could not work, with the standard’s exceptions', async () => {
    const { owner } = await plant('不成立');
    vi.unstubAllEnvs();
    const type = async (body: object) => {
      const sent = await send(owner, 'POST', '', body);
      return `${sent.status} ${String(sent.body.type).replace('epcisException:', '')}`;
    };
    const dest = 'https://client.example.com/hook';
    expect(await type({ dest })).toBe('400 SubscriptionControlsException');
    expect(await type({ dest, stream: true, schedule: { hour: '1' } })).toBe(
      '400 SubscriptionControlsException',
    );
    expect(await type({ dest, schedule: { hour: '25' } })).toBe(
      '400 SubscriptionControlsException',
    );
    expect(await type({ dest, schedule: { dayOfMonth: '31', month: '2' } })).toBe(
      '400 SubscriptionControlsException',
    );
    expect(await type({ dest, stream: true, initialRecordTime: 'now' })).toBe(
      '400 SubscriptionControlsException',
    );
    for (const bad of [
      ...[
        'http://client.example.com/',
        'https://127.0.0.1/',
        'https://localhost/',
        'https://[::1]/',
      ],
      ...[
        'https://10.0.0.1/',
        'https://169.254.169.254/latest',
        'https://0x7f.1/',
        'ftp://example.com/',
      ],
      ...['https://user:pass@example.com/', 'https://[::ffff:10.0.0.1]/', 'https://mes/', 'hook'],
    ]) {
      expect(await type({ dest: bad, stream: true }), bad).toBe('400 ValidationException');
    }
    expect((await send(owner, 'POST', '', { dest, stream: true })).status).toBe(201);
    const ordered = await t.running.server.inject({
      ...{ method: 'POST', url: '/epcis/queries' },
      headers: { ...owner.headers, 'content-type': 'application/json' },
      payload: JSON.stringify({ name: 'ordered', query: { orderBy: 'eventTime' } }),
    });
    expect(ordered.statusCode).toBe(201);
    const refused = await owner.refused(createWebhook, {
      body: { queryName: 'ordered', dest, signature: 'hmac', media: 'json' },
    });
    expect(refused).toBe('LEDGER_SUBSCRIPTION_INVALID');
    expect((await owner.ok(listNamedQueries, { query: {} })).items).toHaveLength(2);
  });

  test('stay within their organisation and their right', async () => {
    const { owner, org } = await plant('甲厂');
    const other = await plant('乙厂');
    const made = await send(owner, 'POST', '', { dest: address, stream: true });
    expect((await send(other.owner, 'GET', `/${made.body.subscriptionID}`)).status).toBe(404);
    const reader = await org.as('reader');
    const refused = await send(reader, 'POST', '', { dest: address, stream: true });
    expect(refused).toMatchObject({
      status: 403,
      body: { type: 'epcisException:SecurityException' },
    });
    await other.capture(receiving(giai('X1')));
    await deliver();
    expect(received).toHaveLength(0);
  });
});

describe('a target', () => {
  test('that redirects, or that never answers, is a failure', async () => {
    answer = () => 302;
    expect(await post(address, '{}', {})).toBe(302);
    const quiet = AbortSignal.timeout(50);
    vi.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(quiet);
    answer = () => 0;
    await expect(post(address, '{}', {})).rejects.toThrow('no answer');
    vi.restoreAllMocks();
  });

  test('must be on the public internet, whatever its name says', async () => {
    vi.unstubAllEnvs();
    const inside = [
      '127.0.0.1',
      '10.1.2.3',
      '172.31.0.1',
      '192.168.1.1',
      '169.254.1.1',
      '100.64.0.1',
      '0.0.0.0',
    ];
    const reserved = [
      '224.0.0.1',
      '255.255.255.255',
      '::1',
      '::',
      'fe80::1',
      'fd00::1',
      'ff02::1',
      '2002:7f00:1::',
    ];
    const mapped = ['::ffff:127.0.0.1', '::ffff:7f00:1', '64:ff9b::7f00:1', '::127.0.0.1'];
    for (const a of [...inside, ...reserved, ...mapped]) expect(isPublicAddress(a), a).toBe(false);
    for (const a of ['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])
      expect(isPublicAddress(a), a).toBe(true);
    expect(() => targetOf('https://localhost:8443/')).toThrow('public internet');
    await expect(post('https://localhost.localdomain/', '{}', {})).rejects.toThrow();
  });
});

test('secrets are sealed for their subscription', () => {
  const sealed = sealSecret('installation', 'subscription_1', 'token');
  expect(sealed.toString('utf8')).not.toContain('token');
  expect(openSecret('installation', 'subscription_1', sealed)).toBe('token');
  expect(() => openSecret('installation', 'subscription_2', sealed)).toThrow();
});

test.each([
  [{ hour: '1', minute: '5' }, '2026-03-02T00:00:00Z', '2026-03-02T17:05:00Z'],
  [{ minute: '0/15' }, '2026-03-02T00:00:00Z', '2026-03-02T00:15:00Z'],
  [{ second: '[10-12],30' }, '2026-03-02T00:00:12Z', '2026-03-02T00:00:30Z'],
  [{ dayOfWeek: '7', hour: '8' }, '2026-03-02T00:00:00Z', '2026-03-08T00:00:00Z'],
  [{ dayOfMonth: '29', month: '2' }, '2026-03-02T00:00:00Z', '2028-02-28T16:00:00Z'],
])('%j after %s is %s', (schedule, after, expected) => {
  expect(nextTime(schedule, new Date(after)).toISOString()).toBe(expected.replace('Z', '.000Z'));
});

describe('websockets', () => {
  let base = '';
  beforeAll(async () => {
    const url = await t.running.server.listen({ port: 0, host: '127.0.0.1' });
    base = url.replace('http', 'ws');
  });

  function listen(path: string, headers: Record<string, string>) {
    const { origin: _, ...own } = headers;
    const socket = new WebSocket(`${base}/epcis/queries/${path}`, { headers: own });
    const messages: unknown[] = [];
    socket.on('message', (data) => messages.push(parseJson(String(data))));
    const opened = new Promise<void>((done, fail) => {
      socket.on('open', () => done());
      socket.on('unexpected-response', (_request, reply) => fail(new Error(`${reply.statusCode}`)));
      socket.on('error', fail);
    });
    return { socket, messages, opened };
  }

  test('tell what is captured from now on, and end with the query', async () => {
    const { owner, capture } = await plant('套接字');
    await capture(receiving(giai('K0')));
    const { socket, messages, opened } = listen('received/events?stream=true', {
      ...owner.headers,
    });
    await opened;
    await capture(receiving(giai('K1'), 1), tearingDown(giai('K1'), [giai('K2')], 2));
    await vi.waitFor(() => expect(messages).toHaveLength(1), 5_000);
    const [told] = messages;
    expect(isJsonObject(told) && told.type).toBe('EPCISQueryDocument');
    expect(JSON.stringify(told)).toContain('K1');
    expect(JSON.stringify(told)).not.toContain('K0');
    const closed = new Promise<number>((done) => socket.on('close', done));
    await t.running.server.inject({
      ...{ method: 'DELETE', url: '/epcis/queries/received' },
      headers: { ...owner.headers },
    });
    await capture(receiving(giai('K3'), 3));
    await socketsOf(t.app).pump();
    expect(await closed).toBe(1008);
  });

  test('open only for who may read, for a query that stands, from our own pages', async () => {
    const { owner } = await plant('拒绝');
    const status = (path: string, headers: Record<string, string>) =>
      listen(path, headers).opened.then(
        () => 101,
        (e: Error) => Number(e.message),
      );
    expect(await status('received/events?stream=true', {})).toBe(401);
    expect(await status('none/events?stream=true', { ...owner.headers })).toBe(404);
    expect(await status('received/events', { ...owner.headers })).toBe(400);
    expect(await status('received/events?stream=true&hour=1', { ...owner.headers })).toBe(400);
    const foreign = new WebSocket(`${base}/epcis/queries/received/events?stream=true`, {
      headers: { cookie: String(owner.headers.cookie), origin: 'https://evil.example' },
    });
    const answered = new Promise<number | undefined>((done) => {
      foreign.on('unexpected-response', (_request, reply) => done(reply.statusCode));
      foreign.on('error', () => undefined);
    });
    expect(await answered).toBe(403);
    const plain = await t.running.server.inject({
      ...{ method: 'GET', url: '/epcis/queries/received/events?stream=true' },
      headers: { ...owner.headers },
    });
    expect(plain.json().type).toBe('epcisException:SubscriptionControlsException');
  });
});
