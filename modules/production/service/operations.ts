import { bizStep, disposition, objectEvent } from '@zaizao/epcis';
import { getComponent, moveComponent, scrapComponent } from '@zaizao/modules/dismantling';
import { requireInstrument } from '@zaizao/modules/instruments';
import { record } from '@zaizao/modules/ledger';
import { defaultSite, todayOf } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type failOperation,
  type finishOperation,
  type OrderView,
  productionErrors,
} from '../contract.ts';
import { type OperationEvent, operationMachine } from '../domain/machines.ts';
import { afterFailure, isBefore, nextRound } from '../domain/rework.ts';
import * as repo from '../repo/order.ts';
import { findStation } from '../repo/station.ts';
import { actorOf } from '../repo/tables.ts';
import { orderNotFound, orderView } from './orders.ts';
import { checkPacked } from './parcels.ts';
import { slotsFilled, takeApart } from './slots.ts';
import { orderStateError, STATE_NAMES } from './states.ts';
import { getUnit, moveUnit } from './units.ts';

type View = z.input<typeof OrderView>;

interface Found {
  operation: repo.OperationRow;
  order: repo.OrderRow;
}

async function find(ctx: Ctx, operationId: string): Promise<Result<Found>> {
  const seen = await repo.findOperation(ctx, operationId);
  if (!seen) return err(productionErrors.OPERATION_NOT_FOUND());
  // The order is locked first, always: two operations of one order never wait for each other.
  const order = await repo.findOrder(ctx, seen.order_id, true);
  const operation = await repo.findOperation(ctx, operationId, true);
  if (!order || !operation) return err(orderNotFound());
  return ok({ operation, order });
}

export function operationStateError(ctx: Ctx, o: repo.OperationRow) {
  const [name, state] = [o.name[ctx.lang], STATE_NAMES[o.state][ctx.lang]];
  return productionErrors.OPERATION_STATE({ name, state });
}

const wrongState = (ctx: Ctx, o: repo.OperationRow) => err(operationStateError(ctx, o));

async function move(
  ctx: Ctx,
  o: repo.OperationRow,
  event: OperationEvent,
  set: Parameters<typeof repo.updateOperation>[3],
): Promise<Result<undefined>> {
  const to = operationMachine.next(o.state, event);
  if (!to) return wrongState(ctx, o);
  return (await repo.updateOperation(ctx, o.id, o.state, { ...set, state: to }))
    ? ok(undefined)
    : wrongState(ctx, o);
}

const stepOf = (o: repo.OperationRow) => ({
  ...o,
  onFail: o.on_fail ?? undefined,
  maxRework: o.max_rework,
});

const isOpen = (o: repo.OperationRow) => o.state !== 'done' && o.state !== 'failed';

/** Steps that wait for the unit’s test. */
export const AFTER_TEST: ReadonlySet<string> = new Set(['coating', 'labelling', 'packing']);

/** Starts an operation whose predecessors are done; paint, mark and pack wait for the test. */
export async function startOne(
  ctx: Ctx,
  operationId: string,
  stationId: string | undefined,
): Promise<Result<View>> {
  const found = await find(ctx, operationId);
  if (!found.ok) return found;
  const { operation: o, order: w } = found.value;
  if (w.state !== 'released' && w.state !== 'started') return err(orderStateError(ctx, w));
  if (stationId && !(await findStation(ctx, stationId))) {
    return err(productionErrors.STATION_NOT_FOUND());
  }
  const steps = (await repo.operationsOf(ctx, w.id)).map(stepOf);
  const earlier = steps.find((x) => isBefore(x, stepOf(o)) && isOpen(x));
  if (earlier) return err(productionErrors.OPERATION_ORDER({ name: earlier.name[ctx.lang] }));
  if (AFTER_TEST.has(o.station_kind)) {
    const unit = w.unit_id ? await getUnit(ctx, w.unit_id) : undefined;
    if (!unit?.ok || unit.value.state !== 'tested') {
      return err(productionErrors.OPERATION_PAINT_BEFORE_TEST());
    }
  }
  const moved = await move(ctx, o, 'start', {
    started_at: ctx.now,
    resumed_at: ctx.now,
    station_id: stationId ?? null,
    by_whom: actorOf(ctx),
  });
  if (!moved.ok) return moved;
  if (w.state === 'released') await repo.updateOrder(ctx, w.id, 'released', { state: 'started' });
  return orderView(ctx, w.id);
}

