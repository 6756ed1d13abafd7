/** Orders, from both sides: the purchases of a buyer, the sales of a seller. */
import { day, endpoint, fen, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './permissions.ts';
import { PartRef } from './shared.ts';

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

const orderId = z.object({ orderId: id('ord') });

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
