/** Cores: quoted, collected, received, graded, in stock: what the web and other modules see. */
export * from './contract/core.ts';
export { coreErrors } from './contract/errors.ts';
export { corePermissions } from './contract/permissions.ts';
export * from './contract/pick-up.ts';
export * from './contract/quote.ts';
export * from './contract/receiving.ts';
export * from './contract/recognition.ts';
