import { fileURLToPath } from 'node:url';
import type { Ctx, Module } from '@zaizao/platform/http';
import { ok, type Result } from '@zaizao/platform/kernel';
import { subscribers } from './events.ts';
import { publishedOfUnit } from './repo.ts';
import { rawRoutes } from './resolver.ts';
import { routes } from './routes.ts';
import { publish } from './service/publish.ts';
import { storeWarranty, type Warranty } from './service/warranty.ts';

export { pagePath } from './domain/address.ts';
export { type VerifyPassportOptions, verifyPassport } from './domain/verify.ts';
export type { Warranty } from './service/warranty.ts';

/** States the seller's warranty of a unit; its passport says so at once, signed anew. */
export async function setWarranty(ctx: Ctx, warranty: Warranty): Promise<Result<undefined>> {
  await storeWarranty(ctx, warranty);
  const published = await publishedOfUnit(ctx, warranty.unitId);
  const done = published ? await publish(ctx, warranty.unitId) : ok(undefined);
  return done.ok ? ok(undefined) : done;
}

export const passportModule: Module = {
  name: 'passport',
  migrations: {
    module: 'passport',
    directory: fileURLToPath(new URL('./migrations/', import.meta.url)),
  },
  routes,
  rawRoutes,
  subscribers,
};
