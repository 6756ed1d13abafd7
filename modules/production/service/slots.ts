import { associationEvent, bizStep } from '@zaizao/epcis';
import { type Component, getComponent, moveComponent, splitLot } from '@zaizao/modules/dismantling';
import { record } from '@zaizao/modules/ledger';
import { defaultSite } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { type fillSlot, type OrderView, productionErrors } from '../contract.ts';
import { orderMachine } from '../domain/machines.ts';
import * as orders from '../repo/order.ts';
import * as repo from '../repo/unit.ts';
import { orderNotFound, orderView } from './orders.ts';
import { orderStateError } from './states.ts';

type View = z.input<typeof OrderView>;

/** So many empty slots are named in a refusal; the rest is on the order. */
const NAMED = 5;

/** The id that the unit of an assembly order will have: components point at it before its birth. */
export function unitIdOf(orderId: string): string {
  return orderId.replace(/^wo_/, 'unit_');
}

/** An assembly order whose unit is not born yet, locked. */
export async function openAssembly(ctx: Ctx, orderId: string): Promise<Result<orders.OrderRow>> {
  const w = await orders.findOrder(ctx, orderId, true);
  if (w?.kind !== 'assemble') return err(orderNotFound());
  const open = (w.state === 'released' || w.state === 'started') && !w.unit_id;
  return open ? ok(w) : err(orderStateError(ctx, w));
}

/** What is in the slots of an order when none has room left; else which are still empty. */
export async function slotsFilled(ctx: Ctx, orderId: string): Promise<Result<repo.FillRow[]>> {
  const slots = await repo.slotsOf(ctx, orderId);
  const fills = await repo.fillsOf(ctx, orderId);
  const short = slots.filter(
    (s) => fills.filter((f) => f.pos === s.pos).reduce((n, f) => n + f.qty, 0) < s.qty,
  );
  if (short.length === 0) return ok(fills);
  const named = short.slice(0, NAMED).map((s) => `${s.pos} ${s.part.name[ctx.lang]}`);
  if (short.length > NAMED) named.push('…');
  const positions = named.join(ctx.lang === 'zh' ? '、' : ', ');
  return err(productionErrors.SLOTS_OPEN({ n: short.length, positions }));
}

/**
 * Puts an accepted component, or a lot of new parts, into its slot. A wrong, scrapped or unaccepted
 * component is refused with the reason; of a lot only what is needed is taken.
 */
export async function fill(
  ctx: Ctx,
  orderId: string,
  input: z.output<(typeof fillSlot)['body']>,
): Promise<Result<View>> {
  const w = await openAssembly(ctx, orderId);
  if (!w.ok) return w;
  const slot = (await repo.slotsOf(ctx, orderId)).find((s) => s.pos === input.pos);
  if (!slot) return err(productionErrors.SLOT_UNKNOWN({ pos: input.pos }));
  const filled = (await repo.fillsOf(ctx, orderId))
    .filter((f) => f.pos === input.pos)
    .reduce((n, f) => n + f.qty, 0);
  const missing = slot.qty - filled;
  if (missing <= 0) return err(productionErrors.SLOT_FULL({ pos: input.pos }));
  const done = input.componentId
    ? await fillWith(ctx, orderId, slot, input.componentId, input.qty, missing)
    : await fillNew(ctx, orderId, slot, input.newLot ?? '', input.qty ?? missing, missing);
  return done.ok ? orderView(ctx, orderId) : done;
}

export async function fillNew(
  ctx: Ctx,
  orderId: string,
  slot: repo.SlotRow,
  lot: string,
  qty: number,
  missing: number,
): Promise<Result<undefined>> {
  if (qty > missing) return err(productionErrors.SLOT_NEW_REFUSED({ pos: slot.pos, missing }));
  await repo.insertFill(ctx, {
    order_id: orderId,
    pos: slot.pos,
    origin: 'new',
    qty,
    component_id: null,
    component: null,
    lot,
    mass_g: qty * Number(slot.piece_g),
  });
  return ok(undefined);
}

