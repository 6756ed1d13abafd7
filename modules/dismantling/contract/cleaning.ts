/** Cleaning batches. */
import { decimal, endpoint, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { ComponentView } from './component.ts';
import { perm } from './permissions.ts';

const batchId = z.object({ batchId: id('batch') });

export const CleaningView = z.object({
  id: z.string(),
  code: z.string(),
  method: z.string(),
  state: z.enum(['running', 'good', 'repeat']),
  machine: z.string().optional(),
  parameters: z.record(z.string(), z.string()),
  consumption: z.record(z.string(), z.string()),
  components: z.array(ComponentView),
  startedAt: instant,
  finishedAt: instant.optional(),
});

export const startCleaning = endpoint({
  id: 'dismantling.startCleaning',
  method: 'POST',
  path: '/api/v1/dismantling/cleaning-batches',
  title: text('开始清洗', 'Start a cleaning batch'),
  access: perm('dismantling.cleaning:record'),
  body: z.object({
    method: z.string().min(1).max(40),
    machine: line(60).optional(),
    componentIds: z.array(id('comp')).min(1).max(500),
    parameters: z.record(z.string().max(40), decimal).default({}),
  }),
  response: CleaningView,
  status: 201,
});

export const finishCleaning = endpoint({
  id: 'dismantling.finishCleaning',
  method: 'POST',
  path: '/api/v1/dismantling/cleaning-batches/:batchId/finish',
  title: text('结束清洗', 'Finish a cleaning batch'),
  access: perm('dismantling.cleaning:record'),
  params: batchId,
  body: z.object({
    result: z.enum(['good', 'repeat']),
    /** waterL, energyKwh, agentKg, effluentL, acidRecoveredPct … */
    consumption: z.record(z.string().max(40), decimal).default({}),
  }),
  response: CleaningView,
});

export const getCleaning = endpoint({
  id: 'dismantling.getCleaning',
  method: 'GET',
  path: '/api/v1/dismantling/cleaning-batches/:batchId',
  title: text('查看清洗批次', 'See a cleaning batch'),
  access: perm('dismantling.component:read'),
  params: batchId,
  response: CleaningView,
});

export const listCleaning = endpoint({
  id: 'dismantling.listCleaning',
  method: 'GET',
  path: '/api/v1/dismantling/cleaning-batches',
  title: text('清洗批次列表', 'List cleaning batches'),
  access: perm('dismantling.component:read'),
  query: pageQuery.extend({ state: z.enum(['running', 'good', 'repeat']).optional() }),
  response: page(CleaningView.omit({ components: true }).extend({ count: z.number().int() })),
});
