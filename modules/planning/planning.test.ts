import { cancelJob, getJob } from '@zaizao/platform/jobs/contract';
import { check, type Problem } from '@zaizao/scheduling';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  dateOrder,
  finishOperation,
  getOrder,
  operationQueue,
  releaseAssembly,
  startOperation,
} from '../production/contract.ts';
import { draws } from '../testing-readme.ts';
import * as c from './contract.ts';
import { planMachine, requestMachine } from './domain/machines.ts';
import {
  ended,
  orders,
  type PlannedPlant,
  type PlanOf,
  planned,
  planningPlant,
} from './testing-plans.ts';

let p: PlannedPlant;
beforeAll(async () => {
  p = await planningPlant();
});
afterAll(() => p.app.stop());

const HOUR = 3_600_000;
const inHours = (n: number) => new Date(p.app.clock.now().getTime() + n * HOUR).toISOString();

/** A plan's problem is the engine's; the contract leaves it open. */
const problemOf = (plan: PlanOf) => plan.problem as Problem;

function feasible(plan: PlanOf): void {
  expect(plan.state).toBe('proposed');
  expect(check(problemOf(plan), plan.assignments as Parameters<typeof check>[1])).toEqual([]);
}

describe('a plan of real orders', () => {
  let plan: PlanOf;
  beforeAll(async () => {
    await orders(p, [
      { dueAt: inHours(2), priority: 3, customer: '冀运物流' },
      { dueAt: inHours(26) },
      { notBefore: inHours(24), dueAt: inHours(50) },
      {},
    ]);
    plan = await planned(p.planner);
  });

  test('keeps every rule by the independent checker, says how good it is and against what', () => {
    feasible(plan);
    expect(plan.board?.orders).toHaveLength(4);
    expect(plan.board?.operations.filter((o) => o.code === 'TEST')).toHaveLength(4);
    expect(plan.engine).toMatch(/^@zaizao\/scheduling \d/);
    expect(plan.bound).toBeLessThanOrEqual(plan.value ?? -1);
    expect(plan.iterationsDone).toBeGreaterThan(0);
    expect(plan.figures?.operations).toBe(plan.assignments.length);
    expect(plan.baseline?.weightedLateness).toBeGreaterThanOrEqual(
      plan.figures?.weightedLateness ?? 0,
    );
    expect(plan.forecast?.jobs.every((j) => j.p50 <= j.p90)).toBe(true);
  });

  test('works only while the plant is open, never before the parts are there', () => {
    const origin = Date.parse(plan.board?.origin ?? '');
    for (const a of plan.assignments) {
      for (const at of [a.start, a.end - 1]) {
        const local = new Date(origin + at * 1000 + 8 * HOUR);
        const hour = local.getUTCHours() + local.getUTCMinutes() / 60;
        expect((hour >= 8 && hour < 12) || (hour >= 13 && hour < 17), local.toISOString()).toBe(
          true,
        );
      }
    }
    const late = plan.board?.orders.find((o) => o.due === 50 * 3600);
    const own = plan.board?.operations.filter((o) => o.order === late?.id).map((o) => o.id);
    const first = Math.min(
      ...plan.assignments.filter((a) => own?.includes(a.operation)).map((a) => a.start),
    );
    expect(first).toBeGreaterThanOrEqual(24 * 3600);
  });

  test('reaches the floor only when a person publishes it: places, order of the list, promised dates', async () => {
    const before = await p.planner.ok(operationQueue, { query: { limit: 200 } });
    expect(before.items.every((o) => o.planned === undefined)).toBe(true);
    const params = { planId: plan.id };
    const floor = await p.org.as('machinist');
    expect(await floor.refused(c.publishPlan, { params, body: {} })).toBe('PERMISSION_DENIED');
    const out = await p.planner.ok(c.publishPlan, { params, body: { reason: '交期可行' } });
    expect(out.state).toBe('published');
    expect(out.decisions).toMatchObject([{ verdict: 'accepted', reason: '交期可行' }]);
    const after = await floor.ok(operationQueue, { query: { limit: 200 } });
    const starts = after.items.flatMap((o) => (o.planned ? [Date.parse(o.planned.start)] : []));
    expect(starts).toHaveLength(
      plan.assignments.filter((a) => a.operation.startsWith('op_')).length,
    );
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(after.items[0]?.planned?.station).not.toBe('');
    // The list goes on page by page in the plan's order.
    const paged = [];
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await floor.ok(operationQueue, {
        query: { limit: 7, ...(cursor ? { cursor } : {}) },
      });
      paged.push(...page.items.map((o) => o.id));
      cursor = page.next;
    }
    expect(paged).toEqual(after.items.map((o) => o.id));
    const promises = await floor.ok(c.listPromises);
    expect(promises.items).toHaveLength(4);
    for (const x of promises.items) expect(x.p50At <= x.p90At).toBe(true);
    const own = await floor.ok(c.getPromise, {
      params: { orderId: promises.items[0]?.orderId ?? '' },
    });
    expect(own.planCode).toBe(plan.code);
    expect(await p.planner.refused(c.publishPlan, { params, body: {} })).toBe('SHOP_PLAN_STATE');
    const inForce = await p.planner.ok(c.getInForce);
    expect(inForce.plan?.id).toBe(plan.id);
    expect(inForce.promises.orders).toBe(4);
  });

  test('can be repeated exactly, and simulated with a stored seed', async () => {
    const params = { planId: plan.id };
    const run = async (body: { kind: 'simulation' | 'repetition'; seed?: number }) => {
      const made = await p.planner.ok(c.runPlan, { params, body: { scenarios: 100, ...body } });
      for (let n = 0; n < 400; n++) {
        const all = await p.planner.ok(c.listRuns, { params });
        const mine = all.items.find((r) => r.id === made.id);
        if (mine?.engine) return mine;
        await new Promise((r) => setTimeout(r, 25));
      }
      throw new Error('the run did not end');
    };
    expect(await run({ kind: 'repetition' })).toMatchObject({ same: true, value: plan.value });
    const one = await run({ kind: 'simulation', seed: 7 });
    const two = await run({ kind: 'simulation', seed: 7 });
    const other = await run({ kind: 'simulation', seed: 8 });
    expect(one.forecast?.scenarios).toBe(100);
    expect(one.onTime).toBeGreaterThanOrEqual(0);
    expect(two.forecast).toEqual(one.forecast);
    expect(other.forecast).not.toEqual(one.forecast);
  });

  test('rolls on as reality differs: what runs stands, what is done is gone, the rest stays near', async () => {
    const queue = await p.planner.ok(operationQueue, { query: { ready: 'yes' } });
    const [first, second] = queue.items;
    const go = { params: { operationId: first?.id ?? '' } };
    await p.planner.ok(startOperation, { ...go, body: {} });
    p.app.clock.advance(90_000);
    await p.planner.ok(finishOperation, { ...go, body: {} });
    const running = { params: { operationId: second?.id ?? '' } };
    await p.planner.ok(startOperation, { ...running, body: {} });
    p.app.clock.advance(20_000);
    const next = await planned(p.planner);
    feasible(next);
    expect(next.basisId).toBe(plan.id);
    expect(next.board?.operations.some((o) => o.id === first?.id)).toBe(false);
    const stands = next.board?.operations.find((o) => o.id === second?.id);
    expect(stands).toMatchObject({ stands: 'running', basis: 'left' });
    expect(next.assignments.find((a) => a.operation === second?.id)?.start).toBe(0);
    expect(next.board?.operations.some((o) => o.stands === 'near')).toBe(true);
    await p.planner.ok(c.publishPlan, { params: { planId: next.id }, body: {} });
    const old = await p.planner.ok(c.getPlan, { params: { planId: plan.id } });
    expect(old.state).toBe('superseded');
    const inForce = await p.planner.ok(c.getInForce);
    expect(inForce.fates.find((f) => f.operation === second?.id)?.state).toBe('started');
  });
});