export async function pauseOne(
  ctx: Ctx,
  operationId: string,
  paused: boolean,
): Promise<Result<View>> {
  const found = await find(ctx, operationId);
  if (!found.ok) return found;
  const { operation: o, order: w } = found.value;
  const moved = paused
    ? await move(ctx, o, 'pause', { active_seconds: activeSeconds(ctx, o) })
    : await move(ctx, o, 'resume', { resumed_at: ctx.now });
  return moved.ok ? orderView(ctx, w.id) : moved;
}

function activeSeconds(ctx: Ctx, o: repo.OperationRow): number {
  const running =
    o.state === 'started' && o.resumed_at ? ctx.now.getTime() - o.resumed_at.getTime() : 0;
  return o.active_seconds + Math.max(0, Math.round(running / 1000));
}

/** Ends an operation with what was measured and used; the last one ends the order. */
export async function finishOne(
  ctx: Ctx,
  operationId: string,
  input: z.output<(typeof finishOperation)['body']>,
): Promise<Result<View>> {
  const found = await find(ctx, operationId);
  if (!found.ok) return found;
  const { operation: o, order: w } = found.value;
  for (const v of input.values) {
    const instrument = v.instrumentId
      ? await requireInstrument(ctx, v.instrumentId, await todayOf(ctx))
      : ok();
    if (!instrument.ok) return instrument;
  }
  const packed =
    o.station_kind === 'packing' ? await checkPacked(ctx, w.product_id, w.unit_id) : ok();
  if (!packed.ok) return packed;
  const complete = (await isLastAssembly(ctx, w, o)) ? await slotsFilled(ctx, w.id) : ok();
  if (!complete.ok) return complete;
  const moved = await move(ctx, o, 'finish', {
    finished_at: ctx.now,
    active_seconds: activeSeconds(ctx, o),
    recorded: input.values,
    consumption: input.consumption,
    energy_kwh: input.energyKwh ?? null,
    note: input.note ?? null,
  });
  if (!moved.ok) return moved;
  await ctx.publish('production.operation-finished', w.id, {
    orderId: w.id,
    operationId: o.id,
    stationKind: o.station_kind,
  });
  if ((await repo.operationsOf(ctx, w.id)).some(isOpen)) return orderView(ctx, w.id);
  const ended = await endOrder(ctx, w);
  return ended.ok ? orderView(ctx, w.id) : ended;
}

/** The assembling with which the unit is whole: no other of its order is still to be done. */
async function isLastAssembly(ctx: Ctx, w: repo.OrderRow, o: repo.OperationRow): Promise<boolean> {
  if (w.kind !== 'assemble' || w.unit_id || o.station_kind !== 'assembly') return false;
  const all = await repo.operationsOf(ctx, w.id);
  return !all.some((x) => x.id !== o.id && x.station_kind === 'assembly' && isOpen(x));
}

/** The last operation is done: the component is restored, or the unit is finished or back to test. */
async function endOrder(ctx: Ctx, w: repo.OrderRow): Promise<Result<unknown>> {
  if (w.kind === 'restore') {
    const restored = await restoredComponent(ctx, w);
    if (!restored.ok) return restored;
  } else if (w.kind === 'rework' && w.unit_id) {
    const back = await moveUnit(ctx, w.unit_id, 'rework-done');
    if (!back.ok) return back;
  } else if (w.kind === 'assemble') {
    // Without a unit the order waits for its birth; see assemble.
    if (!w.unit_id) return ok();
    const unit = await getUnit(ctx, w.unit_id);
    if (!unit.ok) return unit;
    if (unit.value.state !== 'tested') return ok();
    const finished = await moveUnit(ctx, w.unit_id, 'finish');
    if (!finished.ok) return finished;
  }
  await repo.updateOrder(ctx, w.id, 'started', { state: 'done', finished_at: ctx.now });
  return ok();
}

