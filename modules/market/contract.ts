import { day, endpoint, fen, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { defineErrors, text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './contract/permissions.ts';
import { PartRef } from './contract/shared.ts';

export * from './contract/claim.ts';
export { PartRef };

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

export { perm };

/** The five classes of goods: every listing says which it is (MK-05). */
export const GoodsClass = z.enum([
  'reman-new',
  'direct-reuse',
  'remanufacturable',
  'market-new',
  'second-hand',
]);
export const OrderState = z.enum([
  'placed',
  'confirmed',
  'paid',
  'picked',
  'shipped',
  'delivered',
  'completed',
  'cancelled',
]);

export const ListingView = z.object({
  id: z.string(),
  code: z.string(),
  state: z.enum(['open', 'reserved', 'sold', 'withdrawn']),
  seller: z.object({ id: z.string(), name: z.string(), simulated: z.boolean() }),
  unitId: z.string(),
  serial: z.string(),
  epc: z.string(),
  part: PartRef,
  numbers: z.array(z.string()),
  life: z.number().int(),
  goodsClass: GoodsClass,
  priceFen: fen,
  depositFen: fen,
  warrantyMonths: z.number().int(),
  /** Beside the months, whichever ends first. */
  warrantyKm: z.number().int().optional(),
  /** What it covers and what not, in the seller's words. */
  warrantyTerms: z.string(),
  certificateCode: z.string().optional(),
  listedAt: instant,
});

const listingId = z.object({ listingId: id('list') });
const orderId = z.object({ orderId: id('ord') });

export const searchStorefront = endpoint({
  id: 'market.searchStorefront',
  method: 'GET',
  path: '/api/v1/market/storefront',
  title: text('商城搜索（型号、OE 号、名称）', 'Search the storefront'),
  access: 'public',
  bucket: 'public',
  query: pageQuery.extend({
    q: z.string().trim().max(60).optional(),
    goodsClass: GoodsClass.optional(),
  }),
  response: page(ListingView),
});

export const getListing = endpoint({
  id: 'market.getListing',
  method: 'GET',
  path: '/api/v1/market/storefront/:listingId',
  title: text('查看商品', 'See a listing'),
  access: 'public',
  bucket: 'public',
  params: listingId,
  response: ListingView,
});

export const listListings = endpoint({
  id: 'market.listListings',
  method: 'GET',
  path: '/api/v1/market/listings',
  title: text('我的上架商品', 'Own listings'),
  access: perm('market.listing:read'),
  query: pageQuery.extend({
    state: z.enum(['open', 'reserved', 'sold', 'withdrawn']).optional(),
    /** Number, serial or name, however typed; also of what was sold or withdrawn long ago. */
    q: z.string().trim().max(60).optional(),
  }),
  response: page(ListingView),
});

export const listUnit = endpoint({
  id: 'market.listUnit',
  method: 'POST',
  path: '/api/v1/market/listings',
  title: text('产品上架', 'List a unit'),
  access: perm('market.listing:edit'),
  body: z.object({
    unitId: id('unit'),
    priceFen: fen,
    goodsClass: GoodsClass,
    warrantyMonths: z.number().int().min(0).max(120),
    warrantyKm: z.number().int().min(1).max(5_000_000).optional(),
    warrantyTerms: line(600, 0).default(''),
  }),
  response: ListingView,
  status: 201,
});

export const withdrawListing = endpoint({
  id: 'market.withdrawListing',
  method: 'POST',
  path: '/api/v1/market/listings/:listingId/withdrawal',
  title: text('下架', 'Withdraw a listing'),
  access: perm('market.listing:edit'),
  params: listingId,
  response: ListingView,
});

const OrderLine = z.object({
  listingId: z.string(),
  unitId: z.string(),
  serial: z.string(),
  epc: z.string(),
  part: PartRef,
  priceFen: fen,
  depositFen: fen,
  warrantyMonths: z.number().int(),
  warrantyKm: z.number().int().optional(),
  warrantyTerms: z.string().default(''),
  /** The parcel it left in. */
  sscc: z.string().optional(),
  installed: z
    .object({ at: day, vin: z.string().optional(), mileageKm: z.number().int().optional() })
    .optional(),
});

export const OrderView = z.object({
  id: z.string(),
  code: z.string(),
  state: OrderState,
  seller: z.string(),
  buyer: z.string(),
  lines: z.array(OrderLine),
  goodsFen: fen,
  depositFen: fen,
  totalFen: fen,
  onCredit: z.boolean(),
  deliverTo: z.string(),
  carrier: z.string().optional(),
  trackingNumber: z.string().optional(),
  steps: z.array(z.object({ state: OrderState, at: instant })),
  coreReturns: z.array(z.object({ coreId: z.string(), code: z.string(), at: instant })),
  version: z.number().int(),
});

export const placePurchase = endpoint({
  id: 'market.placePurchase',
  method: 'POST',
  path: '/api/v1/market/purchases',
  title: text('下单', 'Place an order'),
  access: perm('market.purchase:place'),
  body: z.object({
    listingIds: z.array(id('list')).min(1).max(100),
    deliverTo: line(200),
    onCredit: z.boolean().default(false),
  }),
  response: OrderView,
  status: 201,
});

export const listPurchases = endpoint({
  id: 'market.listPurchases',
  method: 'GET',
  path: '/api/v1/market/purchases',
  title: text('我的采购订单', 'My purchases'),
  access: perm('market.purchase:read'),
  query: pageQuery.extend({ state: OrderState.optional() }),
  response: page(OrderView),
});

export const getPurchase = endpoint({
  id: 'market.getPurchase',
  method: 'GET',
  path: '/api/v1/market/purchases/:orderId',
  title: text('查看采购订单', 'See a purchase'),
  access: perm('market.purchase:read'),
  params: orderId,
  response: OrderView,
});

export const confirmDelivery = endpoint({
  id: 'market.confirmDelivery',
  method: 'POST',
  path: '/api/v1/market/purchases/:orderId/delivery',
  title: text('确认收货', 'Confirm delivery'),
  access: perm('market.purchase:place'),
  params: orderId,
  response: OrderView,
});

export const recordInstallation = endpoint({
  id: 'market.recordInstallation',
  method: 'POST',
  path: '/api/v1/market/purchases/:orderId/installations',
  title: text('登记装机', 'Record the installation of a unit'),
  access: perm('market.purchase:place'),
  params: orderId,
  body: z.object({
    unitId: id('unit'),
    vin: z.string().trim().max(20).optional(),
    mileageKm: z.number().int().min(0).max(5_000_000).optional(),
  }),
  response: OrderView,
});

export const returnCore = endpoint({
  id: 'market.returnCore',
  method: 'POST',
  path: '/api/v1/market/purchases/:orderId/core-returns',
  title: text('退回旧件抵押金', 'Send an old core back for the deposit'),
  access: perm('market.purchase:place'),
  params: orderId,
  body: z.object({
    unitId: id('unit'),
    numberSeen: line(60),
    photos: z.array(sha256).max(12).default([]),
  }),
  response: OrderView,
});

export const listSales = endpoint({
  id: 'market.listSales',
  method: 'GET',
  path: '/api/v1/market/orders',
  title: text('销售订单', 'Sales orders'),
  access: perm('market.order:read'),
  query: pageQuery.extend({ state: OrderState.optional() }),
  response: page(OrderView),
});

export const getSale = endpoint({
  id: 'market.getSale',
  method: 'GET',
  path: '/api/v1/market/orders/:orderId',
  title: text('查看销售订单', 'See a sales order'),
  access: perm('market.order:read'),
  params: orderId,
  response: OrderView,
});

export const confirmSale = endpoint({
  id: 'market.confirmSale',
  method: 'POST',
  path: '/api/v1/market/orders/:orderId/confirmation',
  title: text('确认或取消订单', 'Confirm or cancel an order'),
  access: perm('market.order:manage'),
  params: orderId,
  body: z.object({ accept: z.boolean() }),
  response: OrderView,
});

export const recordPayment = endpoint({
  id: 'market.recordPayment',
  method: 'POST',
  path: '/api/v1/market/orders/:orderId/payment',
  title: text('登记收款', 'Record the payment'),
  access: perm('market.order:manage'),
  params: orderId,
  body: z.object({ reference: line(60) }),
  response: OrderView,
});

export const pickOrder = endpoint({
  id: 'market.pickOrder',
  method: 'POST',
  path: '/api/v1/market/orders/:orderId/picking',
  title: text('拣货', 'Pick an order'),
  access: perm('market.delivery:record'),
  params: orderId,
  /** The serials scanned off the shelf: exactly those of the order. */
  body: z.object({ serials: z.array(z.string().max(60)).min(1).max(100) }),
  response: OrderView,
});

export const shipOrder = endpoint({
  id: 'market.shipOrder',
  method: 'POST',
  path: '/api/v1/market/orders/:orderId/shipment',
  title: text('发货', 'Ship an order'),
  access: perm('market.delivery:record'),
  params: orderId,
  body: z.object({ carrier: line(60), trackingNumber: line(60) }),
  response: OrderView,
});

export const receiveReturn = endpoint({
  id: 'market.receiveReturn',
  method: 'POST',
  path: '/api/v1/market/unit-returns',
  title: text(
    '收回售出产品：成为下一次生命的旧件',
    'Take a sold unit back: the core of its next life',
  ),
  access: perm('market.return:receive'),
  body: z.object({ unitId: id('unit') }),
  response: z.object({ coreId: z.string(), code: z.string(), life: z.number().int() }),
  status: 201,
});
