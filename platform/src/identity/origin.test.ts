import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, install } from './fixture.ts';

const place = await install();
afterAll(() => place.close());
const browser = place.browser();
beforeAll(() => browser.found('厂', 'li@example.com'));

const change = (headers: Record<string, string | undefined>, b: Browser = browser) =>
  b.send('POST', '/api/v1/probe', undefined, headers);

test('our own pages may change things, under every address the server is reached by', async () => {
  expect((await change({})).status).toBe(200);
  const lan = { host: '192.168.1.20:8080', origin: 'http://192.168.1.20:8080' };
  expect((await change(lan)).status).toBe(200);
  expect((await change({ origin: undefined, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
});

test.each([
  { origin: 'https://evil.example' },
  { origin: 'http://localhost:9999' },
  { origin: 'http://localhost:8080.evil.example' },
  { origin: 'null' },
  { origin: undefined, 'sec-fetch-site': 'cross-site' },
  { origin: undefined, 'sec-fetch-site': 'same-site' },
])('a page of another site may not: %o', async (headers) => {
  expect(await change(headers)).toMatchObject({ status: 403, body: { code: 'ORIGIN_REFUSED' } });
  const out = await browser.send('POST', '/api/auth/sign-out', undefined, headers);
  expect(out).toMatchObject({ status: 403, body: { code: 'ORIGIN_REFUSED' } });
  expect((await browser.get('/api/v1/session')).body.user.email).toBe('li@example.com');
});

test('reading needs no origin', async () => {
  expect((await browser.get('/api/v1/probe', { origin: 'https://evil.example' })).status).toBe(200);
});

test('another site cannot sign a visitor in as itself', async () => {
  const b = place.browser();
  const credentials = { email: 'li@example.com', password: 'tulip harbour 42' };
  const forged = await b.post('/api/auth/sign-in/email', credentials, {
    origin: 'https://evil.example',
  });
  expect(forged).toMatchObject({ status: 403, cookies: [] });
});
