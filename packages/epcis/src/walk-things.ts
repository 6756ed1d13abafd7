import { canonicalUri } from '@zaizao/gs1';
import type { EpcisEvent, QuantityElement } from './model.ts';

/** In which part an event names a thing or a class of things. */
export type ThingRole =
  | 'epc'
  | 'parent'
  | 'child'
  | 'input'
  | 'output'
  | 'epc-class'
  | 'child-class'
  | 'input-class'
  | 'output-class';

export interface NamedThing {
  /** Canonical identifier, for matching. */
  readonly thing: string;
  readonly asReceived: string;
  readonly role: ThingRole;
}

/**
 * Every thing and class of things that an event names, with its role, in the order of the event; the same thing in the
 * same role comes once.
 */
export function walkThings(event: EpcisEvent): NamedThing[] {
  const found: NamedThing[] = [];
  const seen = new Set<string>();
  const add = (role: ThingRole, asReceived: string | undefined): void => {
    if (asReceived === undefined || asReceived === '') return;
    const thing = canonicalUri(asReceived);
    if (seen.has(`${role} ${thing}`)) return;
    seen.add(`${role} ${thing}`);
    found.push({ thing, asReceived, role });
  };
  const epcs = (role: ThingRole, list: readonly string[] | undefined): void => {
    for (const epc of list ?? []) add(role, epc);
  };
  const classes = (role: ThingRole, list: readonly QuantityElement[] | undefined): void => {
    for (const element of list ?? []) add(role, element.epcClass);
  };
  switch (event.type) {
    case 'TransformationEvent':
      epcs('input', event.inputEPCList);
      classes('input-class', event.inputQuantityList);
      epcs('output', event.outputEPCList);
      classes('output-class', event.outputQuantityList);
      break;
    case 'AggregationEvent':
    case 'AssociationEvent':
      add('parent', event.parentID);
      epcs('child', event.childEPCs);
      classes('child-class', event.childQuantityList);
      break;
    case 'TransactionEvent':
      add('parent', event.parentID);
      epcs('epc', event.epcList);
      classes('epc-class', event.quantityList);
      break;
    case 'ObjectEvent':
      epcs('epc', event.epcList);
      classes('epc-class', event.quantityList);
      break;
  }
  return found;
}
