import { canonicalUri } from '@zaizao/gs1';
import type { Ctx } from '@zaizao/platform/http';
import { type PackingRow, packingsOf } from '../repo/packing.ts';

/** A thing in a container, directly or in another one in it. */
export interface Content {
  readonly thing: string;
  /** What it is directly in. */
  readonly parent: string;
}

/** Where things are by the aggregation events up to some moment: in a container, or taken out (null). */
class Packing {
  readonly place = new Map<string, string | null>();
  /** Containers that were emptied without naming what was in them. */
  readonly emptied = new Set<string>();

  constructor(rows: readonly PackingRow[]) {
    const once = new Map(rows.map((row) => [row.seq, row]));
    const inOrder = [...once.values()].sort(
      (a, b) => Number(a.event_us - b.event_us) || Number(a.seq - b.seq),
    );
    for (const row of inOrder) this.#apply(row);
  }

  #apply({ action, parent: given, children }: PackingRow): void {
    const parent = given === null ? undefined : canonicalUri(given);
    if (parent === undefined) return; // an observation of things together that says not in what
    const named = children.map((child) => canonicalUri(child));
    if (action !== 'DELETE') {
      for (const child of named) this.place.set(child, parent);
      return;
    }
    // EPCIS 2.0 §7.4.3: without children, all of them.
    if (named.length === 0) this.emptied.add(parent);
    const leaving = named.length === 0 ? [...this.place.keys()] : named;
    for (const child of leaving) {
      const place = this.place.get(child);
      if (place === parent || (place === undefined && named.length > 0)) {
        this.place.set(child, null);
      }
    }
  }
}

/**
 * What is packed in a thing at a moment, by the organisation's own aggregation events: also what is
 * in the boxes in it. From the outside in. What is installed in a product (AssociationEvent) is a
 * part of it and no content.
 */
export async function contentsOf(ctx: Ctx, container: string, us: number): Promise<Content[]> {
  const { tx, org } = ctx;
  const found: Content[] = [];
  const known = new Set([container]);
  let level = [container];
  while (level.length > 0) {
    const into = await packingsOf(tx, org.no, 'parent', level, us);
    const named = [...new Set(into.flatMap((row) => row.children.map((c) => canonicalUri(c))))];
    const children = named.filter((child) => !known.has(child));
    if (children.length === 0) break;
    // Where else each of them was put since.
    const elsewhere = await packingsOf(tx, org.no, 'child', children, us);
    const { place } = new Packing([...into, ...elsewhere]);
    const next: Content[] = [];
    for (const thing of children) {
      const parent = place.get(thing);
      if (parent && level.includes(parent)) next.push({ thing, parent });
    }
    level = next.map(({ thing }) => thing);
    for (const thing of level) known.add(thing);
    found.push(...next);
  }
  return found;
}

/**
 * Of the contents that another's books name, from the outside in, those that the organisation's own
 * books do not say have left the container.
 */
export async function stillInside(
  ctx: Ctx,
  container: string,
  contents: readonly Content[],
  us: number,
): Promise<string[]> {
  const { tx, org } = ctx;
  const things = contents.map(({ thing }) => thing);
  const rows = [
    ...(await packingsOf(tx, org.no, 'parent', [container, ...things], us)),
    ...(await packingsOf(tx, org.no, 'child', things, us)),
  ];
  const { place, emptied } = new Packing(rows);
  const inside = new Set([container]);
  for (const { thing, parent } of contents) {
    const own = place.get(thing);
    const isIn =
      own === undefined
        ? inside.has(parent) && !emptied.has(parent)
        : own !== null && inside.has(own);
    if (isIn) inside.add(thing);
  }
  inside.delete(container);
  return [...inside];
}
