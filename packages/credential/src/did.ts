import { isArray, isObject, type JsonObject, type JsonValue } from '@zaizao/tlog';
import { CredentialError } from './fault.ts';
import { decodePublicKey, encodePublicKey } from './key.ts';
import { fromBase64Url } from './multibase.ts';

/** What a key may be used for (Controlled Identifiers 1.0 §2.3). */
export type ProofPurpose = 'assertionMethod' | 'authentication';

/** A public key found under its identifier. */
export interface ResolvedKey {
  readonly id: string;
  /** Who speaks with this key: a DID. */
  readonly controller: string;
  /** 32-byte Ed25519 key. */
  readonly publicKey: Uint8Array;
}

/** Finds the key of a verification method if it may be used for this purpose; null if not known. */
export type KeyResolver = (method: string, purpose: ProofPurpose) => ResolvedKey | null;

const DID_CONTEXT = ['https://www.w3.org/ns/did/v1.1', 'https://w3id.org/security/multikey/v1'];

/** `did:key:z…` of an Ed25519 key. */
export function didKey(publicKey: Uint8Array): string {
  return `did:key:${encodePublicKey(publicKey)}`;
}

/** The one verification method of a did:key: `did:key:z…#z…`. */
export function didKeyMethod(publicKey: Uint8Array): string {
  const multikey = encodePublicKey(publicKey);
  return `did:key:${multikey}#${multikey}`;
}

/** did:web of a host and path, e.g. `plant.example` and `orgs/7` (did:web method §3). */
export function didWeb(host: string, path = ''): string {
  if (!/^[a-z0-9.-]+(?::[0-9]+)?$/i.test(host)) {
    throw new CredentialError('MALFORMED', `"${host}" is not a host`);
  }
  const segments = path.split('/').filter((segment) => segment !== '');
  return ['did:web', host.replace(':', '%3A'), ...segments.map(encodeURIComponent)].join(':');
}

/** Where a did:web document is served. */
export function didWebUrl(did: string): string {
  const [scheme, method, host, ...path] = did.split(':');
  if (scheme !== 'did' || method !== 'web' || !host) {
    throw new CredentialError('MALFORMED', `"${did}" is not a did:web`);
  }
  const folder = path.length > 0 ? path.map(decodeURIComponent).join('/') : '.well-known';
  return `https://${decodeURIComponent(host)}/${folder}/did.json`;
}

/**
 * A DID document with Ed25519 Multikeys. Keys are named by their fragment; all of them may assert and
 * authenticate. A revoked key stays listed with the time from which it counts no more
 * (Controlled Identifiers 1.0 §2.2): resolvers refuse it.
 */
export function didDocument(
  did: string,
  keys: readonly {
    readonly fragment: string;
    readonly publicKey: Uint8Array;
    /** XML Schema dateTimeStamp. */
    readonly revoked?: string | undefined;
  }[],
): JsonObject {
  const methods = keys.map(({ fragment, publicKey, revoked }) => ({
    id: `${did}#${fragment}`,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase: encodePublicKey(publicKey),
    ...(revoked === undefined ? {} : { revoked }),
  }));
  const ids = methods.map(({ id }) => id);
  return {
    '@context': DID_CONTEXT,
    id: did,
    verificationMethod: methods,
    authentication: ids,
    assertionMethod: ids,
  };
}

/** The document that a did:key stands for. */
export function didKeyDocument(did: string): JsonObject {
  const multikey = did.replace(/^did:key:/, '');
  return didDocument(did, [{ fragment: multikey, publicKey: decodePublicKey(multikey) }]);
}

/**
 * Resolves did:key by itself, and other DIDs from the documents given; nothing is fetched. A document
 * counts only for the DID that is its `id`, and a key only for the purposes it is listed under.
 */
export function didResolver(documents: readonly JsonObject[] = []): KeyResolver {
  return (method, purpose) => {
    const [did = '', fragment] = method.split('#');
    if (fragment === undefined) return null;
    if (did.startsWith('did:key:')) {
      return `did:key:${fragment}` === did
        ? { id: method, controller: did, publicKey: decodePublicKey(fragment) }
        : null;
    }
    const document = documents.find(({ id }) => id === did);
    return document ? findKey(document, did, method, purpose) : null;
  };
}

function findKey(
  document: JsonObject,
  did: string,
  method: string,
  purpose: ProofPurpose,
): ResolvedKey | null {
  const isNamed = (id: JsonValue | undefined) =>
    typeof id === 'string' && (id === method || did + id === method);
  const isMethod = (value: JsonValue): value is JsonObject => isObject(value) && isNamed(value.id);
  const allowed = listOf(document[purpose]);
  const embedded = allowed.find(isMethod);
  const named = allowed.some(isNamed);
  const found =
    embedded ?? (named ? listOf(document.verificationMethod).find(isMethod) : undefined);
  if (!found || found.controller !== did || found.revoked !== undefined) return null;
  return { id: method, controller: did, publicKey: publicKeyOf(found) };
}

function publicKeyOf(method: JsonObject): Uint8Array {
  if (typeof method.publicKeyMultibase === 'string') {
    return decodePublicKey(method.publicKeyMultibase);
  }
  const jwk = method.publicKeyJwk;
  if (isObject(jwk) && jwk.kty === 'OKP' && jwk.crv === 'Ed25519' && typeof jwk.x === 'string') {
    const key = fromBase64Url(jwk.x);
    if (key.length === 32) return key;
  }
  throw new CredentialError('BAD_KEY', 'the verification method has no Ed25519 key');
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return isArray(value) ? value : [value];
}
