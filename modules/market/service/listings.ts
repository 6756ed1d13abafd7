import { getPart, numbersOf } from '@zaizao/modules/catalog';
import { depositFor } from '@zaizao/modules/deposits';
import { allocateCode } from '@zaizao/modules/parties';
import { requireUnit } from '@zaizao/modules/production';
import { certificateOf } from '@zaizao/modules/quality';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { type ListingView, type listUnit, marketErrors } from '../contract.ts';
import { searchText } from '../domain/search-text.ts';
import * as repo from '../repo/listing.ts';

type View = z.input<typeof ListingView>;

export function listingView(l: repo.ListingRow): View {
  return {
    id: l.id,
    code: l.code,
    state: l.state,
    seller: l.seller,
    unitId: l.unit_id,
    serial: l.serial,
    epc: l.epc,
    part: l.part,
    numbers: l.numbers,
    life: l.life,
    goodsClass: l.goods_class,
    priceFen: String(l.price_fen),
    depositFen: String(l.deposit_fen),
    warrantyMonths: l.warranty_months,
    ...(l.warranty_km === null ? {} : { warrantyKm: l.warranty_km }),
    warrantyTerms: l.warranty_terms,
    ...(l.certificate_code ? { certificateCode: l.certificate_code } : {}),
    listedAt: l.listed_at.toISOString(),
  };
}

/** Offers an available unit to everybody. Only what is released from stock can be listed. */
export async function listForSale(
  ctx: Ctx,
  input: z.output<(typeof listUnit)['body']>,
): Promise<Result<View>> {
  const unit = await requireUnit(ctx, input.unitId, 'available');
  if (!unit.ok) return unit;
  const u = unit.value;
  if (await repo.openListingOf(ctx, u.id)) {
    return err(marketErrors.LISTING_EXISTS({ serial: u.serial }));
  }
  const part = await getPart(ctx, u.part_id);
  if (!part.ok) return part;
  const numbers = await numbersOf(ctx, u.part_id);
  const deposit = await depositFor(ctx, u.part_id);
  const certificate = await certificateOf(ctx, u.id);
  const { number, name } = part.value;
  const listed = await repo.insertListing(ctx, {
    id: newId('list', ctx.now.getTime()),
    code: await allocateCode(ctx, 'listing'),
    seller: { id: ctx.org.id, name: ctx.org.name, simulated: ctx.org.simulated },
    unit_id: u.id,
    serial: u.serial,
    epc: u.epc,
    part_id: u.part_id,
    part: { id: u.part_id, number, name },
    numbers,
    search: searchText([name.zh, name.en], [number, u.serial, ...numbers]),
    life: u.life,
    goods_class: input.goodsClass,
    price_fen: BigInt(input.priceFen),
    deposit_fen: deposit?.amountFen ?? 0n,
    programme_id: deposit?.programmeId ?? null,
    warranty_months: input.warrantyMonths,
    warranty_km: input.warrantyKm ?? null,
    warranty_terms: input.warrantyTerms,
    certificate_code: certificate?.code ?? null,
  });
  await ctx.publish('market.unit-listed', u.id, { unitId: u.id, listingId: listed.id });
  return ok(listingView(listed));
}

/** Numbers of the catalogue changed: what is offered now is found by the new ones too. */
export async function renumberListings(ctx: Ctx): Promise<void> {
  for (const partId of await repo.offeredParts(ctx)) {
    const part = await getPart(ctx, partId);
    if (!part.ok) continue;
    const { number, name } = part.value;
    const numbers = await numbersOf(ctx, partId);
    await repo.renumber(ctx, partId, numbers, (serial) =>
      searchText([name.zh, name.en], [number, serial, ...numbers]),
    );
  }
}

export async function withdraw(ctx: Ctx, listingId: string): Promise<Result<View>> {
  const gone = await repo.moveListing(ctx, listingId, 'open', 'withdrawn');
  return gone ? ok(listingView(gone)) : err(marketErrors.LISTING_NOT_FOUND());
}

/** A unit that a stocktake could not find is not offered any longer; one that is ordered is for people to decide. */
export async function withdrawMissing(ctx: Ctx, unitId: string): Promise<undefined> {
  const listing = await repo.openListingOf(ctx, unitId);
  if (listing?.state === 'open') await repo.moveListing(ctx, listing.id, 'open', 'withdrawn');
}
