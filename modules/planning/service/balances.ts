import { checkLinePlan } from '@zaizao/disassembly';
import { bomOf, getPart, type RouteStep, routeOf } from '@zaizao/modules/catalog';
import { httpErrors } from '@zaizao/platform/contract';
import { cutPage } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type BalanceView,
  type editBalance,
  type listBalances,
  type makeBalance,
  planningErrors,
} from '../contract.ts';
import { cycleMs, type LineStep, lineProblem, paced, tensPrecede } from '../domain/line.ts';
import { balanceInThread } from '../engine/line-thread.ts';
import { engineOf } from '../engine/run.ts';
import * as repo from '../repo/balance.ts';

type View = z.input<typeof BalanceView>;

/** States the exact search opens: some 30 ms for 40 steps; larger routes get fewer. */
const ITERATIONS = 2000;
const FEW_ITERATIONS = 400;
const MANY_STEPS = 60;

function balanceView(b: repo.BalanceRow): View {
  const work = b.tasks.reduce((n, t) => n + t.paced, 0);
  const seconds = (v: repo.BalanceRow['value']) => ({ ...v, smoothness: v.smoothness / 1e6 });
  return {
    id: b.id,
    name: b.name,
    part: b.part,
    routeVersion: b.route_version,
    unitsPerDay: b.units_per_day,
    workSeconds: b.work_seconds,
    lines: b.lines,
    takt: b.work_seconds / b.units_per_day,
    cycle: b.cycle_ms / 1000,
    tasks: b.tasks.map((t) => ({ ...t, after: [...t.after] })),
    stations: b.stations,
    value: seconds(b.value),
    bound: seconds(b.bound),
    status: b.status,
    efficiency: work / ((b.stations.length * b.cycle_ms) / 1000),
    engine: b.engine,
    madeAt: b.made_at.toISOString(),
    version: b.version,
  };
}

/**
 * Shares the steps of a product's route among the stations of a paced line. A step longer than the cycle
 * gets as many benches as it needs; one that only some cores need takes its share of the time.
 */
export async function balance(
  ctx: Ctx,
  body: z.output<(typeof makeBalance)['body']>,
): Promise<Result<View>> {
  const part = await getPart(ctx, body.partId);
  if (!part.ok) return part;
  const route = await routeOf(ctx, body.partId);
  if (!route.ok) return route;
  const steps = await stepsOf(ctx, route.value.steps, body);
  if (steps.length === 0) return err(planningErrors.BALANCE_NO_STEPS());
  const workSeconds = body.workMinutes * 60;
  const cycle = cycleMs(body.unitsPerDay, workSeconds, body.lines);
  const tasks = paced(steps, cycle);
  const iterations = tasks.length > MANY_STEPS ? FEW_ITERATIONS : ITERATIONS;
  const problem = lineProblem(tasks, cycle);
  const solved = await balanceInThread({ problem, seed: body.seed, iterations });
  if (!solved.ok) return err(planningErrors.BALANCE_FAULT({ fault: solved.problem.message }));
  const { value, bound, stations, status } = solved.value;
  const row = await repo.insertBalance(ctx, {
    id: newId('bal', ctx.now.getTime()),
    name: body.name || `${part.value.number} · ${body.unitsPerDay}`,
    part_id: body.partId,
    part: { id: part.value.id, number: part.value.number, name: part.value.name },
    route_version: route.value.version,
    units_per_day: body.unitsPerDay,
    work_seconds: workSeconds,
    lines: body.lines,
    cycle_ms: cycle,
    tasks,
    stations: stations.map((s) => [...s]),
    value: { stations: value.stations, smoothness: value.smoothness, turns: value.turns },
    bound: { stations: bound.stations, smoothness: bound.smoothness, turns: bound.turns },
    status,
    engine: engineOf('disassembly'),
    seed: body.seed,
    iterations,
  });
  return ok(balanceView(row));
}

/** The timed steps of the kinds asked for; one that only some cores need, with its share of the time. */
async function stepsOf(
  ctx: Ctx,
  route: readonly RouteStep[],
  body: z.output<(typeof makeBalance)['body']>,
): Promise<LineStep[]> {
  const bom = await bomOf(ctx, body.partId);
  const restored = new Map(
    bom.ok ? bom.value.items.map((i) => [i.pos, (i.restorePct ?? 50) / 100] as const) : [],
  );
  const chosen = route.filter(
    (s) =>
      s.stdSeconds !== undefined &&
      (body.kinds.length === 0 || body.kinds.includes(s.stationKind)) &&
      (body.withOptional || s.when === ''),
  );
  const before = tensPrecede(chosen.map((s) => ({ seq: s.seq, id: s.code })));
  return chosen.map((s): LineStep => {
    const pos = /restore:(\d+)/.exec(s.when)?.[1];
    const share = s.when === '' ? 1 : (restored.get(Number(pos)) ?? 0.5);
    const seconds = Math.max(0.1, Math.round((s.stdSeconds ?? 0) * share * 10) / 10);
    return {
      id: s.code,
      name: s.name,
      kind: s.stationKind,
      seconds,
      after: before.get(s.code) ?? [],
    };
  });
}

export async function readBalance(ctx: Ctx, id: string): Promise<Result<View>> {
  const row = await repo.findBalance(ctx, id);
  return row ? ok(balanceView(row)) : err(planningErrors.BALANCE_NOT_FOUND());
}

export async function balancesPage(
  ctx: Ctx,
  query: z.output<(typeof listBalances)['query']>,
): Promise<Result<{ items: View[]; next?: string }>> {
  const cut = cutPage(await repo.listBalanceRows(ctx, query), query.limit, (b) => [b.id]);
  return ok({ ...cut, items: cut.items.map(balanceView) });
}

/** A person arranges the line otherwise: kept when the independent checker finds no fault. */
export async function rearrange(
  ctx: Ctx,
  id: string,
  version: number,
  body: z.output<(typeof editBalance)['body']>,
): Promise<Result<View>> {
  const b = await repo.findBalance(ctx, id);
  if (!b) return err(planningErrors.BALANCE_NOT_FOUND());
  const checked = checkLinePlan(lineProblem(b.tasks, b.cycle_ms), body.stations);
  const [fault] = checked.faults;
  if (fault) return err(planningErrors.BALANCE_FAULT({ fault }));
  const { stations, smoothness, turns } = checked.value;
  const row = await repo.updateBalance(ctx, id, version, {
    name: body.name,
    stations: body.stations,
    value: { stations, smoothness, turns },
  });
  return row ? ok(balanceView(row)) : err(httpErrors.STALE_VERSION());
}
