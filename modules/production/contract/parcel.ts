/** Packing by specification: the parcel of a unit. */
import { endpoint, instant } from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm, unitId } from './shared.ts';

export const ParcelView = z.object({
  sscc: z.string(),
  epc: z.string(),
  unitId: z.string(),
  specVersion: z.number().int(),
  checks: z.array(z.string()),
  photo: z.string(),
  grossG: z.number(),
  packedBy: z.string(),
  packedAt: instant,
  openedAt: instant.optional(),
});

export const packUnit = endpoint({
  id: 'production.packUnit',
  method: 'POST',
  path: '/api/v1/production/units/:unitId/parcel',
  title: text('按包装规范包装并赋 SSCC', 'Pack a unit by its specification'),
  access: perm('production.operation:record'),
  params: unitId,
  body: z.object({
    /** Codes of the specification's checks that the packer confirms: all of them. */
    checks: z.array(z.string().max(80)).max(30),
    photo: sha256,
    /** Package and unit together, grams. */
    grossG: z.number().int().min(1).max(600_000_000),
  }),
  response: ParcelView,
  status: 201,
});

export const getParcel = endpoint({
  id: 'production.getParcel',
  method: 'GET',
  path: '/api/v1/production/units/:unitId/parcel',
  title: text('查看产品的包裹', 'See the parcel of a unit'),
  access: perm('production.unit:read'),
  params: unitId,
  response: z.object({ parcel: ParcelView.optional() }),
});

export const readParcel = endpoint({
  id: 'production.readParcel',
  method: 'GET',
  path: '/api/v1/production/parcels/:sscc',
  title: text('按 SSCC 查包裹', 'See a parcel by its SSCC'),
  access: perm('production.unit:read'),
  params: z.object({ sscc: z.string().regex(/^[0-9]{18}$/) }),
  response: ParcelView.extend({ serial: z.string() }),
});
