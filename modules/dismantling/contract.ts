/** Teardowns, components, cleaning, plans, vehicles: what the web and other modules see. */
export * from './contract/cleaning.ts';
export * from './contract/component.ts';
export * from './contract/errors.ts';
export * from './contract/joint.ts';
export * from './contract/permissions.ts';
export * from './contract/plan.ts';
export * from './contract/rates.ts';
export * from './contract/study.ts';
export * from './contract/teardown.ts';
export * from './contract/vehicle.ts';
