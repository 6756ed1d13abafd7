/** Organisations, sites, partners, licences and roles: what other modules and the web may rely on. */
export * from './contract/licence.ts';
export * from './contract/organisation.ts';
export * from './contract/partner.ts';
export { perm } from './contract/shared.ts';
export * from './contract/site.ts';
export { partiesErrors } from './errors.ts';
