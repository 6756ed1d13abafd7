/** Components and lots: what came out of a core, where each of them stands. */
import { decimal, endpoint, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './permissions.ts';
import { PartRef } from './shared.ts';

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

const componentId = z.object({ componentId: id('comp') });

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
