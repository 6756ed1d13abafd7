import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, install, PASSWORD } from './fixture.ts';

const place = await install({ openSignUp: true });
afterAll(() => place.close());

const MEMBERS = '/api/v1/identity/members';
const INVITATIONS = '/api/v1/identity/invitations';

const owner = place.browser();
const stranger = place.browser();
beforeAll(async () => {
  await owner.found('甲厂', 'li@example.com');
  await stranger.post('/api/auth/sign-up/email', {
    ...{ name: 'Sun', email: 'sun@example.com', password: PASSWORD },
  });
  await stranger.found('乙厂');
});

const tokenOf = (url: string) => new URL(url).hash.slice('#token='.length);

async function invite(email: string, roles: string[], by: Browser = owner) {
  const made = await by.post(INVITATIONS, { email, roles });
  expect(made.status).toBe(201);
  return { ...made.body, token: tokenOf(made.body.url) };
}

/** A new person who came by invitation. */
async function join(email: string, roles: string[], by: Browser = owner) {
  const { token } = await invite(email, roles, by);
  const b = place.browser();
  const joined = await b.post(`${INVITATIONS}/accept`, {
    token,
    user: { name: email.split('@')[0], password: PASSWORD },
  });
  expect(joined.status).toBe(200);
  return { b, id: joined.body.user.id as string };
}

const edit = (by: Browser, userId: string, roles: string[], version = 1) =>
  by.send('PATCH', `${MEMBERS}/${userId}`, { roles }, { 'if-match': `"${version}"` });
const remove = (by: Browser, userId: string) => by.send('DELETE', `${MEMBERS}/${userId}`);

test('an invitation is seen, accepted once, and audited', async () => {
  const { token, id } = await invite('Wu@Example.com', ['worker']);
  expect(place.letters.at(-1)).toMatchObject({ kind: 'invitation', to: 'wu@example.com' });
  const b = place.browser();
  expect((await b.post(`${INVITATIONS}/look`, { token })).body).toMatchObject({
    ...{ organisation: '甲厂', email: 'wu@example.com', accountExists: false },
    roles: [{ zh: '操作工', en: 'worker' }],
  });
  const accept = (user?: object) => b.post(`${INVITATIONS}/accept`, { token, user });
  expect((await accept()).body.code).toBe('PERSON_DETAILS_REQUIRED');
  expect((await accept({ name: 'Wu', password: 'password123' })).body.code).toBe('PASSWORD_WEAK');
  const both = await Promise.all([
    accept({ name: 'Wu', password: PASSWORD }),
    place.browser().post(`${INVITATIONS}/accept`, {
      token,
      user: { name: 'Thief', password: PASSWORD },
    }),
  ]);
  expect(both.map((r) => r.status).sort()).toEqual([200, 422]);
  expect((await place.browser().post(`${INVITATIONS}/look`, { token })).body.code).toBe(
    'LINK_INVALID',
  );
  expect((await place.browser().signIn('wu@example.com')).status).toBe(200);
  const { body } = await owner.get(`${INVITATIONS}?limit=200`);
  expect(body.items.find((i: { id: string }) => i.id === id)).toMatchObject({ state: 'accepted' });
  const audit = await owner.get('/api/v1/identity/audit?action=identity.acceptInvitation');
  expect(audit.body.items[0]).toMatchObject({
    detail: { invitation: id },
    actionName: { zh: expect.any(String), en: expect.any(String) },
  });
});

test('the token is stored only as a hash, and not in the idempotency store', async () => {
  const { token, id } = await invite('hash@example.com', ['worker']);
  const { rows } = await sql`
    select from identity.invitation i where i::text like ${`%${token}%`}
    union all select from zaizao.idempotency d where d::text like ${`%${token}%`}
    union all select from zaizao.audit a where a::text like ${`%${token}%`}`.execute(
    place.app.db.kysely,
  );
  expect(rows).toHaveLength(0);
  const open = await owner.get(INVITATIONS);
  expect(JSON.stringify(open.body)).not.toContain(token);
  expect(open.body.items.map((i: { id: string }) => i.id)).toContain(id);
});

test('an invitation ends: revoked, replaced by a newer one, expired, or its maker gone', async () => {
  const look = async (token: string) =>
    (await place.browser().post(`${INVITATIONS}/look`, { token })).status;
  const first = await invite('end@example.com', ['worker']);
  const second = await invite('end@example.com', ['viewer']);
  expect([await look(first.token), await look(second.token)]).toEqual([422, 200]);
  const gone = await owner.send('DELETE', `${INVITATIONS}/${second.id}`);
  expect(gone.body.state).toBe('revoked');
  expect(await look(second.token)).toBe(422);
  const again = await owner.send('DELETE', `${INVITATIONS}/${second.id}`);
  expect(again.body.code).toBe('INVITATION_CLOSED');

  const late = await invite('late@example.com', ['worker']);
  place.clock.advance(8 * 24 * 3_600_000);
  expect(await look(late.token)).toBe(422);

  const admin = await join('leaving@example.com', ['admin']);
  const theirs = await invite('friend@example.com', ['admin'], admin.b);
  expect((await remove(owner, admin.id)).body).toEqual({ userId: admin.id, keysLeft: 0 });
  expect(await look(theirs.token)).toBe(422);
});

