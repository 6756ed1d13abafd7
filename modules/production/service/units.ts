import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result, type Text, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { productionErrors, type UnitView } from '../contract.ts';
import { type UnitEvent, type UnitState, unitMachine } from '../domain/machines.ts';
import { operationsOf, updateOrder } from '../repo/order.ts';
import * as repo from '../repo/unit.ts';

export type Unit = repo.UnitRow;
type View = z.input<typeof UnitView>;

const STATES: Record<UnitState, Text> = {
  assembled: text('待试验', 'assembled'),
  tested: text('试验合格', 'tested'),
  rework: text('返工', 'in rework'),
  finished: text('已完工', 'finished'),
  certified: text('已发证', 'certified'),
  available: text('可售', 'available'),
  reserved: text('已预留', 'reserved'),
  sold: text('已售', 'sold'),
  shipped: text('已发货', 'shipped'),
  installed: text('已装机', 'installed'),
  'in-service': text('在役', 'in service'),
  returned: text('已退回', 'returned'),
  scrapped: text('已报废', 'scrapped'),
};

export async function getUnit(ctx: Ctx, unitId: string, lock = false): Promise<Result<Unit>> {
  const unit = await repo.findUnit(ctx, unitId, lock);
  return unit ? ok(unit) : err(productionErrors.UNIT_NOT_FOUND());
}

export async function unitByEpc(ctx: Ctx, epc: string): Promise<Result<Unit>> {
  const unit = await repo.findUnitByEpc(ctx, epc);
  return unit ? ok(unit) : err(productionErrors.UNIT_NOT_FOUND());
}

function wrongState(ctx: Ctx, unit: Unit) {
  return err(
    productionErrors.UNIT_STATE({ serial: unit.serial, state: STATES[unit.state][ctx.lang] }),
  );
}

/** A unit that must exist and be in one of the states; locked until the transaction ends. */
export async function requireUnit(
  ctx: Ctx,
  unitId: string,
  ...states: UnitState[]
): Promise<Result<Unit>> {
  const unit = await getUnit(ctx, unitId, true);
  if (!unit.ok || states.includes(unit.value.state)) return unit;
  return wrongState(ctx, unit.value);
}

/** Moves a unit along its state machine; refuses what the machine does not know. */
export async function moveUnit(
  ctx: Ctx,
  unitId: string,
  event: UnitEvent,
  detail: { readonly place?: string } = {},
): Promise<Result<Unit>> {
  const unit = await getUnit(ctx, unitId, true);
  if (!unit.ok) return unit;
  const to = unitMachine.next(unit.value.state, event);
  if (!to) return wrongState(ctx, unit.value);
  const moved = await repo.updateUnit(ctx, unitId, unit.value.state, {
    state: to,
    ...(detail.place === undefined ? {} : { place: detail.place }),
  });
  if (!moved) return wrongState(ctx, unit.value);
  const at = ctx.now.toISOString();
  await ctx.publish('production.unit-moved', unitId, { unitId, event, state: to, at });
  return event === 'test-pass' ? finishIfDone(ctx, moved) : ok(moved);
}

/** A tested unit whose order has no step left (no paint, no packing) is finished with its test. */
async function finishIfDone(ctx: Ctx, unit: Unit): Promise<Result<Unit>> {
  const operations = await operationsOf(ctx, unit.order_id);
  if (operations.some((o) => o.state !== 'done' && o.state !== 'failed')) return ok(unit);
  await updateOrder(ctx, unit.order_id, 'started', { state: 'done', finished_at: ctx.now });
  return moveUnit(ctx, unit.id, 'finish');
}

/** What a unit is made of, position by position, and where each piece came from. */
export async function asBuiltOf(ctx: Ctx, unit: Unit): Promise<View['asBuilt']> {
  const slots = new Map((await repo.slotsOf(ctx, unit.order_id)).map((s) => [s.pos, s]));
  return (await repo.fillsOf(ctx, unit.order_id)).flatMap((f) => {
    const slot = slots.get(f.pos);
    if (!slot) return [];
    return {
      pos: f.pos,
      part: slot.part,
      origin: f.origin,
      qty: f.qty,
      massG: Number(f.mass_g),
      ...(f.component_id ? { componentId: f.component_id } : {}),
      ...(f.component
        ? {
            componentCode: f.component.code,
            coreId: f.component.coreId,
            coreCode: f.component.coreCode,
          }
        : {}),
      ...(f.lot ? { lot: f.lot } : {}),
    };
  });
}

export function unitSummary(u: Unit) {
  return {
    id: u.id,
    serial: u.serial,
    epc: u.epc,
    state: u.state,
    part: u.part,
    life: u.life,
    massG: Number(u.mass_g),
    orderId: u.order_id,
    assembledAt: u.assembled_at.toISOString(),
    version: u.version,
  };
}

/** A unit with its as-built list, its previous lives, and its remanufacturing rate by mass and by count. */
export async function unitView(ctx: Ctx, u: Unit): Promise<View> {
  const asBuilt = await asBuiltOf(ctx, u);
  const count = (origin: string) =>
    asBuilt.reduce((n, a) => n + (a.origin === origin ? a.qty : 0), 0);
  const counts = { reused: count('reused'), restored: count('restored'), new: count('new') };
  const kept = asBuilt.filter((a) => a.origin !== 'new');
  const mass = asBuilt.reduce((n, a) => n + a.massG, 0);
  const pieces = counts.reused + counts.restored + counts.new;
  return {
    ...unitSummary(u),
    asBuilt,
    previousCores: u.previous_cores,
    counts,
    rates: {
      byMass: mass > 0 ? kept.reduce((n, a) => n + a.massG, 0) / mass : 0,
      byCount: pieces > 0 ? (counts.reused + counts.restored) / pieces : 0,
    },
  };
}
