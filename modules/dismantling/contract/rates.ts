/** What plans reckon with: wages and set-ups in versions, wanted parts and their prices. */
import { decimal, endpoint, id, instant, line } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './permissions.ts';
import { PartRef, version } from './shared.ts';

export const RatesBody = z.object({
  labourFenPerHour: z.number().int().min(0).max(1_000_000),
  fenPerHazard: z.number().int().min(0).max(1_000_000),
  toolChangeSeconds: z.number().min(0).max(3600),
  turnSeconds: z.number().min(0).max(3600),
  restorePct: z.number().min(0).max(100),
  lookFen: z.number().int().min(0).max(1_000_000),
  scrapFenPerKg: z.number().int().min(0).max(1_000_000),
  mixedPct: z.number().min(0).max(100),
  monthPct: z.number().min(0).max(100),
  surplusPct: z.number().min(0).max(100),
  priorWeight: z.number().min(1).max(10_000),
});

const RatesView = RatesBody.extend({ version, note: z.string(), at: instant.optional() });

export const getRates = endpoint({
  id: 'dismantling.getRates',
  method: 'GET',
  path: '/api/v1/dismantling/rates',
  title: text('拆解费率', 'Rates that plans reckon with'),
  access: perm('dismantling.plan:read'),
  response: RatesView,
});

/** `If-Match` names the version it follows; 0 where the assumptions still hold. */
export const setRates = endpoint({
  id: 'dismantling.setRates',
  method: 'PUT',
  path: '/api/v1/dismantling/rates',
  title: text('修改拆解费率', 'Change the rates'),
  access: perm('dismantling.plan:edit'),
  ifMatch: true,
  body: RatesBody.extend({ note: line(200, 0).default('') }),
  response: RatesView,
});

const DemandView = z.object({
  part: PartRef,
  stock: z.number().int(),
  used90Days: z.number().int(),
  wanted: z.number().int().optional(),
  goodFen: decimal.optional(),
  note: z.string(),
  version,
});

/** Demand for the parts of one product: what stands in stock, what was used, what a planner says. */
export const listDemand = endpoint({
  id: 'dismantling.listDemand',
  method: 'GET',
  path: '/api/v1/dismantling/demand',
  title: text('拆解件需求', 'Demand for parts'),
  access: perm('dismantling.plan:read'),
  query: z.object({ partId: id('part') }),
  response: z.object({ items: z.array(DemandView) }),
});

/** `If-Match` names the version it follows; 0 where nothing was said yet. */
export const setDemand = endpoint({
  id: 'dismantling.setDemand',
  method: 'PUT',
  path: '/api/v1/dismantling/demand/:partId',
  title: text('登记拆解件需求与价格', 'Say the demand for a part and its price'),
  access: perm('dismantling.plan:edit'),
  params: z.object({ partId: id('part') }),
  ifMatch: true,
  body: z.object({
    wanted: z.number().int().min(0).max(1_000_000).optional(),
    goodFen: z
      .string()
      .regex(/^\d{1,12}$/)
      .optional(),
    note: line(200, 0).default(''),
  }),
  response: DemandView,
});
