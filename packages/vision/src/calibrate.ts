import { type Example, guess } from './neighbours.ts';

/** How often guesses of a strength were right, told on pictures they were not made from. */
export interface Calibration {
  /** Pictures that were told without their own thing. */
  readonly tried: number;
  /** Of those, told right. */
  readonly right: number;
  /** Rising steps: from this strength on, guesses were right this often. */
  readonly steps: readonly { readonly from: number; readonly confidence: number }[];
}

/** How strong a guess is: the winner's share of the votes times how near its nearest example is. */
export function strengthOf(g: { readonly score: number; readonly similarity: number }): number {
  return g.score * g.similarity;
}

/**
 * Tells every example by all others but those of its own thing, and learns how far a guess may be
 * believed: the share of right ones as a rising function of strength (isotonic regression), each step
 * pulled towards one half as by one right and one wrong guess more, so that few examples never give certainty.
 * @see R. E. Barlow et al., Statistical Inference under Order Restrictions (1972): pool adjacent violators
 */
export function calibrate(examples: readonly Example[]): Calibration {
  const told = examples.flatMap((e) => {
    const [best] = guess(e.vector, examples, e.group);
    return best ? [{ strength: strengthOf(best), right: best.label === e.label ? 1 : 0 }] : [];
  });
  told.sort((a, b) => a.strength - b.strength);
  const blocks: { from: number; right: number; n: number }[] = [];
  for (const t of told) {
    blocks.push({ from: t.strength, right: t.right, n: 1 });
    for (;;) {
      const [before, last] = [blocks.at(-2), blocks.at(-1)];
      if (!before || !last || before.right * last.n < last.right * before.n) break;
      blocks.splice(-2, 2, {
        from: before.from,
        right: before.right + last.right,
        n: before.n + last.n,
      });
    }
  }
  let best = 0;
  const steps = blocks.map((b) => {
    best = Math.max(best, (b.right + 1) / (b.n + 2));
    return { from: b.from, confidence: best };
  });
  return { tried: told.length, right: told.reduce((n, t) => n + t.right, 0), steps };
}

/** How often guesses of this strength are right; weaker than any ever tried: as the weakest. */
export function confidenceOf(c: Calibration, strength: number): number {
  let found = c.steps[0]?.confidence ?? 0;
  for (const s of c.steps) {
    if (s.from > strength) break;
    found = s.confidence;
  }
  return found;
}
