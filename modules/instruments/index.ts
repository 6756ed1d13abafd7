import { fileURLToPath } from 'node:url';
import type { Module } from '@zaizao/platform/http';
import { routes } from './routes.ts';

export { findInstrument, requireInstrument } from './service.ts';

export const instrumentsModule: Module = {
  name: 'instruments',
  migrations: {
    module: 'instruments',
    directory: fileURLToPath(new URL('./migrations/', import.meta.url)),
  },
  routes,
};
