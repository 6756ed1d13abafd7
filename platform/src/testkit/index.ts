export { goodValue, hintsFrom, placesIn } from './arbitraries.ts';
export { emptyPostgres, testDatabase } from './database.ts';
export { fuzz } from './fuzz.ts';
export { addressOf, idPrefix, type OpenApi, type Operation, operationsOf } from './operations.ts';
export { inspectSchema } from './schema.ts';
export { killWhileStarting, type ServerProcess, startServerProcess } from './server-process.ts';
export {
  copyTenant,
  fingerprintOf,
  idsOf,
  rowsOf,
  type TenantTable,
  tenantTables,
} from './tenant-rows.ts';
export {
  type Actor,
  startTestApp,
  type TestApp,
  type TestOrg,
} from './test-app.ts';
