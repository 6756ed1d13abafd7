import { ed25519 } from '@noble/curves/ed25519.js';
import {
  concat,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  sha256,
  utf8,
  verifyEd25519,
} from '@zaizao/tlog';
import { dateTimeMillis } from './date-time.ts';
import type { KeyResolver, ProofPurpose, ResolvedKey } from './did.ts';
import { asFault, CredentialError, type Fault, fault } from './fault.ts';
import type { KeyPair } from './key.ts';
import { decodeMultibase, encodeMultibase } from './multibase.ts';

/** How a cryptosuite turns JSON into the bytes that are hashed. Both suites here sign with Ed25519. */
export interface Cryptosuite {
  readonly name: string;
  canonicalize(document: JsonObject): Promise<string>;
  /** JCS proofs carry the document's `@context`; RDF proofs only borrow it while hashing. */
  readonly proofCarriesContext: boolean;
}

/** What a proof says besides its signature. */
export interface ProofOptions {
  readonly verificationMethod: string;
  /** XML Schema dateTimeStamp. */
  readonly created?: string | undefined;
  readonly expires?: string | undefined;
  readonly proofPurpose?: ProofPurpose | undefined;
  readonly id?: string | undefined;
  /** Ids of proofs that this one is chained to. */
  readonly previousProof?: string | readonly string[] | undefined;
}

/** Every step from document to signature input, as the W3C test vectors publish them. */
export interface HashedProof {
  readonly canonicalDocument: string;
  readonly canonicalProof: string;
  readonly documentHash: Uint8Array;
  readonly proofHash: Uint8Array;
  /** Proof hash, then document hash: what is signed. */
  readonly combined: Uint8Array;
}

/** Canonicalises and hashes (VC Data Integrity EdDSA Cryptosuites 1.0 §3.2 and §3.3). */
export async function hashProof(
  suite: Cryptosuite,
  document: JsonObject,
  proofConfig: JsonObject,
): Promise<HashedProof> {
  const context = document['@context'];
  const config =
    context === undefined || suite.proofCarriesContext
      ? proofConfig
      : { ...proofConfig, '@context': context };
  const canonicalDocument = await suite.canonicalize(document);
  const canonicalProof = await suite.canonicalize(config);
  const documentHash = sha256(utf8(canonicalDocument));
  const proofHash = sha256(utf8(canonicalProof));
  return {
    canonicalDocument,
    canonicalProof,
    documentHash,
    proofHash,
    combined: concat(proofHash, documentHash),
  };
}

/** Signs a document. An earlier proof stays: the result holds a set of proofs. */
export async function addProof(
  document: JsonObject,
  suite: Cryptosuite,
  key: KeyPair,
  options: ProofOptions,
): Promise<JsonObject> {
  const { proof: earlier, ...unsecured } = document;
  const earlierProofs = earlier === undefined ? [] : isArray(earlier) ? earlier : [earlier];
  const config: JsonObject = {
    ...(suite.proofCarriesContext && unsecured['@context'] !== undefined
      ? { '@context': unsecured['@context'] }
      : {}),
    ...(options.id === undefined ? {} : { id: options.id }),
    type: 'DataIntegrityProof',
    cryptosuite: suite.name,
    ...(options.created === undefined ? {} : { created: options.created }),
    ...(options.expires === undefined ? {} : { expires: options.expires }),
    verificationMethod: options.verificationMethod,
    proofPurpose: options.proofPurpose ?? 'assertionMethod',
    ...(options.previousProof === undefined ? {} : { previousProof: options.previousProof }),
  };
  requireTimes(config);
  const chained = previousProofs(config, earlierProofs);
  const { combined } = await hashProof(suite, withProofs(unsecured, chained), config);
  const proofValue = encodeMultibase(ed25519.sign(combined, key.seed));
  const proof = { ...config, proofValue };
  return { ...unsecured, proof: earlierProofs.length > 0 ? [...earlierProofs, proof] : proof };
}

export interface VerifiedProofs {
  readonly ok: true;
  /** The document without its proofs. */
  readonly document: JsonObject;
  /** The key behind each proof, in the order of the proofs. */
  readonly keys: readonly ResolvedKey[];
}

export interface ProofChecks {
  readonly suites: readonly Cryptosuite[];
  readonly resolve: KeyResolver;
  readonly purpose?: ProofPurpose | undefined;
  readonly now: Date;
}

