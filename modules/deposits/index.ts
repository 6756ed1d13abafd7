import { fileURLToPath } from 'node:url';
import type { Module } from '@zaizao/platform/http';
import { routes } from './routes.ts';
import { creditByGrade } from './service.ts';

export {
  type Charge,
  cancelOfOrder,
  charge,
  depositFor,
  matchReturn,
  payInOfOrder,
  startWindow,
} from './service.ts';

export const depositsModule: Module = {
  name: 'deposits',
  migrations: {
    module: 'deposits',
    directory: fileURLToPath(new URL('./migrations/', import.meta.url)),
  },
  routes,
  subscribers: [
    {
      name: 'deposits.credit-by-grade',
      topic: 'cores.core-graded',
      handle: (ctx, payload) =>
        creditByGrade(
          ctx,
          String(payload.coreId),
          typeof payload.at === 'string' ? new Date(payload.at) : ctx.now,
        ),
    },
  ],
};
