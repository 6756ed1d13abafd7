import { decimal, endpoint, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './contract/permissions.ts';
import { PartRef } from './contract/shared.ts';

export * from './contract/errors.ts';
export * from './contract/joint.ts';
export * from './contract/permissions.ts';
export * from './contract/plan.ts';
export * from './contract/rates.ts';
export * from './contract/study.ts';
export * from './contract/vehicle.ts';

export const Outcome = z.enum(['pending', 'found', 'missing', 'broken', 'unknown', 'left']);
export const DamageMode = z.enum([
  'wear',
  'corrosion',
  'fracture',
  'deformation',
  'electrical',
  'thermal',
  'contamination',
  'missing',
  'other',
]);
/** Where what is taken off goes: the five streams of a vehicle, and other materials. */
export const Stream = z.enum([
  'assemblies',
  'battery',
  'parts',
  'metal',
  'fluids',
  'other-materials',
]);

export const Damage = z.object({
  mode: DamageMode,
  code: z.string().max(40).optional(),
  place: line(80).optional(),
  sizeMm: decimal.optional(),
  photo: sha256.optional(),
  /** Whether it came so or was hurt in dismantling; the non-destructive rate counts the latter. */
  cause: z.enum(['before', 'dismantling']).optional(),
});

export const ComponentState = z.enum([
  'found',
  'cleaned',
  'inspected',
  'reuse',
  'restore',
  'restored',
  'installed',
  'recycle',
]);

export const ComponentView = z.object({
  id: z.string(),
  code: z.string(),
  epc: z.string(),
  state: ComponentState,
  part: PartRef,
  pos: z.number().int().optional(),
  fromCoreId: z.string(),
  fromCoreCode: z.string(),
  /** The vehicle or machine it was in, when the core said. */
  donor: z
    .object({
      vin: z.string(),
      machineSerial: z.string(),
      mileageKm: z.number().int(),
      modelYear: z.number().int(),
    })
    .partial()
    .optional(),
  qty: z.number().int(),
  serialised: z.boolean(),
  massG: z.number(),
  lives: z.number().int(),
  restoredTimes: z.number().int(),
  damages: z.array(Damage),
  stream: Stream,
  place: z.string().optional(),
  unitId: z.string().optional(),
  createdAt: instant,
  version: z.number().int(),
});

const TeardownLine = z.object({
  pos: z.number().int(),
  part: PartRef,
  expectedQty: z.number().int(),
  policy: z.string(),
  serialised: z.boolean(),
  outcome: Outcome,
  foundQty: z.number().int(),
  massG: z.number(),
  massMeasured: z.boolean(),
  /** What the catalogue says one piece weighs, grams; 0 when it does not say. */
  pieceG: z.number(),
  extra: z.boolean(),
  stream: Stream,
  damages: z.array(Damage),
  components: z.array(z.object({ id: z.string(), code: z.string(), qty: z.number().int() })),
});

export const TeardownView = z.object({
  id: z.string(),
  code: z.string(),
  state: z.enum(['open', 'finished']),
  core: z.object({ id: z.string(), code: z.string(), epc: z.string(), part: PartRef }),
  lines: z.array(TeardownLine),
  balance: z.object({
    coreG: z.number(),
    accountedG: z.number(),
    residueG: z.number(),
    differenceG: z.number(),
    differencePct: z.number(),
    tolerancePct: z.number(),
    closes: z.boolean(),
  }),
  streams: z.array(z.object({ stream: Stream, massG: z.number() })),
  eventId: z.string().optional(),
  /** Why the mass did not close. */
  explanation: z.string().optional(),
  startedAt: instant,
  finishedAt: instant.optional(),
  version: z.number().int(),
});

const teardownId = z.object({ teardownId: id('tear') });
const componentId = z.object({ componentId: id('comp') });
const batchId = z.object({ batchId: id('batch') });

export const startTeardown = endpoint({
  id: 'dismantling.startTeardown',
  method: 'POST',
  path: '/api/v1/dismantling/teardowns',
  title: text('开始拆解', 'Start a teardown'),
  access: perm('dismantling.teardown:record'),
  body: z.object({
    coreId: id('core'),
    /** Weighed before the teardown; else the mass at receipt, else the bill of material. */
    coreMassG: z.number().int().min(1).max(600_000_000).optional(),
  }),
  response: TeardownView,
  status: 201,
});

export const getTeardown = endpoint({
  id: 'dismantling.getTeardown',
  method: 'GET',
  path: '/api/v1/dismantling/teardowns/:teardownId',
  title: text('查看拆解单', 'See a teardown'),
  access: perm('dismantling.teardown:read'),
  params: teardownId,
  response: TeardownView,
});

export const listTeardowns = endpoint({
  id: 'dismantling.listTeardowns',
  method: 'GET',
  path: '/api/v1/dismantling/teardowns',
  title: text('拆解单列表', 'List teardowns'),
  access: perm('dismantling.teardown:read'),
  query: pageQuery.extend({
    state: z.enum(['open', 'finished']).optional(),
    coreId: id('core').optional(),
  }),
  response: page(
    z.object({
      id: z.string(),
      code: z.string(),
      state: z.enum(['open', 'finished']),
      coreId: z.string(),
      coreCode: z.string(),
      part: PartRef,
      startedAt: instant,
      finishedAt: instant.optional(),
    }),
  ),
});

export const recordLine = endpoint({
  id: 'dismantling.recordLine',
  method: 'POST',
  path: '/api/v1/dismantling/teardowns/:teardownId/lines',
  title: text('登记一个位置', 'Record one position'),
  access: perm('dismantling.teardown:record'),
  params: teardownId,
  body: z.object({
    pos: z.number().int().min(0).max(99_999),
    /** For a part that is not on the bill of material. */
    partId: id('part').optional(),
    outcome: Outcome.exclude(['pending']),
    /** Pieces found; all expected ones by default. */
    foundQty: z.number().int().min(0).max(100_000).optional(),
    massG: z.number().min(0).max(600_000_000).optional(),
    /** Absent: what the catalogue says of the position, else usable parts. */
    stream: Stream.optional(),
    damages: z.array(Damage).max(20).default([]),
  }),
  response: TeardownView,
});

export const finishTeardown = endpoint({
  id: 'dismantling.finishTeardown',
  method: 'POST',
  path: '/api/v1/dismantling/teardowns/:teardownId/finish',
  title: text('完成拆解', 'Finish a teardown'),
  access: perm('dismantling.teardown:record'),
  params: teardownId,
  body: z.object({
    residueG: z.number().min(0).max(600_000_000).default(0),
    /** Why the mass does not close, when it does not. */
    explanation: line(300).optional(),
  }),
  response: TeardownView,
});

export const listComponents = endpoint({
  id: 'dismantling.listComponents',
  method: 'GET',
  path: '/api/v1/dismantling/components',
  title: text('零部件列表', 'List components'),
  access: perm('dismantling.component:read'),
  query: pageQuery.extend({
    state: ComponentState.optional(),
    partId: id('part').optional(),
    coreId: id('core').optional(),
    stream: Stream.optional(),
    /** Not in a running cleaning batch. */
    outside: z.enum(['yes']).optional(),
    /** Code, part number or name, core, or VIN or serial of the donor. */
    q: line(60).optional(),
  }),
  response: page(ComponentView),
});

export const getComponentView = endpoint({
  id: 'dismantling.getComponent',
  method: 'GET',
  path: '/api/v1/dismantling/components/:componentId',
  title: text('查看零部件', 'See a component'),
  access: perm('dismantling.component:read'),
  params: componentId,
  response: ComponentView,
});

export const scrapComponent = endpoint({
  id: 'dismantling.scrapComponent',
  method: 'POST',
  path: '/api/v1/dismantling/components/:componentId/scrap',
  title: text('零部件报废回收', 'Send a component to recycling'),
  access: perm('dismantling.component:scrap'),
  params: componentId,
  body: z.object({ reason: line(300) }),
  response: ComponentView,
});

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

export const dismantlingFigures = endpoint({
  id: 'dismantling.dismantlingFigures',
  method: 'GET',
  path: '/api/v1/dismantling/figures',
  title: text(
    '拆解清洗概况：零部件各状态件数',
    'Components by state, open teardowns, running batches',
  ),
  access: perm('dismantling.component:read'),
  response: z.object({
    components: z.array(
      z.object({ state: ComponentState, count: z.number().int(), pieces: z.number().int() }),
    ),
    openTeardowns: z.number().int(),
    runningBatches: z.number().int(),
  }),
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
