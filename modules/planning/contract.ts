/** Plans of the shop, shifts and people, capacity and its sharing, line balances: what others may rely on. */
export * from './contract/capacity.ts';
export * from './contract/line.ts';
export * from './contract/plan.ts';
export * from './contract/plan-view.ts';
export * from './contract/promise.ts';
export * from './contract/resource.ts';
export { perm, planningErrors } from './contract/shared.ts';
