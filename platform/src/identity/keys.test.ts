import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { install } from './fixture.ts';

const place = await install();
afterAll(() => place.close());
const KEYS = '/api/v1/identity/keys';
const owner = place.browser();
beforeAll(() => owner.found('厂', 'li@example.com'));

async function make(body: object) {
  const made = await owner.post(KEYS, { name: '网关', ...body });
  expect(made.status).toBe(201);
  return made.body as { id: string; secret: string; prefix: string };
}

const machine = place.browser();
const by = (secret: string) => ({ authorization: `Bearer ${secret}`, origin: undefined });
const read = (secret: string) => machine.get('/api/v1/probe', by(secret));
const change = (secret: string) => machine.post('/api/v1/probe', undefined, by(secret));

test('a key does what its scope says and nothing else', async () => {
  const key = await make({ scopes: ['probe.thing:read'] });
  expect((await read(key.secret)).status).toBe(200);
  expect((await change(key.secret)).body.code).toBe('PERMISSION_DENIED');
  expect((await machine.get('/api/v1/identity/members', by(key.secret))).status).toBe(403);
  expect((await machine.get('/api/v1/session', by(key.secret))).body).toMatchObject({
    org: { name: '厂' },
    roles: ['scope:probe.thing:read'],
    permissions: ['probe.thing:read'],
    orgs: [],
  });
});

test('a key does what its role says', async () => {
  const key = await make({ roles: ['worker'] });
  expect((await change(key.secret)).status).toBe(200);
});

test('a key cannot make keys, invite, or act as a person, whatever it holds', async () => {
  const key = await make({ roles: ['owner'] });
  const post = (url: string, body?: object) => machine.post(url, body, by(key.secret));
  const another = { name: 'k2', roles: ['owner'] };
  expect((await post(KEYS, another)).body.code).toBe('PERSON_REQUIRED');
  const guest = { email: 'pal@example.com', roles: ['owner'] };
  expect((await post('/api/v1/identity/invitations', guest)).body.code).toBe('PERSON_REQUIRED');
  expect((await post('/api/v1/session/language', { lang: 'en' })).body.code).toBe(
    'PERSON_REQUIRED',
  );
  const founding = { organisation: { name: 'x', kind: 'plant' } };
  expect((await post('/api/v1/identity/setup', founding)).body.code).toBe('PERSON_REQUIRED');
});

test('nobody makes a key for another by naming them (CVE-2025-61928)', async () => {
  const victim = (await owner.get('/api/v1/session')).body.user.id;
  const body = { name: 'stolen', roles: ['owner'], userId: victim, createdBy: victim };
  expect((await place.browser().post(KEYS, body)).status).toBe(401);
  const { rows } = await sql`select from identity.api_key where name = 'stolen'`.execute(
    place.app.db.kysely,
  );
  expect(rows).toHaveLength(0);
});

test('a key ends when it is revoked or expires', async () => {
  const soon = new Date(place.clock.now().getTime() + 3_600_000).toISOString();
  const [a, b] = [
    await make({ roles: ['worker'] }),
    await make({ roles: ['worker'], expiresAt: soon }),
  ];
  expect([(await read(a.secret)).status, (await read(b.secret)).status]).toEqual([200, 200]);
  expect((await owner.send('DELETE', `${KEYS}/${a.id}`)).body.revokedAt).toBeDefined();
  expect((await read(a.secret)).body.code).toBe('SIGN_IN_REQUIRED');
  place.clock.advance(3_600_001);
  expect((await read(b.secret)).status).toBe(401);
  const past = await owner.post(KEYS, { name: 'x', roles: ['worker'], expiresAt: soon });
  expect(past.body.code).toBe('KEY_EXPIRY_PAST');
});

test('a key that is not one, or not quite one, is nobody', async () => {
  const { secret } = await make({ roles: ['worker'] });
  const wrong = [
    '',
    'zz_',
    `${secret}x`,
    secret.slice(0, -1),
    secret.toUpperCase(),
    `zz_${'a'.repeat(43)}`,
  ];
  for (const s of wrong) expect((await read(s)).status).toBe(401);
  // A key beside a cookie is judged as the key, so that a page cannot lend its person to it.
  expect((await owner.get('/api/v1/probe', by('zz_wrong'))).status).toBe(401);
});

test('the secret is shown once and kept nowhere', async () => {
  const { id, secret, prefix } = await make({ roles: ['worker'] });
  expect(secret.startsWith(prefix)).toBe(true);
  const { rows } = await sql`
    select from identity.api_key k where k::text like ${`%${secret}%`}
    union all select from zaizao.idempotency d where d::text like ${`%${secret}%`}
    union all select from zaizao.audit a where a::text like ${`%${secret}%`}`.execute(
    place.app.db.kysely,
  );
  expect(rows).toHaveLength(0);
  await read(secret);
  const { body } = await owner.get(KEYS);
  expect(JSON.stringify(body)).not.toContain(secret);
  const listed = body.items.find((k: { id: string }) => k.id === id);
  expect(listed).toMatchObject({ prefix, lastUsedAt: place.clock.now().toISOString() });
});

test('a key of another organisation is not found', async () => {
  const key = await make({ roles: ['worker'] });
  const other = place.browser();
  await other.signIn('li@example.com');
  await other.found('另一厂');
  expect((await other.send('DELETE', `${KEYS}/${key.id}`)).body.code).toBe('KEY_NOT_FOUND');
  expect((await other.get(KEYS)).body.items).toEqual([]);
  expect((await read(key.secret)).status).toBe(200);
});

test('a key needs authority and a name', async () => {
  expect((await owner.post(KEYS, { name: 'x' })).status).toBe(400);
  expect((await owner.post(KEYS, { roles: ['worker'] })).status).toBe(400);
  expect((await owner.post(KEYS, { name: 'x', scopes: ["a'; drop table x--"] })).status).toBe(400);
  expect((await owner.post(KEYS, { name: 'x', roles: ['boss'] })).body.code).toBe('ROLE_UNKNOWN');
});