describe('what a person decides', () => {
  test('locks an operation to a station and a time; the solve keeps to it', async () => {
    const now = await planned(p.planner);
    const undated = now.board?.orders.find((o) => o.due === undefined)?.id;
    const target = now.assignments.find((a) => {
      const o = now.board?.operations.find((x) => x.id === a.operation);
      return o?.kind === 'assembly' && o.stands !== 'running' && o.order === undated;
    });
    const stationId = p.stations.get('总装台 2') ?? '';
    const start = new Date(Date.parse(now.board?.origin ?? '') + 5 * HOUR);
    const locks = [{ operationId: target?.operation ?? '', stationId, start: start.toISOString() }];
    const locked = await planned(p.planner, { locks });
    feasible(locked);
    const at = locked.assignments.find((a) => a.operation === target?.operation);
    expect(at).toMatchObject({ machine: stationId });
    expect(Date.parse(locked.board?.origin ?? '') + (at?.start ?? 0) * 1000).toBe(start.getTime());
    const params = { planId: locked.id };
    const refused = await p.planner.ok(c.refusePlan, { params, body: { reason: '客户改期' } });
    expect(refused).toMatchObject({ state: 'refused', decisions: [{ verdict: 'refused' }] });
    expect(await p.planner.refused(c.publishPlan, { params, body: {} })).toBe('SHOP_PLAN_STATE');
  });

  test('moves by hand: what holds is proposed, what clashes is told with its names', async () => {
    const now = await planned(p.planner);
    const params = { planId: now.id };
    const last = now.assignments.at(-1);
    if (!last) throw new Error('there are operations');
    const reason = '让出工位';
    const later = { ...last, start: last.start + 86_400, end: last.end + 86_400 };
    const edit = await p.planner.ok(c.editPlan, { params, body: { moves: [later], reason } });
    const good = await ended(p.planner, edit.id);
    feasible(good);
    expect(good).toMatchObject({ kind: 'edit', basisId: now.id });
    expect(good.assignments.find((a) => a.operation === last.operation)?.start).toBe(later.start);
    const before = await p.planner.ok(c.getPlan, { params });
    expect(before).toMatchObject({ state: 'changed', decisions: [{ verdict: 'changed', reason }] });

    const early = { ...last, start: 0, end: last.end - last.start };
    const bad = await p.planner.ok(c.editPlan, {
      params: { planId: good.id },
      body: { moves: [early], reason },
    });
    const clash = await ended(p.planner, bad.id);
    expect(clash.state).toBe('infeasible');
    expect(clash.conflict?.causes.map((x) => x.rule)).toContain('precedence');
    expect(clash.conflict?.causes[0]?.order).toMatch(/^W/);
    const foreign = { ...last, machine: 'elsewhere' };
    expect(
      await p.planner.refused(c.editPlan, {
        params: { planId: good.id },
        body: { moves: [foreign], reason },
      }),
    ).toBe('SHOP_PLAN_STATE'); // it was changed just now
  });

  test('asks what if: a new order, a broken machine, an absent operator; nothing is published', async () => {
    const people = await p.planner.ok(c.listPeople);
    const zhao = people.items.find((x) => x.name === '赵师傅');
    const [from, to] = [inHours(0), inHours(48)];
    const plain = await planned(p.planner);
    const what = await planned(p.planner, {
      whatIf: {
        newOrders: [{ partId: p.starterId, quantity: 2, dueAt: inHours(30) }],
        broken: [{ stationId: p.stations.get('总装台 1'), from, to }],
        absent: [{ personId: zhao?.id, from, to }],
      },
    });
    feasible(what);
    expect(what.kind).toBe('what-if');
    expect(what.board?.orders.filter((o) => o.imagined)).toHaveLength(2);
    expect(what.figures?.orders).toBe((plain.figures?.orders ?? 0) + 2);
    const idle = what.assignments.filter(
      (a) => a.operator === zhao?.id || a.machine === p.stations.get('总装台 1'),
    );
    expect(idle.every((a) => a.start === 0 || a.start >= 48 * 3600)).toBe(true);
    const asked = what.forecast?.jobs.find((j) => j.job === 'new:1.1');
    expect(asked?.p90).toBeGreaterThan(0);
    const params = { planId: what.id };
    expect(await p.planner.refused(c.publishPlan, { params, body: {} })).toBe('SHOP_PLAN_WHAT_IF');
  });

  test('an impossible wish is told as its smallest contradiction', async () => {
    const [order] = await orders(p, [
      { notBefore: inHours(2), dueAt: inHours(2.05), dueFirm: true, priority: 5 },
    ]);
    const plan = await planned(p.planner);
    expect(plan.state).toBe('infeasible');
    expect(plan.conflict?.code).toBe('INFEASIBLE');
    expect(plan.conflict?.causes).toHaveLength(2);
    expect(plan.conflict?.causes.map((x) => x.kind).sort()).toEqual(['deadline', 'release']);
    expect(new Set(plan.conflict?.causes.map((x) => x.order))).toEqual(new Set([order?.code]));
    const dates = { dueAt: inHours(60), dueFirm: true };
    await p.planner.ok(dateOrder, { params: { orderId: order?.id ?? '' }, body: dates });
    feasible(await planned(p.planner));
    const wrong = { dueAt: inHours(1), notBefore: inHours(2) };
    expect(
      await p.planner.refused(dateOrder, { params: { orderId: order?.id ?? '' }, body: wrong }),
    ).toBe('ORDER_DATES');
  });

  test('a step whose kind of station is not set up is named', async () => {
    const rules = await p.planner.ok(c.listStationRules);
    const paint = rules.items.find((s) => s.kind === 'coating');
    const { attended, steps } = { attended: true, steps: [] };
    const params = { stationId: paint?.stationId ?? '' };
    await p.planner.ok(c.editStationRule, {
      params,
      version: 0,
      body: { attended, steps, inUse: false },
    });
    const plan = await planned(p.planner);
    expect(plan.conflict).toMatchObject({ code: 'NO_STATION', causes: [{ station: 'coating' }] });
    expect(
      await p.planner.refused(c.editStationRule, { params, version: 0, body: { attended, steps } }),
    ).toBe('STALE_VERSION');
    await p.planner.ok(c.editStationRule, { params, version: 1, body: { attended, steps } });
  });

  test('ends a search at once, with the best plan so far', async () => {
    await orders(
      p,
      Array.from({ length: 20 }, (_, n) => ({ dueAt: inHours(0.2 + n / 100) })),
    );
    const made = await p.planner.ok(c.makePlan, {
      body: { iterations: 5_000_000, deadlineSeconds: 60 },
    });
    const { jobId = '' } = made;
    // It has told of a first plan, and goes on.
    await vi.waitFor(
      async () => {
        const job = await p.planner.ok(getJob, { params: { jobId } });
        expect(job.progress).toBeGreaterThan(0);
      },
      { timeout: 20_000, interval: 100 },
    );
    const before = await p.planner.ok(c.getPlan, { params: { planId: made.id } });
    expect(before.state, JSON.stringify([before.ending, before.value, before.bound])).toBe(
      'solving',
    );
    const asked = performance.now();
    await p.planner.ok(cancelJob, { params: { jobId } });
    const plan = await ended(p.planner, made.id);
    const took = performance.now() - asked;
    expect(plan.ending).toBe('cancelled');
    feasible(plan);
    // request, baseline, forecast and books included, on a machine that may be busy: the search had most of its minute left
    expect(took).toBeLessThan(15_000);
  });
});

