/** Work orders: released, dated, cancelled, found. */
import { day, endpoint, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { OrderKind, OrderState, OrderView } from './order-view.ts';
import { orderId, PartRef, perm } from './shared.ts';
import { stationKind } from './station.ts';

/** When an order is wanted, when it may begin, how urgent it is (5 first), and for whom. */
const orderDates = z.object({
  dueAt: instant.optional(),
  dueFirm: z.boolean().default(false),
  /** Nothing of it starts earlier: the core or the parts are still on their way. */
  notBefore: instant.optional(),
  priority: z.number().int().min(1).max(5).default(2),
  customer: line(80, 0).default(''),
});

export const releaseRestore = endpoint({
  id: 'production.releaseRestore',
  method: 'POST',
  path: '/api/v1/production/restore-orders',
  title: text('下达修复工单', 'Release a restore order'),
  access: perm('production.order:release'),
  body: orderDates.extend({ componentId: id('comp') }),
  response: OrderView,
  status: 201,
});

export const releaseAssembly = endpoint({
  id: 'production.releaseAssembly',
  method: 'POST',
  path: '/api/v1/production/assembly-orders',
  title: text('下达装配工单', 'Release an assembly order'),
  access: perm('production.order:release'),
  body: orderDates.extend({
    partId: id('part'),
    /** What this customer wants beyond the route: own steps, after assembly and before packing. */
    extraSteps: z
      .array(
        z.object({
          name: line(60),
          stationKind: stationKind,
          stdSeconds: z.number().int().min(1).max(86_400),
          instruction: line(300, 0).default(''),
        }),
      )
      .max(10)
      .default([]),
  }),
  response: OrderView,
  status: 201,
});

export const releaseRework = endpoint({
  id: 'production.releaseRework',
  method: 'POST',
  path: '/api/v1/production/rework-orders',
  title: text('下达返工工单', 'Release a rework order'),
  access: perm('production.order:release'),
  body: orderDates.extend({ unitId: id('unit'), instruction: line(300) }),
  response: OrderView,
  status: 201,
});

export const dateOrder = endpoint({
  id: 'production.dateOrder',
  method: 'POST',
  path: '/api/v1/production/orders/:orderId/dates',
  title: text('设定交期与优先级', 'Set due date and priority of a work order'),
  access: perm('production.order:release'),
  params: orderId,
  body: orderDates,
  response: OrderView,
});

export const cancelOrder = endpoint({
  id: 'production.cancelOrder',
  method: 'POST',
  path: '/api/v1/production/orders/:orderId/cancellation',
  title: text('取消未开工的工单', 'Cancel a work order that nobody began'),
  access: perm('production.order:release'),
  params: orderId,
  response: OrderView,
});

export const getOrder = endpoint({
  id: 'production.getOrder',
  method: 'GET',
  path: '/api/v1/production/orders/:orderId',
  title: text('查看工单', 'See a work order'),
  access: perm('production.order:read'),
  params: orderId,
  response: OrderView,
});

export const listOrders = endpoint({
  id: 'production.listOrders',
  method: 'GET',
  path: '/api/v1/production/orders',
  title: text('工单列表', 'List work orders'),
  access: perm('production.order:read'),
  query: pageQuery.extend({
    state: OrderState.optional(),
    kind: OrderKind.optional(),
    /** Released or started. */
    open: z.enum(['yes']).optional(),
    /** With an open operation at this kind of station. */
    stationKind: stationKind.optional(),
    /** Due date passed and not called off; finished by it; not finished by it. */
    judged: z.enum(['due', 'kept', 'missed']).optional(),
    /** First and last day on which it was due, in the organisation's zone. */
    dueFrom: day.optional(),
    dueTo: day.optional(),
    /** Order, product or component. */
    q: line(60).optional(),
  }),
  response: page(
    z.object({
      id: z.string(),
      code: z.string(),
      kind: OrderKind,
      state: OrderState,
      product: PartRef,
      about: z.string(),
      dueAt: instant.optional(),
      priority: z.number().int(),
      createdAt: instant,
      finishedAt: instant.optional(),
    }),
  ),
});
