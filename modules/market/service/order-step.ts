/** What every step of an order does: moves it on, records its units, shows it. */

import { bizTransactionType, objectEvent } from '@zaizao/epcis';
import { record } from '@zaizao/modules/ledger';
import { defaultSite } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result, type Text, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { marketErrors, type OrderView } from '../contract.ts';
import { type OrderEvent, type OrderState, orderMachine } from '../domain/order-machine.ts';
import * as repo from '../repo/order.ts';

export type View = z.input<typeof OrderView>;

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

export function wrongState(ctx: Ctx, o: repo.OrderRow) {
  return err(marketErrors.ORDER_STATE({ code: o.code, state: STATES[o.state][ctx.lang] }));
}

type Changes = Omit<Parameters<typeof repo.updateOrder>[3], 'state' | 'steps'>;

export async function move(
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

export async function sale(ctx: Ctx, orderId: string): Promise<Result<repo.OrderRow>> {
  const order = await repo.findSale(ctx, orderId, true);
  return order ? ok(order) : err(marketErrors.ORDER_NOT_FOUND());
}

export async function recordUnits(
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
