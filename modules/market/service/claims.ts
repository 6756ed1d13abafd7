import { bizStep, bizTransactionType, disposition, objectEvent } from '@zaizao/epcis';
import { record } from '@zaizao/modules/ledger';
import { allocateCode, defaultSite, todayOf } from '@zaizao/modules/parties';
import { getUnit, moveUnit } from '@zaizao/modules/production';
import { openNonconformance } from '@zaizao/modules/quality';
import { adoptFile, requireFile, type StoredFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type bookClaimCost,
  claimErrors,
  type fileClaim,
  type judgeClaim,
  marketErrors,
  type remedyClaim,
  SYMPTOMS,
} from '../contract.ts';
import { type ClaimEvent, claimMachine } from '../domain/claim-machine.ts';
import { monthsLeft, termsOn } from '../domain/warranty.ts';
import * as repo from '../repo/claim.ts';
import { moveListing, openListingOf } from '../repo/listing.ts';
import { findPurchase, findSale, insertOrder } from '../repo/order.ts';
import {
  type BuyerView,
  claimView,
  REMEDIES,
  type SellerView,
  sellerView,
  wrongClaimState,
} from './claim-views.ts';
import { takeBack } from './orders.ts';

/** The owner of a unit says what is wrong with it, with photos: the seller gets the claim in its books. */
export async function file(
  ctx: Ctx,
  orderId: string,
  input: z.output<(typeof fileClaim)['body']>,
): Promise<Result<BuyerView>> {
  const order = await findPurchase(ctx, orderId);
  const seller = order && (await ctx.app.organisation(order.org_id));
  if (!order || !seller) return err(marketErrors.ORDER_NOT_FOUND());
  const line = order.lines.find((l) => l.unitId === input.unitId);
  if (!line) return err(marketErrors.ORDER_LINE_NOT_FOUND());
  if (order.state !== 'delivered' && order.state !== 'completed') {
    return err(claimErrors.CLAIM_NOT_DELIVERED());
  }
  const today = await todayOf(ctx);
  if (input.occurredOn > today) return err(claimErrors.CLAIM_DAY());
  const files: StoredFile[] = [];
  for (const sha of input.photos) {
    const found = await requireFile(ctx, sha, { image: true });
    if (!found.ok) return found;
    files.push(found.value);
  }
  return ctx.inOrg(seller, 'market.file-claim', async (there) => {
    for (const f of files) await adoptFile(there, f);
    const open = await repo.openClaimOf(there, line.unitId);
    const { serial } = line;
    if (open) return err(claimErrors.CLAIM_OPEN({ serial, code: open.code }));
    const claim = await repo.insertClaim(there, {
      id: newId('claim', there.now.getTime()),
      code: await allocateCode(there, 'claim'),
      buyer_org: order.buyer_org,
      buyer_id: order.buyer_id,
      buyer_name: order.buyer_name,
      seller_name: order.seller_name,
      order_id: order.id,
      order_code: order.code,
      unit_id: line.unitId,
      serial,
      epc: line.epc,
      part: line.part,
      terms: termsOn(line, input.occurredOn, input.mileageKm),
      symptom: input.symptom,
      complaint: input.complaint,
      occurred_on: input.occurredOn,
      mileage_km: input.mileageKm ?? null,
      photos: input.photos,
    });
    const told = await tell(there, claim, 'filed', disposition.unavailable, {
      symptom: input.symptom,
      mileageKilometre: input.mileageKm,
    });
    if (!told.ok) return told;
    await there.publish('market.claim-filed', claim.id, { claimId: claim.id, unitId: line.unitId });
    return ok(claimView(claim));
  });
}

/** What became of a claim, on the life line of its unit. */
async function tell(
  ctx: Ctx,
  c: repo.ClaimRow,
  step: 'filed' | 'judged' | 'remedied',
  state: string,
  zz: Record<string, string | number | undefined>,
): Promise<Result<unknown>> {
  const site = await defaultSite(ctx);
  const steps = { filed: bizStep.holding, judged: bizStep.inspecting, remedied: bizStep.repairing };
  return record(ctx, [
    objectEvent({
      eventTime: ctx.now,
      action: 'OBSERVE',
      epcList: [c.epc],
      bizStep: step === 'remedied' && c.remedy === 'replace' ? bizStep.replacing : steps[step],
      disposition: state,
      readPoint: site.epc,
      bizTransactionList: [
        { type: bizTransactionType.rma, bizTransaction: `urn:zaizao:claim:${c.code}` },
      ],
      zz: { warrantyClaim: c.code, claimStep: step, ...zz },
    }),
  ]);
}

async function move(
  ctx: Ctx,
  c: repo.ClaimRow,
  event: ClaimEvent,
  set: Parameters<typeof repo.updateClaim>[3] = {},
): Promise<Result<repo.ClaimRow>> {
  const to = claimMachine.next(c.state, event);
  if (!to) return wrongClaimState(ctx, c);
  const steps = to === c.state ? c.steps : [...c.steps, { state: to, at: ctx.now.toISOString() }];
  const moved = await repo.updateClaim(ctx, c.id, c.state, { ...set, state: to, steps });
  return moved ? ok(moved) : wrongClaimState(ctx, c);
}

