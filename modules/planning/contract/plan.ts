import { endpoint, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { bilingual, perm, planId, version } from './shared.ts';

export const PlanStateName = z.enum([
  ...([
    'solving',
    'proposed',
    'infeasible',
    'changed',
    'published',
    'refused',
    'superseded',
  ] as const),
]);
export const PlanKind = z.enum(['plan', 'what-if', 'edit']);
export const ObjectiveName = z.enum(['due-dates', 'makespan', 'late-orders', 'robust']);

const Assignment = z.object({
  operation: z.string(),
  machine: z.string(),
  start: z.number(),
  end: z.number(),
  operator: z.string().optional(),
});

export const FiguresView = z.object({
  orders: z.number(),
  operations: z.number(),
  makespan: z.number(),
  lateOrders: z.number(),
  lateness: z.number(),
  weightedLateness: z.number(),
  worstLateness: z.number(),
  meanEnd: z.number(),
  setups: z.number(),
  utilisation: z.array(z.object({ stationId: z.string(), share: z.number() })),
  meanUtilisation: z.number(),
  moved: z.number(),
  meanShift: z.number(),
});

const Spread = z.object({
  mean: z.number(),
  halfWidth: z.number(),
  p50: z.number(),
  p90: z.number(),
  cvar90: z.number(),
});

export const ForecastView = z.object({
  jobs: z.array(
    z.object({
      job: z.string(),
      p50: z.number(),
      p90: z.number(),
      mean: z.number(),
      lateShare: z.number(),
    }),
  ),
  makespan: Spread,
  weightedTardiness: Spread,
  scenarios: z.number(),
});

const Step = z.object({
  operation: z.string(),
  job: z.string(),
  machine: z.string(),
  start: z.number(),
  end: z.number(),
  cause: z.enum([
    ...(['release', 'predecessor', 'machine', 'setup', 'operator', 'calendar'] as const),
    ...(['frozen', 'batch', 'choice'] as const),
  ]),
  behind: z.string().optional(),
});

const Remedy = z.object({
  kind: z.enum(['machine', 'operator', 'setup', 'shift', 'release', 'freeze']),
  subject: z.string(),
  upTo: z.number(),
});

export const ExplanationView = z.object({
  criticalPath: z.array(Step),
  remedies: z.array(Remedy),
  lateJobs: z.array(
    z.object({
      job: z.string(),
      due: z.number(),
      completion: z.number(),
      late: z.number(),
      chain: z.array(Step),
      remedies: z.array(Remedy),
    }),
  ),
});

/** Why there is no plan: what cannot hold together, or what is missing, with its names. */
export const ConflictView = z.object({
  code: z.string(),
  /** The engine's own words, for what is not told by `causes`. */
  message: z.string(),
  causes: z.array(
    z.object({
      kind: z.enum([
        'release',
        'deadline',
        'freeze',
        'no-station',
        'no-skill',
        'calendar',
        'fault',
      ]),
      /** Order code, operation and station as people know them. */
      order: z.string().optional(),
      operation: bilingual.optional(),
      station: z.string().optional(),
      at: instant.optional(),
      /** For a fault of a hand-made arrangement: the rule that is broken. */
      rule: z.string().optional(),
    }),
  ),
});

export const BoardView = z.object({
  origin: instant,
  orders: z.array(
    z.object({
      id: z.string(),
      code: z.string(),
      kind: z.string(),
      about: z.string(),
      product: z.string(),
      due: z.number().optional(),
      firm: z.boolean(),
      priority: z.number(),
      customer: z.string(),
      imagined: z.boolean(),
    }),
  ),
  operations: z.array(
    z.object({
      id: z.string(),
      order: z.string(),
      code: z.string(),
      name: bilingual,
      kind: z.string(),
      seconds: z.number(),
      basis: z.enum(['measured', 'standard', 'assumed', 'left']),
      stands: z.enum(['running', 'locked', 'near']).optional(),
    }),
  ),
  stations: z.array(
    z.object({ id: z.string(), code: z.string(), name: z.string(), kind: z.string() }),
  ),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  unmanned: z.array(z.string()),
});

const Lock = z.object({ operationId: line(120), stationId: line(120), start: instant });

const Span = z.object({ from: instant, to: instant });

const NewOrder = z.object({
  partId: id('part'),
  quantity: z.number().int().min(1).max(50).default(1),
  dueAt: instant.optional(),
  priority: z.number().int().min(1).max(5).default(2),
  /** From the core on, or only assembly and what follows. */
  from: z.enum(['core', 'assembly']).default('core'),
});

const WhatIf = z.object({
  newOrders: z.array(NewOrder).max(10).default([]),
  broken: z
    .array(Span.extend({ stationId: id('station') }))
    .max(20)
    .default([]),
  absent: z
    .array(Span.extend({ personId: id('person') }))
    .max(20)
    .default([]),
});

const Decision = z.object({
  id: z.string(),
  verdict: z.enum(['accepted', 'changed', 'refused']),
  reason: z.string(),
  by: z.string(),
  at: instant,
});

const PlanRow = z.object({
  id: z.string(),
  code: z.string(),
  kind: PlanKind,
  state: PlanStateName,
  name: z.string(),
  objective: ObjectiveName,
  origin: instant,
  madeAt: instant,
  madeBy: z.string(),
  publishedAt: instant.optional(),
  jobId: z.string().optional(),
  value: z.number().optional(),
  gap: z.number().optional(),
  figures: FiguresView.optional(),
  version,
});

export const PlanView = PlanRow.extend({
  basisId: z.string().optional(),
  wishes: z.object({
    objective: ObjectiveName,
    locks: z.array(Lock),
    keepsNear: z.boolean(),
    whatIf: WhatIf.optional(),
  }),
  board: BoardView.optional(),
  /** The scheduling problem as the engine got it: the board checks moves against it. */
  problem: z.unknown().optional(),
  assignments: z.array(Assignment),
  seed: z.number().int(),
  iterations: z.number().int(),
  deadlineSeconds: z.number().int(),
  engine: z.string().optional(),
  bound: z.number().optional(),
  ending: z.enum(['optimal', 'budget', 'cancelled']).optional(),
  iterationsDone: z.number().int().optional(),
  seconds: z.number().optional(),
  baseline: FiguresView.optional(),
  forecast: ForecastView.optional(),
  explanation: ExplanationView.optional(),
  conflict: ConflictView.optional(),
  decisions: z.array(Decision),
});

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
