import { fileURLToPath } from 'node:url';
import type { Module, Subscriber } from '@zaizao/platform/http';
import { ok } from '@zaizao/platform/kernel';
import { routes } from './routes.ts';
import { claimRoutes } from './routes-claim.ts';
import { renumberListings, withdrawMissing } from './service/listings.ts';

export { type OrderRow, saleOfUnit } from './repo/order.ts';
export { unitsPickedSince } from './repo/picks.ts';

export const marketModule: Module = {
  name: 'market',
  migrations: {
    module: 'market',
    directory: fileURLToPath(new URL('./migrations/', import.meta.url)),
  },
  routes: [...routes, ...claimRoutes],
  subscribers: [
    ...['catalog.numbers-changed', 'catalog.import-committed'].map(
      (topic): Subscriber => ({
        // Goods are found by the numbers their catalogue knows today.
        name: `market.renumber-on-${topic.slice(8)}`,
        topic,
        handle: async (ctx) => ok(await renumberListings(ctx)),
      }),
    ),
    {
      // What a stocktake missed is offered to nobody.
      name: 'market.withdraw-missing',
      topic: 'stock.thing-missing',
      handle: async (ctx, payload) => ok(await withdrawMissing(ctx, String(payload.ref))),
    },
  ],
};