/** The buyer takes the claim back before anything was done about it. */
export async function withdraw(ctx: Ctx, claimId: string): Promise<Result<BuyerView>> {
  const mine = await repo.findMine(ctx, claimId);
  const seller = mine && (await ctx.app.organisation(mine.org_id));
  if (!mine || !seller) return err(claimErrors.CLAIM_NOT_FOUND());
  return ctx.inOrg(seller, 'market.withdraw-claim', async (there) => {
    const claim = await locked(there, claimId);
    if (!claim.ok) return claim;
    const moved = await move(there, claim.value, 'withdraw');
    return moved.ok ? ok(claimView(moved.value)) : moved;
  });
}

async function locked(ctx: Ctx, claimId: string): Promise<Result<repo.ClaimRow>> {
  const claim = await repo.findClaim(ctx, claimId, true);
  return claim ? ok(claim) : err(claimErrors.CLAIM_NOT_FOUND());
}

/** The claimed unit comes home: it is a core of its next life, whatever the judgement will be. */
export async function receive(ctx: Ctx, claimId: string): Promise<Result<SellerView>> {
  const claim = await locked(ctx, claimId);
  if (!claim.ok) return claim;
  if (claim.value.core_id || claim.value.remedy === 'repair')
    return wrongClaimState(ctx, claim.value);
  if (!claimMachine.next(claim.value.state, 'receive')) return wrongClaimState(ctx, claim.value);
  const back = await takeBack(ctx, claim.value.unit_id);
  if (!back.ok) return back;
  const moved = await move(ctx, claim.value, 'receive', {
    core_id: back.value.coreId,
    core_code: back.value.code,
  });
  return moved.ok ? sellerView(ctx, claimId) : moved;
}

/**
 * Quality says whether it is a fault and what is done. A confirmed fault within the warranty is remedied;
 * beyond it, or without a fault, remedying is goodwill. A fault opens a nonconformance from the customer.
 */
export async function judge(
  ctx: Ctx,
  claimId: string,
  input: z.output<(typeof judgeClaim)['body']>,
): Promise<Result<SellerView>> {
  const claim = await locked(ctx, claimId);
  if (!claim.ok) return claim;
  const c = claim.value;
  const owes = input.verdict === 'fault' && c.terms.covered;
  if (owes && input.remedy === 'none') return err(claimErrors.CLAIM_REMEDY());
  if (input.remedy === 'repair' && c.core_id) return err(claimErrors.CLAIM_UNIT_GONE());
  const ncr = input.verdict === 'fault' ? await openFor(ctx, c, input.reason) : ok(undefined);
  if (!ncr.ok) return ncr;
  const moved = await move(ctx, c, input.remedy === 'none' ? 'refuse' : 'accept', {
    verdict: input.verdict,
    remedy: input.remedy,
    reason: input.reason,
    judged_by: `${ctx.principal.kind}:${ctx.principal.id}`,
    judged_at: ctx.now,
    nonconformance_id: ncr.value?.id ?? null,
  });
  if (!moved.ok) return moved;
  const state = input.verdict === 'fault' ? disposition.nonConformant : disposition.conformant;
  const told = await tell(ctx, moved.value, 'judged', state, {
    verdict: input.verdict,
    remedy: input.remedy,
    reason: input.reason,
  });
  if (!told.ok) return told;
  await publishJudged(ctx, moved.value);
  return sellerView(ctx, claimId);
}

function openFor(ctx: Ctx, c: repo.ClaimRow, reason: string) {
  return openNonconformance(ctx, {
    subject: { kind: 'unit', id: c.unit_id, code: c.serial },
    part: c.part,
    source: 'customer',
    defect: c.symptom,
    defectName: SYMPTOMS[c.symptom],
    description: `${c.code}: ${c.complaint} — ${reason}`.slice(0, 500),
    severity: 'major',
  });
}

/** What the figures of the product are made of; told again whenever the cost changes. */
async function publishJudged(ctx: Ctx, c: repo.ClaimRow): Promise<void> {
  const costs = await repo.costsOf(ctx, [c.id]);
  await ctx.publish('market.claim-judged', c.id, {
    claimId: c.id,
    unitId: c.unit_id,
    verdict: c.verdict,
    remedy: c.remedy,
    reportedAt: c.filed_at.toISOString(),
    costFen: String(costs.reduce((n, x) => n + x.amount_fen, 0n)),
  });
}

type Remedied = z.output<(typeof remedyClaim)['body']>;

