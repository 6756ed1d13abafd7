import { bizStep, bizTransactionType, disposition, objectEvent } from '@zaizao/epcis';
import { announceReturn, receiveReturnedUnit } from '@zaizao/modules/cores';
import {
  cancelOfOrder,
  charge,
  matchReturn,
  payInOfOrder,
  startWindow,
} from '@zaizao/modules/deposits';
import { giveCustody, record } from '@zaizao/modules/ledger';
import { allocateCode, defaultSite, partnerOfOrg, todayOf } from '@zaizao/modules/parties';
import { getUnit, moveUnit, parcelOfUnit } from '@zaizao/modules/production';
import { adoptFile, requireFile, type StoredFile } from '@zaizao/platform/files';
import type { Ctx, OrgRef } from '@zaizao/platform/http';
import { err, newId, ok, type Result, type Text, text } from '@zaizao/platform/kernel';
import { parseVin } from '@zaizao/vin';
import type { z } from 'zod';
import {
  marketErrors,
  type OrderView,
  type placePurchase,
  type recordInstallation,
  type returnCore,
} from '../contract.ts';
import { type OrderEvent, type OrderState, orderMachine } from '../domain/order-machine.ts';
import { findPublished, type ListingRow, lockListing, moveListing } from '../repo/listing.ts';
import * as repo from '../repo/order.ts';
import type { Line } from '../repo/tables.ts';

type View = z.input<typeof OrderView>;

const STATES: Record<OrderState, Text> = {
  placed: text('已下单', 'placed'),
  confirmed: text('已确认', 'confirmed'),
  paid: text('已付款', 'paid'),
  picked: text('已拣货', 'picked'),
  shipped: text('已发货', 'shipped'),
  delivered: text('已送达', 'delivered'),
  completed: text('已完成', 'completed'),
  cancelled: text('已取消', 'cancelled'),
};

function wrongState(ctx: Ctx, o: repo.OrderRow) {
  return err(marketErrors.ORDER_STATE({ code: o.code, state: STATES[o.state][ctx.lang] }));
}

type Changes = Omit<Parameters<typeof repo.updateOrder>[3], 'state' | 'steps'>;

async function move(
  ctx: Ctx,
  o: repo.OrderRow,
  event: OrderEvent,
  set: Changes = {},
): Promise<Result<repo.OrderRow>> {
  const to = orderMachine.next(o.state, event);
  if (!to) return wrongState(ctx, o);
  const steps = [...o.steps, { state: to, at: ctx.now.toISOString() }];
  const moved = await repo.updateOrder(ctx, o.id, o.state, { ...set, state: to, steps });
  if (!moved) return wrongState(ctx, o);
  await ctx.publish(`market.order-${to}`, o.id, {
    orderId: o.id,
    unitIds: o.lines.map((l) => l.unitId),
  });
  return ok(moved);
}

/**
 * Places an order: each unit is reserved and each deposit charged in the seller's books, in the
 * same transaction; two buyers of the last unit cannot both succeed.
 */
export async function place(
  ctx: Ctx,
  input: z.output<(typeof placePurchase)['body']>,
): Promise<Result<View>> {
  const listings: ListingRow[] = [];
  for (const id of new Set(input.listingIds)) {
    const listing = await findPublished(ctx, id);
    if (!listing) return err(marketErrors.LISTING_NOT_FOUND());
    if (listing.org_id === ctx.org.no) return err(marketErrors.LISTING_OWN());
    listings.push(listing);
  }
  const [first] = listings;
  if (!first || listings.some((l) => l.org_id !== first.org_id)) {
    return err(marketErrors.LISTING_SELLERS());
  }
  const seller = await ctx.app.organisation(first.org_id);
  if (!seller) return err(marketErrors.LISTING_NOT_FOUND());
  const buyer = ctx.org;
  return ctx.inOrg(seller, 'market.place-purchase', (there) =>
    placeAt(there, buyer, listings, input),
  );
}

