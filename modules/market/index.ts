import { fileURLToPath } from 'node:url';
import type { Module } from '@zaizao/platform/http';
import { ok } from '@zaizao/platform/kernel';
import { routes } from './routes.ts';
import { claimRoutes } from './routes-claim.ts';
import { renumberListings } from './service/listings.ts';

export { type OrderRow, saleOfUnit } from './repo/order.ts';

export const marketModule: Module = {
  name: 'market',
  migrations: {
    module: 'market',
    directory: fileURLToPath(new URL('./migrations/', import.meta.url)),
  },
  routes: [...routes, ...claimRoutes],
  subscribers: ['catalog.numbers-changed', 'catalog.import-committed'].map((topic) => ({
    // Goods are found by the numbers their catalogue knows today.
    name: `market.renumber-on-${topic.slice(8)}`,
    topic,
    handle: async (ctx) => ok(await renumberListings(ctx)),
  })),
};
