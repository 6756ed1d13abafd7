import { ed25519 } from '@noble/curves/ed25519.js';
import { CredentialError } from './fault.ts';
import { decodeMultibase, encodeMultibase } from './multibase.ts';

/** Multicodec prefixes (Controlled Identifiers 1.0 §2.2.2). */
const ED25519_PUBLIC = [0xed, 0x01] as const;
const ED25519_SECRET = [0x80, 0x26] as const;

/** An Ed25519 pair, 32 bytes each. The seed is secret. */
export interface KeyPair {
  readonly publicKey: Uint8Array;
  readonly seed: Uint8Array;
}

/** Makes a pair from a 32-byte seed; without one, from the platform's random numbers. */
export function keyPair(seed: Uint8Array = crypto.getRandomValues(new Uint8Array(32))): KeyPair {
  if (seed.length !== 32) throw new CredentialError('BAD_KEY', 'Ed25519 seed is not 32 bytes');
  return { publicKey: ed25519.getPublicKey(seed), seed };
}

/** A bare Ed25519 signature, 64 bytes: for statements that are no credential. */
export function signBytes(bytes: Uint8Array, { seed }: KeyPair): Uint8Array {
  return ed25519.sign(bytes, seed);
}

/** `publicKeyMultibase` of a Multikey. */
export function encodePublicKey(publicKey: Uint8Array): string {
  return encodeMultibase(Uint8Array.of(...ED25519_PUBLIC, ...publicKey));
}

/** Reads an Ed25519 `publicKeyMultibase`; other kinds of key are refused. */
export function decodePublicKey(multikey: string): Uint8Array {
  return withoutPrefix(decodeMultibase(multikey), ED25519_PUBLIC, 'Ed25519 public key');
}

/** `secretKeyMultibase` of a Multikey. */
export function encodeSecretKey(seed: Uint8Array): string {
  return encodeMultibase(Uint8Array.of(...ED25519_SECRET, ...seed));
}

export function decodeSecretKey(multikey: string): KeyPair {
  return keyPair(withoutPrefix(decodeMultibase(multikey), ED25519_SECRET, 'Ed25519 secret key'));
}

function withoutPrefix(
  bytes: Uint8Array,
  prefix: readonly [number, number],
  what: string,
): Uint8Array {
  if (bytes.length !== 34 || bytes[0] !== prefix[0] || bytes[1] !== prefix[1]) {
    throw new CredentialError('BAD_KEY', `not an ${what}`);
  }
  return bytes.slice(2);
}
