/** What sold units brought: their price without the deposit, less their direct cost. */
import { day, endpoint, fen, id, instant, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './permissions.ts';
import { PartRef } from './shared.ts';

/** Fen with a sign: a unit may have been sold below its cost. */
const signedFen = z.string().regex(/^-?\d{1,18}$/);

export const listMargins = endpoint({
  id: 'market.listMargins',
  method: 'GET',
  path: '/api/v1/market/margins',
  title: text('单台毛利', 'Margin of every unit sold'),
  access: perm('market.margin:read'),
  query: pageQuery.extend({
    partId: id('part').optional(),
    /** First and last day of the order, in the organisation's zone. */
    from: day.optional(),
    to: day.optional(),
  }),
  response: page(
    z.object({
      /** Order and place in it. */
      id: z.string(),
      unitId: z.string(),
      serial: z.string(),
      part: PartRef,
      orderId: z.string(),
      orderCode: z.string(),
      soldAt: instant,
      priceFen: fen,
      /** Absent when the unit is none of our production. */
      cost: z
        .object({
          newPartsFen: fen,
          coresFen: fen,
          labourFen: fen,
          energyFen: fen,
          warrantyFen: fen,
          totalFen: fen,
          /** Share of the new parts' mass whose price is known; share of the operations with a meter reading. */
          priced: z.number(),
          metered: z.number(),
        })
        .optional(),
      marginFen: signedFen.optional(),
    }),
  ),
});

const brought = {
  /** Units sold whose cost is known. */
  units: z.number().int(),
  salesFen: fen,
  costFen: fen,
  marginFen: signedFen,
};

export const marginFigures = endpoint({
  id: 'market.marginFigures',
  method: 'GET',
  path: '/api/v1/market/margin-figures',
  title: text('毛利概况（按周）', 'Margin by week'),
  access: perm('market.margin:read'),
  query: z.object({ weeks: z.coerce.number().int().min(1).max(53).default(8) }),
  response: z.object({
    from: day,
    to: day,
    ...brought,
    /** Units sold in the days, with or without a known cost; at most the newest 2000 are looked at. */
    sold: z.number().int(),
    /** Share of the new parts' mass whose price is known; share of the operations with a meter reading. */
    priced: z.number(),
    metered: z.number(),
    /** Units of orders that the seller has not confirmed: not counted. */
    unconfirmed: z.number().int(),
    rates: z.object({ labourFenPerHour: z.number(), energyFenPerKwh: z.number() }),
    weeks: z.array(z.object({ from: day, to: day, ...brought })),
  }),
});
