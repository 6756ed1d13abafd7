/** Listings, orders and warranty claims: what the web and other modules see. */
export * from './contract/claim.ts';
export * from './contract/errors.ts';
export * from './contract/listing.ts';
export * from './contract/margin.ts';
export * from './contract/order.ts';
export { perm } from './contract/permissions.ts';
export { PartRef } from './contract/shared.ts';
