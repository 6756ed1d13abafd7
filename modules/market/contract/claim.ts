/** Warranty: claimed by whoever bought, judged by quality, remedied by the seller. */
import { perm as quality } from '@zaizao/modules/quality/contract';
import { day, endpoint, fen, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { defineErrors, text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './permissions.ts';
import { PartRef } from './shared.ts';

export const claimErrors = defineErrors({
  CLAIM_NOT_FOUND: { status: 404, ...text('没有此保修申请。', 'There is no such claim.') },
  CLAIM_STATE: {
    status: 409,
    ...text(
      '保修申请 {code} 当前为“{state}”，不能执行此操作。',
      'Claim {code} is "{state}": this step is not possible now.',
    ),
  },
  CLAIM_OPEN: {
    status: 409,
    ...text(
      '产品 {serial} 已有未办结的保修申请 {code}。',
      'Unit {serial} has the open claim {code} already.',
    ),
  },
  CLAIM_NOT_DELIVERED: {
    status: 409,
    ...text('收货后才能申请保修。', 'A claim can be made once the goods are delivered.'),
  },
  CLAIM_DAY: {
    status: 422,
    ...text('故障日期不能晚于今天。', 'The day of the fault must not be in the future.'),
  },
  CLAIM_REMEDY: {
    status: 422,
    ...text(
      '确认故障且在保修期内，须选择更换、维修或退款；不作处理须说明不属于保修范围。',
      'A confirmed fault within the warranty is replaced, repaired or refunded; otherwise say that it is not covered.',
    ),
  },
  CLAIM_REMEDY_WRONG: {
    status: 422,
    ...text(
      '判定的处理方式是“{expected}”，请按判定办理。',
      'The judgement says "{expected}": remedy the claim so.',
    ),
  },
  CLAIM_REFUND: {
    status: 422,
    ...text(
      '退款须大于零，且不超过售价 {price} 元。',
      'The refund must be above zero and at most the price, {price} yuan.',
    ),
  },
  CLAIM_REPLACEMENT: {
    status: 422,
    ...text(
      '更换须选一台同型号、可售且未上架给他人的产品。',
      'Choose a unit of the same part that is available.',
    ),
  },
  CLAIM_UNIT_GONE: {
    status: 409,
    ...text(
      '产品已退回本厂作为旧件，不能再维修后交还；请更换或退款。',
      'The unit came back as a core: it is not repaired and handed back; replace it or refund.',
    ),
  },
});

export const ClaimState = z.enum([
  ...['filed', 'received', 'accepted', 'refused', 'remedied', 'withdrawn'],
] as const);
/** What a customer may say is wrong. */
export const SYMPTOMS = {
  'no-function': text('不工作', 'Does not work'),
  weak: text('无力', 'Weak'),
  noise: text('异响', 'Noise'),
  leak: text('渗漏', 'Leak'),
  overheat: text('过热', 'Overheats'),
  intermittent: text('时好时坏', 'Comes and goes'),
  'transit-damage': text('运输损坏', 'Damaged in transit'),
  'wrong-part': text('型号不符', 'Wrong part'),
  other: text('其他', 'Other'),
} as const;
const SYMPTOM_CODES = Object.keys(SYMPTOMS) as (keyof typeof SYMPTOMS)[]; // keys of the table above
export const Symptom = z.enum(SYMPTOM_CODES);
export const ClaimVerdict = z.enum(['fault', 'no-fault', 'excluded']);
export const Remedy = z.enum(['replace', 'repair', 'refund', 'none']);
export const CostKind = z.enum([
  ...['parts', 'labour', 'transport', 'replacement', 'refund', 'other'],
] as const);

/** What the warranty was on the day of the claim. */
const Terms = z.object({
  months: z.number().int(),
  km: z.number().int().optional(),
  text: z.string(),
  from: day.optional(),
  until: day.optional(),
  /** Kilometres since installation, where both readings are known. */
  usedKm: z.number().int().optional(),
  covered: z.boolean(),
});

const ClaimView = z.object({
  id: z.string(),
  code: z.string(),
  state: ClaimState,
  seller: z.string(),
  buyer: z.string(),
  orderId: z.string(),
  orderCode: z.string(),
  unitId: z.string(),
  serial: z.string(),
  epc: z.string(),
  part: PartRef,
  terms: Terms,
  symptom: Symptom,
  complaint: z.string(),
  occurredOn: day,
  mileageKm: z.number().int().optional(),
  photos: z.array(z.string()),
  filedAt: instant,
  verdict: ClaimVerdict.optional(),
  reason: z.string().optional(),
  remedy: Remedy.optional(),
  judgedAt: instant.optional(),
  coreCode: z.string().optional(),
  /** The unit that takes its place, and the order it comes with. */
  replacement: z
    .object({ serial: z.string(), orderId: z.string(), orderCode: z.string() })
    .optional(),
  refundFen: fen.optional(),
  remedyNote: z.string().optional(),
  remediedAt: instant.optional(),
  steps: z.array(z.object({ state: ClaimState, at: instant })),
  version: z.number().int(),
});

/** What the seller sees beside: who judged, what it cost, where it is handled further. */
export const SellerClaim = ClaimView.extend({
  judgedBy: z.string().optional(),
  coreId: z.string().optional(),
  nonconformanceId: z.string().optional(),
  /** What may be done now. */
  next: z.array(z.enum(['receive', 'judge', 'remedy'])),
  costs: z.array(
    z.object({
      id: z.string(),
      kind: CostKind,
      amountFen: fen,
      note: z.string(),
      by: z.string(),
      at: instant,
    }),
  ),
  costFen: fen,
});

const orderId = z.object({ orderId: id('ord') });
const claimId = z.object({ claimId: id('claim') });

export const fileClaim = endpoint({
  id: 'market.fileClaim',
  method: 'POST',
  path: '/api/v1/market/purchases/:orderId/claims',
  title: text('申请保修', 'File a warranty claim'),
  access: perm('market.claim:file'),
  params: orderId,
  body: z.object({
    unitId: id('unit'),
    symptom: Symptom,
    complaint: line(500),
    occurredOn: day,
    mileageKm: z.number().int().min(0).max(5_000_000).optional(),
    photos: z.array(sha256).min(1).max(8),
  }),
  response: ClaimView,
  status: 201,
});

export const listMyClaims = endpoint({
  id: 'market.listMyClaims',
  method: 'GET',
  path: '/api/v1/market/my-claims',
  title: text('我的保修申请', 'My warranty claims'),
  access: perm('market.claim:file'),
  query: pageQuery.extend({ state: ClaimState.optional(), orderId: id('ord').optional() }),
  response: page(ClaimView),
});

export const getMyClaim = endpoint({
  id: 'market.getMyClaim',
  method: 'GET',
  path: '/api/v1/market/my-claims/:claimId',
  title: text('查看我的保修申请', 'See my claim'),
  access: perm('market.claim:file'),
  params: claimId,
  response: ClaimView,
});

export const withdrawClaim = endpoint({
  id: 'market.withdrawClaim',
  method: 'POST',
  path: '/api/v1/market/my-claims/:claimId/withdrawal',
  title: text('撤回保修申请', 'Withdraw a claim'),
  access: perm('market.claim:file'),
  params: claimId,
  response: ClaimView,
});

export const listClaims = endpoint({
  id: 'market.listClaims',
  method: 'GET',
  path: '/api/v1/market/claims',
  title: text('保修申请', 'Warranty claims'),
  access: perm('market.claim:read'),
  query: pageQuery.extend({
    state: ClaimState.optional(),
    /** Filed, received or accepted. */
    open: z.enum(['yes']).optional(),
    unitId: id('unit').optional(),
    q: line(60).optional(),
  }),
  response: page(SellerClaim),
});

export const getClaim = endpoint({
  id: 'market.getClaim',
  method: 'GET',
  path: '/api/v1/market/claims/:claimId',
  title: text('查看保修申请', 'See a claim'),
  access: perm('market.claim:read'),
  params: claimId,
  response: SellerClaim,
});

export const receiveClaimed = endpoint({
  id: 'market.receiveClaimed',
  method: 'POST',
  path: '/api/v1/market/claims/:claimId/receipt',
  title: text('收回故障件（作为旧件入厂）', 'Take the claimed unit back as a core'),
  access: perm('market.claim:remedy'),
  params: claimId,
  response: SellerClaim,
});

export const judgeClaim = endpoint({
  id: 'market.judgeClaim',
  method: 'POST',
  path: '/api/v1/market/claims/:claimId/judgement',
  title: text('保修判定', 'Judge a claim'),
  access: quality('quality.claim:judge'),
  params: claimId,
  body: z.object({ verdict: ClaimVerdict, remedy: Remedy, reason: line(500) }),
  response: SellerClaim,
});

export const remedyClaim = endpoint({
  id: 'market.remedyClaim',
  method: 'POST',
  path: '/api/v1/market/claims/:claimId/remedy',
  title: text('办理更换、维修或退款', 'Replace, repair or refund'),
  access: perm('market.claim:remedy'),
  params: claimId,
  body: z.object({
    /** The unit that takes its place. */
    replacementUnitId: id('unit').optional(),
    refundFen: fen.optional(),
    note: line(300, 0).default(''),
    /** What it cost beside the refund. */
    costFen: fen.optional(),
  }),
  response: SellerClaim,
});

export const bookClaimCost = endpoint({
  id: 'market.bookClaimCost',
  method: 'POST',
  path: '/api/v1/market/claims/:claimId/costs',
  title: text('登记保修费用', 'Book a cost of a claim'),
  access: perm('market.claim:remedy'),
  params: claimId,
  body: z.object({ kind: CostKind, amountFen: fen, note: line(200, 0).default('') }),
  response: SellerClaim,
});
