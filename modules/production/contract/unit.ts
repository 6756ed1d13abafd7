/** Units: what they are made of, where they stand. */
import { day, endpoint, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { Origin, PartRef, perm, unitId } from './shared.ts';

export const UnitState = z.enum([
  'assembled',
  'tested',
  'rework',
  'finished',
  'certified',
  'available',
  'reserved',
  'sold',
  'shipped',
  'installed',
  'in-service',
  'returned',
  'scrapped',
]);

export const UnitView = z.object({
  id: z.string(),
  serial: z.string(),
  epc: z.string(),
  state: UnitState,
  part: PartRef,
  life: z.number().int(),
  massG: z.number(),
  orderId: z.string(),
  asBuilt: z.array(
    z.object({
      pos: z.number().int(),
      part: PartRef,
      origin: Origin,
      qty: z.number().int(),
      massG: z.number(),
      componentId: z.string().optional(),
      componentCode: z.string().optional(),
      coreId: z.string().optional(),
      coreCode: z.string().optional(),
      lot: z.string().optional(),
    }),
  ),
  previousCores: z.array(z.object({ id: z.string(), code: z.string(), epc: z.string() })),
  counts: z.object({ reused: z.number(), restored: z.number(), new: z.number() }),
  rates: z.object({ byMass: z.number(), byCount: z.number() }),
  assembledAt: instant,
  version: z.number().int(),
});

export const getUnitView = endpoint({
  id: 'production.getUnit',
  method: 'GET',
  path: '/api/v1/production/units/:unitId',
  title: text('查看产品', 'See a unit'),
  access: perm('production.unit:read'),
  params: unitId,
  response: UnitView,
});

export const listUnits = endpoint({
  id: 'production.listUnits',
  method: 'GET',
  path: '/api/v1/production/units',
  title: text('产品列表', 'List units'),
  access: perm('production.unit:read'),
  query: pageQuery.extend({
    state: UnitState.optional(),
    partId: id('part').optional(),
    /** First and last day of assembly, in the organisation's zone. */
    from: day.optional(),
    to: day.optional(),
    q: line(60).optional(),
  }),
  response: page(UnitView.omit({ asBuilt: true, previousCores: true, counts: true, rates: true })),
});

export const releaseUnit = endpoint({
  id: 'production.releaseUnit',
  method: 'POST',
  path: '/api/v1/production/units/:unitId/release',
  title: text('放行入库，可供销售', 'Release a certified unit for sale'),
  access: perm('production.unit:move'),
  params: unitId,
  body: z.object({ place: line(40).optional() }),
  response: UnitView,
});
