/** The buyer’s side of an order: placed, delivered, installed, its old core sent back. */

import { bizStep, disposition } from '@zaizao/epcis';
import { announceReturn } from '@zaizao/modules/cores';
import { charge, matchReturn, startWindow } from '@zaizao/modules/deposits';
import { allocateCode, partnerOfOrg, todayOf } from '@zaizao/modules/parties';
import { moveUnit } from '@zaizao/modules/production';
import { adoptFile, requireFile, type StoredFile } from '@zaizao/platform/files';
import type { Ctx, OrgRef } from '@zaizao/platform/http';
import { err, newId, ok, type Result } from '@zaizao/platform/kernel';
import { parseVin } from '@zaizao/vin';
import type { z } from 'zod';
import {
  marketErrors,
  type placePurchase,
  type recordInstallation,
  type returnCore,
} from '../contract.ts';
import { findPublished, type ListingRow, lockListing, moveListing } from '../repo/listing.ts';
import * as repo from '../repo/order.ts';
import type { Line } from '../repo/tables.ts';
import { move, orderView, recordUnits, sale, type View, wrongState } from './order-step.ts';

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
