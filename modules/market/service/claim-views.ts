import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result, type Text, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { claimErrors, type fileClaim, type Remedy, type SellerClaim } from '../contract.ts';
import { type ClaimState, claimMachine } from '../domain/claim-machine.ts';
import * as repo from '../repo/claim.ts';

export type BuyerView = z.input<(typeof fileClaim)['response']>;
export type SellerView = z.input<typeof SellerClaim>;

const STATES: Record<ClaimState, Text> = {
  filed: text('已申请', 'filed'),
  received: text('已收回', 'received'),
  accepted: text('已受理', 'accepted'),
  refused: text('不予保修', 'refused'),
  remedied: text('已办结', 'remedied'),
  withdrawn: text('已撤回', 'withdrawn'),
};

export const REMEDIES: Record<z.output<typeof Remedy>, Text> = {
  replace: text('更换', 'replace'),
  repair: text('维修', 'repair'),
  refund: text('退款', 'refund'),
  none: text('不处理', 'nothing'),
};

export function wrongClaimState(ctx: Ctx, c: repo.ClaimRow) {
  return err(claimErrors.CLAIM_STATE({ code: c.code, state: STATES[c.state][ctx.lang] }));
}

/** A claim as both sides see it. */
export function claimView(c: repo.ClaimRow): BuyerView {
  return {
    id: c.id,
    code: c.code,
    state: c.state,
    seller: c.seller_name,
    buyer: c.buyer_name,
    orderId: c.order_id,
    orderCode: c.order_code,
    unitId: c.unit_id,
    serial: c.serial,
    epc: c.epc,
    part: c.part,
    terms: c.terms,
    symptom: c.symptom,
    complaint: c.complaint,
    occurredOn: c.occurred_on,
    ...(c.mileage_km === null ? {} : { mileageKm: c.mileage_km }),
    photos: c.photos,
    filedAt: c.filed_at.toISOString(),
    ...(c.verdict ? { verdict: c.verdict } : {}),
    ...(c.reason ? { reason: c.reason } : {}),
    ...(c.remedy ? { remedy: c.remedy } : {}),
    ...(c.judged_at ? { judgedAt: c.judged_at.toISOString() } : {}),
    ...(c.core_code ? { coreCode: c.core_code } : {}),
    ...(c.replacement ? { replacement: c.replacement } : {}),
    ...(c.refund_fen === null ? {} : { refundFen: String(c.refund_fen) }),
    ...(c.remedy_note ? { remedyNote: c.remedy_note } : {}),
    ...(c.remedied_at ? { remediedAt: c.remedied_at.toISOString() } : {}),
    steps: c.steps,
    version: c.version,
  };
}

function nextOf(c: repo.ClaimRow): SellerView['next'] {
  const may = new Set(claimMachine.events(c.state));
  return [
    ...(may.has('receive') && !c.core_id && c.remedy !== 'repair' ? (['receive'] as const) : []),
    ...(may.has('accept') ? (['judge'] as const) : []),
    ...(may.has('remedy') ? (['remedy'] as const) : []),
  ];
}

export async function sellerViews(ctx: Ctx, rows: readonly repo.ClaimRow[]): Promise<SellerView[]> {
  const costs = Map.groupBy(
    await repo.costsOf(
      ctx,
      rows.map((r) => r.id),
    ),
    (c) => c.claim_id,
  );
  return rows.map((c) => {
    const mine = costs.get(c.id) ?? [];
    return {
      ...claimView(c),
      ...(c.judged_by ? { judgedBy: c.judged_by } : {}),
      ...(c.core_id ? { coreId: c.core_id } : {}),
      ...(c.nonconformance_id ? { nonconformanceId: c.nonconformance_id } : {}),
      next: nextOf(c),
      costs: mine.map((x) => ({
        id: x.id,
        kind: x.kind,
        amountFen: String(x.amount_fen),
        note: x.note,
        by: x.by_whom,
        at: x.at.toISOString(),
      })),
      costFen: String(mine.reduce((n, x) => n + x.amount_fen, 0n)),
    };
  });
}

export async function sellerView(ctx: Ctx, claimId: string): Promise<Result<SellerView>> {
  const row = await repo.findClaim(ctx, claimId);
  if (!row) return err(claimErrors.CLAIM_NOT_FOUND());
  const [view] = await sellerViews(ctx, [row]);
  return view ? ok(view) : err(claimErrors.CLAIM_NOT_FOUND());
}
