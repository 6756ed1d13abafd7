import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Actor, startTestApp, type TestApp } from '../testkit/index.ts';
import { systemStatus } from './contract.ts';
import { noteBackup } from './index.ts';

let t: TestApp;
let operator: Actor;
let guest: Actor;

beforeAll(async () => {
  t = await startTestApp({
    modules: [],
    identity: {
      kinds: {},
      roles: {
        owner: { title: { zh: '负责人', en: 'Owner' }, permissions: ['*'] },
        viewer: { title: { zh: '访客', en: 'Viewer' }, permissions: ['*:read'] },
      },
    },
  });
  const first = await t.org('第一家');
  operator = await first.as('owner');
  guest = await first.as('viewer');
});
afterAll(() => t.stop());

test('who set the installation up sees it; others see their own background work only', async () => {
  const seen = await operator.ok(systemStatus, {});
  expect(seen.jobs).toEqual({ queued: 0, running: 0, failed: 0 });
  expect(seen.outbox).toEqual({ waiting: 0, parked: 0 });
  expect(seen.installation).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+/) });
  expect(seen.installation?.databaseBytes).toBeGreaterThan(1_000_000);
  expect(seen.installation?.freeBytes).toBeLessThan(seen.installation?.diskBytes ?? 0);
  expect(seen.installation?.lastBackup).toBeUndefined();
  expect(JSON.stringify(seen)).not.toContain(t.app.config.home);
  expect(JSON.stringify(seen)).not.toContain(t.app.config.secret);

  const other = await (await t.org('第二家')).as('owner');
  expect(Object.keys(await other.ok(systemStatus, {}))).toEqual(['at', 'jobs', 'outbox']);
  expect((await guest.call(systemStatus, {})).status).toBe(403);
  expect((await t.anonymous.call(systemStatus, {})).status).toBe(401);
});

test('the last backup is known from the note that the command leaves', async () => {
  const made = { at: '2026-11-20T03:00:00.000Z', files: 12 };
  await noteBackup(t.app.config.home, made);
  expect((await operator.ok(systemStatus, {})).installation?.lastBackup).toEqual(made);
});