/** Does what was judged: another unit on the way, the unit repaired, or the money back. */
export async function remedy(
  ctx: Ctx,
  claimId: string,
  input: Remedied,
): Promise<Result<SellerView>> {
  const claim = await locked(ctx, claimId);
  if (!claim.ok) return claim;
  const c = claim.value;
  if (c.state !== 'accepted') return wrongClaimState(ctx, c);
  const done = await byRemedy(ctx, c, input);
  if (!done.ok) return done;
  const moved = await move(ctx, c, 'remedy', {
    ...done.value,
    remedied_at: ctx.now,
    remedy_note: input.note || null,
  });
  if (!moved.ok) return moved;
  if (input.costFen && input.costFen !== '0') {
    const kind =
      c.remedy === 'replace' ? 'replacement' : c.remedy === 'repair' ? 'labour' : 'other';
    const amount_fen = BigInt(input.costFen);
    await repo.insertCost(ctx, { claim_id: c.id, kind, amount_fen, note: input.note });
  }
  const state = c.remedy === 'repair' ? disposition.active : disposition.inactive;
  const told = await tell(ctx, moved.value, 'remedied', state, {
    remedy: c.remedy ?? undefined,
    replacedBy: done.value.replacement?.serial,
  });
  if (!told.ok) return told;
  await publishJudged(ctx, moved.value);
  return sellerView(ctx, claimId);
}

type Done = Pick<Parameters<typeof repo.updateClaim>[3], 'replacement' | 'refund_fen'>;

async function byRemedy(ctx: Ctx, c: repo.ClaimRow, input: Remedied): Promise<Result<Done>> {
  const asked = input.replacementUnitId ? 'replace' : input.refundFen ? 'refund' : 'repair';
  if (c.remedy !== asked) {
    const expected = REMEDIES[c.remedy ?? 'none'][ctx.lang];
    return err(claimErrors.CLAIM_REMEDY_WRONG({ expected }));
  }
  if (input.replacementUnitId) return replace(ctx, c, input.replacementUnitId);
  if (input.refundFen) return refund(ctx, c, BigInt(input.refundFen));
  const unit = await getUnit(ctx, c.unit_id);
  if (!unit.ok) return unit;
  if (unit.value.state !== 'in-service') return ok({}); // never installed: repaired before its service
  const served = await moveUnit(ctx, c.unit_id, 'service');
  return served.ok ? ok({}) : served;
}

async function refund(ctx: Ctx, c: repo.ClaimRow, fen: bigint): Promise<Result<Done>> {
  const sold = (await findSale(ctx, c.order_id))?.lines.find((l) => l.unitId === c.unit_id);
  const price = BigInt(sold?.priceFen ?? '0');
  if (fen <= 0n || fen > price) {
    return err(claimErrors.CLAIM_REFUND({ price: Number(price) / 100 }));
  }
  await repo.insertCost(ctx, { claim_id: c.id, kind: 'refund', amount_fen: fen, note: '' });
  return ok({ refund_fen: fen });
}

/** An order without a price, for the rest of the warranty: picked, shipped and installed like any other. */
async function replace(ctx: Ctx, c: repo.ClaimRow, unitId: string): Promise<Result<Done>> {
  const unit = await getUnit(ctx, unitId, true);
  if (!unit.ok) return unit;
  const u = unit.value;
  if (u.state !== 'available' || u.part_id !== c.part.id)
    return err(claimErrors.CLAIM_REPLACEMENT());
  const sale = await findSale(ctx, c.order_id);
  if (!sale) return err(marketErrors.ORDER_NOT_FOUND());
  const listing = await openListingOf(ctx, unitId);
  if (listing) await moveListing(ctx, listing.id, 'open', 'reserved');
  const reserved = await moveUnit(ctx, unitId, 'reserve');
  if (!reserved.ok) return reserved;
  const today = await todayOf(ctx);
  const order = await insertOrder(ctx, {
    id: newId('ord', ctx.now.getTime()),
    code: await allocateCode(ctx, 'order'),
    buyer_org: c.buyer_org,
    buyer_id: c.buyer_id,
    buyer_name: c.buyer_name,
    seller_name: c.seller_name,
    lines: [
      {
        listingId: listing?.id ?? '',
        unitId,
        serial: u.serial,
        epc: u.epc,
        part: u.part,
        priceFen: '0',
        depositFen: '0',
        warrantyMonths: monthsLeft(c.terms, today),
        ...(c.terms.km === undefined ? {} : { warrantyKm: c.terms.km }),
        warrantyTerms: c.terms.text,
      },
    ],
    goods_fen: 0n,
    deposit_fen: 0n,
    on_credit: true,
    deliver_to: sale.deliver_to,
  });
  await ctx.publish('market.order-placed', order.id, { orderId: order.id });
  return ok({ replacement: { serial: u.serial, orderId: order.id, orderCode: order.code } });
}

/** A cost of a claim, whenever it becomes known; figures of the product follow. */
export async function bookCost(
  ctx: Ctx,
  claimId: string,
  input: z.output<(typeof bookClaimCost)['body']>,
): Promise<Result<SellerView>> {
  const claim = await locked(ctx, claimId);
  if (!claim.ok) return claim;
  const c = claim.value;
  const amount_fen = BigInt(input.amountFen);
  if (c.state === 'withdrawn' || amount_fen <= 0n) return wrongClaimState(ctx, c);
  await repo.insertCost(ctx, { claim_id: c.id, kind: input.kind, amount_fen, note: input.note });
  if (c.verdict) await publishJudged(ctx, c);
  return sellerView(ctx, claimId);
}
