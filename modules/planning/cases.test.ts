import { afterAll, beforeAll, expect, test } from 'vitest';
import { getOrganisation } from '../parties/contract.ts';
import {
  addProgramme,
  addProgrammeVersion,
  chooseProgramme,
  dateOrder,
  failOperation,
  finishOperation,
  getOrder,
  operationQueue,
  releaseAssembly,
  startOperation,
} from '../production/contract.ts';
import * as c from './contract.ts';
import { ended, orders, type PlannedPlant, planned, planningPlant } from './testing-plans.ts';

/** Whole cases of the trade, told step by step through the public API. */

let p: PlannedPlant;
beforeAll(async () => {
  p = await planningPlant();
});
afterAll(() => p.app.stop());

const at = (hours: number) =>
  new Date(p.app.clock.now().getTime() + hours * 3_600_000).toISOString();

/** When the plan begins and ends an order, as instants. */
async function promised(orderId: string) {
  const x = await p.planner.ok(c.getPromise, { params: { orderId } });
  return { planned: x.plannedAt, p90: x.p90At, due: x.dueAt };
}

test('four links move as one: the core on its way, the carrier, the bench, the customer (PK-02)', async () => {
  // Recovery says when the core comes, service when the machine stands still without the part.
  const coreArrives = at(24);
  const [order] = await orders(p, [
    { notBefore: coreArrives, dueAt: at(26), customer: '冀运物流车队', priority: 4 },
  ]);
  const first = await planned(p.planner);
  await p.planner.ok(c.publishPlan, { params: { planId: first.id }, body: {} });
  const before = await promised(order?.id ?? '');
  expect(before.planned > coreArrives).toBe(true);
  expect(before.planned <= (before.due ?? '')).toBe(true);
  // The carrier is a day late: what would that do? Asked first, then planned and published.
  await p.planner.ok(dateOrder, {
    params: { orderId: order?.id ?? '' },
    body: { notBefore: at(48), dueAt: at(48.01), customer: '冀运物流车队', priority: 4 },
  });
  const later = await planned(p.planner);
  await p.planner.ok(c.publishPlan, {
    params: { planId: later.id },
    body: { reason: '承运晚一天' },
  });
  const after = await promised(order?.id ?? '');
  expect(after.planned > before.planned).toBe(true);
  const late = (await p.planner.ok(c.getInForce)).promises;
  expect(late.late).toBe(1); // sales sees it before the customer does
  const story = await p.planner.ok(c.getPromise, { params: { orderId: order?.id ?? '' } });
  expect(story.story.chain.length).toBeGreaterThan(0);
});

test('a resource of one plant serves another, and what the floor learned is used again (LA-05)', async () => {
  const other = await (await p.app.org('云上小厂')).as('owner');
  await other.ok(getOrganisation);
  const offer = await p.planner.ok(c.makeOffer, {
    body: {
      ...{ stationKind: 'coating', title: '涂装线下午空闲', minutes: 240, priceFen: '8000' },
      ...{ from: at(1), to: at(72) },
    },
  });
  const found = await other.ok(c.listOffers, { query: { own: 'no', stationKind: 'coating' } });
  expect(found.items.map((o) => o.code)).toEqual([offer.code]);
  const asked = await other.ok(c.requestCapacity, {
    params: { offerId: offer.id },
    body: { minutes: 60, from: at(2), to: at(8), specification: '喷黑漆 30 件，膜厚 60 µm' },
  });
  const stationId = p.stations.get('涂装线') ?? '';
  await p.planner.ok(c.answerRequest, {
    params: { requestId: asked.id },
    body: { answer: 'accept', stationId },
  });
  // Knowledge of the floor, used again: five measured times make the planned time of every later order.
  for (let n = 0; n < 5; n++) {
    const [o] = await orders(p, [{}]);
    const step = o?.operations.find((x) => x.stationKind === 'forming');
    const params = { operationId: step?.id ?? '' };
    await p.planner.ok(startOperation, { params, body: {} });
    p.app.clock.advance(100_000);
    await p.planner.ok(finishOperation, { params, body: {} });
  }
  const [next] = await orders(p, [{}]);
  const plan = await planned(p.planner);
  const step = plan.board?.operations.find((o) => o.order === next?.id && o.kind === 'forming');
  expect(step).toMatchObject({ basis: 'measured', seconds: 100 });
});

test('one customer’s own product: promised before it is ordered, made by its own steps (LA-06)', async () => {
  const asked = await planned(p.planner, {
    whatIf: { newOrders: [{ partId: p.starterId, quantity: 1, dueAt: at(60), from: 'assembly' }] },
  });
  const answer = asked.forecast?.jobs.find((j) => j.job === 'new:1.1');
  expect(answer?.p50).toBeLessThanOrEqual(answer?.p90 ?? -1);
  const order = await p.planner.ok(releaseAssembly, {
    body: {
      ...{ partId: p.starterId, customer: '保定公交', dueAt: at(60), dueFirm: true },
      extraSteps: [
        { name: '加装防尘罩', stationKind: 'assembly', stdSeconds: 90 },
        { name: '喷公交绿', stationKind: 'coating', stdSeconds: 200, instruction: 'RAL 6029' },
      ],
    },
  });
  expect(order.operations.filter((o) => o.code.startsWith('CUSTOM'))).toHaveLength(2);
  const plan = await planned(p.planner);
  await p.planner.ok(c.publishPlan, { params: { planId: plan.id }, body: {} });
  const kept = await promised(order.id);
  expect(kept.planned <= (kept.due ?? '')).toBe(true);
});

