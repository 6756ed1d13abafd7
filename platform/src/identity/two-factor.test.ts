import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { install, PASSWORD } from './fixture.ts';

const place = await install();
afterAll(() => place.close());

const EMAIL = 'li@example.com';
const COOKIE = 'zaizao.session_token';

/** RFC 6238 with SHA-1, 30 s and six digits, as authenticator apps compute it. */
function totp(uri: string, at = Date.now()): string {
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g)?.map((b) => Number.parseInt(b, 2)) ?? [];
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', Buffer.from(bytes)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const owner = place.browser();
await owner.found('厂', EMAIL);
const enabled = await owner.post('/api/auth/two-factor/enable', { password: PASSWORD });
const uri: string = enabled.body.totpURI;
const backup: string[] = enabled.body.backupCodes;

test('a second factor is on only after its first code', async () => {
  expect((await owner.get('/api/v1/session')).body.twoFactor).toBe(false);
  expect((await place.browser().signIn(EMAIL)).body.user.email).toBe(EMAIL);
  const wrong = await owner.post('/api/auth/two-factor/verify-totp', { code: '000000' });
  expect(wrong.body.code).toBe('SECOND_FACTOR_WRONG');
  expect((await owner.post('/api/auth/two-factor/verify-totp', { code: totp(uri) })).status).toBe(
    200,
  );
  const { body } = await owner.get('/api/v1/session');
  expect(body).toMatchObject({ twoFactor: true, org: { name: '厂' } });
});

test('the password alone opens nothing (GHSA-xg6x-h9c9-2m83)', async () => {
  const b = place.browser();
  const before = await sql`select from identity.auth_session`.execute(place.app.db.kysely);
  const half = await b.signIn(EMAIL);
  expect(half.body).toMatchObject({ twoFactorRedirect: true });
  expect(JSON.stringify(half.body)).not.toContain('token');
  for (const line of half.cookies.filter((c) => /session_(token|data)/.test(c))) {
    expect(line).toMatch(/Max-Age=0/i);
  }
  expect((await b.get('/api/v1/session')).body.user).toBeUndefined();
  expect((await b.get('/api/v1/probe')).status).toBe(401);
  const after = await sql`select from identity.auth_session`.execute(place.app.db.kysely);
  expect(after.rows.length).toBe(before.rows.length);
  // Nor does the cookie of the half-way state stand in for a session.
  const [name, value] = [...b.jar].find(([k]) => k.includes('two_factor')) ?? ['', ''];
  expect(name).not.toBe('');
  b.jar.set(COOKIE, value);
  expect((await b.get('/api/v1/probe')).status).toBe(401);
  b.jar.delete(COOKIE);
  expect((await b.post('/api/auth/two-factor/disable', { password: PASSWORD })).status).toBe(401);
  const done = await b.post('/api/auth/two-factor/verify-totp', { code: totp(uri) });
  expect(done.status).toBe(200);
  expect((await b.get('/api/v1/probe')).status).toBe(200);
});

test('guessing codes ends the attempt', async () => {
  const b = place.browser();
  await b.signIn(EMAIL);
  const codes = [];
  for (let i = 0; i < 6; i++) {
    const code = String((Number(totp(uri)) + 1 + i) % 1_000_000).padStart(6, '0');
    codes.push((await b.post('/api/auth/two-factor/verify-totp', { code })).body.code);
  }
  expect(codes.slice(0, 5)).toEqual(Array(5).fill('SECOND_FACTOR_WRONG'));
  expect(codes[5]).toBe('SECOND_FACTOR_EXPIRED');
  const right = await b.post('/api/auth/two-factor/verify-totp', { code: totp(uri) });
  expect(right.status).toBe(401);
});

test('a backup code works once', async () => {
  const use = async () => {
    const b = place.browser();
    await b.signIn(EMAIL);
    return b.post('/api/auth/two-factor/verify-backup-code', { code: backup[0] });
  };
  expect((await use()).status).toBe(200);
  expect((await use()).body.code).toBe('SECOND_FACTOR_WRONG');
});

test('a new password does not get round the second factor', async () => {
  const b = place.browser();
  await b.post('/api/auth/request-password-reset', { email: EMAIL });
  const token = new URL(place.letters.at(-1)?.url ?? '').hash.slice('#token='.length);
  const reset = { token, newPassword: 'yellow harbour 44' };
  const answer = await b.post('/api/auth/reset-password', reset);
  expect(answer).toMatchObject({ status: 200, cookies: [] });
  expect((await b.signIn(EMAIL, 'yellow harbour 44')).body.twoFactorRedirect).toBe(true);
  expect((await b.get('/api/v1/probe')).status).toBe(401);
});

test('secrets of the second factor are not stored in the clear', async () => {
  const { rows } = await sql<{ secret: string; backup_codes: string }>`
    select secret, backup_codes from identity.auth_two_factor`.execute(place.app.db.kysely);
  const [row] = rows;
  expect(row?.backup_codes).not.toContain(backup[1]);
  expect(uri).not.toContain(row?.secret);
});
