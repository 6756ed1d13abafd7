import { fileURLToPath } from 'node:url';
import type { Module } from '@zaizao/platform/http';
import { routes } from './routes.ts';

export const stockModule: Module = {
  name: 'stock',
  migrations: {
    module: 'stock',
    directory: fileURLToPath(new URL('./migrations/', import.meta.url)),
  },
  routes,
};
