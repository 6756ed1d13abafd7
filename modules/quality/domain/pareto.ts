interface Counted<K> {
  readonly key: K;
  readonly count: number;
}

export interface ParetoRow<K> extends Counted<K> {
  /** Share of all, and of all up to this row; 0 to 1. */
  readonly share: number;
  readonly cumulative: number;
}

/** Causes by weight, heaviest first, with their running share: the few that matter stand on top. */
export function pareto<K>(counts: readonly Counted<K>[]): ParetoRow<K>[] {
  const all = counts.reduce((n, c) => n + c.count, 0);
  let sum = 0;
  return counts
    .toSorted((a, b) => b.count - a.count)
    .map(({ key, count }) => {
      sum += count;
      return { key, count, share: count / all, cumulative: sum / all };
    });
}
