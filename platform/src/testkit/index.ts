export { testDatabase } from './database.ts';
export {
  type Actor,
  startTestApp,
  type TestApp,
  type TestOrg,
} from './test-app.ts';
