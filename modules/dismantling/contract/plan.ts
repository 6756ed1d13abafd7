/** The plan of a teardown: made, read, checked, followed or not. */
import { endpoint, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './permissions.ts';
import { bilingual, PartRef, teardownId, version } from './shared.ts';

export const planId = z.object({ planId: id('plan') });

/** Fen as a number, with hundredths: what a plan reckons, not what anybody pays. */
const reckoned = z.number();

const Chances = z.object({
  good: z.number(),
  mended: z.number(),
  scrap: z.number(),
  missing: z.number(),
});

const Fate = z.enum(['recover', 'inspect', 'leave', 'open', 'missing']);

export const PlanStep = z.object({
  no: z.number().int(),
  joint: z.string(),
  name: bilingual,
  tool: z.string(),
  direction: z.string().optional(),
  hazard: z.number().int(),
  hazardNote: bilingual,
  destructive: z.boolean(),
  seconds: z.number(),
  costFen: reckoned,
  setupFen: reckoned,
  /** Items that come loose with it. */
  frees: z.array(z.string()),
  /** What leaving it would cost against the plan; absent: it must be done. */
  marginFen: reckoned.optional(),
  /** It did not come loose as planned; the cost counts force. */
  seized: z.boolean(),
});

export const PlanItem = z.object({
  item: z.string(),
  /** Position in the bill of material; absent for a group. */
  pos: z.number().int().optional(),
  name: bilingual,
  group: z.string().optional(),
  fate: Fate,
  mandatory: z.boolean(),
  /** Worth over its scrap when it comes out. */
  premiumFen: reckoned,
  /** What it would take to get out what is left. */
  furtherFen: reckoned.optional(),
  /** What getting it out too would cost against the plan. */
  marginFen: reckoned.optional(),
  worth: z.record(z.string(), reckoned),
  chances: Chances.optional(),
  /** How many of the plant’s own pieces the chances rest on. */
  seen: z.number().int(),
  /** Pieces in stock, used in 90 days, asked for. */
  demand: z
    .object({
      stock: z.number().int(),
      used90Days: z.number().int(),
      wanted: z.number().int().optional(),
      share: z.number(),
    })
    .optional(),
});

export const PlanChangeView = z.object({
  dropped: z.array(z.object({ joint: z.string(), name: bilingual })),
  added: z.array(z.object({ joint: z.string(), name: bilingual })),
  fates: z.array(z.object({ item: z.string(), name: bilingual, from: Fate, to: Fate })),
  worthFen: reckoned,
});

/** What made a plan be worked out anew. */
export const PlanCause = z.object({
  kind: z.enum(['missing', 'broken', 'left', 'found', 'seized', 'destroyed', 'checked', 'asked']),
  at: z.string().optional(),
  name: bilingual.optional(),
});

const Decision = z.object({
  decision: z.enum(['follow', 'deviate']),
  reason: z.string(),
  by: z.string(),
  at: instant,
});

const PlanHead = z.object({
  id: z.string(),
  no: z.number().int(),
  core: z.object({ id: z.string(), code: z.string() }),
  part: PartRef,
  teardownId: z.string().optional(),
  worthFen: reckoned,
  /** Worth of the core as it is: all of it as unsorted scrap. */
  asIsFen: reckoned,
  boundFen: reckoned,
  status: z.enum(['optimal', 'feasible']),
  /** Best plan less the second best. */
  marginFen: reckoned.optional(),
  cause: PlanCause.optional(),
  decision: Decision.optional(),
  madeBy: z.string(),
  madeAt: instant,
});

export const PlanView = PlanHead.extend({
  steps: z.array(PlanStep),
  items: z.array(PlanItem),
  seconds: z.number(),
  setupsFen: reckoned,
  change: PlanChangeView.optional(),
  /** Items worth looking at before anything is undone. */
  lookFirst: z.array(z.object({ item: z.string(), name: bilingual, gainFen: reckoned })),
  /** The second-best plan in one sentence’s data. */
  second: z
    .object({ kind: z.enum(['without', 'also']), at: z.string(), name: bilingual })
    .optional(),
  basis: z.object({
    bom: version,
    joints: version,
    removal: version,
    rates: version,
    engine: z.string(),
    digest: z.string(),
  }),
});

export const JointOutcome = z.enum(['undone', 'seized', 'destroyed']);

export const JointRecord = z.object({
  id: z.string(),
  joint: z.string(),
  name: bilingual,
  outcome: JointOutcome,
  source: z.enum(['person', 'station']),
  station: z.string(),
  tool: z.string(),
  torqueNm: z.number().optional(),
  angleDeg: z.number().optional(),
  seconds: z.number().optional(),
  /** Torque over angle, as the tool measured it. */
  curve: z.array(z.tuple([z.number(), z.number()])).optional(),
  note: z.string(),
  photo: z.string().optional(),
  by: z.string(),
  at: instant,
});

export const TeardownPlan = z.object({
  plan: PlanView.optional(),
  /** Why there is none. */
  without: bilingual.optional(),
  joints: z.array(JointRecord),
  /** Joints that are undone: recorded, or because what they held lies on the table or is missing. */
  done: z.array(z.string()),
});

export const makePlan = endpoint({
  id: 'dismantling.makePlan',
  method: 'POST',
  path: '/api/v1/dismantling/plans',
  title: text('计算拆解计划', 'Work out a teardown plan'),
  access: perm('dismantling.plan:decide'),
  body: z.object({ coreId: id('core') }),
  response: PlanView,
  status: 201,
});

export const listPlans = endpoint({
  id: 'dismantling.listPlans',
  method: 'GET',
  path: '/api/v1/dismantling/plans',
  title: text('拆解计划列表', 'List teardown plans'),
  access: perm('dismantling.plan:read'),
  query: pageQuery.extend({
    coreId: id('core').optional(),
    /** Followed, not followed, or not decided yet. */
    decision: z.enum(['follow', 'deviate', 'none']).optional(),
    /** Those that replaced an earlier one because of a finding. */
    replanned: z.enum(['yes']).optional(),
  }),
  response: page(PlanHead),
});

export const getPlan = endpoint({
  id: 'dismantling.getPlan',
  method: 'GET',
  path: '/api/v1/dismantling/plans/:planId',
  title: text('查看拆解计划', 'See a teardown plan'),
  access: perm('dismantling.plan:read'),
  params: planId,
  response: PlanView,
});

/** Solves the stored problem again and judges the stored plan by rules of its own. */
export const checkPlan = endpoint({
  id: 'dismantling.checkPlan',
  method: 'GET',
  path: '/api/v1/dismantling/plans/:planId/check',
  title: text('重算并核对计划', 'Solve a plan again and check it'),
  access: perm('dismantling.plan:read'),
  params: planId,
  response: z.object({
    /** The stored problem is the one that was solved. */
    digestAgrees: z.boolean(),
    /** The same steps and worth come out again. */
    repeats: z.boolean(),
    worthFen: reckoned,
    /** Added up without the engine. */
    checkedFen: reckoned,
    faults: z.array(z.string()),
    /** The engine that made it and the one that solved it now. */
    engine: z.object({ made: z.string(), again: z.string() }),
  }),
});

export const decidePlan = endpoint({
  id: 'dismantling.decidePlan',
  method: 'POST',
  path: '/api/v1/dismantling/plans/:planId/decisions',
  title: text('决定是否按计划拆解', 'Decide whether to follow a plan'),
  access: perm('dismantling.plan:decide'),
  params: planId,
  body: z.object({ decision: z.enum(['follow', 'deviate']), reason: line(300, 0).default('') }),
  response: PlanView,
});

export const getTeardownPlan = endpoint({
  id: 'dismantling.getTeardownPlan',
  method: 'GET',
  path: '/api/v1/dismantling/teardowns/:teardownId/plan',
  title: text('拆解单的现行计划与连接记录', 'The plan in force of a teardown, and its joints'),
  access: perm('dismantling.plan:read'),
  params: teardownId,
  response: TeardownPlan,
});
