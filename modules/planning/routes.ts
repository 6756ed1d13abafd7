import { cutPage } from '@zaizao/platform/db';
import { type Route, route } from '@zaizao/platform/http';
import { ok } from '@zaizao/platform/kernel';
import * as c from './contract.ts';
import { listPlanRows } from './repo/plan.ts';
import { balance, balancesPage, readBalance, rearrange } from './service/balances.ts';
import { capacityOf } from './service/capacity.ts';
import { inForceView, promiseOf, promisesPage } from './service/in-force.ts';
import {
  agree,
  answer,
  ask,
  finish,
  offerCapacity,
  offersPage,
  requestsPage,
  takeBackOffer,
  withdraw,
} from './service/offers.ts';
import { outcomesOf } from './service/outcomes.ts';
import { changeByHand, readPlan, refuse, startPlan } from './service/plans.ts';
import { publish } from './service/publish.ts';
import {
  calendarsPage,
  changeCalendar,
  changePerson,
  changeStation,
  closuresPage,
  peoplePage,
  recordCalendar,
  recordClosure,
  recordPerson,
  removeClosure,
  stationsPage,
} from './service/resources.ts';
import { runsPage, startRun } from './service/runs.ts';
import { changeSettings, settingsView } from './service/settings.ts';
import { planRow } from './service/views.ts';

export const routes: readonly Route[] = [
  route(c.listPlans, async (ctx, { query }) => {
    const cut = cutPage(await listPlanRows(ctx, query), query.limit, (p) => [p.id]);
    return ok({ ...cut, items: cut.items.map(planRow) });
  }),
  route(c.makePlan, (ctx, { body }) => startPlan(ctx, body)),
  route(c.getPlan, (ctx, { params }) => readPlan(ctx, params.planId)),
  route(c.editPlan, (ctx, { params, body }) => changeByHand(ctx, params.planId, body)),
  route(c.publishPlan, (ctx, { params, body }) => publish(ctx, params.planId, body.reason)),
  route(c.refusePlan, (ctx, { params, body }) => refuse(ctx, params.planId, body.reason)),
  route(c.runPlan, (ctx, { params, body }) => startRun(ctx, params.planId, body)),
  route(c.listRuns, (ctx, { params, query }) => runsPage(ctx, params.planId, query)),
  route(c.getInForce, async (ctx) => ok(await inForceView(ctx))),
  route(c.getPromise, (ctx, { params }) => promiseOf(ctx, params.orderId)),
  route(c.listPromises, (ctx, { query }) => promisesPage(ctx, query)),
  route(c.getOutcomes, async (ctx, { query }) => ok(await outcomesOf(ctx, query))),

  route(c.listCalendars, (ctx, { query }) => calendarsPage(ctx, query)),
  route(c.addCalendar, (ctx, { body }) => recordCalendar(ctx, body)),
  route(c.editCalendar, (ctx, { params, body, version }) =>
    changeCalendar(ctx, params.calendarId, version, body),
  ),
  route(c.listStationRules, (ctx, { query }) => stationsPage(ctx, query)),
  route(c.editStationRule, (ctx, { params, body, version }) =>
    changeStation(ctx, params.stationId, version, body),
  ),
  route(c.listPeople, (ctx, { query }) => peoplePage(ctx, query)),
  route(c.addPerson, (ctx, { body }) => recordPerson(ctx, body)),
  route(c.editPerson, (ctx, { params, body, version }) =>
    changePerson(ctx, params.personId, version, body),
  ),
  route(c.listClosures, (ctx, { query }) => closuresPage(ctx, query)),
  route(c.addClosure, (ctx, { body }) => recordClosure(ctx, body)),
  route(c.endClosure, (ctx, { params }) => removeClosure(ctx, params.closureId)),
  route(c.getSettings, async (ctx) => ok(await settingsView(ctx))),
  route(c.editSettings, (ctx, { body, version }) => changeSettings(ctx, version, body)),

  route(c.getCapacity, async (ctx, { query }) => ok(await capacityOf(ctx, query.weeks))),
  route(c.listOffers, (ctx, { query }) => offersPage(ctx, query)),
  route(c.makeOffer, (ctx, { body }) => offerCapacity(ctx, body)),
  route(c.withdrawOffer, (ctx, { params }) => takeBackOffer(ctx, params.offerId)),
  route(c.requestCapacity, (ctx, { params, body }) => ask(ctx, params.offerId, body)),
  route(c.listRequests, (ctx, { query }) => requestsPage(ctx, query)),
  route(c.answerRequest, (ctx, { params, body }) => answer(ctx, params.requestId, body)),
  route(c.agreeRequest, (ctx, { params }) => agree(ctx, params.requestId)),
  route(c.withdrawRequest, (ctx, { params }) => withdraw(ctx, params.requestId)),
  route(c.finishRequest, (ctx, { params }) => finish(ctx, params.requestId)),

  route(c.listBalances, (ctx, { query }) => balancesPage(ctx, query)),
  route(c.makeBalance, (ctx, { body }) => balance(ctx, body)),
  route(c.getBalance, (ctx, { params }) => readBalance(ctx, params.balanceId)),
  route(c.editBalance, (ctx, { params, body, version }) =>
    rearrange(ctx, params.balanceId, version, body),
  ),
];
