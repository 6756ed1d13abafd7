import { createHash } from 'node:crypto';
import { decodePublicKey, encodePublicKey, type KeyPair, signBytes } from '@zaizao/credential';
import { fromBase64, toBase64, utf8, verifyEd25519 } from '@zaizao/tlog';

/** Name of a key within its DID: by the key itself, so that no two keys share one. */
export function fragmentOf(publicKey: Uint8Array): string {
  return `k${createHash('sha256').update(publicKey).digest('hex').slice(0, 12)}`;
}

/** What the holder of a key signs to register it for an identity. */
function registrationText(did: string, publicKey: string): string {
  return `zaizao key registration\n${did}\n${publicKey}\n`;
}

/** Base64 of the signature by which the holder of a key registers it for an identity. */
export function registrationSignature(did: string, key: KeyPair): string {
  const text = registrationText(did, encodePublicKey(key.publicKey));
  return toBase64(signBytes(utf8(text), key));
}

/** The key in a Multikey when its holder signed the registration; undefined otherwise. */
export function registeredKey(
  did: string,
  publicKey: string,
  signature: string,
): Uint8Array | undefined {
  try {
    const key = decodePublicKey(publicKey);
    const bytes = fromBase64(signature);
    const isSigned =
      bytes.length === 64 && verifyEd25519(bytes, utf8(registrationText(did, publicKey)), key);
    return isSigned ? key : undefined;
  } catch {
    return undefined; // not a Multikey, or not base64
  }
}
