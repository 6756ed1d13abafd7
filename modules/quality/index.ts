import { fileURLToPath } from 'node:url';
import type { Module } from '@zaizao/platform/http';
import { subscribers } from './events.ts';
import { routes } from './routes.ts';

export { certificateOf } from './service/certificates.ts';
export { type DirectCost, directCosts } from './service/direct-cost.ts';
export { open as openNonconformance, type ToOpen } from './service/nonconformances.ts';
export { testsOf } from './service/test-views.ts';

export const qualityModule: Module = {
  name: 'quality',
  migrations: {
    module: 'quality',
    directory: fileURLToPath(new URL('./migrations/', import.meta.url)),
  },
  routes,
  subscribers,
};
