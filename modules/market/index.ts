import { fileURLToPath } from 'node:url';
import type { Module } from '@zaizao/platform/http';
import { routes } from './routes.ts';

export { type OrderRow, saleOfUnit } from './repo/order.ts';

export const marketModule: Module = {
  name: 'market',
  migrations: {
    module: 'market',
    directory: fileURLToPath(new URL('./migrations/', import.meta.url)),
  },
  routes,
};
