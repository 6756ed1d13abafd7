/** Work in progress and output. */
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
