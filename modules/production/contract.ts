/** Work orders, operations, assembly, units and parcels: what others may rely on. */
export * from './contract/assembly.ts';
export * from './contract/errors.ts';
export * from './contract/figures.ts';
export * from './contract/four-r.ts';
export * from './contract/operation.ts';
export * from './contract/order.ts';
export * from './contract/order-view.ts';
export * from './contract/parcel.ts';
export * from './contract/programme.ts';
export { Origin, PartRef, perm } from './contract/shared.ts';
export { addStation, listStations } from './contract/station.ts';
export * from './contract/unit.ts';
