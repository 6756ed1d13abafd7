import { TlogError } from '@zaizao/tlog';

/** Why a credential was refused. */
export type CredentialFaultCode =
  | 'MALFORMED'
  | 'BAD_KEY'
  | 'KEY_UNKNOWN'
  | 'PROOF_MISSING'
  | 'PROOF_UNSUPPORTED'
  | 'PROOF_INVALID'
  | 'ISSUER_MISMATCH'
  | 'NOT_YET_VALID'
  | 'EXPIRED'
  | 'REVOKED'
  | 'CONTEXT_UNKNOWN';

/** A refusal that says why; the verifiers return it, they do not throw on untrusted input. */
export interface Fault {
  readonly ok: false;
  readonly code: CredentialFaultCode;
  readonly reason: string;
}

export function fault(code: CredentialFaultCode, reason: string): Fault {
  return { ok: false, code, reason };
}

/** Thrown by parsers and encoders; verifiers turn it into a {@link Fault}. */
export class CredentialError extends Error {
  readonly code: CredentialFaultCode;

  constructor(code: CredentialFaultCode, message: string) {
    super(message);
    this.name = 'CredentialError';
    this.code = code;
  }
}

/** The fault that a thrown error stands for; what neither package throws on purpose is a bug and passes on. */
export function asFault(error: unknown): Fault {
  if (error instanceof CredentialError) return fault(error.code, error.message);
  if (error instanceof TlogError) return fault('MALFORMED', error.message);
  throw error;
}
