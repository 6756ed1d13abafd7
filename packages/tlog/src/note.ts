import { ed25519 } from '@noble/curves/ed25519.js';
import { concat, equalBytes, fromBase64, fromUtf8, toBase64, toHex, utf8 } from './encoding.ts';
import { attempt, type Refusal, refused, TlogError } from './error.ts';
import { sha256 } from './merkle.ts';

/** Signature types of C2SP signed-note that this package reads and makes. */
export const SIGNATURE_TYPE = { ed25519: 0x01, cosignatureV1: 0x04 } as const;

export type SignatureType = (typeof SIGNATURE_TYPE)[keyof typeof SIGNATURE_TYPE];

/** Longest note read, in bytes: room for hundreds of signatures, none for exhaustion. */
const MAX_NOTE = 1_000_000;
const MAX_SIGNATURES = 100;

/** A public key with the name it signs under. */
export interface VerifierKey {
  readonly name: string;
  /** First four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ key). */
  readonly id: Uint8Array;
  readonly type: SignatureType;
  /** 32-byte Ed25519 key (RFC 8032). */
  readonly publicKey: Uint8Array;
}

/** A {@link VerifierKey} with its secret. Keep it where secrets are kept. */
export interface SigningKey extends VerifierKey {
  /** 32-byte Ed25519 seed. */
  readonly seed: Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  readonly id: Uint8Array;
  /** What follows the key id; for a cosignature, the time and then the signature. */
  readonly signature: Uint8Array;
}

