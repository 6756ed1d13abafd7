/** Product passports: the public face of a remanufactured unit, its credential and its proof. */
export { passportErrors } from './contract/errors.ts';
export * from './contract/office.ts';
export * from './contract/public.ts';
