import { fileURLToPath } from 'node:url';
import type { Module } from '@zaizao/platform/http';
import { routes } from './routes.ts';

export { type InspectedValue, newestValues } from './repo-values.ts';
export { dispositionOf } from './service/decide.ts';

export const inspectionModule: Module = {
  name: 'inspection',
  migrations: {
    module: 'inspection',
    directory: fileURLToPath(new URL('./migrations/', import.meta.url)),
  },
  routes,
};
