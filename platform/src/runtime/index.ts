export { ConfigInvalid, readConfig } from './config.ts';
export { type Identity, type Running, start } from './start.ts';