/** Some pieces of a lot, as a lot of their own that the ledger knows to be of the first. */
async function takeFrom(ctx: Ctx, lot: Component, qty: number): Promise<Result<Component>> {
  const taken = await splitLot(ctx, lot.id, qty);
  if (!taken.ok || taken.value.id === lot.id) return taken;
  const site = await defaultSite(ctx);
  const recorded = await record(ctx, [
    associationEvent({
      eventTime: ctx.now,
      action: 'DELETE',
      parentID: lot.epc,
      childEPCs: [taken.value.epc],
      bizStep: bizStep.removing,
      readPoint: site.epc,
      zz: { quantity: qty },
    }),
  ]);
  return recorded.ok ? taken : recorded;
}

export async function fillWith(
  ctx: Ctx,
  orderId: string,
  slot: repo.SlotRow,
  componentId: string,
  wanted: number | undefined,
  missing: number,
): Promise<Result<undefined>> {
  const component = await getComponent(ctx, componentId, true);
  if (!component.ok) return component;
  if (component.value.part_id !== slot.part_id) {
    const [expected, given] = [slot.part.name[ctx.lang], component.value.part.name[ctx.lang]];
    return err(productionErrors.SLOT_PART_WRONG({ pos: slot.pos, expected, given }));
  }
  const qty = Math.min(wanted ?? component.value.qty, component.value.qty, missing);
  const taken = await takeFrom(ctx, component.value, qty);
  if (!taken.ok) return taken;
  const c = await moveComponent(ctx, taken.value.id, 'install', { unitId: unitIdOf(orderId) });
  if (!c.ok) return c;
  await repo.insertFill(ctx, {
    order_id: orderId,
    pos: slot.pos,
    origin: c.value.restored_times > 0 ? 'restored' : 'reused',
    qty,
    component_id: c.value.id,
    component: {
      code: c.value.code,
      epc: c.value.epc,
      coreId: c.value.core_id,
      coreCode: c.value.core_code,
      lives: c.value.lives,
    },
    lot: null,
    mass_g: Number(c.value.mass_g),
  });
  return ok(undefined);
}

/** Takes out what was put into a slot by mistake: a component must be cleaned and inspected again. */
export async function empty(ctx: Ctx, orderId: string, pos: number): Promise<Result<View>> {
  const w = await openAssembly(ctx, orderId);
  if (!w.ok) return w;
  const fills = (await repo.fillsOf(ctx, orderId)).filter((f) => f.pos === pos);
  if (fills.length === 0) return err(productionErrors.SLOT_EMPTY({ pos }));
  const out = await takeOut(ctx, fills);
  return out.ok ? orderView(ctx, orderId) : out;
}

/** What was assembled comes out again, all of it. */
export async function takeApart(ctx: Ctx, orderId: string): Promise<Result<undefined>> {
  return takeOut(ctx, await repo.fillsOf(ctx, orderId));
}

export async function takeOut(
  ctx: Ctx,
  fills: readonly repo.FillRow[],
): Promise<Result<undefined>> {
  for (const f of fills) {
    const out = f.component_id ? await moveComponent(ctx, f.component_id, 'remove') : ok();
    if (!out.ok) return out;
    await repo.removeFill(ctx, f.order_id, f.id);
  }
  return ok(undefined);
}

/** Takes an order back that nobody has begun; what is in its slots comes out. */
export async function cancel(ctx: Ctx, orderId: string): Promise<Result<View>> {
  const w = await orders.findOrder(ctx, orderId, true);
  if (!w) return err(orderNotFound());
  const to = orderMachine.next(w.state, 'cancel');
  if (!to) return err(orderStateError(ctx, w));
  const out = await takeApart(ctx, orderId);
  if (!out.ok) return out;
  await orders.updateOrder(ctx, orderId, w.state, { state: to, finished_at: ctx.now });
  return orderView(ctx, orderId);
}
