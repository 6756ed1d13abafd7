import { fileURLToPath } from 'node:url';
import type { Module } from '@zaizao/platform/http';
import { subscribers } from './events.ts';
import { rawRoutes } from './resolver.ts';
import { routes } from './routes.ts';

export { pagePath } from './domain/address.ts';
/** Pinned JSON-LD contexts of the credentials, for whoever signs them outside. */
export { PINNED_CONTEXTS as credentialContexts } from './domain/contexts.ts';
export { registrationSignature } from './domain/keys.ts';
export { type VerifyPassportOptions, verifyPassport } from './domain/verify.ts';

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
