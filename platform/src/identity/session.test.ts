import { afterAll, expect, test } from 'vitest';
import { install, PASSWORD } from './fixture.ts';
import { createOrganisation, ensureDemoPersons } from './index.ts';

const plain = await install({ openSignUp: true });
const demo = await install({}, { demo: true });
afterAll(() => Promise.all([plain.close(), demo.close()]));

test('a person founds an organisation, signs out and in again', async () => {
  const b = plain.browser();
  expect((await b.get('/api/v1/session')).body).toMatchObject({
    ...{ roles: [], permissions: [], orgs: [], demo: false, setupNeeded: true },
  });
  const made = await b.found('江南再制造', 'li@example.com');
  expect(made).toMatchObject({
    status: 201,
    body: { user: { email: 'li@example.com' }, org: { name: '江南再制造', simulated: false } },
  });
  expect(made.body.permissions).toContain('probe.thing:change');
  expect((await b.get('/api/v1/probe')).status).toBe(200);
  expect((await b.post('/api/auth/sign-out')).status).toBe(200);
  expect((await b.get('/api/v1/probe')).body.code).toBe('SIGN_IN_REQUIRED');
  expect((await b.signIn('li@example.com', 'not the password')).body.code).toBe(
    'CREDENTIALS_WRONG',
  );
  expect((await b.signIn('li@example.com', PASSWORD)).status).toBe(200);
  const view = await b.get('/api/v1/session');
  expect(view.body).toMatchObject({ user: { name: 'li' }, roles: ['owner'], setupNeeded: false });
});

test('an open installation lets a person sign up and found', async () => {
  const b = plain.browser();
  const up = await b.post('/api/auth/sign-up/email', {
    ...{ name: 'Wang', email: 'wang@example.com', password: PASSWORD },
  });
  expect(up.status).toBe(200);
  expect((await b.get('/api/v1/session')).body).toMatchObject({
    user: { name: 'Wang' },
    orgs: [],
  });
  expect((await b.found('王氏')).status).toBe(201);
  expect((await b.get('/api/v1/probe')).status).toBe(200);
});

test('a visitor of the demo becomes anybody in one click', async () => {
  const org = await createOrganisation(demo.app, {
    name: '示范厂',
    kind: 'plant',
    simulated: true,
  });
  const people = [
    { role: 'owner', name: '陈', orgId: org.id, roles: ['owner'] },
    { role: 'tester', name: '赵', orgId: org.id, roles: ['viewer'] },
  ];
  await ensureDemoPersons(demo.app, people);
  await ensureDemoPersons(demo.app, people);
  const b = demo.browser();
  const roles = await b.get('/api/v1/session/demo');
  expect(roles.body.items.map((r: { role: string }) => r.role)).toEqual(['owner', 'tester']);
  expect((await b.post('/api/v1/session/demo', { role: 'nobody' })).status).toBe(404);
  const entered = await b.post('/api/v1/session/demo', { role: 'tester' });
  expect(entered.body).toMatchObject({ user: { name: '赵' }, demoPerson: true, setupNeeded: true });
  expect((await b.post('/api/v1/probe')).body.code).toBe('PERMISSION_DENIED');
  await b.post('/api/v1/session/demo', { role: 'owner' });
  expect((await b.post('/api/v1/probe')).status).toBe(200);
  const own = await b.found('真厂', 'real@example.com');
  expect(own.body).toMatchObject({
    user: { email: 'real@example.com' },
    org: { simulated: false },
  });
});
