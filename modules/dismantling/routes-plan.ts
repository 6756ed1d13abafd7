import { httpErrors } from '@zaizao/platform/contract';
import { cutPage, decodeCursor } from '@zaizao/platform/db';
import { type Route, route } from '@zaizao/platform/http';
import { DAY_MS, err, ok } from '@zaizao/platform/kernel';
import * as c from './contract.ts';
import * as records from './repo/joint.ts';
import * as repo from './repo/plan.ts';
import { listStudyRows } from './repo/study.ts';
import { demandOfProduct, issueRates, ratesView, sayDemand } from './service/demand.ts';
import * as plan from './service/plan.ts';
import { planHead, planView } from './service/plan-view.ts';
import { startCrew, startLine, studyHead, studyOf } from './service/study.ts';
import { openTeardown } from './service/teardown.ts';
import * as vehicle from './service/vehicle.ts';

type Ctx = Parameters<typeof plan.getPlanRow>[0];

async function shown(ctx: Ctx, planId: string) {
  const row = await plan.getPlanRow(ctx, planId);
  if (!row.ok) return row;
  return ok(await planView(ctx, row.value, await plan.baseOf(ctx, row.value)));
}

/** Plans, joints, damage, rates, demand; studies; vehicles. */
export const planRoutes: readonly Route[] = [
  route(c.makePlan, async (ctx, { body }) => {
    const made = await plan.makePlanFor(ctx, body.coreId);
    return made.ok ? shown(ctx, made.value.id) : made;
  }),
  route(c.listPlans, async (ctx, { query }) => {
    const cut = cutPage(await repo.listPlanRows(ctx, query), query.limit, (p) => [p.id]);
    const decisions = await repo.decisionsOf(
      ctx,
      cut.items.map((p) => p.id),
    );
    return ok({ ...cut, items: cut.items.map((p) => planHead(p, decisions.get(p.id))) });
  }),
  route(c.getPlan, (ctx, { params }) => shown(ctx, params.planId)),
  route(c.checkPlan, (ctx, { params }) => plan.recheck(ctx, params.planId)),
  route(c.decidePlan, async (ctx, { params, body }) => {
    const done = await plan.decide(ctx, params.planId, body);
    return done.ok ? shown(ctx, done.value.id) : done;
  }),
  route(c.getTeardownPlan, (ctx, { params }) => plan.teardownPlan(ctx, params.teardownId)),
  route(c.recordJoint, async (ctx, { params, body }) => {
    const teardown = await openTeardown(ctx, params.teardownId);
    return teardown.ok ? plan.recordJointBy(ctx, teardown.value, body) : teardown;
  }),
  route(c.captureJoints, (ctx, { body }) => plan.captureFromStation(ctx, body)),
  route(c.listDamage, async (ctx, { query }) => {
    const key = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
    const [id, pos, n] = key ?? [];
    const isKey = typeof id === 'string' && typeof pos === 'number' && typeof n === 'number';
    if (query.cursor !== undefined && !isKey) return err(httpErrors.CURSOR_INVALID());
    const rows = await records.damageRows(ctx, {
      cause: query.cause,
      after: isKey ? [id, pos, n] : undefined,
      limit: query.limit,
    });
    const cut = cutPage(rows, query.limit, (r) => [r.teardown_id, r.pos, r.n]);
    const items = cut.items.map((r) => ({
      id: `${r.teardown_id}-${r.pos}-${r.n}`,
      teardown: { id: r.teardown_id, code: r.teardown_code },
      core: { id: r.core_id, code: r.core_code },
      pos: r.pos,
      part: r.part,
      mode: r.damage.mode,
      ...(r.damage.place ? { place: r.damage.place } : {}),
      ...(r.damage.photo ? { photo: r.damage.photo } : {}),
      ...(r.damage.cause ? { cause: r.damage.cause } : {}),
      at: r.at.toISOString(),
    }));
    return ok({ ...cut, items });
  }),
  route(c.nonDestructive, async (ctx, { query }) => {
    const since = new Date(ctx.now.getTime() - query.days * DAY_MS);
    const rows = await records.wholeRows(ctx, since);
    const joints = await records.jointCounts(ctx, since);
    const came = rows.reduce((sum, r) => sum + r.came, 0);
    const hurt = rows.reduce((sum, r) => sum + r.hurt, 0);
    return ok({
      parts: { whole: came - hurt, of: came },
      joints: { whole: joints.undone, of: joints.undone + joints.destroyed },
      plans: await repo.planCounts(ctx, since),
      worst: rows
        .filter((r) => r.hurt > 0)
        .slice(0, 10)
        .map((r) => ({ part: r.part, rate: { whole: r.came - r.hurt, of: r.came } })),
    });
  }),
  route(c.getRates, async (ctx) => ok(await ratesView(ctx))),
  route(c.setRates, (ctx, { version, body }) => issueRates(ctx, version, body)),
  route(c.listDemand, async (ctx, { query }) => {
    const items = await demandOfProduct(ctx, query.partId);
    return items.ok ? ok({ items: items.value }) : items;
  }),
  route(c.setDemand, (ctx, { params, version, body }) =>
    sayDemand(ctx, params.partId, version, body),
  ),
  route(c.balanceLine, (ctx, { body }) => startLine(ctx, body)),
  route(c.planCrew, (ctx, { body }) => startCrew(ctx, body)),
  route(c.getStudy, (ctx, { params }) => studyOf(ctx, params.studyId)),
  route(c.listStudies, async (ctx, { query }) => {
    const cut = cutPage(await listStudyRows(ctx, query), query.limit, (s) => [s.id]);
    return ok({ ...cut, items: cut.items.map(studyHead) });
  }),
  route(c.getCheckForm, (ctx, { params }) => vehicle.formFor(ctx, params.coreId)),
  route(c.recordCheck, (ctx, { params, body }) => vehicle.check(ctx, params.coreId, body)),
  route(c.listChecks, async (ctx, { params }) => {
    const items = await vehicle.checksFor(ctx, params.coreId);
    return items.ok ? ok({ items: items.value }) : items;
  }),
  route(c.getBalance, (ctx, { params }) => vehicle.balanceFor(ctx, params.teardownId)),
  route(c.recordOutflow, (ctx, { params, body }) => vehicle.letOut(ctx, params.teardownId, body)),
];
