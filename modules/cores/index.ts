import { fileURLToPath } from 'node:url';
import type { Module } from '@zaizao/platform/http';
import { routes } from './routes.ts';
import { learnFrom } from './service/recognition.ts';

export type { CoreRow } from './repo.ts';
export { coreCosts, scrappedCores } from './repo-figures.ts';
export { type HeldCore, heldCores } from './repo-held.ts';
export { getCore, moveCore, requireCore } from './service/door.ts';
export { creditByDeposit } from './service/grading.ts';
export { putCore } from './service/held.ts';
export { announceReturn, type ReturnedUnit, receiveReturnedUnit } from './service/receiving.ts';

export const coresModule: Module = {
  name: 'cores',
  migrations: {
    module: 'cores',
    directory: fileURLToPath(new URL('./migrations/', import.meta.url)),
  },
  routes,
  subscribers: [
    {
      name: 'cores.learn-photos',
      topic: 'cores.core-graded',
      handle: (ctx, payload) => learnFrom(ctx, String(payload.coreId)),
    },
  ],
};