test('the plan follows what was measured: times, and the chance to fail', async () => {
  const [order] = await orders(p, [{}]);
  const step = order?.operations.find((o) => o.stationKind === 'forming');
  expect(step?.stdSeconds).toBe(40);
  for (let n = 0; n < 6; n++) {
    const [o] = await orders(p, [{}]);
    const params = { operationId: o?.operations.find((x) => x.code === step?.code)?.id ?? '' };
    await p.planner.ok(startOperation, { params, body: {} });
    p.app.clock.advance(300_000);
    await p.planner.ok(finishOperation, { params, body: {} });
  }
  const plan = await planned(p.planner, { iterations: 200 });
  const mine = plan.board?.operations.find((o) => o.order === order?.id && o.code === step?.code);
  expect(mine?.basis).toBe('measured');
  expect(mine?.seconds).toBeGreaterThan(200);
});

test('a customer’s own steps are planned, done and kept with the order', async () => {
  const order = await p.planner.ok(releaseAssembly, {
    body: {
      partId: p.starterId,
      customer: '冀运物流车队',
      dueAt: inHours(72),
      extraSteps: [{ name: '刻车队编号', stationKind: 'labelling', stdSeconds: 120 }],
    },
  });
  const own = order.operations.find((o) => o.code === 'CUSTOM1');
  expect(own).toMatchObject({ stationKind: 'labelling', stdSeconds: 120 });
  const plan = await planned(p.planner, { iterations: 200 });
  feasible(plan);
  expect(plan.assignments.some((a) => a.operation === own?.id)).toBe(true);
  expect(plan.board?.orders.find((o) => o.id === order.id)?.customer).toBe('冀运物流车队');
  const seen = await p.planner.ok(getOrder, { params: { orderId: order.id } });
  expect(seen.customer).toBe('冀运物流车队');
});

test('another organisation sees no plan, no people, no promise', async () => {
  const stranger = await (await p.app.org('别家厂')).as('owner');
  const all = await p.planner.ok(c.listPlans);
  const params = { planId: all.items[0]?.id ?? '' };
  expect(await stranger.refused(c.getPlan, { params })).toBe('SHOP_PLAN_NOT_FOUND');
  expect(await stranger.refused(c.publishPlan, { params, body: {} })).toBe('SHOP_PLAN_NOT_FOUND');
  expect((await stranger.ok(c.listPlans)).items).toEqual([]);
  expect((await stranger.ok(c.listPeople)).items).toEqual([]);
  expect((await stranger.ok(c.getInForce)).plan).toBeUndefined();
});

test('the README draws the state machines', async () => {
  expect(await draws(import.meta.url, planMachine)).toBe(true);
  expect(await draws(import.meta.url, requestMachine)).toBe(true);
});