/**
 * Verifies all proofs of a document: each must be of a known suite, by a resolvable key for the
 * purpose, not expired, and right. A document without proof is refused.
 */
export async function verifyProofs(
  secured: JsonObject,
  checks: ProofChecks,
): Promise<VerifiedProofs | Fault> {
  const { proof, ...document } = secured;
  if (proof === undefined) return fault('PROOF_MISSING', 'the document has no proof');
  const proofs = isArray(proof) ? proof : [proof];
  if (proofs.length === 0 || proofs.length > 16) {
    return fault('PROOF_MISSING', `${proofs.length} proofs`);
  }
  const keys: ResolvedKey[] = [];
  for (const one of proofs) {
    try {
      keys.push(await verifyOne(document, one, proofs, checks));
    } catch (error) {
      return asFault(error);
    }
  }
  return { ok: true, document, keys };
}

async function verifyOne(
  document: JsonObject,
  proof: JsonValue,
  all: readonly JsonValue[],
  { suites, resolve, purpose = 'assertionMethod', now }: ProofChecks,
): Promise<ResolvedKey> {
  if (!isObject(proof) || proof.type !== 'DataIntegrityProof') {
    throw new CredentialError('PROOF_UNSUPPORTED', 'not a DataIntegrityProof');
  }
  const { proofValue, ...config } = proof;
  const suite = suites.find(({ name }) => name === config.cryptosuite);
  if (!suite) {
    throw new CredentialError('PROOF_UNSUPPORTED', 'unknown cryptosuite');
  }
  if (config.proofPurpose !== purpose) {
    throw new CredentialError('PROOF_INVALID', `proof purpose is not ${purpose}`);
  }
  const { expires } = requireTimes(config);
  if (expires !== null && expires < now.getTime()) {
    throw new CredentialError('EXPIRED', 'the proof has expired');
  }
  const method = config.verificationMethod;
  const key = typeof method === 'string' ? resolve(method, purpose) : null;
  if (!key) throw new CredentialError('KEY_UNKNOWN', `no key for ${JSON.stringify(method)}`);

  const chained = previousProofs(config, all);
  const unsecured = withProofs(underContext(document, config, suite), chained);
  const { combined } = await hashProof(suite, unsecured, config);
  // Only base58btc: another multibase spelling of the same signature is not in the suite.
  const signature =
    typeof proofValue === 'string' && proofValue.startsWith('z')
      ? decodeMultibase(proofValue)
      : new Uint8Array(0);
  if (signature.length !== 64 || !verifyEd25519(signature, combined, key.publicKey)) {
    throw new CredentialError(
      'PROOF_INVALID',
      `the signature of ${key.id} is not of this document`,
    );
  }
  return key;
}

/** A JCS proof's `@context` must be a prefix of the document's, and is what was signed (§3.3.2). */
function underContext(document: JsonObject, config: JsonObject, suite: Cryptosuite): JsonObject {
  const context = config['@context'];
  if (!suite.proofCarriesContext || context === undefined) return document;
  const signed = listOf(context);
  const whole = listOf(document['@context']);
  if (!signed.every((item, i) => JSON.stringify(item) === JSON.stringify(whole[i]))) {
    throw new CredentialError('PROOF_INVALID', "the document's @context is not the one signed");
  }
  return { ...document, '@context': context };
}

/** The proofs that this one is chained to, which it signs along (VC Data Integrity 1.0 §4.3). */
function previousProofs(config: JsonObject, all: readonly JsonValue[]): readonly JsonValue[] {
  return listOf(config.previousProof).map((id) => {
    const previous = all.find((proof) => isObject(proof) && proof.id === id);
    if (!previous) throw new CredentialError('PROOF_INVALID', 'a previous proof is missing');
    return previous;
  });
}

function withProofs(document: JsonObject, proofs: readonly JsonValue[]): JsonObject {
  return proofs.length > 0 ? { ...document, proof: proofs } : document;
}

function requireTimes(config: JsonObject): { expires: number | null } {
  const [, expires = null] = ['created', 'expires'].map((name) => {
    const text = config[name];
    if (text === undefined) return null;
    const millis = typeof text === 'string' ? dateTimeMillis(text) : null;
    if (millis === null) throw new CredentialError('PROOF_INVALID', `"${name}" is not a time`);
    return millis;
  });
  return { expires };
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return isArray(value) ? value : [value];
}
