import { afterAll, beforeAll, expect, test } from 'vitest';
import { getOrganisation } from '../parties/contract.ts';
import * as c from './contract.ts';
import { orders, type PlannedPlant, planned, planningPlant } from './testing-plans.ts';

let p: PlannedPlant;
beforeAll(async () => {
  p = await planningPlant();
});
afterAll(() => p.app.stop());

const at = (hours: number) =>
  new Date(p.app.clock.now().getTime() + hours * 3_600_000).toISOString();

test('shift calendars: weekdays, holidays, days worked otherwise, and shifts past midnight', async () => {
  const weekdays = [1, 2, 3, 4, 5];
  const bad = { name: '反', shifts: [{ name: 'x', weekdays, from: 600, to: 600 }] };
  expect(await p.planner.refused(c.addCalendar, { body: bad })).toBe('CALENDAR_SHIFT');
  const night = await p.planner.ok(c.addCalendar, {
    body: {
      name: '夜班',
      shifts: [{ name: '夜', weekdays, from: 1320, to: 1800 }],
      days: [{ day: '2026-03-03', name: '检修', shifts: [] }],
    },
  });
  const rules = await p.planner.ok(c.listStationRules);
  const paint = rules.items.find((s) => s.kind === 'coating');
  const params = { stationId: paint?.stationId ?? '' };
  const body = { calendarId: night.id, steps: [], attended: true, batchCapacity: 4 };
  const rule = await p.planner.ok(c.editStationRule, { params, version: 0, body });
  expect(rule).toMatchObject({ batchCapacity: 4, version: 1 });
  const seen = await p.planner.ok(c.getCapacity, { query: { weeks: 2 } });
  const open = seen.stations.find((s) => s.kind === 'coating')?.open ?? [];
  // Mon, Wed, Thu, Fri nights of 8 h in the first week; five, less none, in the second.
  expect(open.map((s) => s / 3600)).toEqual([32, 40]);
  const stale = { name: '夜班', shifts: night.shifts, days: [] };
  await p.planner.ok(c.editCalendar, {
    params: { calendarId: night.id },
    version: 1,
    body: { ...stale, isDefault: true },
  });
  const again = { params: { calendarId: night.id }, version: 1, body: stale };
  expect(await p.planner.refused(c.editCalendar, again)).toBe('STALE_VERSION');
  await p.planner.ok(c.editCalendar, { ...again, version: 2 });
  const plain = { calendarId: undefined, steps: [], attended: true };
  await p.planner.ok(c.editStationRule, { params, version: 1, body: plain });
});

test('load against capacity: by station and week, with what has no place yet', async () => {
  await orders(p, [{}, {}, {}]);
  const before = await p.planner.ok(c.getCapacity);
  const bench = (v: typeof before) => v.stations.find((s) => s.name === '总装台 1');
  expect(bench(before)?.unplanned[0]).toBeCloseTo((3 * 160) / 2);
  expect(bench(before)?.planned[0]).toBe(0);
  const plan = await planned(p.planner);
  await p.planner.ok(c.publishPlan, { params: { planId: plan.id }, body: {} });
  const after = await p.planner.ok(c.getCapacity);
  const work = after.stations.filter((s) => s.kind === 'assembly');
  expect(work.reduce((n, s) => n + (s.planned[0] ?? 0), 0)).toBeCloseTo(3 * 160);
  expect(work.every((s) => s.unplanned[0] === 0)).toBe(true);
  const closure = { kind: 'station' as const, subjectId: p.stations.get('总装台 1') ?? '' };
  const body = { ...closure, from: at(0), to: at(24 * 7), reason: '大修' };
  await p.planner.ok(c.addClosure, { body });
  const closed = await p.planner.ok(c.getCapacity);
  expect(bench(closed)?.open[0]).toBe(0);
  const all = await p.planner.ok(c.listClosures);
  await p.planner.ok(c.endClosure, { params: { closureId: all.items[0]?.id ?? '' } });
  expect(await p.planner.refused(c.addClosure, { body: { ...body, to: at(-1) } })).toBe(
    'CLOSURE_SPAN',
  );
});

