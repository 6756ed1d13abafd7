import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { networkOf } from '../http/index.ts';
import { type Browser, install, PASSWORD } from './fixture.ts';
import { sweep } from './housekeeping.ts';

const place = await install();
afterAll(() => place.close());
beforeAll(() => place.browser().found('厂', 'li@example.com'));

const COOKIE = 'zaizao.session_token';

async function signedIn(): Promise<Browser> {
  const b = place.browser();
  expect((await b.signIn('li@example.com')).status).toBe(200);
  return b;
}

test('the cookie is closed to scripts and to other sites', async () => {
  const b = place.browser();
  const { cookies, body } = await b.signIn('li@example.com');
  expect(body.token).toBeUndefined();
  const line = cookies.find((c) => c.startsWith(COOKIE)) ?? '';
  expect(line).toMatch(/HttpOnly/i);
  expect(line).toMatch(/SameSite=Lax/i);
  expect(line).not.toMatch(/Secure/i);
  expect(cookies.filter((c) => c.includes('session_data'))).toEqual([]);
});

test('over https the cookie is marked Secure', async () => {
  const https = await install({}, { publicUrl: 'https://zaizao.example' });
  const b = https.browser();
  const there = { origin: 'https://zaizao.example' };
  const made = await b.post(
    '/api/v1/identity/setup',
    {
      organisation: { name: 'x', kind: 'plant' },
      user: { name: 'Li', email: 'li@example.com', password: PASSWORD },
    },
    there,
  );
  expect(made.cookies[0]).toMatch(/; Secure/);
  const again = await b.post(
    '/api/auth/sign-in/email',
    { email: 'li@example.com', password: PASSWORD },
    there,
  );
  expect(again.cookies[0]).toMatch(/; Secure/);
  await https.close();
});

test('an unknown person and a wrong password get the same answer', async () => {
  const wrong = await place.browser().signIn('li@example.com', 'wrong wrong wrong');
  const unknown = await place.browser().signIn('nobody@example.com', 'wrong wrong wrong');
  for (const a of [wrong, unknown]) {
    expect(a).toMatchObject({ status: 401, body: { code: 'CREDENTIALS_WRONG' }, cookies: [] });
  }
});

test('a session made before signing in is not the session after it', async () => {
  const b = place.browser();
  b.jar.set(COOKIE, 'a-token-that-the-attacker-knows.c2ln');
  await b.signIn('li@example.com');
  const first = b.jar.get(COOKIE);
  expect(first).not.toContain('attacker');
  await b.signIn('li@example.com');
  expect(b.jar.get(COOKIE)).not.toBe(first);
});

test('a token without our signature, or with another’s, is nobody', async () => {
  const b = await signedIn();
  const value = decodeURIComponent(b.jar.get(COOKIE) ?? '');
  const token = value.slice(0, value.lastIndexOf('.'));
  const forged = createHmac('sha256', 'guess').update(token).digest('base64');
  for (const bad of [token, `${token}.`, `${token}.${forged}`, '%', '.', `x${value}`]) {
    const thief = place.browser();
    thief.jar.set(COOKIE, bad === '%' ? bad : encodeURIComponent(bad));
    expect((await thief.get('/api/v1/probe')).status).toBe(401);
  }
});

test('signing out ends the session everywhere the cookie was copied to', async () => {
  const b = await signedIn();
  const copy = place.browser();
  copy.jar.set(COOKIE, b.jar.get(COOKIE) ?? '');
  expect((await copy.get('/api/v1/probe')).status).toBe(200);
  await b.post('/api/auth/sign-out');
  expect((await copy.get('/api/v1/probe')).status).toBe(401);
});

test('a session ends by itself', async () => {
  const b = await signedIn();
  await sql`update identity.auth_session set expires_at = ${new Date(Date.now() - 1000)}`.execute(
    place.app.db.kysely,
  );
  expect((await b.get('/api/v1/probe')).status).toBe(401);
});

