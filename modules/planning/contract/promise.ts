/** What plans came to: promised dates, and plans against what happened. */
import { endpoint, id, instant, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { FiguresView } from './plan-view.ts';
import { bilingual, perm } from './shared.ts';

export const PromiseView = z.object({
  orderId: z.string(),
  code: z.string(),
  planId: z.string(),
  planCode: z.string(),
  dueAt: instant.optional(),
  plannedAt: instant,
  p50At: instant,
  p90At: instant,
  lateShare: z.number(),
  story: z.object({
    chain: z.array(
      z.object({
        order: z.string(),
        operation: bilingual,
        station: z.string(),
        start: instant,
        end: instant,
        cause: z.string(),
      }),
    ),
    remedies: z.array(z.object({ kind: z.string(), subject: z.string(), seconds: z.number() })),
  }),
});

export const getPromise = endpoint({
  id: 'planning.getPromise',
  method: 'GET',
  path: '/api/v1/planning/orders/:orderId/promise',
  title: text('查看承诺交期', 'See the promised dates of an order'),
  access: perm('planning.plan:read'),
  params: z.object({ orderId: id('wo') }),
  response: PromiseView,
});

export const listPromises = endpoint({
  id: 'planning.listPromises',
  method: 'GET',
  path: '/api/v1/planning/promises',
  title: text('承诺交期列表', 'List promised dates, the most endangered first'),
  access: perm('planning.plan:read'),
  query: pageQuery,
  response: page(PromiseView.omit({ story: true })),
});

const Period = z.object({
  from: instant,
  to: instant,
  ended: z.number().int(),
  failed: z.number().int(),
  due: z.number().int(),
  onTime: z.number().int(),
  leadSeconds: z.number().optional(),
  operations: z.number().int(),
  operationsFailed: z.number().int(),
  workSecondsEach: z.number().optional(),
  energyKwhEach: z.number().optional(),
});

export const getOutcomes = endpoint({
  id: 'planning.getOutcomes',
  method: 'GET',
  path: '/api/v1/planning/outcomes',
  title: text('优化成效报告', 'Report of optimisation outcomes'),
  access: perm('planning.plan:read'),
  query: z.object({
    /** The day that parts before from after; absent: the first publication. */
    since: z.iso.date().optional(),
    days: z.coerce.number().int().min(1).max(366).default(28),
  }),
  response: z.object({
    since: instant.optional(),
    before: Period.optional(),
    after: Period.optional(),
    /** Published plans against dispatching the same work first come, first served. */
    plans: z.array(
      z.object({
        id: z.string(),
        code: z.string(),
        publishedAt: instant,
        figures: FiguresView,
        baseline: FiguresView,
      }),
    ),
  }),
});
