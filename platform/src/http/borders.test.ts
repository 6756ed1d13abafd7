import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { getFile, uploadFile } from '../files/contract.ts';
import { ok, text } from '../kernel/index.ts';
import { type Actor, startTestApp, type TestApp } from '../testkit/index.ts';
import { endpoint } from './contract.ts';
import { publicRoute } from './index.ts';

/** What crosses the border of the server besides what was asked for: headers, files, faults, metrics. */

const SECRET_PLACE = '/srv/zaizao/secret-place.ts';
const echo = endpoint({
  id: 'borders.echo',
  method: 'POST',
  path: '/api/v1/borders/echo',
  title: text('回声', 'Echo'),
  access: 'public',
  body: z.unknown(),
});
const count = endpoint({
  id: 'borders.count',
  method: 'GET',
  path: '/api/v1/borders/count/:from',
  title: text('数数', 'Count'),
  access: 'public',
  params: z.object({ from: z.coerce.number().int() }),
  query: z.object({ share: z.coerce.number().min(0).optional(), q: z.string().optional() }),
});
const fall = endpoint({
  id: 'borders.fall',
  method: 'GET',
  path: '/api/v1/borders/fall',
  title: text('出错', 'Fall over'),
  access: 'public',
});

let t: TestApp;
let owner: Actor;

beforeAll(async () => {
  t = await startTestApp({
    modules: [
      {
        name: 'borders',
        routes: [
          publicRoute(echo, async () => ok(undefined)),
          publicRoute(count, async () => ok(undefined)),
          publicRoute(fall, async () => {
            throw new TypeError(
              `password=hunter2 at ${SECRET_PLACE}: select * from identity.auth_user`,
            );
          }),
        ],
      },
    ],
    identity: {
      roles: { owner: { title: text('负责人', 'Owner'), permissions: ['*'] } },
      kinds: { other: text('其他', 'Other') },
    },
  });
  owner = await (await t.org('边界厂', 'other')).as('owner');
});
afterAll(() => t.stop());

const get = (url: string, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
  t.running.server.inject({ method: 'GET', url, headers, remoteAddress });

describe('security headers', () => {
  test.each(['/api/openapi.json', '/api', '/health/live', '/api/v1/nothing-here'])(
    'stand on %s',
    async (url) => {
      const { headers } = await get(url);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
      });
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("object-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers.server).toBeUndefined();
    },
  );
});

describe('what cannot be kept as it is', () => {
  const send = (payload: string) =>
    t.running.server.inject({
      ...{ method: 'POST', url: echo.path, payload },
      headers: { 'content-type': 'application/json', 'accept-language': 'en' },
    });
  const nest = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

  test.each([
    ['a NUL', '{"a":["x","\\u0000"]}', 'body/a/1'],
    ['half a pair', '{"a":{"b":"\\ud83d"}}', 'body/a/b'],
    ['a name that is half a pair', '{"a":{"\\udc00":1}}', 'body/a'],
    ['a nest', `{"a":${nest(101)}}`, expect.stringMatching(/^body\/a(\/0){100}$/)],
    ['a nest that would exhaust the stack', nest(400_000), expect.stringMatching(/^body(\/0)+$/)],
  ])('%s is refused, and where it stands is said', async (_, payload, path) => {
    const { statusCode, json } = await send(payload);
    expect(statusCode).toBe(400);
    expect(json()).toMatchObject({ code: 'INPUT_INVALID', errors: [{ path }] });
  });

  test.each([
    ['1?share=', 'query/share'],
    ['1?share=%20', 'query/share'],
    ['1?share=0x10', 'query/share'],
    ['0b1', 'path/from'],
    ['%20', 'path/from'],
  ])('%s is no number', async (at, path) => {
    const { statusCode, json } = await get(`/api/v1/borders/count/${at}`);
    expect(statusCode).toBe(400);
    expect(json()).toMatchObject({ code: 'INPUT_INVALID', errors: [{ path }] });
  });

  test('numbers are taken as JavaScript writes them', async () => {
    for (const at of ['-3', '1?share=1e-7', '1?share=0.5&q=', '1?share=.5', '1?q=0x10']) {
      expect((await get(`/api/v1/borders/count/${at}`)).statusCode).toBeLessThan(300);
    }
  });

  test('names that mean something to JavaScript are names', async () => {
    for (const payload of [
      nest(90),
      '{"toString":"","constructor":1,"then":{}}',
      '"😀"',
      '1e400',
    ]) {
      expect((await send(payload)).statusCode).toBeLessThan(300);
    }
  });

  test('a file may come without a name', async () => {
    const form = (name: string) =>
      t.running.server.inject({
        ...{ method: 'POST', url: uploadFile.path },
        headers: {
          ...owner.headers,
          'content-type': 'multipart/form-data; boundary=b',
          'idempotency-key': `form-${name.length}-key`,
        },
        payload:
          `--b\r\ncontent-disposition: form-data; name="file"${name}\r\n` +
          'content-type: application/octet-stream\r\n\r\n%PDF-1.7 x\r\n--b--\r\n',
      });
    expect((await form('')).statusCode).toBeLessThan(300);
    expect((await form('; filename="a\0b"')).statusCode).toBe(400);
  });
});

