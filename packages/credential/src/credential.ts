import { isObject, type JsonObject, type JsonValue } from '@zaizao/tlog';
import { credentialProblems, issuerOf } from './credential-shape.ts';
import { type Cryptosuite, verifyProofs } from './data-integrity.ts';
import { dateTimeMillis } from './date-time.ts';
import type { KeyResolver, ResolvedKey } from './did.ts';
import { asFault, type Fault, fault } from './fault.ts';
import { verifyJwt } from './jose.ts';

export interface CredentialChecks {
  /** Cryptosuites accepted for embedded proofs. */
  readonly suites: readonly Cryptosuite[];
  readonly resolve: KeyResolver;
  readonly now: Date;
}

export interface VerifiedCredential {
  readonly ok: true;
  /** The credential without its proof or envelope. */
  readonly credential: JsonObject;
  readonly issuer: string;
  readonly keys: readonly ResolvedKey[];
}

/**
 * Verifies a credential, embedded (JSON with `proof`) or enveloped (`vc+jwt` text): its shape, its
 * signature, that the key speaks for the issuer, and that it is valid at `now`. Revocation is
 * checked by {@link checkStatus}.
 */
export async function verifyCredential(
  credential: JsonObject | string,
  checks: CredentialChecks,
): Promise<VerifiedCredential | Fault> {
  const proved =
    typeof credential === 'string'
      ? verifyJwt(credential, checks.resolve)
      : await verifyEmbedded(credential, checks);
  if (!proved.ok) return proved;
  const { document, keys } = proved;
  const [problem] = credentialProblems(document);
  if (problem !== undefined) return fault('MALFORMED', problem);
  const issuer = issuerOf(document);
  if (!keys.some(({ controller }) => controller === issuer)) {
    return fault(
      'ISSUER_MISMATCH',
      `the signer ${keys[0]?.controller} is not the issuer ${issuer}`,
    );
  }
  return validityFault(document, checks.now) ?? { ok: true, credential: document, issuer, keys };
}

async function verifyEmbedded(credential: JsonValue, checks: CredentialChecks) {
  if (!isObject(credential)) return fault('MALFORMED', 'a credential is an object');
  const [problem] = credentialProblems(credential);
  if (problem !== undefined) return fault('MALFORMED', problem);
  return verifyProofs(credential, checks).catch(asFault);
}

function validityFault({ validFrom, validUntil }: JsonObject, now: Date): Fault | null {
  const from = typeof validFrom === 'string' ? dateTimeMillis(validFrom) : null;
  const until = typeof validUntil === 'string' ? dateTimeMillis(validUntil) : null;
  if (from !== null && now.getTime() < from) {
    return fault('NOT_YET_VALID', `valid from ${validFrom}`);
  }
  if (until !== null && now.getTime() > until) return fault('EXPIRED', `valid until ${validUntil}`);
  return null;
}
