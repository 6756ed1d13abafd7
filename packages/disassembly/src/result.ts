/** Why a problem could not be taken or solved. Codes are stable; messages are for people. */
export type ProblemCode =
  | 'EMPTY'
  | 'DUPLICATE_ID'
  | 'UNKNOWN_ID'
  | 'CYCLE'
  | 'NOT_A_NUMBER'
  | 'NEGATIVE'
  | 'NOT_AN_INTEGER'
  | 'PROBABILITY'
  | 'TASK_EXCEEDS_CYCLE'
  | 'BAD_WINDOW'
  | 'TOO_LARGE'
  | 'INFEASIBLE'
  | 'NOT_FOUND_IN_BUDGET'
  | 'CANCELLED';

/**
 * A refused or unsolved problem. `at` names the ids that cause it: the members of a cycle in
 * order, the offending record, or for `INFEASIBLE` a minimal conflict (drop any one of the named
 * demands and the rest can be met).
 */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly at: readonly string[];
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function refuse<T>(
  code: ProblemCode,
  message: string,
  at: readonly string[] = [],
): Result<T> {
  return { ok: false, problem: { code, message, at } };
}
