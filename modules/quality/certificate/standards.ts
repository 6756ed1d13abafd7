import { productFamilies } from '@zaizao/modules/catalog';
import data from '../data/standards.json' with { type: 'json' };
import type { StandardRef } from './content.ts';

// JSON modules type each family by its own key; as a record any code may be looked up.
const byFamily: Readonly<Record<string, readonly StandardRef[] | undefined>> = data.families;

/** The standards that bear on a remanufactured product of a family: its own first. */
export function standardsFor(family: string): StandardRef[] {
  const isVehiclePart = productFamilies().find((f) => f.code === family)?.sector === 'auto';
  return [...(byFamily[family] ?? []), ...(isVehiclePart ? data.vehicle : []), ...data.all];
}

/** The product standard that a label names: the family’s own, else the general one. */
export function productStandard(family: string): string {
  return standardsFor(family)[0]?.number ?? '';
}
