/** The catalogue’s contract: what the web and other modules may rely on. */
export * from './contract/bom.ts';
export * from './contract/characteristic.ts';
export * from './contract/defect.ts';
export * from './contract/dismantle.ts';
export * from './contract/import.ts';
export * from './contract/part.ts';
export { perm } from './contract/permissions.ts';
export * from './contract/programme.ts';
export * from './contract/reference.ts';
export * from './contract/sample.ts';
export { DIRECTIONS, SKILLS } from './domain/dismantle-lists.ts';
export { catalogErrors } from './errors.ts';
