/** The operations of work orders: what is to do, begun, paused, done, failed. */
import { decimal, endpoint, id, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { OperationState, OperationView, OrderView, Recorded } from './order-view.ts';
import { operationId, perm } from './shared.ts';

export const operationQueue = endpoint({
  id: 'production.operationQueue',
  method: 'GET',
  path: '/api/v1/production/operations',
  title: text('待做工序', 'Operations to do'),
  access: perm('production.order:read'),
  query: pageQuery.extend({
    stationKind: z.string().max(30).optional(),
    state: OperationState.optional(),
    /** Only what can be begun now or is under way. */
    ready: z.enum(['yes']).optional(),
  }),
  response: page(OperationView),
});

export const startOperation = endpoint({
  id: 'production.startOperation',
  method: 'POST',
  path: '/api/v1/production/operations/:operationId/start',
  title: text('开工', 'Start an operation'),
  access: perm('production.operation:record'),
  params: operationId,
  body: z.object({ stationId: id('station').optional() }),
  response: OrderView,
});

export const pauseOperation = endpoint({
  id: 'production.pauseOperation',
  method: 'POST',
  path: '/api/v1/production/operations/:operationId/pause',
  title: text('暂停或继续', 'Pause or resume an operation'),
  access: perm('production.operation:record'),
  params: operationId,
  body: z.object({ paused: z.boolean() }),
  response: OrderView,
});

export const finishOperation = endpoint({
  id: 'production.finishOperation',
  method: 'POST',
  path: '/api/v1/production/operations/:operationId/finish',
  title: text('完工', 'Finish an operation'),
  access: perm('production.operation:record'),
  params: operationId,
  body: z.object({
    values: z.array(Recorded).max(60).default([]),
    consumption: z
      .array(z.object({ name: line(60), quantity: decimal, unit: z.string().max(20) }))
      .max(40)
      .default([]),
    energyKwh: decimal.optional(),
    note: line(500).optional(),
  }),
  response: OrderView,
});

export const failOperation = endpoint({
  id: 'production.failOperation',
  method: 'POST',
  path: '/api/v1/production/operations/:operationId/failure',
  title: text('报废或返工', 'Report a failure'),
  access: perm('production.operation:record'),
  params: operationId,
  body: z.object({ defect: line(60), note: line(500).optional() }),
  response: OrderView,
});
