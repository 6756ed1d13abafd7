/** Assembly: slots filled and emptied, the unit born, parts exchanged during rework. */
import { endpoint, id, instant, line } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { OrderView } from './order-view.ts';
import { Origin, orderId, PartRef, perm, unitId } from './shared.ts';
import { UnitView } from './unit.ts';

export const fillSlot = endpoint({
  id: 'production.fillSlot',
  method: 'POST',
  path: '/api/v1/production/orders/:orderId/slots',
  title: text('装入一个位置', 'Put a component or new part into its slot'),
  access: perm('production.assembly:record'),
  params: orderId,
  body: z
    .object({
      pos: z.number().int().min(1).max(99_999),
      /** A component or lot of our own; or a lot of new parts. */
      componentId: id('comp').optional(),
      newLot: line(60).optional(),
      qty: z.number().int().min(1).max(10_000).optional(),
    })
    .refine((b) => (b.componentId === undefined) !== (b.newLot === undefined), {
      path: ['newLot'],
      message: '零件与新件批次二者给其一 | give a component or a lot of new parts, one of the two',
    }),
  response: OrderView,
});

export const emptySlot = endpoint({
  id: 'production.emptySlot',
  method: 'POST',
  path: '/api/v1/production/orders/:orderId/slots/removal',
  title: text('取出一个位置的零件', 'Take out what was put into a slot'),
  access: perm('production.assembly:record'),
  params: orderId,
  body: z.object({ pos: z.number().int().min(1).max(99_999) }),
  response: OrderView,
});

export const assembleUnit = endpoint({
  id: 'production.assembleUnit',
  method: 'POST',
  path: '/api/v1/production/orders/:orderId/unit',
  title: text('总装完成：产生新的身份', 'Assembly complete: the new identity is born'),
  access: perm('production.assembly:record'),
  params: orderId,
  body: z.object({ note: line(300).optional() }),
  response: UnitView,
  status: 201,
});

const PieceView = z.object({
  origin: Origin,
  qty: z.number().int(),
  massG: z.number(),
  componentId: z.string().optional(),
  code: z.string().optional(),
  lot: z.string().optional(),
});

const ExchangeView = z.object({
  id: z.string(),
  orderId: z.string(),
  pos: z.number().int(),
  part: PartRef,
  takenOut: z.array(PieceView),
  putIn: z.array(PieceView),
  reason: z.string(),
  by: z.string(),
  at: instant,
});

export const exchangePart = endpoint({
  id: 'production.exchangePart',
  method: 'POST',
  path: '/api/v1/production/orders/:orderId/exchanges',
  title: text('返工中更换零件', 'Exchange a part during rework'),
  access: perm('production.assembly:record'),
  params: orderId,
  body: z
    .object({
      pos: z.number().int().min(1).max(99_999),
      /** Which piece comes out, where a position holds several: a component, or a lot of new parts. */
      takeOut: line(60).optional(),
      componentId: id('comp').optional(),
      newLot: line(60).optional(),
      reason: line(300),
    })
    .refine((b) => (b.componentId === undefined) !== (b.newLot === undefined), {
      path: ['newLot'],
      message: '零件与新件批次二者给其一 | give a component or a lot of new parts, one of the two',
    }),
  response: UnitView,
});

export const listExchanges = endpoint({
  id: 'production.listExchanges',
  method: 'GET',
  path: '/api/v1/production/units/:unitId/exchanges',
  title: text('更换记录', 'What was exchanged in a unit'),
  access: perm('production.unit:read'),
  params: unitId,
  response: z.object({ items: z.array(ExchangeView) }),
});
