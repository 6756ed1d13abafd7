import type { Genealogy, GenealogyDirection } from '../contract.ts';
import { CAME_OUT, type LinkKind, WENT_IN } from './link.ts';

export interface Step {
  readonly thing: string;
  readonly side: number;
  readonly node: string;
  readonly us: number;
  readonly kind: LinkKind;
  readonly eventId: string;
  readonly eventTime: string;
  readonly bizStep: string | undefined;
}

export interface Removal {
  readonly parent: string;
  readonly child: string;
  readonly us: number;
  readonly time: string;
}

type Edge = Genealogy['edges'][number];

/**
 * The graph behind the links of the nodes reached from `root`: only what lies on a way from it, each
 * thing with its distance. The graph has no circle: an edge that would close one contradicts the order
 * of time and is left out.
 */
export function graphOf(
  root: string,
  direction: GenealogyDirection,
  steps: readonly Step[],
  removals: readonly Removal[],
): Pick<Genealogy, 'root' | 'direction' | 'edges'> & { depths: Map<string, number> } {
  const backwards = direction === 'components-of';
  const near = backwards ? CAME_OUT : WENT_IN;
  const byThing = Map.groupBy(
    steps.filter((s) => s.side === near),
    (s) => s.thing,
  );
  const byNode = Map.groupBy(
    steps.filter((s) => s.side !== near),
    (s) => s.node,
  );
  const depths = new Map<string, number>([[root, 0]]);
  const edges: Edge[] = [];
  const done = new Set<string>();
  const reach = new Reach();
  const queue: { thing: string; us: number }[] = [
    { thing: root, us: backwards ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY },
  ];
  for (let at = queue.shift(); at; at = queue.shift()) {
    for (const own of byThing.get(at.thing) ?? []) {
      if (backwards ? own.us > at.us : own.us < at.us) continue;
      for (const far of byNode.get(own.node) ?? []) {
        const key = `${own.node} ${at.thing} ${far.thing}`;
        const [from, to] = backwards ? [far.thing, at.thing] : [at.thing, far.thing];
        if (undone(own.kind, from, to, steps)) continue;
        if (done.has(key) || !reach.add(from, to)) continue;
        done.add(key);
        if (!depths.has(far.thing)) depths.set(far.thing, (depths.get(at.thing) ?? 0) + 1);
        const removedAt = removalOf(own, from, to, removals);
        const { kind, eventId, eventTime, bizStep } = own;
        edges.push({
          ...{ from, to, kind, eventId, eventTime },
          ...(bizStep === undefined ? {} : { bizStep }),
          ...(removedAt === undefined ? {} : { removedAt }),
        });
        queue.push({ thing: far.thing, us: far.us });
      }
    }
  }
  return { root, direction, edges, depths };
}

/** A part that was put in and comes out again is not made by that. */
function undone(kind: LinkKind, parent: string, child: string, steps: readonly Step[]): boolean {
  if (kind !== 'taken-apart') return false;
  const putIn = steps.filter(
    (s) => s.kind !== 'taken-apart' && s.side === WENT_IN && s.thing === child,
  );
  return putIn.some((p) =>
    steps.some((s) => s.node === p.node && s.side === CAME_OUT && s.thing === parent),
  );
}

function removalOf(
  { kind, us }: Step,
  child: string,
  parent: string,
  removals: readonly Removal[],
): string | undefined {
  if (kind === 'taken-apart') return undefined;
  const later = removals.filter((r) => r.parent === parent && r.child === child && r.us >= us);
  return later.sort((a, b) => a.us - b.us)[0]?.time;
}

/** Keeps edges only as long as they make no circle. */
class Reach {
  readonly #next = new Map<string, Set<string>>();

  add(from: string, to: string): boolean {
    if (from === to || this.#leads(to, from)) return false;
    const targets = this.#next.get(from) ?? new Set();
    targets.add(to);
    this.#next.set(from, targets);
    return true;
  }

  #leads(from: string, to: string): boolean {
    const seen = new Set([from]);
    const stack = [from];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (at === to) return true;
      for (const next of this.#next.get(at) ?? []) {
        if (!seen.has(next)) {
          seen.add(next);
          stack.push(next);
        }
      }
    }
    return false;
  }
}
