import type { Ctx } from '@zaizao/platform/http';
import { type Text, text } from '@zaizao/platform/kernel';
import { productionErrors } from '../contract.ts';
import type { OperationState, OrderState } from '../domain/machines.ts';
import type { OrderRow } from '../repo/order.ts';

/** How the states of orders and operations are said in a refusal. */
export const STATE_NAMES: Record<OperationState | OrderState, Text> = {
  waiting: text('待开工', 'waiting'),
  started: text('进行中', 'started'),
  paused: text('暂停', 'paused'),
  done: text('已完成', 'done'),
  failed: text('失败', 'failed'),
  released: text('已下达', 'released'),
  cancelled: text('已取消', 'cancelled'),
};

export function orderStateError(ctx: Ctx, w: OrderRow) {
  return productionErrors.WORK_ORDER_STATE({ code: w.code, state: STATE_NAMES[w.state][ctx.lang] });
}
