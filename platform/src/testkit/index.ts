export { testDatabase } from './database.ts';
export {
  type Actor,
  startTestApp,
  type TestApp,
  type TestIdentity,
  type TestOrg,
} from './test-app.ts';
