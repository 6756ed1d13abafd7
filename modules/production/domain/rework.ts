export interface Step {
  readonly seq: number;
  readonly round: number;
  /** Where a failure of this step goes back to, and how many rounds there may be. */
  readonly onFail: number | undefined;
  readonly maxRework: number;
}

/**
 * What follows the failure of a step: the steps to do again (from `onFail`, or the step itself, up
 * to it), or the end when the rounds are used up. Loops are bounded by construction.
 */
export function afterFailure<S extends Step>(
  steps: readonly S[],
  failed: S,
): { again: S[] } | 'scrap' {
  if (failed.round > failed.maxRework) return 'scrap';
  const from = failed.onFail ?? failed.seq;
  const again = steps.filter(
    (s) => s.round === failed.round && s.seq >= from && s.seq <= failed.seq,
  );
  const seqs = new Set(again.map((s) => s.seq));
  const earlier = steps.filter(
    (s) => s.seq >= from && s.seq <= failed.seq && !seqs.has(s.seq) && s.round < failed.round,
  );
  const latest = new Map<number, S>();
  for (const s of earlier) if ((latest.get(s.seq)?.round ?? 0) < s.round) latest.set(s.seq, s);
  return { again: [...latest.values(), ...again].sort((a, b) => a.seq - b.seq) };
}
