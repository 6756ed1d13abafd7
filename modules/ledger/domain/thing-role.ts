import { type EpcisEvent, type ThingRole, walkThings } from '@zaizao/epcis';
import { canonicalUri } from '@zaizao/gs1';

/** In which part an event names a thing; `document` is a business transaction. */
export type Role = ThingRole | 'document';

/** Numbers of the roles as stored in `ledger.event_thing`. Never renumber. */
export const ROLE_NUMBER: Readonly<Record<Role, number>> = {
  epc: 1,
  parent: 2,
  child: 3,
  input: 4,
  output: 5,
  'epc-class': 6,
  'child-class': 7,
  'input-class': 8,
  'output-class': 9,
  document: 10,
};

const ROLE_OF = new Map<number, Role>(
  (Object.keys(ROLE_NUMBER) as Role[]).map((role) => [ROLE_NUMBER[role], role]), // keys of a Record<Role, …>
);

export function roleOf(number: number): Role {
  const role = ROLE_OF.get(number);
  if (!role) throw new Error(`role ${number} is unknown`);
  return role;
}

export interface TouchedThing {
  /** Canonical identifier. */
  readonly thing: string;
  readonly role: Role;
}

/** Everything an event touches: things, classes of things, and business documents. */
export function touchedBy(event: EpcisEvent): TouchedThing[] {
  const documents = new Set(
    (event.bizTransactionList ?? []).map((b) => canonicalUri(b.bizTransaction)),
  );
  return [
    ...walkThings(event).map(({ thing, role }) => ({ thing, role })),
    ...[...documents].map((thing) => ({ thing, role: 'document' as const })),
  ];
}
