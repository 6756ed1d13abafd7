import { bizStep, disposition } from '@zaizao/epcis';
import { receiveReturnedUnit } from '@zaizao/modules/cores';
import { cancelOfOrder, payInOfOrder } from '@zaizao/modules/deposits';
import { giveCustody } from '@zaizao/modules/ledger';
import { getUnit, moveUnit, parcelOfUnit } from '@zaizao/modules/production';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import { marketErrors } from '../contract.ts';
import { moveListing } from '../repo/listing.ts';
import * as repo from '../repo/order.ts';
import type { Line } from '../repo/tables.ts';
import { move, orderView, recordUnits, sale, type View, wrongState } from './order-step.ts';

/** The seller takes the order, or refuses it: then units, listings and deposits are free again. */
export async function answerOrder(
  ctx: Ctx,
  orderId: string,
  accept: boolean,
): Promise<Result<View>> {
  const order = await sale(ctx, orderId);
  if (!order.ok) return order;
  const moved = await move(ctx, order.value, accept ? 'confirm' : 'cancel');
  if (!moved.ok) return moved;
  if (!accept) {
    for (const l of order.value.lines) {
      const freed = await moveUnit(ctx, l.unitId, 'unreserve');
      if (!freed.ok) return freed;
      await moveListing(ctx, l.listingId, 'reserved', 'open');
    }
    const undone = await cancelOfOrder(ctx, orderId);
    if (!undone.ok) return undone;
  }
  return ok(orderView(moved.value));
}

export async function pay(ctx: Ctx, orderId: string, reference: string): Promise<Result<View>> {
  const order = await sale(ctx, orderId);
  if (!order.ok) return order;
  const moved = await move(ctx, order.value, 'pay', { payment_reference: reference });
  if (!moved.ok) return moved;
  const paid = await payInOfOrder(ctx, orderId);
  return paid.ok ? ok(orderView(moved.value)) : paid;
}

/** Picked by scanning: exactly the serials of the order, and paid for unless on credit. */
export async function pick(
  ctx: Ctx,
  orderId: string,
  serials: readonly string[],
): Promise<Result<View>> {
  const order = await sale(ctx, orderId);
  if (!order.ok) return order;
  const o = order.value;
  if (o.state === 'confirmed' && !o.on_credit) return wrongState(ctx, o);
  const wanted = new Set(o.lines.map((l) => l.serial));
  const scanned = new Set(serials);
  if (wanted.size !== scanned.size || [...scanned].some((s) => !wanted.has(s))) {
    return err(marketErrors.ORDER_LINE_NOT_FOUND());
  }
  const moved = await move(ctx, o, 'pick');
  return moved.ok ? ok(orderView(moved.value)) : moved;
}

export async function ship(
  ctx: Ctx,
  orderId: string,
  by: { carrier: string; trackingNumber: string },
): Promise<Result<View>> {
  const order = await sale(ctx, orderId);
  if (!order.ok) return order;
  const o = order.value;
  const lines: Line[] = [];
  for (const l of o.lines) {
    const parcel = await parcelOfUnit(ctx, l.unitId);
    lines.push(parcel ? { ...l, sscc: parcel.sscc } : l);
  }
  const moved = await move(ctx, o, 'ship', {
    lines,
    carrier: by.carrier,
    tracking_number: by.trackingNumber,
  });
  if (!moved.ok) return moved;
  for (const l of o.lines) {
    const sold = await moveUnit(ctx, l.unitId, 'sell');
    if (!sold.ok) return sold;
    const shipped = await moveUnit(ctx, l.unitId, 'ship');
    if (!shipped.ok) return shipped;
    await moveListing(ctx, l.listingId, 'reserved', 'sold');
  }
  const parcels = lines.flatMap((l) => (l.sscc ? `https://id.gs1.org/00/${l.sscc}` : []));
  const shipped = [...o.lines.map((l) => l.epc), ...parcels];
  const detail = { carrier: by.carrier, trackingNumber: by.trackingNumber };
  const { inTransit } = disposition;
  const recorded = await recordUnits(ctx, o, bizStep.shipping, inTransit, detail, shipped);
  if (!recorded.ok) return recorded;
  // The buyer has them from now on, and with them the history that our policy gives.
  const buyer = await ctx.app.organisation(o.buyer_org);
  if (buyer) await giveCustody(ctx, { things: o.lines.map((l) => l.epc), to: buyer, at: ctx.now });
  return ok(orderView(moved.value));
}

/** A unit that we sold comes home at the end of a life: it is the core of its next one. */
export async function takeBack(
  ctx: Ctx,
  unitId: string,
): Promise<Result<{ coreId: string; code: string; life: number }>> {
  const unit = await getUnit(ctx, unitId, true);
  if (!unit.ok) return unit;
  const order = await repo.saleOfUnit(ctx, unitId);
  if (!order) return err(marketErrors.RETURN_NOT_UNIT());
  const returned = await moveUnit(ctx, unitId, 'return');
  if (!returned.ok) return returned;
  const u = returned.value;
  const core = await receiveReturnedUnit(ctx, {
    unitId,
    unitEpc: u.epc,
    code: u.serial,
    partId: u.part_id,
    life: u.life,
    customerId: order.buyer_id,
    customerOrg: order.buyer_org,
    massG: Math.round(Number(u.mass_g)),
  });
  if (!core.ok) return core;
  await ctx.publish('market.unit-returned', unitId, { unitId, coreId: core.value.id });
  return ok({ coreId: core.value.id, code: core.value.code, life: core.value.life });
}