async function restoredComponent(ctx: Ctx, w: repo.OrderRow): Promise<Result<unknown>> {
  const moved = await moveComponent(ctx, w.component_id ?? '', 'restore');
  if (!moved.ok) return moved;
  const site = await defaultSite(ctx);
  const operations = await repo.operationsOf(ctx, w.id);
  const energy = operations.reduce((n, o) => n + Number(o.energy_kwh ?? 0), 0);
  return record(ctx, [
    objectEvent({
      eventTime: ctx.now,
      action: 'OBSERVE',
      epcList: [moved.value.epc],
      bizStep: bizStep.repairing,
      disposition: disposition.inProgress,
      readPoint: site.epc,
      bizLocation: site.epc,
      zz: {
        process: 'restoring',
        workOrder: w.code,
        operations: operations.map(
          (o) => `${o.seq} ${o.code}${o.method ? ` ${o.method}` : ''} ${o.state}`,
        ),
        energyKilowattHour: energy > 0 ? energy : undefined,
      },
    }),
  ]);
}

/** An operation failed: the route says what is done again; when the rounds are used up it is scrap. */
export async function failOne(
  ctx: Ctx,
  operationId: string,
  input: z.output<(typeof failOperation)['body']>,
): Promise<Result<View>> {
  const found = await find(ctx, operationId);
  if (!found.ok) return found;
  const { operation: o, order: w } = found.value;
  const moved = await move(ctx, o, 'fail', {
    finished_at: ctx.now,
    active_seconds: activeSeconds(ctx, o),
    defect: input.defect,
    note: input.note ?? null,
  });
  if (!moved.ok) return moved;
  const steps = (await repo.operationsOf(ctx, w.id)).map(stepOf);
  const failed = steps.find((s) => s.id === o.id);
  if (!failed) throw new Error('the operation is of its order');
  const next = afterFailure(steps, failed);
  if (next !== 'scrap') {
    await repo.insertOperations(ctx, w.id, next.again.map(fresh));
    return orderView(ctx, w.id);
  }
  const ended = await giveUp(ctx, w, steps, failed, input.defect);
  return ended.ok ? orderView(ctx, w.id) : ended;
}

/**
 * The rounds of a step are used up. A component is scrap, a unit in rework too. What was to be
 * assembled is taken apart again; a unit that is born already goes to rework and comes back to the step.
 */
async function giveUp(
  ctx: Ctx,
  w: repo.OrderRow,
  steps: readonly ReturnType<typeof stepOf>[],
  failed: ReturnType<typeof stepOf>,
  defect: string,
): Promise<Result<unknown>> {
  if (w.kind === 'assemble' && w.unit_id) {
    await repo.insertOperations(ctx, w.id, nextRound(steps, failed).map(fresh));
    return moveUnit(ctx, w.unit_id, 'test-fail');
  }
  await repo.updateOrder(ctx, w.id, 'started', { state: 'failed', finished_at: ctx.now });
  if (w.kind === 'restore') return scrapRestored(ctx, w, defect);
  if (w.kind === 'assemble') return takeApart(ctx, w.id);
  return w.unit_id ? moveUnit(ctx, w.unit_id, 'scrap') : ok();
}

async function scrapRestored(ctx: Ctx, w: repo.OrderRow, defect: string): Promise<Result<unknown>> {
  const component = await getComponent(ctx, w.component_id ?? '');
  return component.ok ? scrapComponent(ctx, component.value.id, defect) : component;
}

function fresh(s: repo.OperationRow): repo.NewOperation {
  return {
    seq: s.seq,
    round: s.round,
    code: s.code,
    name: s.name,
    station_kind: s.station_kind,
    station: s.station,
    std_seconds: s.std_seconds,
    method: s.method,
    instruction: s.instruction,
    records: s.records,
    on_fail: s.on_fail,
    max_rework: s.max_rework,
  };
}
