export interface Step {
  readonly seq: number;
  readonly round: number;
  readonly state: string;
  /** Where a failure of this step goes back to, and how many times it may fail before it is scrap. */
  readonly onFail: number | undefined;
  readonly maxRework: number;
}

/** The order in which steps are done: by position, and within a position by round. */
export function isBefore(a: Step, b: Step): boolean {
  return a.seq < b.seq || (a.seq === b.seq && a.round < b.round);
}

/**
 * What follows the failure of a step: the steps to do again (from `onFail`, or the step itself, up
 * to it), each in the round after its last; or the end when the step failed more often than it may.
 * `steps` holds the failed one already marked. Every position fails a bounded number of times, so
 * the loop ends by construction.
 */
export function afterFailure<S extends Step>(
  steps: readonly S[],
  failed: S,
): { again: S[] } | 'scrap' {
  const failures = steps.filter((s) => s.seq === failed.seq && s.state === 'failed').length;
  return failures > failed.maxRework ? 'scrap' : { again: nextRound(steps, failed) };
}

/** The steps that a failure does over, in their next rounds. */
export function nextRound<S extends Step>(steps: readonly S[], failed: S): S[] {
  const from = Math.min(failed.onFail ?? failed.seq, failed.seq);
  const last = new Map<number, S>();
  for (const s of steps) {
    if (s.seq < from || s.seq > failed.seq) continue;
    if ((last.get(s.seq)?.round ?? 0) < s.round) last.set(s.seq, s);
  }
  return [...last.values()]
    .map((s) => ({ ...s, round: s.round + 1 }))
    .sort((a, b) => a.seq - b.seq);
}
