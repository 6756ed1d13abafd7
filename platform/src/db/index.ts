export { DirectoryInUse, lockDirectory } from './directory-lock.ts';
export { type MigrationSource, migrate, migrationsFingerprint } from './migrate.ts';
export { type Database, openDatabase } from './open.ts';
export {
  cutPage,
  decodeCursor,
  encodeCursor,
  holds,
  literally,
  newestFirst,
  oldestFirst,
} from './page.ts';
export {
  inOtherOrg,
  jsonb,
  lockName,
  type Scope,
  sqlState,
  TryAgain,
  type Tx,
  transact,
} from './transaction.ts';

import { fileURLToPath } from 'node:url';
import type { MigrationSource } from './migrate.ts';

/** The platform's own migrations; they come before every module's. */
export const platformMigrations: MigrationSource = {
  module: 'platform',
  directory: fileURLToPath(new URL('./migrations/', import.meta.url)),
};
