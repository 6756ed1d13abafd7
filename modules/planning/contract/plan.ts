/** Plans: made, edited, decided on, run again, in force. */
import { endpoint, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import {
  ForecastView,
  Lock,
  ObjectiveName,
  PlanKind,
  PlanRow,
  PlanStateName,
  PlanView,
  WhatIf,
} from './plan-view.ts';
import { perm, planId } from './shared.ts';

export const listPlans = endpoint({
  id: 'planning.listPlans',
  method: 'GET',
  path: '/api/v1/planning/plans',
  title: text('计划列表', 'List plans'),
  access: perm('planning.plan:read'),
  query: pageQuery.extend({ state: PlanStateName.optional(), kind: PlanKind.optional() }),
  response: page(PlanRow),
});

export const makePlan = endpoint({
  id: 'planning.makePlan',
  method: 'POST',
  path: '/api/v1/planning/plans',
  title: text('制定计划', 'Make a plan'),
  access: perm('planning.plan:make'),
  body: z.object({
    name: line(60, 0).default(''),
    objective: ObjectiveName.default('due-dates'),
    seed: z.number().int().min(1).max(2_000_000_000).default(1),
    /** Both end a search; the first that is reached. Absent: the plant's settings. */
    iterations: z.number().int().min(1).max(5_000_000).optional(),
    deadlineSeconds: z.number().int().min(1).max(600).optional(),
    locks: z.array(Lock).max(500).default([]),
    /** Departing from the published plan has its price. */
    keepsNear: z.boolean().default(true),
    /** A copy of the work, changed: solved and compared, never published. */
    whatIf: WhatIf.optional(),
  }),
  response: PlanView,
  status: 201,
});

export const editPlan = endpoint({
  id: 'planning.editPlan',
  method: 'POST',
  path: '/api/v1/planning/plans/:planId/changes',
  title: text('人工调整计划', 'Change a plan by hand'),
  access: perm('planning.plan:make'),
  params: planId,
  body: z.object({
    /** Every operation that lies elsewhere than in the plan; seconds from the plan's origin. */
    moves: z
      .array(
        z.object({
          operation: line(120),
          machine: line(120),
          start: z.number().int().min(0).max(100_000_000),
          end: z.number().int().min(1).max(100_000_000),
          operator: line(120).optional(),
        }),
      )
      .min(1)
      .max(2000),
    reason: line(300),
  }),
  response: PlanView,
  status: 201,
});

export const getPlan = endpoint({
  id: 'planning.getPlan',
  method: 'GET',
  path: '/api/v1/planning/plans/:planId',
  title: text('查看计划', 'See a plan'),
  access: perm('planning.plan:read'),
  params: planId,
  response: PlanView,
});

export const publishPlan = endpoint({
  id: 'planning.publishPlan',
  method: 'POST',
  path: '/api/v1/planning/plans/:planId/publication',
  title: text('发布计划到工位', 'Publish a plan to the stations'),
  access: perm('planning.plan:decide'),
  params: planId,
  body: z.object({ reason: line(300, 0).default('') }),
  response: PlanView,
});

export const refusePlan = endpoint({
  id: 'planning.refusePlan',
  method: 'POST',
  path: '/api/v1/planning/plans/:planId/refusal',
  title: text('拒绝计划', 'Refuse a plan'),
  access: perm('planning.plan:decide'),
  params: planId,
  body: z.object({ reason: line(300) }),
  response: PlanView,
});

const RunView = z.object({
  id: z.string(),
  planId: z.string(),
  kind: z.enum(['simulation', 'repetition']),
  seed: z.number().int(),
  scenarios: z.number().int(),
  jobId: z.string().optional(),
  engine: z.string().optional(),
  forecast: ForecastView.optional(),
  /** Share of the orders with a due date that keep it, over all scenarios. */
  onTime: z.number().optional(),
  /** Of a repetition: whether every operation got the same place again. */
  same: z.boolean().optional(),
  value: z.number().optional(),
  at: instant,
  by: z.string(),
});

export const runPlan = endpoint({
  id: 'planning.runPlan',
  method: 'POST',
  path: '/api/v1/planning/plans/:planId/runs',
  title: text('仿真或重复求解', 'Simulate a plan, or repeat its solve'),
  access: perm('planning.plan:make'),
  params: planId,
  body: z.object({
    kind: z.enum(['simulation', 'repetition']),
    seed: z.number().int().min(1).max(2_000_000_000).default(1),
    scenarios: z.number().int().min(10).max(2000).default(200),
  }),
  response: RunView,
  status: 201,
});

export const listRuns = endpoint({
  id: 'planning.listRuns',
  method: 'GET',
  path: '/api/v1/planning/plans/:planId/runs',
  title: text('仿真记录', 'Runs of a plan'),
  access: perm('planning.plan:read'),
  params: planId,
  query: pageQuery,
  response: page(RunView),
});

/** The plan in force against what really happened since. */
export const getInForce = endpoint({
  id: 'planning.getInForce',
  method: 'GET',
  path: '/api/v1/planning/in-force',
  title: text('在用计划与实际', 'The plan in force, and reality'),
  access: perm('planning.plan:read'),
  response: z.object({
    plan: z.object({ id: z.string(), code: z.string(), publishedAt: instant }).optional(),
    /** Newest plan of any state, to go on with. */
    newest: z.object({ id: z.string(), code: z.string(), state: PlanStateName }).optional(),
    now: instant,
    /** What each operation of the plan became. */
    fates: z.array(
      z.object({
        operation: z.string(),
        state: z.enum(['waiting', 'started', 'paused', 'done', 'failed', 'gone']),
        startedAt: instant.optional(),
        finishedAt: instant.optional(),
      }),
    ),
    drift: z.object({
      /** Operations that should have begun by now and have not. */
      behind: z.number().int(),
      /** Operations of open orders that the plan does not know. */
      unplanned: z.number().int(),
      done: z.number().int(),
    }),
    promises: z.object({
      orders: z.number().int(),
      due: z.number().int(),
      /** Orders that probably (P50) end after their due date. */
      late: z.number().int(),
      /** Orders that end late in more than one course of ten, not late by P50. */
      risky: z.number().int(),
    }),
  }),
});
