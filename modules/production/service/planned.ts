import type { Ctx } from '@zaizao/platform/http';
import { DAY_MS } from '@zaizao/platform/kernel';
import * as repo from '../repo/planned.ts';
import { allStations, type StationRow } from '../repo/station.ts';

export type {
  Measured,
  OpenOperation,
  OpenOrder,
  Outcome,
  PlannedPlace,
} from '../repo/planned.ts';
export type Station = StationRow;

/** More orders than this are planned in portions: the oldest first. */
const MOST_ORDERS = 2000;

/** All open orders with their operations, and the stations: what a plan is made from. */
export async function openWork(ctx: Ctx) {
  const { orders, operations } = await repo.openWorkRows(ctx, MOST_ORDERS);
  return { orders, operations, stations: await allStations(ctx) };
}

/** The stations of the plant. */
export const stationsOf = (ctx: Ctx): Promise<Station[]> => allStations(ctx);

/** What the floor measured by step of the route in the last `days` days. */
export function measuredTimes(ctx: Ctx, days: number): Promise<repo.Measured[]> {
  return repo.measuredRows(ctx, new Date(ctx.now.getTime() - days * DAY_MS));
}

/**
 * Lets the floor follow a published plan: each operation gets its station and times, and the stations'
 * lists follow their order. What the plan does not name is unplanned. Answers how many were placed.
 */
export async function followPlan(
  ctx: Ctx,
  planId: string,
  places: readonly repo.PlannedPlace[],
): Promise<number> {
  const placed = await repo.writePlanned(ctx, planId, places);
  await ctx.publish('production.plan-followed', planId, { planId, placed });
  return placed;
}

/** Orders that ended in a period: output, punctuality, lead time, failures, work and energy. */
export const outcomeOf = (ctx: Ctx, from: Date, to: Date): Promise<repo.Outcome> =>
  repo.outcomeRow(ctx, from, to);

/** How far the named operations are. */
export const operationFates = (ctx: Ctx, ids: readonly string[]): Promise<repo.OperationFate[]> =>
  repo.fatesOf(ctx, ids);