test('idle capacity is offered, asked for, answered otherwise, agreed, and kept free', async () => {
  const org = await p.app.org('邻厂');
  const other = await org.as('owner');
  await other.ok(getOrganisation);
  const offer = await p.planner.ok(c.makeOffer, {
    body: {
      stationKind: 'assembly',
      title: '总装台晚班',
      from: at(0),
      to: at(72),
      minutes: 600,
      priceFen: '12000',
    },
  });
  const params = { offerId: offer.id };
  const wish = { minutes: 240, from: at(1), to: at(9), specification: '总装 40 台，力矩 10 N·m' };
  expect(await p.planner.refused(c.requestCapacity, { params, body: wish })).toBe(
    'CAPACITY_OFFER_OWN',
  );
  const seen = await other.ok(c.listOffers, { query: { stationKind: 'assembly', own: 'no' } });
  expect(seen.items).toMatchObject([{ code: offer.code, own: false, minutesLeft: 600 }]);
  const tooMuch = { ...wish, minutes: 601, to: at(70) };
  expect(await other.refused(c.requestCapacity, { params, body: tooMuch })).toBe(
    'CAPACITY_OFFER_SHORT',
  );
  const outside = { ...wish, from: at(80), to: at(90) };
  expect(await other.refused(c.requestCapacity, { params, body: outside })).toBe(
    'CAPACITY_OFFER_WINDOW',
  );
  const asked = await other.ok(c.requestCapacity, { params, body: wish });
  expect(asked).toMatchObject({ state: 'asked', side: 'buyer', totalFen: '48000' });
  const request = { requestId: asked.id };
  expect(
    await other.refused(c.answerRequest, {
      params: request,
      body: { answer: 'decline', reason: 'x' },
    }),
  ).toBe('CAPACITY_REQUEST_NOT_FOUND');
  const stationId = p.stations.get('总装台 2') ?? '';
  const countered = await p.planner.ok(c.answerRequest, {
    params: request,
    body: {
      answer: 'counter',
      minutes: 300,
      from: at(24),
      to: at(32),
      priceFen: '15000',
      stationId,
      specification: '总装 40 台，力矩 11 N·m，含复检',
    },
  });
  expect(countered).toMatchObject({ state: 'countered', side: 'provider', minutes: 300 });
  const agreed = await other.ok(c.agreeRequest, { params: request });
  expect(agreed).toMatchObject({ state: 'accepted', totalFen: '75000' });
  expect(agreed.revisions.map((r) => r.by)).toEqual(['buyer', 'provider']);
  expect(agreed.stationId).toBeUndefined();
  const left = await other.ok(c.listOffers, { query: { own: 'no' } });
  expect(left.items[0]?.minutesLeft).toBe(300);
  const closures = await p.planner.ok(c.listClosures);
  const lent = closures.items.find((x) => x.requestId === asked.id);
  expect(lent).toMatchObject({ subjectId: stationId });
  const kept = { params: { closureId: lent?.id ?? '' } };
  expect(await p.planner.refused(c.endClosure, kept)).toBe('CLOSURE_NOT_FOUND');
  // The provider's own plan goes round what it lent.
  const plan = await planned(p.planner);
  const origin = Date.parse(plan.board?.origin ?? '');
  const [from, to] = [Date.parse(lent?.from ?? ''), Date.parse(lent?.to ?? '')];
  for (const a of plan.assignments.filter((x) => x.machine === stationId)) {
    expect(origin + a.end * 1000 <= from || origin + a.start * 1000 >= to).toBe(true);
  }
  expect(await other.refused(c.withdrawRequest, { params: request })).toBe(
    'CAPACITY_REQUEST_STATE',
  );
  const done = await p.planner.ok(c.finishRequest, { params: request });
  expect(done.state).toBe('done');

  const second = await other.ok(c.requestCapacity, { params, body: wish });
  const mine = { requestId: second.id };
  const accepted = { answer: 'accept' as const, stationId };
  await p.planner.ok(c.answerRequest, { params: mine, body: accepted });
  const third = await other.ok(c.requestCapacity, {
    params,
    body: { ...wish, minutes: 60, from: at(40), to: at(42) },
  });
  const last = { requestId: third.id };
  await p.planner.ok(c.answerRequest, { params: last, body: accepted });
  const taken = await p.planner.ok(c.listOffers, { query: { own: 'yes' } });
  expect(taken.items[0]).toMatchObject({ state: 'taken', minutesLeft: 0 });
  expect((await other.ok(c.listOffers, { query: { own: 'no' } })).items).toEqual([]);
  const outsider = await (await p.app.org('第三厂')).as('owner');
  expect(await outsider.refused(c.agreeRequest, { params: request })).toBe(
    'CAPACITY_REQUEST_NOT_FOUND',
  );
  expect((await outsider.ok(c.listRequests)).items).toEqual([]);
});

test('balances a flow line to its takt, keeps a person’s rearrangement, refuses a wrong one', async () => {
  // A million units a year on 250 days of two shifts of 7.2 h: takt 12.96 s; eight lines.
  const body = { partId: p.starterId, unitsPerDay: 4000, workMinutes: 864, lines: 8 };
  const b = await p.planner.ok(c.makeBalance, { body });
  expect(b.takt).toBeCloseTo(12.96);
  expect(b.cycle).toBeCloseTo(103.68);
  const work = b.tasks.reduce((n, t) => n + t.paced, 0);
  expect(b.stations.length).toBeGreaterThanOrEqual(Math.ceil(work / b.cycle));
  expect(b.stations.length).toBe(b.value.stations);
  expect(b.bound.stations).toBeLessThanOrEqual(b.value.stations);
  expect(b.efficiency).toBeCloseTo(work / (b.stations.length * b.cycle));
  expect(b.tasks.find((t) => t.id === 'OP42')?.benches).toBe(3);
  expect(await p.planner.ok(c.makeBalance, { body })).toMatchObject({ stations: b.stations });
  const params = { balanceId: b.id };
  const merged = [b.stations.flat()];
  const wrong = { params, version: 1, body: { name: b.name, stations: merged } };
  expect(await p.planner.refused(c.editBalance, wrong)).toBe('BALANCE_FAULT');
  const [first = [], ...rest] = b.stations;
  const split = [...first.map((id) => [id]), ...rest];
  const edited = await p.planner.ok(c.editBalance, {
    params,
    version: 1,
    body: { name: '八线', stations: split },
  });
  expect(edited).toMatchObject({ status: 'edited', name: '八线', version: 2 });
  expect(edited.value.stations).toBe(split.length);
  expect(await p.planner.ok(c.getBalance, { params })).toMatchObject({ stations: split });
});

test('reports outcomes: before and after, and each plan against first come, first served', async () => {
  const report = await p.planner.ok(c.getOutcomes);
  expect(report.plans.length).toBeGreaterThan(0);
  expect(report.before).toMatchObject({ ended: 0 });
  expect(report.after?.operations).toBe(0);
  const early = await p.planner.ok(c.getOutcomes, { query: { since: '2026-03-01', days: 7 } });
  expect(early.since).toBe('2026-02-28T16:00:00.000Z');
});
