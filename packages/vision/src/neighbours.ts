/** A picture whose kind a person confirmed. */
export interface Example {
  /** What it shows: a family, a part. */
  readonly label: string;
  /** The thing it is of: pictures of one thing never vouch for each other. */
  readonly group: string;
  readonly vector: Float32Array;
}

export interface Guess {
  readonly label: string;
  /** Weight of the neighbours with this label, of all; the guesses add up to 1. */
  readonly score: number;
  /** Of the nearest example with this label, 1 for the same picture. */
  readonly similarity: number;
}

const NEIGHBOURS = 7;

/** Cosine of two descriptors; both have length 1, all numbers are positive, so it is between 0 and 1. */
export function similarity(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/**
 * The labels of the nearest examples, best first. A neighbour weighs by how near it is against the others:
 * the weight halves with each step of the distance to the nearest one.
 * @param without a group that does not count: the thing that is being told
 */
export function guess(
  vector: Float32Array,
  examples: readonly Example[],
  without?: string,
): readonly Guess[] {
  const near: { label: string; similarity: number }[] = [];
  for (const e of examples) {
    if (e.group === without) continue;
    const s = similarity(vector, e.vector);
    if (near.length === NEIGHBOURS && s <= (near.at(-1)?.similarity ?? 0)) continue;
    let at = near.length;
    while (at > 0 && (near[at - 1]?.similarity ?? 1) < s) at--;
    near.splice(at, 0, { label: e.label, similarity: s });
    near.length = Math.min(near.length, NEIGHBOURS);
  }
  const nearest = 1 - (near[0]?.similarity ?? 0);
  const weightOf = (s: number) => 2 ** -((1 - s) / Math.max(nearest, 1e-6) - 1);
  const total = near.reduce((n, x) => n + weightOf(x.similarity), 0);
  const byLabel = Map.groupBy(near, (x) => x.label);
  return [...byLabel]
    .map(([label, mine]) => ({
      label,
      score: mine.reduce((n, x) => n + weightOf(x.similarity), 0) / total,
      similarity: Math.max(...mine.map((x) => x.similarity)),
    }))
    .sort((a, b) => b.score - a.score || b.similarity - a.similarity);
}
