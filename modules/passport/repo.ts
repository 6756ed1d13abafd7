/** Everything that the module keeps, table by table. */
export * from './repo/access.ts';
export * from './repo/credential.ts';
export * from './repo/key.ts';
export * from './repo/published.ts';
export type * from './repo/tables.ts';
