/** A plan as everybody sees it: its board, figures, forecast, reasons, and what stands in its way. */
import { id, instant, line } from '@zaizao/platform/contract';
import { z } from 'zod';
import { bilingual, version } from './shared.ts';

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

export const Lock = z.object({ operationId: line(120), stationId: line(120), start: instant });
const Span = z.object({ from: instant, to: instant });

const NewOrder = z.object({
  partId: id('part'),
  quantity: z.number().int().min(1).max(50).default(1),
  dueAt: instant.optional(),
  priority: z.number().int().min(1).max(5).default(2),
  /** From the core on, or only assembly and what follows. */
  from: z.enum(['core', 'assembly']).default('core'),
});

export const WhatIf = z.object({
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

export const PlanRow = z.object({
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
