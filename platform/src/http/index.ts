export { type App, type Config, type ServiceKey, serviceKey, titlesKey } from './app.ts';
export { type Ctx, makeCtx, type OrgRef, type Principal, type PublicCtx } from './context.ts';
export {
  type Caller,
  type Module,
  publicRoute,
  type RawRoute,
  type Route,
  route,
  type Subscriber,
  type UploadedFile,
} from './module.ts';
export { networkOf } from './network.ts';
export { openApiOf } from './openapi.ts';
export { type Problem, problemOf } from './problems.ts';
export { type Authenticate, buildServer, langOf } from './server.ts';