test('what has ended is swept away', async () => {
  const count = async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from identity.auth_session`.execute(place.app.db.kysely);
    return rows[0]?.n;
  };
  await sweep(place.app);
  await signedIn();
  const live = await signedIn();
  const before = await count();
  await sql`update identity.auth_session set expires_at = ${new Date(0)}
    where id = (select min(id) from identity.auth_session)`.execute(place.app.db.kysely);
  await sweep(place.app);
  expect(await count()).toBe((before ?? 0) - 1);
  expect((await live.get('/api/v1/probe')).status).toBe(200);
});

test('changing the password ends the other sessions', async () => {
  const [here, there] = [await signedIn(), await signedIn()];
  const change = (currentPassword: string, newPassword: string) =>
    here.post('/api/auth/change-password', { currentPassword, newPassword });
  expect((await change('wrong', 'another harbour 43')).body.code).toBe('PASSWORD_WRONG');
  expect((await change(PASSWORD, 'purple harbour 43')).status).toBe(200);
  expect((await change('purple harbour 43', '1234567890')).body.code).toBe('PASSWORD_WEAK');
  expect((await here.get('/api/v1/probe')).status).toBe(200);
  expect((await there.get('/api/v1/probe')).status).toBe(401);
  expect((await place.browser().signIn('li@example.com')).status).toBe(401);
  expect((await change('purple harbour 43', PASSWORD)).status).toBe(200);
});

test('a forgotten password comes back by a link that works once', async () => {
  const old = await signedIn();
  const b = place.browser();
  const ask = (email: string) => b.post('/api/auth/request-password-reset', { email });
  const [known, unknown] = [await ask('li@example.com'), await ask('nobody@example.com')];
  expect(known).toEqual(unknown);
  expect(place.letters).toHaveLength(1);
  const letter = place.letters[0];
  expect(letter).toMatchObject({ kind: 'password-reset', to: 'li@example.com' });
  const token = new URL(letter?.url ?? '').hash.slice('#token='.length);
  const stored = await sql`select from identity.auth_verification
    where identifier like ${`%${token}%`} or value = ${token}`.execute(place.app.db.kysely);
  expect(stored.rows).toHaveLength(0);
  const reset = (newPassword: string) => b.post('/api/auth/reset-password', { token, newPassword });
  expect((await reset('password123')).body.code).toBe('PASSWORD_WEAK');
  expect((await reset('yellow harbour 44')).status).toBe(200);
  expect((await reset('yellow harbour 45')).body.code).toBe('LINK_INVALID');
  expect((await old.get('/api/v1/probe')).status).toBe(401);
  expect((await b.signIn('li@example.com', 'yellow harbour 44')).status).toBe(200);
  const back = { currentPassword: 'yellow harbour 44', newPassword: PASSWORD };
  expect((await b.post('/api/auth/change-password', back)).status).toBe(200);
});

test.each([
  ['/sign-up/email', { name: 'x', email: 'x@example.com', password: PASSWORD }],
  ['/sign-in/social', { provider: 'github' }],
  ['/change-email', { newEmail: 'x@example.com' }],
  ['/delete-user', {}],
  ['/update-session', { orgNo: 1 }],
  ['/device/approve', { userCode: 'ABCD' }], // GHSA-cq3f-vc6p-68fh
  ['/device/code', { client_id: 'x' }],
  ['/api-key/create', { userId: 'user_1' }],
  ['/two-factor/send-otp', {}],
  ['/two-factor/view-backup-codes', { userId: 'user_1' }],
  ['/organization/create', { name: 'x' }],
])('the door %s of the library is closed', async (path, body) => {
  const b = await signedIn();
  expect(await b.post(`/api/auth${path}`, body)).toMatchObject({
    status: 404,
    body: { code: 'ADDRESS_NOT_FOUND' },
  });
});

test('what a door does not ask for is not passed on', async () => {
  const b = await signedIn();
  const sent = { name: '李', email: 'x@example.com', emailVerified: true, twoFactorEnabled: true };
  expect((await b.post('/api/auth/update-user', sent)).status).toBe(200);
  const { body } = await b.get('/api/v1/session');
  expect(body).toMatchObject({ user: { name: '李', email: 'li@example.com' }, twoFactor: false });
  for (const bad of [[], { name: 7 }, { name: 'x'.repeat(81) }, { name: 'a\u0001' }]) {
    expect((await b.post('/api/auth/update-user', bad)).status).toBe(400);
  }
});

test('guessing is slowed down per network, and per account from anywhere', async () => {
  const slow = await install({ limits: { perCaller: 5, perAccount: 8 } });
  const guess = async (ip: string, email: string) => {
    const r = await slow.server.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      remoteAddress: ip,
      payload: { email, password: 'wrong wrong wrong' },
    });
    return r.statusCode;
  };
  // CVE-2026-45364: a new address of the same /64 each time is still the same caller.
  const v6 = [];
  for (let i = 1; i <= 6; i++) v6.push(await guess(`2001:db8:1:2::${i}`, `p${i}@example.com`));
  expect(v6).toEqual([401, 401, 401, 401, 401, 429]);
  expect(await guess('2001:db8:1:3::1', 'q@example.com')).toBe(401);
  const spread = [];
  for (let i = 1; i <= 9; i++) spread.push(await guess(`10.0.0.${i}`, 'Li@example.com'));
  expect(spread).toEqual([...Array(8).fill(401), 429]);
  await slow.close();
});

test.each([
  ['2001:db8:1:2::7', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002:a:b:c:d', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8::2', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['10.1.2.3', '10.1.2.3'],
])('%s sits in %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});