test('a person with an account joins with it, and only with the invited one', async () => {
  const { token } = await invite('sun@example.com', ['viewer']);
  const details = { name: 'x', password: PASSWORD };
  const anonymous = place.browser();
  const taken = await anonymous.post(`${INVITATIONS}/accept`, { token, user: details });
  expect(taken.body.code).toBe('EMAIL_TAKEN');
  const other = await owner.post(`${INVITATIONS}/accept`, { token });
  expect(other.body.code).toBe('INVITATION_OTHER_PERSON');
  const joined = await stranger.post(`${INVITATIONS}/accept`, { token });
  expect(joined.body).toMatchObject({ org: { name: '甲厂' }, roles: ['viewer'] });
  expect((await stranger.post('/api/v1/probe')).body.code).toBe('PERMISSION_DENIED');
  // Back to their own, where they are owner; an organisation of others is out of reach.
  const own = joined.body.orgs.find((o: { name: string }) => o.name === '乙厂');
  const back = await stranger.post('/api/v1/session/organisation', { orgId: own.id });
  expect(back.body).toMatchObject({ org: { name: '乙厂' }, roles: ['owner'] });
  expect((await stranger.post('/api/v1/probe')).status).toBe(200);
  expect((await owner.post('/api/v1/session/organisation', { orgId: own.id })).body.code).toBe(
    'NOT_A_MEMBER',
  );
  const me = (await stranger.get('/api/v1/session')).body.user.id;
  // Their password opens 乙厂 too, so 甲厂 may not replace it.
  const link = await owner.post(`${MEMBERS}/${me}/reset-link`);
  expect(link.body.code).toBe('RESET_ELSEWHERE');
  expect((await remove(owner, me)).status).toBe(200);
});

test('nobody reaches into another organisation', async () => {
  const { id } = await join('zhou@example.com', ['worker']);
  expect((await edit(stranger, id, ['viewer'])).body.code).toBe('MEMBER_NOT_FOUND');
  expect((await remove(stranger, id)).body.code).toBe('MEMBER_NOT_FOUND');
  expect((await stranger.post(`${MEMBERS}/${id}/reset-link`)).body.code).toBe('MEMBER_NOT_FOUND');
  const { id: invitation } = await invite('qian@example.com', ['worker']);
  const revoke = await stranger.send('DELETE', `${INVITATIONS}/${invitation}`);
  expect(revoke.body.code).toBe('INVITATION_NOT_FOUND');
  const theirs = await stranger.get(MEMBERS);
  expect(theirs.body.items.map((m: { name: string }) => m.name)).toEqual(['Sun']);
  const log = await stranger.get('/api/v1/identity/audit?limit=200');
  expect(JSON.stringify(log.body)).not.toContain('qian');
});

test('roles change for the version that was seen, and take effect at once', async () => {
  const { b, id } = await join('zheng@example.com', ['worker']);
  expect((await b.post('/api/v1/probe')).status).toBe(200);
  expect((await edit(owner, id, ['viewer'], 7)).body.code).toBe('STALE_VERSION');
  expect((await edit(owner, id, ['boss'])).body.code).toBe('ROLE_UNKNOWN');
  expect((await edit(owner, id, ['viewer'])).body).toMatchObject({ roles: ['viewer'], version: 2 });
  expect((await b.post('/api/v1/probe')).body.code).toBe('PERMISSION_DENIED');
  expect((await remove(owner, id)).status).toBe(200);
  // Removed while working: the session chose an organisation and falls into no other.
  expect((await b.get('/api/v1/probe')).body.code).toBe('ORGANISATION_REQUIRED');
  expect((await b.get('/api/v1/session')).body).toMatchObject({ orgs: [], permissions: [] });
});

