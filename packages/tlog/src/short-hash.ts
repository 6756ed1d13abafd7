import { sha256 } from '#sha256';
import { HASH_SIZE } from './encoding.ts';
import { TlogError } from './error.ts';

/*
 * A log entry takes some forty SHA-256 over messages of one or two blocks. For those, putting the
 * message together and crossing into a library cost more than the hashing, so short messages are
 * assembled in one buffer and hashed in place; longer ones go to the platform's own SHA-256.
 */

/** FIPS 180-4 section 4.2.2. */
export const K = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);

/** FIPS 180-4 section 5.3.3. */
export const START = new Int32Array([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);

const BLOCK = 64;
/** Longest message hashed in place; the padding of one block more is behind it. */
const SHORT = 4 * BLOCK;

const W = new Int32Array(64);
const state = new Int32Array(8);
const encoder = new TextEncoder();

const rotated = (x: number, n: number) => (x >>> n) | (x << (32 - n));

/** One block of FIPS 180-4 section 6.2.2. */
function compress(view: DataView, at: number): void {
  for (let i = 0; i < 16; i++) W[i] = view.getInt32(at + 4 * i);
  for (let i = 16; i < 64; i++) {
    const x = W[i - 15] as number; // every index here is below 64
    const y = W[i - 2] as number;
    const s0 = rotated(x, 7) ^ rotated(x, 18) ^ (x >>> 3);
    const s1 = rotated(y, 17) ^ rotated(y, 19) ^ (y >>> 10);
    W[i] = ((W[i - 16] as number) + s0 + (W[i - 7] as number) + s1) | 0;
  }
  let a = state[0] as number; // the state has eight words
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let i = 0; i < 64; i++) {
    const s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (K[i] as number) + (W[i] as number)) | 0;
    const s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = ((state[0] as number) + a) | 0;
  state[1] = ((state[1] as number) + b) | 0;
  state[2] = ((state[2] as number) + c) | 0;
  state[3] = ((state[3] as number) + d) | 0;
  state[4] = ((state[4] as number) + e) | 0;
  state[5] = ((state[5] as number) + f) | 0;
  state[6] = ((state[6] as number) + g) | 0;
  state[7] = ((state[7] as number) + h) | 0;
}

/**
 * A message put together part by part and hashed. One at a time: {@link start} forgets the one
 * before, so no message may be begun while another is being put together.
 */
export class Message {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  start(tag: number): this {
    this.#bytes[0] = tag;
    this.#length = 1;
    return this;
  }

  byte(value: number): this {
    this.#room(1);
    this.#bytes[this.#length++] = value;
    return this;
  }

  bytes(part: Uint8Array): this {
    this.#room(part.length);
    this.#bytes.set(part, this.#length);
    this.#length += part.length;
    return this;
  }

  /** UTF-8. */
  text(part: string): this {
    this.#room(3 * part.length);
    // Most texts are short and ASCII; the encoder's call costs more than such a text.
    if (part.length <= 160) {
      const at = this.#length;
      let i = 0;
      for (; i < part.length; i++) {
        const code = part.charCodeAt(i);
        if (code > 127) break;
        this.#bytes[at + i] = code;
      }
      if (i === part.length) {
        this.#length = at + i;
        return this;
      }
    }
    this.#length += encoder.encodeInto(part, this.#bytes.subarray(this.#length)).written;
    return this;
  }

  /** Big-endian; a safe integer. */
  uint64(value: number): this {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new TlogError('BAD_RANGE', `${value} is not a safe non-negative integer`);
    }
    this.#room(8);
    this.#view.setUint32(this.#length, Math.floor(value / 0x1_0000_0000));
    this.#view.setUint32(this.#length + 4, value % 0x1_0000_0000);
    this.#length += 8;
    return this;
  }

  /** UTF-8 behind its uint16 length. */
  prefixed(part: string): this {
    const at = this.#length;
    this.byte(0).byte(0).text(part);
    const length = this.#length - at - 2;
    if (length > 0xffff) throw new TlogError('BAD_RANGE', `${length} does not fit 16 bits`);
    this.#view.setUint16(at, length);
    return this;
  }

  /** A copy of what was put in. */
  taken(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** SHA-256 of what was put in. */
  digest(): Uint8Array {
    const out = new Uint8Array(HASH_SIZE);
    this.digestInto(out, 0);
    return out;
  }

  /** Writes SHA-256 of what was put in to 32 bytes of `out`. */
  digestInto(out: Uint8Array, at: number): void {
    const length = this.#length;
    if (length > SHORT) {
      out.set(sha256(this.#bytes.subarray(0, length)), at);
      return;
    }
    const blocks = (length + 8 + BLOCK) >> 6;
    this.#bytes[length] = 0x80;
    this.#bytes.fill(0, length + 1, blocks * BLOCK);
    this.#view.setUint32(blocks * BLOCK - 4, length * 8);
    state.set(START);
    for (let block = 0; block < blocks; block++) compress(this.#view, block * BLOCK);
    for (let i = 0; i < 8; i++) {
      const word = state[i] as number; // eight words
      out[at + 4 * i] = word >>> 24;
      out[at + 4 * i + 1] = word >>> 16;
      out[at + 4 * i + 2] = word >>> 8;
      out[at + 4 * i + 3] = word;
    }
  }

  #room(more: number): void {
    const needed = this.#length + more;
    if (needed + BLOCK <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * (needed + BLOCK));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
