/** Why a proof, note or store was refused. Codes are stable; messages are for people. */
export type TlogErrorCode =
  | 'BAD_ENCODING'
  | 'BAD_RANGE'
  | 'BAD_PROOF'
  | 'ROOT_MISMATCH'
  | 'BAD_NOTE'
  | 'BAD_KEY'
  | 'BAD_SIGNATURE'
  | 'UNTRUSTED'
  | 'BAD_CHECKPOINT'
  | 'INCONSISTENT'
  | 'QUORUM_MISSING'
  | 'BAD_LEAF'
  | 'BAD_DISCLOSURE'
  | 'BAD_HISTORY'
  | 'BAD_POLICY'
  | 'MISSING_DATA'
  | 'CORRUPT_DATA';

/** Thrown by parsers, encoders and stores. Verifiers return a {@link Verdict} instead. */
export class TlogError extends Error {
  readonly code: TlogErrorCode;

  constructor(code: TlogErrorCode, message: string) {
    super(message);
    this.name = 'TlogError';
    this.code = code;
  }
}

/** A refusal that says why. */
export interface Refusal {
  readonly ok: false;
  readonly code: TlogErrorCode;
  readonly reason: string;
}

/** The answer of every verifier: untrusted input never makes one throw. */
export type Verdict = { readonly ok: true } | Refusal;

export const accepted: Verdict = { ok: true };

export function refused(code: TlogErrorCode, reason: string): Refusal {
  return { ok: false, code, reason };
}

/** Turns a parser's throw into a refusal; anything that isn't a {@link TlogError} is a bug and passes on. */
export function attempt<T>(parse: () => T): { readonly ok: true; readonly value: T } | Refusal {
  try {
    return { ok: true, value: parse() };
  } catch (error) {
    if (error instanceof TlogError) return refused(error.code, error.message);
    throw error;
  }
}
