/** Work in progress, output, orders finished in time. */
import { day, endpoint } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './shared.ts';
import { UnitState } from './unit.ts';

export const workInProgress = endpoint({
  id: 'production.workInProgress',
  method: 'GET',
  path: '/api/v1/production/figures',
  title: text('在制与产出', 'Work in progress and output'),
  access: perm('production.order:read'),
  response: z.object({
    byStation: z.array(
      z.object({
        stationKind: z.string(),
        waiting: z.number().int(),
        /** Of those waiting, what can be begun now. */
        ready: z.number().int(),
        /** Started or paused. */
        running: z.number().int(),
      }),
    ),
    openOrders: z.number().int(),
    /** The calendar day it is in the organisation's zone. */
    today: day,
    units: z.array(z.object({ state: UnitState, count: z.number().int() })),
    assembledByDay: z.array(z.object({ day: z.string(), count: z.number().int() })),
  }),
});

const judged = {
  /** Orders whose due date has passed, not called off. */
  due: z.number().int(),
  /** Of those, finished by it. */
  kept: z.number().int(),
};

export const onTime = endpoint({
  id: 'production.onTime',
  method: 'GET',
  path: '/api/v1/production/on-time',
  title: text('按期完工率', 'Orders finished by their due date'),
  access: perm('production.order:read'),
  query: z.object({ weeks: z.coerce.number().int().min(1).max(53).default(8) }),
  response: z.object({
    from: day,
    to: day,
    ...judged,
    /** By the week of the due date, oldest first; a week begins on Monday. */
    weeks: z.array(z.object({ from: day, to: day, ...judged })),
  }),
});
