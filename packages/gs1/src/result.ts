/** Outcome of an operation that can fail for a reason the caller is expected to handle. */
export type Result<T, C extends string = string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Refusal<C> };

/** Why something was refused: a stable code for programs, a sentence for people. */
export interface Refusal<C extends string = string> {
  readonly code: C;
  readonly message: string;
}

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function refuse<C extends string>(
  code: C,
  message: string,
): { readonly ok: false; readonly error: Refusal<C> } {
  return { ok: false, error: { code, message } };
}
