/** How a searched number led to a part. */
export type Via =
  | 'number'
  | 'gtin'
  | 'oe'
  | 'aftermarket'
  | 'reman'
  | 'supersession'
  | 'interchange';

/** A link between two normalised numbers. */
export interface NumberLink {
  readonly from: string;
  readonly to: string;
  readonly relation: 'supersession' | 'interchange';
  readonly needsCoding: boolean;
  readonly vinBound: boolean;
}

/** A number that stands for the searched one, and what must be minded on the way to it. */
export interface Reached {
  readonly norm: string;
  /** Absent for the searched number itself. */
  readonly via?: 'supersession' | 'interchange';
  readonly steps: number;
  readonly needsCoding: boolean;
  readonly vinBound: boolean;
}

/**
 * Every number that stands for a searched one, nearest first: along supersessions both ways (an
 * old number finds its successor, a new one the cores that carry the old) and along interchanges.
 * A flag on any link of the way stays on. Circles in the data do no harm.
 * @param linksOf the links that touch any of the given numbers
 */
export async function reachNumbers(
  start: string,
  linksOf: (norms: readonly string[]) => Promise<readonly NumberLink[]>,
  most = 200,
): Promise<Reached[]> {
  const reached = new Map<string, Reached>([
    [start, { norm: start, steps: 0, needsCoding: false, vinBound: false }],
  ]);
  let frontier = [start];
  for (let steps = 1; frontier.length > 0 && reached.size < most && steps <= 8; steps++) {
    const links = await linksOf(frontier);
    const next: string[] = [];
    for (const link of links) {
      for (const [here, there] of [
        [link.from, link.to],
        [link.to, link.from],
      ] as const) {
        const origin = reached.get(here);
        if (!origin || origin.steps !== steps - 1 || reached.has(there)) continue;
        reached.set(there, {
          norm: there,
          via: origin.via === 'interchange' ? 'interchange' : link.relation,
          steps,
          needsCoding: origin.needsCoding || link.needsCoding,
          vinBound: origin.vinBound || link.vinBound,
        });
        next.push(there);
      }
    }
    frontier = next;
  }
  return [...reached.values()];
}