test('software decides at three levels: the plan, the process, the machine (LA-07)', async () => {
  // Management: which order goes first, proposed with its reasons, decided by a person.
  const [urgent] = await orders(p, [{ dueAt: at(3), priority: 5 }]);
  const plan = await planned(p.planner);
  expect(plan.explanation?.criticalPath.length).toBeGreaterThan(0);
  await p.planner.ok(c.publishPlan, { params: { planId: plan.id }, body: { reason: '采纳' } });
  const queue = await p.planner.ok(operationQueue, { query: { ready: 'yes', limit: 200 } });
  const step = queue.items.find((o) => o.orderId === urgent?.id);
  expect(step?.planned?.planId).toBe(plan.id);
  // Process: a failure sends it back by the route, and the next plan carries the rework.
  const params = { operationId: step?.id ?? '' };
  await p.planner.ok(startOperation, { params, body: {} });
  await p.planner.ok(failOperation, { params, body: { defect: '压装偏斜' } });
  const after = await p.planner.ok(getOrder, { params: { orderId: urgent?.id ?? '' } });
  const again = after.operations.find((o) => o.seq === step?.seq && o.round === 2);
  const next = await planned(p.planner);
  expect(next.assignments.some((a) => a.operation === again?.id)).toBe(true);
  // Machine: the programme version follows the piece.
  const turn = await p.planner.ok(addProgramme, {
    body: {
      ...{ code: 'NC-PRESS', stepCode: again?.code ?? '', name: '压装' },
      ...{ dimension: '孔径', unit: 'mm' },
    },
  });
  for (const [low, high] of [
    ['11.90', '12.00'],
    ['12.00', '12.10'],
  ] as const) {
    await p.planner.ok(addProgrammeVersion, {
      params: { programmeId: turn.id },
      body: { low, high, parameters: [{ name: '压力', value: low, unit: 'kN' }] },
    });
  }
  const chosen = await p.planner.ok(chooseProgramme, {
    params: { operationId: again?.id ?? '' },
    body: { programmeId: turn.id, measured: '12.04' },
  });
  const on = chosen.operations.find((o) => o.id === again?.id);
  expect(on?.programme).toMatchObject({ version: 2, parameters: [{ value: '12.00' }] });
});

test('four scenes of the industrial internet: design together, make, share, tailor and keep up (BD-04)', async () => {
  const buyer = await (await p.app.org('设计方')).as('owner');
  await buyer.ok(getOrganisation);
  // Design across organisations: two versions of one specification, agreed by both sides.
  const offer = await p.planner.ok(c.makeOffer, {
    body: {
      ...{ stationKind: 'assembly', title: '总装代工', minutes: 480, priceFen: '10000' },
      ...{ from: at(0), to: at(96) },
    },
  });
  const request = await buyer.ok(c.requestCapacity, {
    params: { offerId: offer.id },
    body: { minutes: 120, from: at(30), to: at(40), specification: 'A 版：力矩 9 N·m' },
  });
  const params = { requestId: request.id };
  const stationId = p.stations.get('总装台 1') ?? '';
  await p.planner.ok(c.answerRequest, {
    params,
    body: {
      ...{ answer: 'counter', minutes: 120, from: at(30), to: at(40), priceFen: '10000' },
      ...{ stationId, specification: 'B 版：力矩 10 N·m，涂螺纹胶' },
    },
  });
  const agreed = await buyer.ok(c.agreeRequest, { params });
  expect(agreed.revisions.map((r) => r.text[0])).toEqual(['A', 'B']);
  // Making that plans itself around it: nothing of ours lies on the lent bench meanwhile.
  const plan = await planned(p.planner);
  const origin = Date.parse(plan.board?.origin ?? '');
  const span = [Date.parse(agreed.from), Date.parse(agreed.from) + 120 * 60_000] as const;
  const clash = plan.assignments.filter(
    (a) =>
      a.machine === stationId &&
      origin + a.start * 1000 < span[1] &&
      origin + a.end * 1000 > span[0],
  );
  expect(clash).toEqual([]);
  // Tailored in quantity, and kept up: a customer's order, planned again when a person is away.
  const tailored = await p.planner.ok(releaseAssembly, {
    body: {
      ...{ partId: p.starterId, customer: '设计方', dueAt: at(70) },
      extraSteps: [{ name: '贴客户标', stationKind: 'labelling', stdSeconds: 60 }],
    },
  });
  const people = await p.planner.ok(c.listPeople);
  await p.planner.ok(c.addClosure, {
    body: {
      ...{ kind: 'person', subjectId: people.items[0]?.id ?? '', reason: '病假' },
      ...{ from: at(0), to: at(24) },
    },
  });
  const again = await planned(p.planner);
  expect(again.state).toBe('proposed');
  expect(again.board?.orders.some((o) => o.id === tailored.id)).toBe(true);
  const away = again.assignments.filter((a) => a.operator === people.items[0]?.id);
  expect(away.every((a) => a.start >= 24 * 3600 || a.start === 0)).toBe(true);
  await ended(p.planner, again.id);
});