describe('a bug in a handler', () => {
  test('shows a number to ask with, and nothing of itself', async () => {
    const { statusCode, body, headers } = await get(fall.path);
    expect(statusCode).toBe(500);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(JSON.parse(body)).toEqual({
      ...{ type: 'about:blank', status: 500, code: 'INTERNAL' },
      title: expect.stringContaining(String(headers['x-request-id'])),
      requestId: headers['x-request-id'],
    });
    expect(body).not.toMatch(/hunter2|secret-place|TypeError|select|\.ts/);
  });
});

describe('files are what their bytes say', () => {
  const text8 = (s: string) => new TextEncoder().encode(s);
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0);
  const upload = (name: string, bytes: Uint8Array) =>
    owner.call(uploadFile, { file: { name, bytes } });

  test.each([
    ['a page named as a picture', 'photo.png', text8('<html><script>alert(1)</script>')],
    ['a drawing with a script', 'logo.svg', text8('  <svg onload="alert(1)"/>')],
    ['a program', 'photo.jpg', Uint8Array.of(0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0)],
    ['an archive that is no workbook', 'book.xlsx', Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2, 3)],
    ['bytes that are no text', 'list.csv', Uint8Array.of(0x61, 0xff, 0xfe, 0x62)],
  ])('%s is refused', async (_, name, bytes) => {
    const answer = await upload(name, bytes);
    expect(answer.status).toBe(415);
    expect(answer.body).toMatchObject({ code: 'FILE_TYPE_REFUSED' });
  });

  test('an empty one and a picture above 16 MB are refused', async () => {
    expect((await upload('empty.png', new Uint8Array())).body).toMatchObject({
      code: 'FILE_EMPTY',
    });
    const large = new Uint8Array(16 * 1024 * 1024 + 1);
    large.set(png);
    expect(await upload('large.png', large)).toMatchObject({
      status: 413,
      body: { code: 'FILE_TOO_LARGE' },
    });
  });

  test('a picture comes back as the picture it is, whatever its name said', async () => {
    const stored = await owner.ok(uploadFile, { file: { name: 'evil.html', bytes: png } });
    expect(stored.mediaType).toBe('image/png');
    const back = await owner.call(getFile, { params: { sha256: stored.sha256 } });
    expect(back.headers['content-type']).toBe('image/png');
    expect(back.headers['x-content-type-options']).toBe('nosniff');
    expect(new Uint8Array(back.bytes)).toEqual(png);
  });
});

describe('metrics', () => {
  test('answer to this machine itself, not to what a proxy on it passes on', async () => {
    const own = await get('/metrics');
    expect(own.statusCode).toBe(200);
    expect(own.body).toContain('http_request_duration_seconds');
    for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']) {
      expect((await get('/metrics', { [header]: '203.0.113.9' })).statusCode, header).toBe(404);
    }
    expect((await get('/metrics', {}, '203.0.113.9')).statusCode).toBe(404);
  });

  test('answer from anywhere to whoever shows the token, and to no other', async () => {
    const token = 'a-token-of-twenty-letters';
    Object.assign(t.app.config, { metricsToken: token });
    const asked = (authorization: string) =>
      get('/metrics', { authorization, 'x-forwarded-for': '203.0.113.9' }, '203.0.113.9');
    expect((await asked(`Bearer ${token}`)).statusCode).toBe(200);
    expect((await asked(`Bearer ${token}x`)).statusCode).toBe(404);
    expect((await asked('Bearer ')).statusCode).toBe(404);
  });
});
