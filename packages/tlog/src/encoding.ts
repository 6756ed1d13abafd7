import { TlogError } from './error.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const CHUNK = 0x2000;

/** Bytes of every hash in the tree (SHA-256). */
export const HASH_SIZE = 32;

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Strict: invalid UTF-8 throws, a byte order mark stays. */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new TlogError('BAD_ENCODING', 'not valid UTF-8');
  }
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  return out;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Order of unsigned bytes; a prefix comes first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

const HEX_DIGITS = utf8('0123456789abcdef');

export function toHex(bytes: Uint8Array): string {
  const codes: number[] = [];
  for (const byte of bytes) codes.push(HEX_DIGITS[byte >> 4] ?? 0, HEX_DIGITS[byte & 15] ?? 0);
  // In chunks: a call takes only so many arguments.
  let out = '';
  for (let i = 0; i < codes.length; i += CHUNK) {
    out += String.fromCharCode.apply(null, codes.slice(i, i + CHUNK));
  }
  return out;
}

/** Lower case only, so that one value has one spelling. */
export function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new TlogError('BAD_ENCODING', 'not lower-case hex');
  const out = new Uint8Array(text.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return out;
}

/** RFC 4648 §4, padded. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  }
  return btoa(binary);
}

/**
 * RFC 4648 §4 with padding, canonical: stray bits, missing padding and white space are refused,
 * else one proof would have many spellings and a flipped bit could go unseen.
 */
export function fromBase64(text: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) {
    throw new TlogError('BAD_ENCODING', 'not standard base64');
  }
  const binary = atob(text);
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  if (toBase64(bytes) !== text) throw new TlogError('BAD_ENCODING', 'base64 is not canonical');
  return bytes;
}

/** Unsigned 64-bit big-endian. Values are safe integers: 2^53 leaves outlast any plant. */
export function uint64(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new TlogError('BAD_RANGE', `${value} is not a safe non-negative integer`);
  }
  const out = new Uint8Array(8);
  const view = new DataView(out.buffer);
  view.setUint32(0, Math.floor(value / 0x1_0000_0000));
  view.setUint32(4, value % 0x1_0000_0000);
  return out;
}

/** Decimal without sign or leading zeros, at most 2^53 − 1. */
export function parseDecimal(text: string): number {
  const value = /^(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) {
    throw new TlogError('BAD_ENCODING', `"${text.slice(0, 24)}" is not a plain decimal below 2^53`);
  }
  return value;
}

/** Reads a byte string front to back; running past the end or leaving bytes over is an error. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  take(length: number): Uint8Array {
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw new TlogError('BAD_ENCODING', 'bytes end too early');
    const part = this.#bytes.slice(this.#offset, end);
    this.#offset = end;
    return part;
  }

  uint8(): number {
    return this.take(1)[0] ?? 0;
  }

  uint16(): number {
    const [high = 0, low = 0] = this.take(2);
    return high * 256 + low;
  }

  uint64(): number {
    const value = this.take(8).reduce((sum, byte) => sum * 256 + byte, 0);
    if (!Number.isSafeInteger(value)) throw new TlogError('BAD_RANGE', 'number above 2^53');
    return value;
  }

  /** A string behind its uint16 length. */
  text(): string {
    return fromUtf8(this.take(this.uint16()));
  }

  get rest(): number {
    return this.#bytes.length - this.#offset;
  }

  end(): void {
    if (this.rest > 0) throw new TlogError('BAD_ENCODING', `${this.rest} bytes left over`);
  }
}

/** Big-endian uint16; throws above 65,535. */
export function uint16(value: number): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff) {
    throw new TlogError('BAD_RANGE', `${value} does not fit 16 bits`);
  }
  return Uint8Array.of(value >> 8, value & 0xff);
}

/** UTF-8 behind its uint16 length. */
export function prefixedText(text: string): Uint8Array {
  const bytes = utf8(text);
  return concat(uint16(bytes.length), bytes);
}