async function placeAt(
  there: Ctx,
  buyer: OrgRef,
  listings: readonly ListingRow[],
  input: z.output<(typeof placePurchase)['body']>,
): Promise<Result<View>> {
  const partner = await partnerOfOrg(there, buyer);
  if (!partner.ok) return partner;
  const lines: Line[] = [];
  for (const { id } of listings) {
    const l = await lockListing(there, id);
    const reserved = l && (await moveListing(there, id, 'open', 'reserved'));
    if (!l || !reserved) return err(marketErrors.LISTING_TAKEN({ serial: l?.serial ?? '' }));
    const unit = await moveUnit(there, l.unit_id, 'reserve');
    if (!unit.ok) return unit;
    lines.push({
      listingId: l.id,
      unitId: l.unit_id,
      serial: l.serial,
      epc: l.epc,
      part: l.part,
      priceFen: String(l.price_fen),
      depositFen: String(l.deposit_fen),
      ...(l.programme_id ? { programmeId: l.programme_id } : {}),
      warrantyMonths: l.warranty_months,
      ...(l.warranty_km === null ? {} : { warrantyKm: l.warranty_km }),
      warrantyTerms: l.warranty_terms,
    });
  }
  const sum = (of: (l: Line) => string) => lines.reduce((n, l) => n + BigInt(of(l)), 0n);
  const order = await repo.insertOrder(there, {
    id: newId('ord', there.now.getTime()),
    code: await allocateCode(there, 'order'),
    buyer_org: buyer.no,
    buyer_id: partner.value.id,
    buyer_name: buyer.name,
    seller_name: there.org.name,
    lines,
    goods_fen: sum((l) => l.priceFen),
    deposit_fen: sum((l) => l.depositFen),
    on_credit: input.onCredit,
    deliver_to: input.deliverTo,
  });
  for (const l of lines) {
    if (!l.programmeId || l.depositFen === '0') continue;
    const charged = await charge(there, {
      customer: { id: partner.value.id, name: buyer.name, org: buyer },
      order: { id: order.id, code: order.code },
      unitEpc: l.epc,
      part: l.part,
      amountFen: BigInt(l.depositFen),
      programmeId: l.programmeId,
    });
    if (!charged.ok) return charged;
  }
  await there.publish('market.order-placed', order.id, { orderId: order.id });
  return ok(orderView(order));
}

async function sale(ctx: Ctx, orderId: string): Promise<Result<repo.OrderRow>> {
  const order = await repo.findSale(ctx, orderId, true);
  return order ? ok(order) : err(marketErrors.ORDER_NOT_FOUND());
}

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

async function recordUnits(
  ctx: Ctx,
  o: repo.OrderRow,
  step: string,
  state: string,
  zz: Record<string, string | number | undefined>,
  epcs: readonly string[] = o.lines.map((l) => l.epc),
): Promise<Result<unknown>> {
  const site = await defaultSite(ctx);
  const order = { type: bizTransactionType.po, bizTransaction: `urn:zaizao:order:${o.code}` };
  return record(ctx, [
    objectEvent({
      eventTime: ctx.now,
      action: 'OBSERVE',
      epcList: [...epcs],
      bizStep: step,
      disposition: state,
      readPoint: site.epc,
      bizTransactionList: [order],
      zz,
    }),
  ]);
}

interface Bought {
  order: repo.OrderRow;
  seller: OrgRef;
}

async function purchase(ctx: Ctx, orderId: string): Promise<Result<Bought>> {
  const order = await repo.findPurchase(ctx, orderId);
  const seller = order && (await ctx.app.organisation(order.org_id));
  return order && seller ? ok({ order, seller }) : err(marketErrors.ORDER_NOT_FOUND());
}

/** The buyer has the goods: the return window of the deposits begins. */
export async function confirmDelivered(ctx: Ctx, orderId: string): Promise<Result<View>> {
  const found = await purchase(ctx, orderId);
  if (!found.ok) return found;
  const day = await todayOf(ctx);
  const recorded = await recordUnits(
    ctx,
    found.value.order,
    bizStep.receiving,
    disposition.inProgress,
    {},
  );
  if (!recorded.ok) return recorded;
  return ctx.inOrg(found.value.seller, 'market.confirm-delivery', async (there) => {
    const order = await sale(there, orderId);
    if (!order.ok) return order;
    const moved = await move(there, order.value, 'deliver');
    if (!moved.ok) return moved;
    const started = await startWindow(there, orderId, day);
    return started.ok ? ok(orderView(moved.value)) : started;
  });
}

