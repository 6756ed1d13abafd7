import { fromBase64, toBase64 } from '@zaizao/tlog';
import { CredentialError } from './fault.ts';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Base58 in the Bitcoin alphabet, without multibase prefix. */
export function toBase58(bytes: Uint8Array): string {
  let zeros = 0;
  while (zeros < bytes.length && bytes[zeros] === 0) zeros++;
  const digits: number[] = [];
  for (const byte of bytes.subarray(zeros)) {
    let carry = byte;
    for (let i = 0; i < digits.length; i++) {
      carry += (digits[i] ?? 0) * 256;
      digits[i] = carry % 58;
      carry = Math.floor(carry / 58);
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58);
  }
  return (
    '1'.repeat(zeros) +
    digits
      .reverse()
      .map((digit) => ALPHABET[digit])
      .join('')
  );
}

/** At most 1,024 characters: keys and signatures are short, and the work grows with the square. */
export function fromBase58(text: string): Uint8Array {
  if (text.length > 1024) throw new CredentialError('MALFORMED', 'base58 text is too long');
  let zeros = 0;
  while (text[zeros] === '1') zeros++;
  const bytes: number[] = [];
  for (const char of text.slice(zeros)) {
    let carry = ALPHABET.indexOf(char);
    if (carry < 0) throw new CredentialError('MALFORMED', 'not base58');
    for (let i = 0; i < bytes.length; i++) {
      carry += (bytes[i] ?? 0) * 58;
      bytes[i] = carry & 0xff;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 0xff);
  }
  return Uint8Array.from([...new Array<number>(zeros).fill(0), ...bytes.reverse()]);
}

/** Multibase base58btc: `z` and then base58. */
export function encodeMultibase(bytes: Uint8Array): string {
  return `z${toBase58(bytes)}`;
}

/** Reads multibase: `z` (base58btc) or `u` (base64url without padding). */
export function decodeMultibase(text: string): Uint8Array {
  if (text.startsWith('z')) return fromBase58(text.slice(1));
  if (text.startsWith('u')) return fromBase64Url(text.slice(1));
  throw new CredentialError('MALFORMED', 'multibase text begins with neither z nor u');
}

/** RFC 4648 §5 without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** RFC 4648 §5 without padding, canonical. */
export function fromBase64Url(text: string): Uint8Array {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new CredentialError('MALFORMED', 'not base64url');
  const padded = text
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .padEnd(Math.ceil(text.length / 4) * 4, '=');
  try {
    return fromBase64(padded);
  } catch {
    throw new CredentialError('MALFORMED', 'not canonical base64url');
  }
}
