import { definePermissions, id } from '@zaizao/platform/contract';
import { defineErrors, text } from '@zaizao/platform/kernel';
import { z } from 'zod';

export const planningErrors = defineErrors({
  SHOP_PLAN_NOT_FOUND: { status: 404, ...text('没有此计划。', 'There is no such plan.') },
  SHOP_PLAN_STATE: {
    status: 409,
    ...text(
      '计划 {code} 当前为“{state}”，不能执行此操作。',
      'Plan {code} is "{state}": this is not possible now.',
    ),
  },
  SHOP_PLAN_WHAT_IF: {
    status: 409,
    ...text(
      '计划 {code} 是假设分析，不能发布：请按真实数据重新计划。',
      'Plan {code} is a what-if and cannot be published: plan the real work instead.',
    ),
  },
  SHOP_PLAN_OLDER: {
    status: 409,
    ...text(
      '计划 {code} 之后已发布过别的计划，请重新计划。',
      'Another plan was published after {code} was made: plan again.',
    ),
  },
  SHOP_PLAN_MOVE_UNKNOWN: {
    status: 422,
    ...text(
      '移动的工序或工位不属于此计划。',
      'A moved operation or its station is not of this plan.',
    ),
  },
  CALENDAR_NOT_FOUND: { status: 404, ...text('没有此班次日历。', 'There is no such calendar.') },
  CALENDAR_SHIFT: {
    status: 422,
    ...text(
      '班次的结束必须晚于开始，且不超过 24 小时。',
      'A shift ends after it begins and lasts at most 24 hours.',
    ),
  },
  PERSON_NOT_FOUND: { status: 404, ...text('没有此操作员。', 'There is no such operator.') },
  CLOSURE_NOT_FOUND: { status: 404, ...text('没有此停用或缺勤。', 'There is no such closure.') },
  CLOSURE_SPAN: {
    status: 422,
    ...text('结束必须晚于开始。', 'The end must be later than the start.'),
  },
  STATION_UNKNOWN: { status: 422, ...text('没有此工位。', 'There is no such station.') },
  PROMISE_NOT_FOUND: {
    status: 404,
    ...text(
      '此工单还没有承诺交期：请先发布计划。',
      'There is no promise for this order yet: publish a plan first.',
    ),
  },
  BALANCE_NOT_FOUND: { status: 404, ...text('没有此产线平衡。', 'There is no such line balance.') },
  BALANCE_NO_STEPS: {
    status: 422,
    ...text(
      '此产品没有带标准工时的工艺步骤。',
      'The route of this product has no step with a standard time.',
    ),
  },
  BALANCE_FAULT: {
    status: 422,
    ...text('安排不可行：{fault}。', 'The arrangement is not feasible: {fault}.'),
  },
  CAPACITY_OFFER_NOT_FOUND: {
    status: 404,
    ...text('没有此产能供给。', 'There is no such capacity offer.'),
  },
  CAPACITY_OFFER_STATE: {
    status: 409,
    ...text('产能供给 {code} 已{state}。', 'Capacity offer {code} is {state}.'),
  },
  CAPACITY_OFFER_SHORT: {
    status: 409,
    ...text('剩余产能只有 {left} 分钟。', 'Only {left} minutes of the capacity are left.'),
  },
  CAPACITY_OFFER_WINDOW: {
    status: 422,
    ...text('所要时间须在供给时间之内。', 'The time asked for must lie within the offered window.'),
  },
  CAPACITY_OFFER_OWN: {
    status: 422,
    ...text('不能请求自己的产能。', 'You cannot request your own capacity.'),
  },
  CAPACITY_REQUEST_NOT_FOUND: {
    status: 404,
    ...text('没有此产能请求。', 'There is no such request.'),
  },
  CAPACITY_REQUEST_STATE: {
    status: 409,
    ...text(
      '请求当前为“{state}”，不能执行此操作。',
      'The request is "{state}": this is not possible now.',
    ),
  },
});

export const perm = definePermissions({
  'planning.plan:read': text('查看计划', 'See plans'),
  'planning.plan:make': text('制定计划', 'Make plans'),
  'planning.plan:decide': text('发布或拒绝计划', 'Publish or refuse plans'),
  'planning.resource:read': text('查看班次与人员', 'See shifts and people'),
  'planning.resource:edit': text('维护班次与人员', 'Edit shifts and people'),
  'planning.capacity:read': text('查看产能', 'See capacity'),
  'planning.capacity:offer': text('供给和请求产能', 'Offer and request capacity'),
  'planning.line:read': text('查看产线平衡', 'See line balances'),
  'planning.line:edit': text('平衡产线', 'Balance lines'),
});

export const bilingual = z.object({ zh: z.string(), en: z.string() });
export const stationKind = z.string().regex(/^[a-z-]{3,20}$/);
export const planId = z.object({ planId: id('sched') });
export const version = z.number().int();