/** A unit is put in service: where, at what mileage; warranty and monitoring start here. */
export async function install(
  ctx: Ctx,
  orderId: string,
  input: z.output<(typeof recordInstallation)['body']>,
): Promise<Result<View>> {
  const found = await purchase(ctx, orderId);
  if (!found.ok) return found;
  const line = found.value.order.lines.find((l) => l.unitId === input.unitId);
  if (!line) return err(marketErrors.ORDER_LINE_NOT_FOUND());
  if (input.vin) {
    const vin = parseVin(input.vin);
    if (!vin.ok) return err(marketErrors.ORDER_VIN_INVALID({ reason: vin.error.message }));
  }
  const at = await todayOf(ctx);
  const recorded = await recordUnits(
    ctx,
    found.value.order,
    bizStep.installing,
    disposition.active,
    { mileageKilometre: input.mileageKm },
    [line.epc],
  );
  if (!recorded.ok) return recorded;
  return ctx.inOrg(found.value.seller, 'market.record-installation', async (there) => {
    const order = await sale(there, orderId);
    if (!order.ok) return order;
    for (const event of ['install', 'enter-service'] as const) {
      const moved = await moveUnit(there, input.unitId, event);
      if (!moved.ok) return moved;
    }
    const installed = { at, vin: input.vin, mileageKm: input.mileageKm };
    const lines = order.value.lines.map((l) =>
      l.unitId === input.unitId ? { ...l, installed } : l,
    );
    const kept = await repo.updateOrder(there, orderId, order.value.state, { lines });
    if (!kept) return wrongState(there, order.value);
    const all = lines.every((l) => l.installed);
    const done = all && kept.state === 'delivered' ? await move(there, kept, 'complete') : ok(kept);
    return done.ok ? ok(orderView(done.value)) : done;
  });
}

/**
 * The buyer sends the old core back for the deposit: it is announced in the seller's books as a
 * core of this customer and matched to the oldest open deposit. The grade decides the credit.
 */
export async function sendCoreBack(
  ctx: Ctx,
  orderId: string,
  input: z.output<(typeof returnCore)['body']>,
): Promise<Result<View>> {
  const found = await purchase(ctx, orderId);
  if (!found.ok) return found;
  const line = found.value.order.lines.find((l) => l.unitId === input.unitId);
  if (!line) return err(marketErrors.ORDER_LINE_NOT_FOUND());
  const files: StoredFile[] = [];
  for (const sha of input.photos) {
    const file = await requireFile(ctx, sha, { image: true });
    if (!file.ok) return file;
    files.push(file.value);
  }
  const buyer = ctx.org;
  return ctx.inOrg(found.value.seller, 'market.return-core', async (there) => {
    for (const file of files) await adoptFile(there, file);
    const order = await sale(there, orderId);
    if (!order.ok) return order;
    const o = order.value;
    const core = await announceReturn(there, {
      number: input.numberSeen,
      partId: line.part.id,
      supplierId: o.buyer_id,
      supplierOrg: buyer.no,
      photos: input.photos,
    });
    if (!core.ok) return core;
    const matched = await matchReturn(there, {
      coreId: core.value.id,
      customerId: o.buyer_id,
      partId: line.part.id,
    });
    if (!matched.ok) return matched;
    const core_returns = [
      ...o.core_returns,
      { coreId: core.value.id, code: core.value.code, at: there.now.toISOString() },
    ];
    const kept = await repo.updateOrder(there, orderId, o.state, { core_returns });
    return kept ? ok(orderView(kept)) : wrongState(there, o);
  });
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

export function orderView(o: repo.OrderRow): View {
  return {
    id: o.id,
    code: o.code,
    state: o.state,
    seller: o.seller_name,
    buyer: o.buyer_name,
    lines: o.lines,
    goodsFen: String(o.goods_fen),
    depositFen: String(o.deposit_fen),
    totalFen: String(o.goods_fen + o.deposit_fen),
    onCredit: o.on_credit,
    deliverTo: o.deliver_to,
    ...(o.carrier ? { carrier: o.carrier } : {}),
    ...(o.tracking_number ? { trackingNumber: o.tracking_number } : {}),
    steps: o.steps,
    coreReturns: o.core_returns,
    version: o.version,
  };
}
