import { fileURLToPath } from 'node:url';
import type { Module } from '@zaizao/platform/http';
import { routes } from './routes.ts';

export { type HeldUnit, heldUnits } from './repo/held.ts';
export {
  massOfMade,
  type ProductWork,
  productsMade,
  productWork,
  type UnitWork,
  workOfUnits,
} from './service/costs.ts';
export { putUnit } from './service/held.ts';
export { parcelBySscc, parcelOfUnit } from './service/parcels.ts';
export {
  followPlan,
  type Measured,
  measuredTimes,
  type OpenOperation,
  type OpenOrder,
  type Outcome,
  openWork,
  operationFates,
  outcomeOf,
  type PlannedPlace,
  type Station,
  stationsOf,
} from './service/planned.ts';
export {
  asBuiltOf,
  getUnit,
  moveUnit,
  requireUnit,
  type Unit,
  unitByEpc,
} from './service/units.ts';

export const productionModule: Module = {
  name: 'production',
  migrations: {
    module: 'production',
    directory: fileURLToPath(new URL('./migrations/', import.meta.url)),
  },
  routes,
};
