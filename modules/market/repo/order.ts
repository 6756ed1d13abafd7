import { jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { OrderState } from '../domain/order-machine.ts';
import { db, type OrderTable } from './tables.ts';

export type OrderRow = OrderTable;

type NewOrder = Omit<
  OrderTable,
  | 'org_id'
  | 'state'
  | 'carrier'
  | 'tracking_number'
  | 'payment_reference'
  | 'steps'
  | 'core_returns'
  | 'placed_at'
  | 'version'
>;

export function insertOrder(ctx: Ctx, o: NewOrder): Promise<OrderRow> {
  return db(ctx)
    .insertInto('market.sales_order')
    .values({
      ...o,
      lines: jsonb(o.lines),
      org_id: ctx.org.no,
      state: 'placed',
      carrier: null,
      tracking_number: null,
      payment_reference: null,
      steps: jsonb([{ state: 'placed' as const, at: ctx.now.toISOString() }]),
      core_returns: jsonb([]),
      placed_at: ctx.now,
      version: 1,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function findSale(ctx: Ctx, id: string, lock = false): Promise<OrderRow | undefined> {
  const q = db(ctx)
    .selectFrom('market.sales_order')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id);
  return (lock ? q.forUpdate() : q).executeTakeFirst();
}

/** An order that this organisation placed with another. */
export function findPurchase(ctx: Ctx, id: string): Promise<OrderRow | undefined> {
  return db(ctx)
    .selectFrom('market.sales_order')
    .selectAll()
    .where('buyer_org', '=', ctx.org.no)
    .where('id', '=', id)
    .executeTakeFirst();
}

type Changes = Partial<
  Pick<
    OrderTable,
    | 'state'
    | 'carrier'
    | 'tracking_number'
    | 'payment_reference'
    | 'lines'
    | 'steps'
    | 'core_returns'
  >
>;

export function updateOrder(
  ctx: Ctx,
  id: string,
  from: OrderState,
  set: Changes,
): Promise<OrderRow | undefined> {
  const { lines, steps, core_returns, ...plain } = set;
  return db(ctx)
    .updateTable('market.sales_order')
    .set({
      ...plain,
      ...(lines ? { lines: jsonb(lines) } : {}),
      ...(steps ? { steps: jsonb(steps) } : {}),
      ...(core_returns ? { core_returns: jsonb(core_returns) } : {}),
      version: sql<number>`version + 1`,
    })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('state', '=', from)
    .returningAll()
    .executeTakeFirst();
}

export function listOrderRows(
  ctx: Ctx,
  side: 'org_id' | 'buyer_org',
  f: { state?: OrderState | undefined; cursor?: string | undefined; limit: number },
): Promise<OrderRow[]> {
  let q = db(ctx).selectFrom('market.sales_order').selectAll().where(side, '=', ctx.org.no);
  if (f.state) q = q.where('state', '=', f.state);
  return newestFirst(q, f).execute();
}

/** The newest order that sold a unit. */
export async function saleOfUnit(ctx: Ctx, unitId: string): Promise<OrderRow | undefined> {
  return db(ctx)
    .selectFrom('market.sales_order')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where(sql<boolean>`lines @> ${jsonb([{ unitId }])}`)
    .where('state', '<>', 'cancelled')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}