test('nobody hands out, changes or takes more than they hold', async () => {
  const admin = await join('admin@example.com', ['admin']);
  const boss = (await owner.get('/api/v1/session')).body.user.id;
  const refused = 'ROLE_ABOVE_YOURS';
  const ask = (email: string, roles: string[]) => admin.b.post(INVITATIONS, { email, roles });
  expect((await ask('pal@example.com', ['owner'])).body.code).toBe(refused);
  expect((await ask('pal@example.com', ['worker'])).body.code).toBe(refused);
  expect((await edit(admin.b, admin.id, ['owner'])).body.code).toBe(refused);
  expect((await edit(admin.b, boss, ['admin'])).body.code).toBe(refused);
  expect((await remove(admin.b, boss)).body.code).toBe(refused);
  expect((await admin.b.post(`${MEMBERS}/${boss}/reset-link`)).body.code).toBe(refused);
  const keys = (body: object) => admin.b.post('/api/v1/identity/keys', { name: 'k', ...body });
  expect((await keys({ scopes: ['*'] })).body.code).toBe(refused);
  expect((await keys({ roles: ['owner'] })).body.code).toBe(refused);
  const roles = (await admin.b.get('/api/v1/identity/roles')).body.items;
  const grantable = roles.filter((r: { grantable: boolean }) => r.grantable);
  expect(grantable.map((r: { role: string }) => r.role)).toEqual(['admin']);
});

test('an organisation keeps an owner, also when two leave at once', async () => {
  const boss = (await owner.get('/api/v1/session')).body.user.id;
  expect((await edit(owner, boss, ['admin'])).body.code).toBe('LAST_OWNER');
  expect((await remove(owner, boss)).body.code).toBe('LAST_OWNER');
  const second = await join('second@example.com', ['owner']);
  const both = await Promise.all([remove(owner, second.id), remove(second.b, boss)]);
  expect(both.filter((r) => r.status === 200)).toHaveLength(1);
  const { rows } = await sql`
    select from identity.membership m join identity.organisation o on o.no = m.org_no
    where o.name = '甲厂' and 'owner' = any(m.roles)`.execute(place.app.db.kysely);
  expect(rows).toHaveLength(1);
});

test('an administrator hands over a reset link that works once', async () => {
  const { body: mine } = await stranger.get('/api/v1/session');
  expect(mine.org.name).toBe('乙厂');
  const { id } = await join('feng@example.com', ['worker'], stranger);
  const link = await stranger.post(`${MEMBERS}/${id}/reset-link`);
  expect(link.status).toBe(201);
  const token = tokenOf(link.body.url);
  const b = place.browser();
  const reset = { token, newPassword: 'green harbour 45' };
  expect((await b.post('/api/auth/reset-password', reset)).status).toBe(200);
  expect((await b.post('/api/auth/reset-password', reset)).body.code).toBe('LINK_INVALID');
  expect((await b.signIn('feng@example.com', 'green harbour 45')).status).toBe(200);
});

test('the organisation is renamed for the version that was seen', async () => {
  const url = '/api/v1/identity/organisation';
  const { body } = await stranger.get(url);
  expect(body).toMatchObject({ name: '乙厂', kind: 'plant', simulated: false, version: 1 });
  const rename = (version: number) =>
    stranger.send('PATCH', url, { name: '乙新厂' }, { 'if-match': `"${version}"` });
  expect((await rename(1)).body).toMatchObject({ name: '乙新厂', version: 2 });
  expect((await rename(1)).body.code).toBe('STALE_VERSION');
  expect((await stranger.get('/api/v1/session')).body.org.name).toBe('乙新厂');
});

test('lists and the audit log turn their pages', async () => {
  const seen: string[] = [];
  let cursor = '';
  do {
    const { body } = await stranger.get(
      `/api/v1/identity/audit?limit=2${cursor ? `&cursor=${cursor}` : ''}`,
    );
    seen.push(...body.items.map((i: { id: string }) => i.id));
    cursor = body.next ?? '';
  } while (cursor);
  const all = await stranger.get('/api/v1/identity/audit?limit=200');
  expect(seen).toEqual(all.body.items.map((i: { id: string }) => i.id));
  expect(seen.length).toBeGreaterThan(3);
  expect(all.body.items.some((i: { actorName?: string }) => i.actorName === 'Sun')).toBe(true);
  const first = await stranger.get(`${MEMBERS}?limit=1`);
  const rest = await stranger.get(`${MEMBERS}?limit=1&cursor=${first.body.next}`);
  expect(rest.body.items).toHaveLength(1);
  for (const list of ['audit', 'members', 'invitations', 'keys']) {
    const bad = await stranger.get(`/api/v1/identity/${list}?cursor=bm90IG1pbmU`);
    expect(bad.body.code).toBe('CURSOR_INVALID');
  }
});

test('a language chosen once follows the person', async () => {
  expect((await stranger.get('/api/v1/session')).body.lang).toBeUndefined();
  await stranger.post('/api/v1/session/language', { lang: 'en' });
  const b = place.browser();
  await b.signIn('sun@example.com');
  expect((await b.get('/api/v1/session')).body.lang).toBe('en');
  expect((await place.browser().post('/api/v1/session/language', { lang: 'en' })).status).toBe(401);
});
