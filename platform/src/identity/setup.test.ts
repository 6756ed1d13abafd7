import { readFileSync } from 'node:fs';
import { getMigrations } from 'better-auth/db/migration';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { authOf } from './auth.ts';
import { install, PASSWORD } from './fixture.ts';
import { createOrganisation, DEMO_SECRET, ensureDemoPersons, identityModule } from './index.ts';

const places: { close(): Promise<void> }[] = [];
const fresh: typeof install = async (...args) => {
  const place = await install(...args);
  places.push(place);
  return place;
};
afterAll(() => Promise.all(places.map((p) => p.close())));

const founding = (email: string) => ({
  organisation: { name: email, kind: 'plant' },
  user: { name: 'x', email, password: PASSWORD },
});

test('of two first set-ups at once one wins, and the other leaves nothing', async () => {
  const place = await fresh();
  const answers = await Promise.all(
    ['a@example.com', 'b@example.com', 'c@example.com'].map((email) =>
      place.browser().post('/api/v1/identity/setup', founding(email)),
    ),
  );
  expect(answers.map((a) => a.status).sort()).toEqual([201, 409, 409]);
  expect(answers.find((a) => a.status === 409)?.body.code).toBe('SETUP_CLOSED');
  const { rows } = await sql<{ orgs: number; people: number }>`
    select (select count(*)::int from identity.organisation) as orgs,
           (select count(*)::int from identity.auth_user) as people`.execute(place.app.db.kysely);
  expect(rows[0]).toEqual({ orgs: 1, people: 1 });
});

test('a set-up that cannot be is refused with what to do', async () => {
  const place = await fresh();
  const b = place.browser();
  const post = (body: object) => b.post('/api/v1/identity/setup', body);
  const good = founding('li@example.com');
  expect((await b.get('/api/v1/identity/setup')).body).toEqual({
    needed: true,
    kinds: [
      { kind: 'plant', title: { zh: '工厂', en: 'plant' } },
      { kind: 'shop', title: { zh: '店', en: 'shop' } },
    ],
  });
  expect((await post({ ...good, user: undefined })).body.code).toBe('PERSON_DETAILS_REQUIRED');
  const weak = { ...good, user: { ...good.user, password: 'password123' } };
  expect((await post(weak)).body.code).toBe('PASSWORD_WEAK');
  const kind = { ...good, organisation: { name: 'x', kind: 'constructor' } };
  expect((await post(kind)).body.code).toBe('ORGANISATION_KIND_UNKNOWN');
  expect((await post({ ...good, user: { ...good.user, email: 'x' } })).status).toBe(400);
  expect((await post(good)).status).toBe(201);
  expect((await b.get('/api/v1/identity/setup')).body.needed).toBe(false);
  // The founder may found a second one, and it is the one they then work in.
  expect((await b.found('分厂')).body).toMatchObject({ org: { name: '分厂' }, roles: ['owner'] });
  expect((await b.get('/api/v1/session')).body.orgs).toHaveLength(2);
  const { rows } = await sql<{ no: number }>`
    select no from identity.organisation order by no`.execute(place.app.db.kysely);
  expect(rows.map((r) => r.no)).not.toContain(0);
  expect(await place.app.organisation(rows.at(-1)?.no ?? 0)).toMatchObject({ name: '分厂' });
  expect(await place.app.organisation(0)).toBeUndefined();
});

test('the demo’s people stay in the demo', async () => {
  const plain = await fresh();
  const role = { role: 'owner' };
  const refused = await plain.browser().post('/api/v1/session/demo', role);
  expect(refused).toMatchObject({ status: 403, body: { code: 'DEMO_OFF' }, cookies: [] });
  expect((await plain.browser().get('/api/v1/session/demo')).body.code).toBe('DEMO_OFF');

  const demo = await fresh({}, { demo: true });
  const org = await createOrganisation(demo.app, { name: 'd', kind: 'plant', simulated: true });
  const real = await createOrganisation(demo.app, { name: 'r', kind: 'plant' });
  const person = { role: 'owner', name: '陈', orgId: org.id, roles: ['owner'] };
  await expect(ensureDemoPersons(plain.app, [person])).rejects.toThrow(/demo/i);
  await expect(ensureDemoPersons(demo.app, [{ ...person, orgId: real.id }])).rejects.toThrow(
    /simulated/,
  );
  await ensureDemoPersons(demo.app, [person]);
  const b = demo.browser();
  const { body } = await b.post('/api/v1/session/demo', role);
  const own = [
    ['/change-password', { currentPassword: 'x', newPassword: PASSWORD }],
    ['/update-user', { name: 'x' }],
    ['/two-factor/enable', { password: 'x' }],
    ['/revoke-other-sessions', {}],
  ] as const;
  for (const [path, input] of own) {
    expect((await b.post(`/api/auth${path}`, input)).body.code).toBe('DEMO_PERSON_REFUSED');
  }
  await b.post('/api/auth/request-password-reset', { email: body.user.email });
  expect(demo.letters).toEqual([]);
  const link = await b.post(`/api/v1/identity/members/${body.user.id}/reset-link`);
  expect(link.body.code).toBe('DEMO_PERSON_REFUSED');
  // A demo person is nobody's owner of a real organisation.
  expect((await b.found('真厂')).body.code).toBe('SETUP_CLOSED');
  // The same database without the demo: the session is void.
  Object.assign(demo.app.config, { demo: false });
  expect((await b.get('/api/v1/probe')).status).toBe(401);
});

test('production does not start with its doors open', async () => {
  const secret = 'x'.repeat(40);
  await expect(install({}, { production: true, secret, demo: true })).rejects.toThrow(/demo/);
  await expect(install({}, { production: true, secret: DEMO_SECRET })).rejects.toThrow(/secret/);
  await expect(install({}, { production: true, secret: 'short' })).rejects.toThrow(/secret/);
  await fresh({}, { production: true, secret });
});

test('a role table without an owner is refused', () => {
  expect(() => identityModule({ roles: {}, kinds: {} })).toThrow(/owner/);
});

test('our tables are what the library expects', async () => {
  const place = await fresh();
  const auth = authOf(place.app, { roles: {}, kinds: {} });
  const plan = await getMigrations(auth.options);
  const { toBeCreated, toBeAdded } = plan;
  expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] });
});

test('no table of identity is open to the application’s roles', async () => {
  const place = await fresh();
  const { rows } = await sql<{ name: string; open: boolean }>`
    select c.relname as name,
           has_table_privilege('zaizao_app', c.oid, 'select, insert, update, delete')
           or has_table_privilege('zaizao_system', c.oid, 'select, insert, update, delete')
           or has_schema_privilege('zaizao_app', 'identity', 'usage') as open
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'identity' and c.relkind = 'r'`.execute(place.app.db.kysely);
  expect(rows.length).toBeGreaterThan(8);
  expect(rows.filter((r) => r.open)).toEqual([]);
});

test('every error says what to do in both languages', () => {
  const source = readFileSync(new URL('./errors.ts', import.meta.url), 'utf8');
  for (const sentence of source.matchAll(/'([^']*[\u4e00-\u9fff][^']*)',/g)) {
    expect(sentence[1]).toMatch(/[请可由先]/);
  }
});
