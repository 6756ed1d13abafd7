/** A whole vehicle or machine: its check before the teardown, and where its mass went after. */
import { endpoint, id, instant, line } from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './permissions.ts';
import { bilingual, PartRef } from './shared.ts';

const coreId = z.object({ coreId: id('core') });
const teardownId = z.object({ teardownId: id('tear') });

export const CheckState = z.enum(['good', 'worn', 'broken', 'missing', 'hidden']);

const Answer = z.object({
  item: z.string().max(80),
  state: CheckState,
  note: line(200, 0).default(''),
  photos: z.array(sha256).max(6).default([]),
});

const FormItem = z.object({
  item: z.string(),
  /** A position of the bill of material; absent for what concerns the whole. */
  pos: z.number().int().optional(),
  name: bilingual,
  hint: bilingual.optional(),
  needsPhoto: z.boolean(),
});

export const getCheckForm = endpoint({
  id: 'dismantling.getCheckForm',
  method: 'GET',
  path: '/api/v1/dismantling/cores/:coreId/check-form',
  title: text('整车检查表', 'The check form of a vehicle'),
  access: perm('dismantling.teardown:read'),
  params: coreId,
  response: z.object({
    core: z.object({
      id: z.string(),
      code: z.string(),
      vin: z.string().optional(),
      part: PartRef,
    }),
    zones: z.array(z.object({ zone: z.string(), name: bilingual, items: z.array(FormItem) })),
  }),
});

const CheckView = z.object({
  id: z.string(),
  coreId: z.string(),
  coreCode: z.string(),
  answers: z.array(Answer.extend({ name: bilingual, zone: bilingual })),
  mileageKm: z.number().int().optional(),
  note: z.string(),
  by: z.string(),
  at: instant,
});

export const recordCheck = endpoint({
  id: 'dismantling.recordCheck',
  method: 'POST',
  path: '/api/v1/dismantling/cores/:coreId/checks',
  title: text('登记整车检查', 'Record the check of a vehicle'),
  access: perm('dismantling.vehicle:check'),
  params: coreId,
  body: z.object({
    answers: z.array(Answer).min(1).max(200),
    mileageKm: z.number().int().min(0).max(5_000_000).optional(),
    note: line(500, 0).default(''),
  }),
  response: CheckView,
  status: 201,
});

export const listChecks = endpoint({
  id: 'dismantling.listChecks',
  method: 'GET',
  path: '/api/v1/dismantling/cores/:coreId/checks',
  title: text('整车检查记录', 'Checks of a vehicle'),
  access: perm('dismantling.teardown:read'),
  params: coreId,
  response: z.object({ items: z.array(CheckView) }),
});

const OutflowKind = z.enum([
  'sold',
  'remanufactured',
  'shredded',
  'metal',
  'hazardous',
  'residue',
  'yard',
]);
const StreamName = z.enum([
  'assemblies',
  'battery',
  'parts',
  'metal',
  'fluids',
  'other-materials',
  'residue',
]);

const OutflowView = z.object({
  id: z.string(),
  stream: StreamName,
  kind: OutflowKind,
  massG: z.number(),
  receiver: z.string(),
  document: z.string(),
  note: z.string(),
  by: z.string(),
  at: instant,
});

/**
 * The mass of one vehicle: what was weighed at the gate = the streams + residue + what is not
 * accounted for; and of each stream, what left and what is still here. Shares add up to 100 %.
 */
export const BalanceView = z.object({
  teardown: z.object({ id: z.string(), code: z.string(), state: z.enum(['open', 'finished']) }),
  core: z.object({ id: z.string(), code: z.string(), vin: z.string().optional() }),
  part: PartRef,
  wholeG: z.number(),
  streams: z.array(
    z.object({
      stream: StreamName,
      massG: z.number(),
      pct: z.number(),
      leftG: z.number(),
      hereG: z.number(),
    }),
  ),
  /** Weighed less streams less residue; explained where it is large. */
  differenceG: z.number(),
  differencePct: z.number(),
  explanation: z.string().optional(),
  tolerancePct: z.number(),
  /** The mass is accounted for within tolerance and all of it has left: the lot is closed. */
  closes: z.boolean(),
  closed: z.boolean(),
  /** Streams that go back into use or become material, percent of the whole. */
  recoveredPct: z.number(),
  outflows: z.array(OutflowView),
});

export const getBalance = endpoint({
  id: 'dismantling.getBalance',
  method: 'GET',
  path: '/api/v1/dismantling/teardowns/:teardownId/balance',
  title: text('整车质量平衡与去向', 'Mass balance and streams of a vehicle'),
  access: perm('dismantling.teardown:read'),
  params: teardownId,
  response: BalanceView,
});

export const recordOutflow = endpoint({
  id: 'dismantling.recordOutflow',
  method: 'POST',
  path: '/api/v1/dismantling/teardowns/:teardownId/outflows',
  title: text('登记转出', 'Record what left'),
  access: perm('dismantling.stream:record'),
  params: teardownId,
  body: z.object({
    stream: StreamName,
    kind: OutflowKind,
    massG: z.number().min(0.001).max(600_000_000),
    receiver: line(120),
    /** Number of the transfer note, the sale, the certificate. */
    document: line(80, 0).default(''),
    note: line(300, 0).default(''),
  }),
  response: BalanceView,
  status: 201,
});
