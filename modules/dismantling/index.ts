import { fileURLToPath } from 'node:url';
import type { Module } from '@zaizao/platform/http';
import { routes } from './routes.ts';

export { type HeldComponent, heldComponents } from './repo/held.ts';
export { recycledIn } from './repo/recycled.ts';
export {
  type Component,
  componentView,
  findComponents,
  getComponent,
  moveComponent,
  scrap as scrapComponent,
  splitLot,
} from './service/components.ts';
export { correctComponent } from './service/held.ts';

export const dismantlingModule: Module = {
  name: 'dismantling',
  migrations: {
    module: 'dismantling',
    directory: fileURLToPath(new URL('./migrations/', import.meta.url)),
  },
  routes,
};