/** Text with signature lines, not yet verified (C2SP signed-note). */
export interface Note {
  /** Ends in a newline, which is signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Key id as signed-note recommends, and tlog-cosignature demands. */
export function keyId(name: string, type: SignatureType, publicKey: Uint8Array): Uint8Array {
  return sha256(concat(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).slice(0, 4);
}

/** Key names hold no Unicode space, no plus and no control character. */
function requireKeyName(name: string): void {
  if (!/^[^\p{White_Space}\p{Cc}+]+$/u.test(name) || !name.isWellFormed()) {
    throw new TlogError('BAD_KEY', 'key name is empty or has a space, plus or control character');
  }
}

export function verifierKey(
  name: string,
  publicKey: Uint8Array,
  type: SignatureType = SIGNATURE_TYPE.ed25519,
): VerifierKey {
  requireKeyName(name);
  if (publicKey.length !== 32) throw new TlogError('BAD_KEY', 'Ed25519 key is not 32 bytes');
  return { name, id: keyId(name, type, publicKey), type, publicKey };
}

/** Makes a signing key from a 32-byte seed; without one, from the platform's random numbers. */
export function signingKey(
  name: string,
  type: SignatureType = SIGNATURE_TYPE.ed25519,
  seed: Uint8Array = crypto.getRandomValues(new Uint8Array(32)),
): SigningKey {
  if (seed.length !== 32) throw new TlogError('BAD_KEY', 'Ed25519 seed is not 32 bytes');
  return { ...verifierKey(name, ed25519.getPublicKey(seed), type), seed };
}

/** `name+hex id+base64(type ‖ key)`, the vkey of signed-note. */
export function encodeVerifierKey({ name, id, type, publicKey }: VerifierKey): string {
  return `${name}+${toHex(id)}+${toBase64(concat(Uint8Array.of(type), publicKey))}`;
}

export function parseVerifierKey(vkey: string): VerifierKey {
  const [name, id, key, ...more] = splitKey(vkey);
  if (name === undefined || id === undefined || key === undefined || more.length > 0) {
    throw new TlogError('BAD_KEY', 'a verifier key is name+id+key');
  }
  const { type, material } = keyMaterial(key);
  const parsed = verifierKey(name, material, type);
  if (toHex(parsed.id) !== id) throw new TlogError('BAD_KEY', `key id of ${name} does not fit`);
  return parsed;
}

/** `PRIVATE+KEY+name+id+base64(type ‖ seed)`, as Go's sumdb/note writes it. Secret. */
export function encodeSigningKey({ name, id, type, seed }: SigningKey): string {
  return `PRIVATE+KEY+${name}+${toHex(id)}+${toBase64(concat(Uint8Array.of(type), seed))}`;
}

export function parseSigningKey(text: string): SigningKey {
  const prefix = 'PRIVATE+KEY+';
  const [name, id, key, ...more] = text.startsWith(prefix)
    ? splitKey(text.slice(prefix.length))
    : [];
  if (name === undefined || id === undefined || key === undefined || more.length > 0) {
    throw new TlogError('BAD_KEY', 'a signing key is PRIVATE+KEY+name+id+key');
  }
  const { type, material } = keyMaterial(key);
  const parsed = signingKey(name, type, material);
  if (toHex(parsed.id) !== id) throw new TlogError('BAD_KEY', `key id of ${name} does not fit`);
  return parsed;
}

/** The base64 part may itself hold plus signs, so only the first two separate. */
function splitKey(text: string): string[] {
  const first = text.indexOf('+');
  const second = text.indexOf('+', first + 1);
  if (first < 0 || second < 0) return [];
  return [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
}

function keyMaterial(base64: string): { type: SignatureType; material: Uint8Array } {
  const bytes = fromBase64(base64);
  const type = Object.values(SIGNATURE_TYPE).find((known) => known === bytes[0]);
  if (type === undefined) throw new TlogError('BAD_KEY', `signature type ${bytes[0]} is unknown`);
  return { type, material: bytes.slice(1) };
}

/** Splits a note at its last empty line and reads the signature lines. Verifies nothing. */
export function parseNote(note: string | Uint8Array): Note {
  if (note.length > MAX_NOTE) throw new TlogError('BAD_NOTE', 'note is over 1 MB');
  const whole = typeof note === 'string' ? note : fromUtf8(note);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: signed-note forbids exactly these.
  if (/[\u0000-\u0009\u000b-\u001f]/.test(whole) || !whole.isWellFormed()) {
    throw new TlogError('BAD_NOTE', 'note has a control character');
  }
  const split = whole.lastIndexOf('\n\n');
  if (split < 0 || !whole.endsWith('\n')) {
    throw new TlogError('BAD_NOTE', 'note has no signature block');
  }
  const lines = whole.slice(split + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) {
    throw new TlogError('BAD_NOTE', `note has over ${MAX_SIGNATURES} signatures`);
  }
  return { text: whole.slice(0, split + 1), signatures: lines.map(parseSignatureLine) };
}

/** `— name base64(id ‖ signature)`, without the newline. */
export function parseSignatureLine(line: string): NoteSignature {
  const [dash, name, base64, ...more] = line.split(' ');
  if (dash !== '—' || name === undefined || base64 === undefined || more.length > 0) {
    throw new TlogError('BAD_NOTE', 'malformed signature line');
  }
  requireKeyName(name);
  const bytes = fromBase64(base64);
  if (bytes.length < 5) throw new TlogError('BAD_NOTE', 'signature is too short');
  return { name, id: bytes.slice(0, 4), signature: bytes.slice(4) };
}

export function encodeSignatureLine({ name, id, signature }: NoteSignature): string {
  return `— ${name} ${toBase64(concat(id, signature))}\n`;
}

export function encodeNote({ text, signatures }: Note): string {
  return `${text}\n${signatures.map(encodeSignatureLine).join('')}`;
}

/** Plain Ed25519 signature over the text (type 0x01). */
export function signNote(text: string, keys: readonly SigningKey[]): Note {
  if (!text.endsWith('\n')) throw new TlogError('BAD_NOTE', 'note text must end in a newline');
  return {
    text,
    signatures: keys.map((key) => {
      if (key.type !== SIGNATURE_TYPE.ed25519) {
        throw new TlogError('BAD_KEY', `${key.name} is not a note-signing key`);
      }
      return { name: key.name, id: key.id, signature: ed25519.sign(utf8(text), key.seed) };
    }),
  };
}

/** What a signature of this type signs, or null when the signature has no such shape. */
function signedMessage(
  { text }: Note,
  type: SignatureType,
  signature: Uint8Array,
): { message: Uint8Array; signature: Uint8Array; time: number | null } | null {
  if (type === SIGNATURE_TYPE.ed25519) {
    return signature.length === 64 ? { message: utf8(text), signature, time: null } : null;
  }
  if (signature.length !== 72) return null;
  const time = signature.subarray(0, 8).reduce((sum, byte) => sum * 256 + byte, 0);
  if (!Number.isSafeInteger(time)) return null;
  return { message: cosignedMessage(text, time), signature: signature.subarray(8), time };
}

/** `cosignature/v1`, the time in POSIX seconds, then the checkpoint text (C2SP tlog-cosignature). */
export function cosignedMessage(text: string, time: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${time}\n${text}`);
}

export interface VerifiedSignature {
  readonly key: VerifierKey;
  /** POSIX seconds for a cosignature; null for a plain signature. */
  readonly time: number | null;
}

/**
 * Verifies the signatures of known keys. Unknown keys are ignored; a known key whose signature is
 * wrong spoils the whole note; a note that no known key signed is refused.
 */
export function verifyNote(
  note: Note,
  keys: readonly VerifierKey[],
): { readonly ok: true; readonly verified: readonly VerifiedSignature[] } | Refusal {
  const verified: VerifiedSignature[] = [];
  for (const line of note.signatures) {
    const key = keys.find(({ name, id }) => name === line.name && equalBytes(id, line.id));
    if (!key) continue;
    const signed = signedMessage(note, key.type, line.signature);
    if (!signed || !verifyEd25519(signed.signature, signed.message, key.publicKey)) {
      return refused('BAD_SIGNATURE', `the signature of ${key.name} does not verify`);
    }
    // The same key twice counts once.
    if (!verified.some((earlier) => earlier.key === key)) verified.push({ key, time: signed.time });
  }
  return verified.length > 0
    ? { ok: true, verified }
    : refused('UNTRUSTED', 'no known key signed this note');
}

/** Strict RFC 8032 verification; malformed keys or signatures are false, never a throw. */
export function verifyEd25519(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

/** Parses and verifies in one step. */
export function openNote(note: string | Uint8Array, keys: readonly VerifierKey[]) {
  const parsed = attempt(() => parseNote(note));
  if (!parsed.ok) return parsed;
  const verdict = verifyNote(parsed.value, keys);
  return verdict.ok ? { ...verdict, note: parsed.value } : verdict;
}
