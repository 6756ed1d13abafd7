import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { definePermissions, endpoint } from '../http/contract.ts';
import { type Module, route } from '../http/index.ts';
import { getJob } from '../jobs/contract.ts';
import { defineJob, startJob } from '../jobs/index.ts';
import { ok, text } from '../kernel/index.ts';
import { startTestApp, type TestApp } from './index.ts';

const perm = definePermissions({ 'probe.thing:run': text('试运行', 'Run the probe') });
const run = endpoint({
  id: 'probe.run',
  method: 'POST',
  path: '/api/v1/probe',
  title: text('试运行', 'Run the probe'),
  access: perm('probe.thing:run'),
  body: z.object({ n: z.number().int() }),
  response: z.object({ jobId: z.string() }),
});
const received: unknown[] = [];
const double = defineJob<{ n: number }>({
  kind: 'probe.double',
  handle: async (job, { n }) => {
    await job.progress(0.5, text('一半', 'half'));
    return ok({ twice: n * 2 });
  },
});
const probe: Module = {
  name: 'probe',
  routes: [
    route(run, async (ctx, { body }) => {
      await ctx.publish('probe.ran', 'probe_1', { n: body.n });
      return ok({ jobId: await startJob(ctx, double, { n: body.n }) });
    }),
  ],
  subscribers: [
    {
      name: 'probe.remember',
      topic: 'probe.ran',
      handle: async (_ctx, payload) => {
        received.push(payload.n);
        return ok();
      },
    },
  ],
};

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({
    modules: [probe],
    identity: {
      roles: {
        owner: { title: text('负责人', 'Owner'), permissions: ['*'] },
        guest: { title: text('访客', 'Guest'), permissions: ['platform.*'] },
      },
      kinds: { remanufacturer: text('再制造企业', 'Remanufacturer') },
    },
    background: true,
  });
});
afterAll(() => t.stop());

test('a use case commits its event and its job, once per idempotency key', async () => {
  const owner = await (await t.org()).as('owner');
  const key = 'key-00000001';
  const first = await owner.ok(run, { body: { n: 21 }, key });
  expect(await owner.ok(run, { body: { n: 21 }, key })).toEqual(first);
  expect(await owner.refused(run, { body: { n: 22 }, key })).toBe('IDEMPOTENCY_KEY_REUSED');
  await t.drain();
  expect(received).toEqual([21]);
  await expect
    .poll(async () => (await owner.ok(getJob, { params: first })).result, { timeout: 10_000 })
    .toEqual({ twice: 42 });
});

test('refuses anonymous callers, missing permissions and foreign organisations', async () => {
  expect(await t.anonymous.refused(run, { body: { n: 1 } })).toBe('SIGN_IN_REQUIRED');
  const one = await t.org('甲');
  const owner = await one.as('owner');
  const guest = await one.as('guest');
  expect(await guest.refused(run, { body: { n: 1 } })).toBe('PERMISSION_DENIED');
  const job = await owner.ok(run, { body: { n: 1 } });
  const foreign = await (await t.org('乙')).as('owner');
  expect(await foreign.refused(getJob, { params: job })).toBe('JOB_NOT_FOUND');
  expect(await owner.refused(run, { body: { n: 1.5 } })).toBe('INPUT_INVALID');
});
