/** What can be wrong with a problem or its solution, by code. */
export type ProblemCode =
  | 'EMPTY_PROBLEM'
  | 'TOO_LARGE'
  | 'DUPLICATE_ID'
  | 'NO_MODES'
  | 'BAD_TIME'
  | 'UNKNOWN_MACHINE'
  | 'UNKNOWN_OPERATION'
  | 'UNKNOWN_SKILL'
  | 'PRECEDENCE_CYCLE'
  | 'BAD_CALENDAR'
  | 'IMPOSSIBLE_CALENDAR'
  | 'BATCH_TOO_SMALL'
  | 'CONTRADICTORY_FREEZES'
  | 'BAD_OBJECTIVE'
  | 'BAD_SCENARIO'
  | 'INFEASIBLE'
  | 'NO_SCHEDULE_FOUND'
  | 'CANCELLED'
  | 'BAD_INSTANCE';

/** One of the wishes that cannot hold together: a job's release or deadline, or an operation's freeze. */
export interface ConflictingWish {
  readonly kind: 'release' | 'deadline' | 'freeze';
  /** The job, or the frozen operation. */
  readonly subject: string;
  /** The date wished for. */
  readonly at: number;
  /** Where it is frozen. */
  readonly machine?: string;
}

/** An expected failure: what is wrong, in words, and the identifiers it concerns. */
export interface SchedulingProblem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly subjects: readonly string[];
  /** For `INFEASIBLE` and `CONTRADICTORY_FREEZES`: a minimal set of wishes that cannot all hold. */
  readonly wishes?: readonly ConflictingWish[];
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: SchedulingProblem };

export function good<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function bad(
  code: ProblemCode,
  message: string,
  subjects: readonly string[] = [],
): { readonly ok: false; readonly problem: SchedulingProblem } {
  return { ok: false, problem: { code, message, subjects } };
}
