/** Things and their lives, events and their proofs, the log and its witnesses, what is shared: what others may rely on. */
export * from './contract/event.ts';
export * from './contract/genealogy.ts';
export * from './contract/log.ts';
export { ledgerErrors, ledgerPermission } from './contract/shared.ts';
export * from './contract/sharing.ts';
export { scan, type Thing, thing, thingKinds } from './contract/thing.ts';
export * from './contract/witness.ts';
