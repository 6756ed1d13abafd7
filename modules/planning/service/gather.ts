import { bomOf, getPart, type RouteStep, routeOf } from '@zaizao/modules/catalog';
import {
  measuredTimes,
  type OpenOperation,
  type OpenOrder,
  openWork,
} from '@zaizao/modules/production';
import type { Ctx } from '@zaizao/platform/http';
import { DAY_MS, ok, type Result, text } from '@zaizao/platform/kernel';
import { merged } from '../domain/calendar.ts';
import type { EarlierPlan, OperationInput, OrderInput, WorkInput } from '../domain/work.ts';
import { publishedPlan } from '../repo/plan.ts';
import type { WhatIf } from '../repo/tables.ts';
import { type Outage, openResources } from './resources.ts';
import { settingsOf } from './settings.ts';

/** Measurements older than this say little about how the floor works today. */
const MEASURED_DAYS = 180;
/** Test of a unit when the route gives no time for it. */
const TEST_SECONDS = 300;
const AFTER_TEST: ReadonlySet<string> = new Set(['coating', 'labelling', 'packing']);

/** Reads everything a plan is made from, as of `now`, with the changes of a what-if. */
export async function gatherWork(
  ctx: Ctx,
  now: Date,
  whatIf: WhatIf | undefined,
): Promise<Result<WorkInput>> {
  const s = await settingsOf(ctx);
  const from = now.getTime();
  const outages: Outage[] = [
    ...(whatIf?.broken ?? []).map((b) => outage('station', b.stationId, b.from, b.to)),
    ...(whatIf?.absent ?? []).map((a) => outage('person', a.personId, a.from, a.to)),
  ];
  const resources = await openResources(ctx, from, from + s.horizon_days * DAY_MS, outages);
  const { orders, operations } = await openWork(ctx);
  const tests = await testSeconds(ctx, orders);
  const byOrder = new Map<string, OpenOperation[]>();
  for (const o of operations) byOrder.set(o.order_id, [...(byOrder.get(o.order_id) ?? []), o]);
  const hasTest = resources.stations.some((x) => x.kind === 'test');
  const real = orders.flatMap((w) => {
    const own = byOrder.get(w.id) ?? [];
    return realOrder(w, own, hasTest ? tests.get(w.product_id) : undefined, now) ?? [];
  });
  const imagined = await imaginedOrders(ctx, whatIf);
  if (!imagined.ok) return imagined;
  const measured = new Map((await measuredTimes(ctx, MEASURED_DAYS)).map((m) => [m.code, m]));
  return ok({
    now: from,
    orders: [...real, ...imagined.value],
    stations: resources.stations,
    people: resources.people,
    measured,
    published: await inForce(ctx),
    usual: merged(resources.usual),
    settings: {
      transportSeconds: s.transport_seconds,
      freezeMinutes: s.freeze_minutes,
      perShift: Number(s.per_shift),
      perMove: Number(s.per_move),
    },
  });
}

const outage = (kind: Outage['kind'], subjectId: string, from: string, to: string): Outage => ({
  kind,
  subjectId,
  from: Date.parse(from),
  to: Date.parse(to),
});

async function inForce(ctx: Ctx): Promise<EarlierPlan | undefined> {
  const plan = await publishedPlan(ctx);
  if (!plan?.assignments) return undefined;
  return { origin: plan.origin.getTime(), assignments: plan.assignments };
}

/** Seconds of test of each product that is being assembled, by its route. */
async function testSeconds(ctx: Ctx, orders: readonly OpenOrder[]): Promise<Map<string, number>> {
  const out = new Map<string, number>();
  for (const { product_id: id, kind } of orders) {
    if (kind !== 'assemble' || out.has(id)) continue;
    const route = await routeOf(ctx, id);
    const steps = route.ok ? route.value.steps.filter((x) => x.stationKind === 'test') : [];
    const seconds = steps.reduce((n, x) => n + (x.stdSeconds ?? 0), 0);
    out.set(id, seconds > 0 ? seconds : TEST_SECONDS);
  }
  return out;
}

const TEST = text('试验', 'Test');

