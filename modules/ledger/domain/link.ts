import type { EpcisEvent } from '@zaizao/epcis';
import type { Role, TouchedThing } from './thing-role.ts';

/** Sides of a genealogical node. */
export const WENT_IN = 0;
export const CAME_OUT = 1;

/** How things went into others. Stored in `ledger.link.kind`; never renumber. */
export const LINK_KIND = { transformed: 1, 'put-together': 2, 'taken-apart': 3 } as const;
export type LinkKind = keyof typeof LINK_KIND;

export function linkKindOf(number: number): LinkKind {
  const found = (Object.keys(LINK_KIND) as LinkKind[]).find((k) => LINK_KIND[k] === number); // keys of the constant above
  if (!found) throw new Error(`link kind ${number} is unknown`);
  return found;
}

export interface Link {
  readonly thing: string;
  readonly side: typeof WENT_IN | typeof CAME_OUT;
  /** `x:` and the transformation that several events describe together, or `e:` and the event. */
  readonly node: string;
  readonly kind: LinkKind;
}

/** The node of an event that has no number yet. */
export const OWN_NODE = 'e:0';

const IN: readonly Role[] = ['input', 'input-class'];
const OUT: readonly Role[] = ['output', 'output-class'];
const CHILD: readonly Role[] = ['child', 'child-class'];

/**
 * The genealogy that an event states: a transformation makes outputs of inputs; an association makes
 * its parent of its children, and taking apart makes children of the parent. Packing (aggregation)
 * is no genealogy. A declared error states nothing.
 *
 * @param seq number of the event; 0 while it has none
 */
export function linksOf(event: EpcisEvent, things: readonly TouchedThing[], seq: number): Link[] {
  if (event.errorDeclaration) return [];
  const side = (roles: readonly Role[]) =>
    things.filter((t) => roles.includes(t.role)).map((t) => t.thing);
  const links = (
    kind: LinkKind,
    node: string,
    before: readonly string[],
    after: readonly string[],
  ): Link[] => {
    return [
      ...[...new Set(before)].map((thing) => ({ thing, side: WENT_IN, node, kind }) as const),
      ...[...new Set(after)].map((thing) => ({ thing, side: CAME_OUT, node, kind }) as const),
    ];
  };
  if (event.type === 'TransformationEvent') {
    const node = event.transformationID ? `x:${event.transformationID}` : `e:${seq}`;
    return links('transformed', node, side(IN), side(OUT));
  }
  if (event.type !== 'AssociationEvent') return [];
  const parent = side(['parent']);
  const children = side(CHILD);
  if (parent.length === 0 || children.length === 0) return [];
  if (event.action === 'ADD') return links('put-together', `e:${seq}`, children, parent);
  if (event.action === 'DELETE') return links('taken-apart', `e:${seq}`, parent, children);
  return [];
}
