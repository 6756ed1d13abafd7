import { ed25519 } from '@noble/curves/ed25519.js';
import {
  fromUtf8,
  isObject,
  type JsonObject,
  type JsonValue,
  utf8,
  verifyEd25519,
} from '@zaizao/tlog';
import { CREDENTIALS_V2, issuerOf } from './credential-shape.ts';
import type { KeyResolver, ResolvedKey } from './did.ts';
import { asFault, CredentialError, type Fault, fault } from './fault.ts';
import type { KeyPair } from './key.ts';
import { fromBase64Url, toBase64Url } from './multibase.ts';

/** Longest token read, in characters. */
const MAX_JWT = 4_000_000;

/**
 * Envelopes a credential as `vc+jwt`: a compact JWS whose payload is the credential itself
 * (Securing VCs using JOSE and COSE §3.1), signed with Ed25519 (`alg: EdDSA`, RFC 8037).
 *
 * @param kid the verification method, e.g. `did:web:plant.example#2026`.
 */
export function signJwt(credential: JsonObject, key: KeyPair, kid: string): string {
  const header = { alg: 'EdDSA', typ: 'vc+jwt', cty: 'vc', kid, iss: issuerOf(credential) };
  const input = `${encodePart(header)}.${encodePart(credential)}`;
  return `${input}.${toBase64Url(ed25519.sign(utf8(input), key.seed))}`;
}

/**
 * Verifies a `vc+jwt` and gives the credential in it. Only EdDSA over Ed25519 is accepted, with a
 * `kid` that resolves; `crit` and duplicate spellings are refused.
 */
export function verifyJwt(
  jwt: string,
  resolve: KeyResolver,
): { ok: true; document: JsonObject; keys: readonly ResolvedKey[] } | Fault {
  try {
    if (jwt.length > MAX_JWT) return fault('MALFORMED', 'token is too long');
    const [head = '', body = '', signature = '', ...more] = jwt.split('.');
    if (more.length > 0 || signature === '') return fault('MALFORMED', 'not a compact JWS');
    const header = decodePart(head);
    if (header.alg !== 'EdDSA' && header.alg !== 'Ed25519') {
      return fault('PROOF_UNSUPPORTED', `the algorithm is not EdDSA`);
    }
    if (header.typ !== 'vc+jwt' || (header.cty !== undefined && header.cty !== 'vc')) {
      return fault('PROOF_UNSUPPORTED', 'not a vc+jwt');
    }
    if (header.crit !== undefined) return fault('PROOF_UNSUPPORTED', 'critical header members');
    const key = typeof header.kid === 'string' ? resolve(header.kid, 'assertionMethod') : null;
    if (!key) return fault('KEY_UNKNOWN', `no key for ${JSON.stringify(header.kid)}`);
    if (!verifyEd25519(fromBase64Url(signature), utf8(`${head}.${body}`), key.publicKey)) {
      return fault('PROOF_INVALID', `the signature of ${key.id} is not of this token`);
    }
    const document = decodePart(body);
    if (header.iss !== undefined && header.iss !== issuerOf(document)) {
      return fault('ISSUER_MISMATCH', 'header and credential name different issuers');
    }
    return { ok: true, document, keys: [key] };
  } catch (error) {
    return asFault(error);
  }
}

/** Wraps a token as an `EnvelopedVerifiableCredential` (VCDM 2.0 §4.13.2). */
export function envelopJwt(jwt: string): JsonObject {
  return {
    '@context': CREDENTIALS_V2,
    id: `data:application/vc+jwt,${jwt}`,
    type: 'EnvelopedVerifiableCredential',
  };
}

function encodePart(value: JsonObject): string {
  return toBase64Url(utf8(JSON.stringify(value)));
}

function decodePart(text: string): JsonObject {
  let value: JsonValue;
  try {
    value = JSON.parse(fromUtf8(fromBase64Url(text)));
  } catch (error) {
    if (error instanceof SyntaxError) throw new CredentialError('MALFORMED', 'not JSON');
    throw error;
  }
  if (!isObject(value)) throw new CredentialError('MALFORMED', 'not a JSON object');
  return value;
}