function realOrder(
  w: OpenOrder,
  own: readonly OpenOperation[],
  test: number | undefined,
  now: Date,
): OrderInput | undefined {
  const open = own.filter((o) => o.state !== 'done' && o.state !== 'failed');
  const operations = open.map((o) => openOperation(o, now));
  if (w.kind === 'assemble' && test !== undefined && w.unit_state !== 'tested' && open.length > 0) {
    const before = open.findIndex((o) => AFTER_TEST.has(o.station_kind));
    const entry = testOperation(w.id, test);
    operations.splice(before < 0 ? operations.length : before, 0, entry);
  }
  if (operations.length === 0) return undefined;
  return {
    id: w.id,
    code: w.code,
    kind: w.kind,
    about: w.component?.code ?? w.product.number,
    product: w.product.number,
    due: w.due_at?.getTime(),
    firm: w.due_firm,
    notBefore: w.not_before?.getTime(),
    priority: w.priority,
    customer: w.customer,
    imagined: false,
    operations,
  };
}

/** The test between assembly and paint is the quality module's; the plan keeps its place and time. */
const testOperation = (orderId: string, seconds: number): OperationInput => ({
  id: `test:${orderId}`,
  code: 'TEST',
  name: TEST,
  kind: 'test',
  stdSeconds: seconds,
  maxRework: 0,
  state: 'waiting',
  workedSeconds: 0,
});

function openOperation(o: OpenOperation, now: Date): OperationInput {
  const running =
    o.state === 'started' && o.resumed_at ? (now.getTime() - o.resumed_at.getTime()) / 1000 : 0;
  return {
    id: o.id,
    code: o.code,
    name: o.name,
    kind: o.station_kind,
    stdSeconds: o.std_seconds ?? undefined,
    maxRework: o.max_rework,
    state: o.state === 'started' || o.state === 'paused' ? o.state : 'waiting',
    stationId: o.station_id ?? o.planned_station_id ?? undefined,
    workedSeconds: o.active_seconds + Math.max(0, running),
  };
}

/**
 * Orders that do not exist: their steps come from the route, and those that only some findings call for
 * come with the chance that the bill of material gives for restoring the component.
 */
async function imaginedOrders(ctx: Ctx, whatIf: WhatIf | undefined): Promise<Result<OrderInput[]>> {
  const out: OrderInput[] = [];
  for (const [n, wish] of (whatIf?.newOrders ?? []).entries()) {
    const part = await getPart(ctx, wish.partId);
    if (!part.ok) return part;
    const route = await routeOf(ctx, wish.partId);
    if (!route.ok) return route;
    const bom = await bomOf(ctx, wish.partId);
    const chances = new Map(
      bom.ok ? bom.value.items.map((i) => [i.pos, (i.restorePct ?? 50) / 100] as const) : [],
    );
    const steps = route.value.steps.filter(
      (s) => wish.from === 'core' || AFTER_CORE.has(s.stationKind),
    );
    for (let k = 1; k <= wish.quantity; k++) {
      const id = `new:${n + 1}.${k}`;
      const own = wish.from === 'core' ? steps : steps.filter((s) => s.when === '');
      out.push({
        id,
        code: `+${n + 1}.${k}`,
        kind: 'new',
        about: part.value.number,
        product: part.value.number,
        due: wish.dueAt ? Date.parse(wish.dueAt) : undefined,
        firm: false,
        priority: wish.priority,
        customer: '',
        imagined: true,
        operations: own.map((s) => imaginedOperation(id, s, chances)),
      });
    }
  }
  return ok(out);
}

const AFTER_CORE: ReadonlySet<string> = new Set(['forming', 'assembly', 'test', ...AFTER_TEST]);

function imaginedOperation(
  orderId: string,
  s: RouteStep,
  chances: ReadonlyMap<number, number>,
): OperationInput {
  const chance = s.when === '' ? undefined : chanceOf(s.when, chances);
  return {
    id: `${orderId}:${s.seq}`,
    code: s.code,
    name: s.name,
    kind: s.stationKind,
    stdSeconds: s.stdSeconds,
    maxRework: s.maxRework ?? 0,
    state: 'waiting',
    workedSeconds: 0,
    ...(chance === undefined ? {} : { chance }),
  };
}

/** The chance that at least one of the named components is to be restored; a half when none is named. */
function chanceOf(condition: string, chances: ReadonlyMap<number, number>): number {
  const named = [...condition.matchAll(/restore:(\d+)/g)].map(
    (m) => chances.get(Number(m[1])) ?? 0.5,
  );
  if (named.length === 0) return 0.5;
  return 1 - named.reduce((none, p) => none * (1 - p), 1);
}
