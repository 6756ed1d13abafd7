/** A work order as everybody sees it: its operations and the slots it fills. */
import { id, instant } from '@zaizao/platform/contract';
import { z } from 'zod';
import { bilingual, Origin, PartRef } from './shared.ts';

export const OrderState = z.enum(['released', 'started', 'done', 'failed', 'cancelled']);

export const OrderKind = z.enum(['restore', 'assemble', 'rework']);

export const OperationState = z.enum(['waiting', 'started', 'paused', 'done', 'failed']);

export const Recorded = z.object({
  name: z.string().min(1).max(60),
  value: z.string().max(60),
  unit: z.string().max(20).default(''),
  instrumentId: id('inst').optional(),
});

/** The version of a machining programme that an operation runs, chosen by what was measured before. */
const ChosenProgramme = z.object({
  programmeId: z.string(),
  code: z.string(),
  version: z.number().int(),
  dimension: z.string(),
  measured: z.string(),
  unit: z.string(),
  parameters: z.array(z.object({ name: z.string(), value: z.string(), unit: z.string() })),
  instrumentId: z.string().optional(),
  by: z.string(),
  at: instant,
});

export const OperationView = z.object({
  id: z.string(),
  orderId: z.string(),
  orderCode: z.string(),
  seq: z.number().int(),
  round: z.number().int(),
  code: z.string(),
  name: bilingual,
  stationKind: z.string(),
  station: z.string(),
  stdSeconds: z.number().int().optional(),
  method: z.string(),
  instruction: bilingual,
  records: z.string(),
  state: OperationState,
  by: z.string().optional(),
  startedAt: instant.optional(),
  finishedAt: instant.optional(),
  /** Seconds at work before `runningSince`, pauses not counted. */
  activeSeconds: z.number().int(),
  runningSince: instant.optional(),
  values: z.array(Recorded.extend({ unit: z.string() })),
  consumption: z.array(z.object({ name: z.string(), quantity: z.string(), unit: z.string() })),
  energyKwh: z.string().optional(),
  defect: z.string().optional(),
  note: z.string().optional(),
  /** What the published plan says; absent while nothing is planned. */
  planned: z
    .object({ planId: z.string(), start: instant, end: instant, station: z.string() })
    .optional(),
  programme: ChosenProgramme.optional(),
  /** What is worked on, for the traveller. */
  about: z.object({ code: z.string(), part: PartRef }),
});

const SlotView = z.object({
  pos: z.number().int(),
  part: PartRef,
  qty: z.number().int(),
  filled: z.number().int(),
  policy: z.string(),
  fills: z.array(
    z.object({
      origin: Origin,
      qty: z.number().int(),
      componentId: z.string().optional(),
      code: z.string().optional(),
      lot: z.string().optional(),
      massG: z.number(),
    }),
  ),
});

export const OrderView = z.object({
  id: z.string(),
  code: z.string(),
  kind: OrderKind,
  state: OrderState,
  product: PartRef,
  component: z.object({ id: z.string(), code: z.string(), part: PartRef }).optional(),
  unitId: z.string().optional(),
  serial: z.string().optional(),
  operations: z.array(OperationView),
  slots: z.array(SlotView),
  dueAt: instant.optional(),
  /** The due date must be kept whatever it costs. */
  dueFirm: z.boolean(),
  notBefore: instant.optional(),
  priority: z.number().int(),
  customer: z.string(),
  createdAt: instant,
  finishedAt: instant.optional(),
});
