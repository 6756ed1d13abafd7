import { fileURLToPath } from 'node:url';
import type { Module } from '@zaizao/platform/http';
import { routes } from './routes.ts';

export const planningModule: Module = {
  name: 'planning',
  migrations: {
    module: 'planning',
    directory: fileURLToPath(new URL('./migrations/', import.meta.url)),
  },
  routes,
};
