/** What the market refuses, and what to do then. */
import { defineErrors, text } from '@zaizao/platform/kernel';

export const marketErrors = defineErrors({
  LISTING_NOT_FOUND: {
    status: 404,
    ...text('没有此商品，可能已下架。', 'There is no such listing; it may have been withdrawn.'),
  },
  LISTING_TAKEN: {
    status: 409,
    ...text('商品 {serial} 已售出或已预留。', 'Unit {serial} is sold or reserved already.'),
  },
  LISTING_EXISTS: {
    status: 409,
    ...text('产品 {serial} 已上架。', 'Unit {serial} is listed already.'),
  },
  LISTING_OWN: { status: 422, ...text('不能购买自己的商品。', 'You cannot buy your own goods.') },
  LISTING_SELLERS: {
    status: 422,
    ...text(
      '一张订单只能包含同一卖家的商品，请分开下单。',
      'An order holds goods of one seller: place one order each.',
    ),
  },
  ORDER_NOT_FOUND: { status: 404, ...text('没有此订单。', 'There is no such order.') },
  ORDER_STATE: {
    status: 409,
    ...text(
      '订单 {code} 当前为“{state}”，不能执行此操作。',
      'Order {code} is "{state}": this step is not possible now.',
    ),
  },
  ORDER_LINE_NOT_FOUND: {
    status: 422,
    ...text('订单中没有此产品。', 'The order does not hold this unit.'),
  },
  ORDER_VIN_INVALID: {
    status: 422,
    ...text('车辆识别代号（VIN）有误：{reason}。', 'The VIN is not valid: {reason}.'),
  },
  RETURN_NOT_UNIT: {
    status: 422,
    ...text('此编号不是本厂售出的产品。', 'This code is not a unit that we sold.'),
  },
});
