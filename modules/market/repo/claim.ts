import { holds, jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { newId } from '@zaizao/platform/kernel';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { ClaimVerdict, CostKind, Remedy, Symptom } from '../contract.ts';
import type { ClaimState } from '../domain/claim-machine.ts';
import type { Terms } from '../domain/warranty.ts';
import type { PartRef } from './tables.ts';

interface ClaimTable {
  org_id: number;
  id: string;
  code: string;
  state: ClaimState;
  buyer_org: number;
  buyer_id: string;
  buyer_name: string;
  seller_name: string;
  order_id: string;
  order_code: string;
  unit_id: string;
  serial: string;
  epc: string;
  part: PartRef;
  terms: Terms;
  symptom: z.output<typeof Symptom>;
  complaint: string;
  occurred_on: string;
  mileage_km: number | null;
  photos: string[];
  filed_at: Date;
  verdict: z.output<typeof ClaimVerdict> | null;
  reason: string | null;
  remedy: z.output<typeof Remedy> | null;
  judged_by: string | null;
  judged_at: Date | null;
  nonconformance_id: string | null;
  core_id: string | null;
  core_code: string | null;
  replacement: { serial: string; orderId: string; orderCode: string } | null;
  refund_fen: bigint | null;
  remedied_at: Date | null;
  remedy_note: string | null;
  steps: { state: ClaimState; at: string }[];
  version: number;
}

interface CostTable {
  org_id: number;
  claim_id: string;
  id: string;
  kind: z.output<typeof CostKind>;
  amount_fen: bigint;
  note: string;
  by_whom: string;
  at: Date;
}

type Tables = { 'market.warranty_claim': ClaimTable; 'market.claim_cost': CostTable };
const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

export type ClaimRow = ClaimTable;
export type CostRow = CostTable;

const EMPTY = {
  ...{ verdict: null, reason: null, remedy: null, judged_by: null, judged_at: null },
  ...{ nonconformance_id: null, core_id: null, core_code: null, replacement: null },
  ...{ refund_fen: null, remedied_at: null, remedy_note: null },
};

type NewClaim = Omit<
  ClaimTable,
  keyof typeof EMPTY | 'org_id' | 'state' | 'filed_at' | 'steps' | 'version'
>;

export function insertClaim(ctx: Ctx, c: NewClaim): Promise<ClaimRow> {
  return db(ctx)
    .insertInto('market.warranty_claim')
    .values({
      ...EMPTY,
      ...c,
      part: jsonb(c.part),
      terms: jsonb(c.terms),
      org_id: ctx.org.no,
      state: 'filed',
      filed_at: ctx.now,
      steps: jsonb([{ state: 'filed' as const, at: ctx.now.toISOString() }]),
      version: 1,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** A claim made to us; locked until the transaction ends when asked. */
export function findClaim(ctx: Ctx, id: string, lock = false): Promise<ClaimRow | undefined> {
  const q = db(ctx)
    .selectFrom('market.warranty_claim')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id);
  return (lock ? q.forUpdate() : q).executeTakeFirst();
}

/** A claim that we made to another. */
export function findMine(ctx: Ctx, id: string): Promise<ClaimRow | undefined> {
  return db(ctx)
    .selectFrom('market.warranty_claim')
    .selectAll()
    .where('buyer_org', '=', ctx.org.no)
    .where('id', '=', id)
    .executeTakeFirst();
}

export function openClaimOf(ctx: Ctx, unitId: string): Promise<ClaimRow | undefined> {
  return db(ctx)
    .selectFrom('market.warranty_claim')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('unit_id', '=', unitId)
    .where('state', 'in', ['filed', 'received', 'accepted'])
    .executeTakeFirst();
}

type Changes = Partial<
  Pick<
    ClaimTable,
    | ('state' | 'verdict' | 'reason' | 'remedy' | 'judged_by' | 'judged_at' | 'nonconformance_id')
    | ('core_id' | 'core_code' | 'replacement' | 'refund_fen' | 'remedied_at' | 'remedy_note')
    | 'steps'
  >
>;

export function updateClaim(
  ctx: Ctx,
  id: string,
  from: ClaimState,
  set: Changes,
): Promise<ClaimRow | undefined> {
  const { steps, replacement, ...plain } = set;
  return db(ctx)
    .updateTable('market.warranty_claim')
    .set({
      ...plain,
      ...(steps ? { steps: jsonb(steps) } : {}),
      ...(replacement ? { replacement: jsonb(replacement) } : {}),
      version: sql<number>`version + 1`,
    })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('state', '=', from)
    .returningAll()
    .executeTakeFirst();
}

interface Filter {
  state?: ClaimState | undefined;
  open?: 'yes' | undefined;
  unitId?: string | undefined;
  orderId?: string | undefined;
  q?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

export function listClaimRows(
  ctx: Ctx,
  side: 'org_id' | 'buyer_org',
  f: Filter,
): Promise<ClaimRow[]> {
  let q = db(ctx).selectFrom('market.warranty_claim').selectAll().where(side, '=', ctx.org.no);
  if (f.state) q = q.where('state', '=', f.state);
  if (f.open) q = q.where('state', 'in', ['filed', 'received', 'accepted']);
  if (f.unitId) q = q.where('unit_id', '=', f.unitId);
  if (f.orderId) q = q.where('order_id', '=', f.orderId);
  if (f.q) q = q.where(holds(f.q, 'code', 'serial', 'buyer_name', sql`part ->> 'number'`));
  return newestFirst(q, f).execute();
}

export async function insertCost(
  ctx: Ctx,
  c: Pick<CostTable, 'claim_id' | 'kind' | 'amount_fen' | 'note'>,
): Promise<void> {
  await db(ctx)
    .insertInto('market.claim_cost')
    .values({
      ...c,
      org_id: ctx.org.no,
      id: newId('cost', ctx.now.getTime()),
      by_whom: `${ctx.principal.kind}:${ctx.principal.id}`,
      at: ctx.now,
    })
    .execute();
}

/** The costs of some claims, oldest first. */
export async function costsOf(ctx: Ctx, claimIds: readonly string[]): Promise<CostRow[]> {
  if (claimIds.length === 0) return [];
  return db(ctx)
    .selectFrom('market.claim_cost')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('claim_id', 'in', [...claimIds])
    .orderBy('id')
    .execute();
}
