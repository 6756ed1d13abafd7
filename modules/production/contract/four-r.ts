/** Reduce, reuse, remanufacture, recycle: measured by mass. */
import { day, endpoint } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { bilingual, PartRef, perm } from './shared.ts';

const Share = z.object({
  massG: z.number(),
  pieces: z.number().int(),
  /** Of the mass that an all-new build of the same units would take; for recycling of all that came apart. */
  byMass: z.number(),
});

const FourR = z.object({
  /** New parts that an all-new build of the same units would have needed and this one did not. */
  reduce: Share.extend({
    /** The same at the catalogue's prices of new parts; of how much of the mass a price is known. */
    newPartsFen: z.string().regex(/^\d+$/),
    priced: z.number(),
  }),
  reuse: Share,
  remanufacture: Share,
  recycle: Share,
  /** What the units weigh together: the all-new build it is held against. */
  builtG: z.number(),
  newG: z.number(),
  units: z.number().int(),
});

export const fourR = endpoint({
  id: 'production.fourR',
  method: 'GET',
  path: '/api/v1/production/four-r',
  title: text(
    '4R 报表：减量化、再利用、再制造、再循环',
    'Four R: reduce, reuse, remanufacture, recycle',
  ),
  access: perm('production.order:read'),
  query: z.object({ from: day.optional(), to: day.optional() }),
  response: z.object({
    zone: z.string(),
    basis: bilingual,
    total: FourR,
    /** Recycling is not told by product or month: a scrapped part is of no unit. */
    byProduct: z.array(FourR.omit({ recycle: true }).extend({ part: PartRef })),
    byMonth: z.array(
      z.object({
        month: z.string(),
        reuseG: z.number(),
        remanufactureG: z.number(),
        newG: z.number(),
        reduce: z.number(),
      }),
    ),
    recycled: z.array(
      z.object({ stream: z.string(), massG: z.number(), pieces: z.number().int() }),
    ),
  }),
});
