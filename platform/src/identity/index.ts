/**
 * Identity: who is here, for which organisation, and what they may do.
 *
 * An application composes it like this: `identityModule(options)` first among the modules,
 * `authenticator(app)` for `buildServer`, and in its `App` the two functions
 * `may: permissionCheck(options.roles)` and `organisation: (no) => organisationByNo(db, no)`.
 */
import { fileURLToPath } from 'node:url';
import type { MigrationSource } from '../db/index.ts';
import type { Module } from '../http/index.ts';
import { auditRoutes } from './audit-routes.ts';
import { sweep } from './housekeeping.ts';
import { invitationRoutes } from './invitation-routes.ts';
import { keyRoutes } from './key-routes.ts';
import { memberRoutes } from './member-routes.ts';
import { mountAuth } from './mount.ts';
import { assertSafe, type IdentityOptions, ownerRoleOf } from './options.ts';
import { organisationRoutes } from './organisation-routes.ts';
import { warmDirectory } from './organisations.ts';
import { checkRoles } from './permissions.ts';
import { sessionRoutes } from './session-routes.ts';
import { setupRoutes } from './setup-routes.ts';

export { authenticator } from './authenticate.ts';
export { type DemoPerson, ensureDemoPersons } from './demo.ts';
export type { Letter, Mailer } from './mailer.ts';
export { DEMO_SECRET, type IdentityOptions } from './options.ts';
export {
  createOrganisation,
  type NewOrganisation,
  type Organisation,
  organisationById,
  organisationByNo,
} from './organisations.ts';
export { matches, permissionCheck, type RoleTable } from './permissions.ts';

const migrations: MigrationSource = {
  module: 'identity',
  directory: fileURLToPath(new URL('./migrations/', import.meta.url)),
};

const HOUR_MS = 3_600_000;

/** @throws Error when the role table cannot work, or (at mount) when production would run unsafely */
export function identityModule(options: IdentityOptions): Module {
  checkRoles(options.roles);
  const owner = ownerRoleOf(options);
  if (!Object.hasOwn(options.roles, owner)) throw new Error(`The role table has no ${owner}`);
  return {
    name: 'identity',
    migrations,
    routes: [
      ...sessionRoutes(options),
      ...setupRoutes(options),
      ...organisationRoutes,
      ...memberRoutes(options),
      ...invitationRoutes(options),
      ...keyRoutes(options),
      ...auditRoutes,
    ],
    plugin: async (server, app) => {
      assertSafe(app.config);
      await warmDirectory(app.db);
      await mountAuth(server, app, options);
    },
    start: async (app) => {
      const timer = setInterval(() => {
        sweep(app).catch((error) => app.log.error({ err: error }, 'identity sweep failed'));
      }, HOUR_MS);
      timer.unref();
      return async () => clearInterval(timer);
    },
  };
}
