import { K, START } from './short-hash.ts';

/*
 * SHA-256 of four messages at once, one to each lane of a 128-bit register. JavaScript reaches the
 * vector instructions through WebAssembly only, so the machine code is put together here, from the
 * same few lines that FIPS 180-4 section 6.2.2 has: 64 rounds written out one behind the other.
 */

/** Where things stand in the kernel's memory. */
const CONSTANTS = 0;
const DIGESTS = 1024;
/** From here on the memory is its user's. */
export const FREE = 2048;
const PAGES = 4;

const LANES = 4;
const DIGEST = 32;

const I32 = 0x7f;
const V128 = 0x7b;

/** Unsigned LEB128, as the format writes all numbers. */
function leb(value: number): number[] {
  const low = value & 0x7f;
  return value < 0x80 ? [low] : [low | 0x80, ...leb(value >>> 7)];
}

const section = (id: number, content: readonly number[]) => [
  id,
  ...leb(content.length),
  ...content,
];
const named = (name: string) => [name.length, ...[...name].map((c) => c.charCodeAt(0))];

// Instructions; a local is a place, an expression is code that leaves one value.
type Code = readonly number[];
const get = (local: number): Code => [0x20, ...leb(local)];
const set = (local: number, value: Code): Code => [...value, 0x21, ...leb(local)];
/** Signed LEB128: below 64 one byte says the same as unsigned. */
const small = (value: number): Code => [0x41, value];
const simd = (op: number, ...args: Code[]): Code => [...args.flat(), 0xfd, ...leb(op)];
const add = (a: Code, b: Code) => simd(0xae, a, b);
const xor = (a: Code, b: Code) => simd(0x51, a, b);
const or = (a: Code, b: Code) => simd(0x50, a, b);
/** Bits of `a` where `mask` has ones, of `b` elsewhere. */
const select = (a: Code, b: Code, mask: Code) => simd(0x52, a, b, mask);
const left = (x: Code, n: number) => simd(0xab, x, small(n));
const right = (x: Code, n: number) => simd(0xad, x, small(n));
const rotated = (x: Code, n: number) => or(right(x, n), left(x, 32 - n));
const load = (address: Code, offset: number): Code => [...simd(0x00, address), 4, ...leb(offset)];
const store = (offset: number, value: Code): Code => [
  ...simd(0x0b, small(0), value),
  4,
  ...leb(offset),
];
const shuffle = (a: Code, b: Code, bytes: readonly number[]): Code => [
  ...simd(0x0d, a, b),
  ...bytes,
];

/** Bytes of a word of the first (0…3) or second (4…7) operand, the other way round. */
const swapped = (word: number) => [3, 2, 1, 0].map((byte) => 4 * word + byte);
const FIRST = [0, 4, 1, 5].flatMap(swapped);
const SECOND = [2, 6, 3, 7].flatMap(swapped);
const LOW = Array.from({ length: 16 }, (_, i) => (i < 8 ? i : i + 8));
const HIGH = Array.from({ length: 16 }, (_, i) => (i < 8 ? i + 8 : i + 16));

// Locals: four addresses and the count of blocks, then vectors.
const COUNT = 4;
const W = 5;
const STATE = W + 16;
const WORK = STATE + 8;
const SPARE = WORK + 8;
const VECTORS = 16 + 8 + 8 + 4;

/** Turns four locals of four words into their columns, and big-endian words round. */
function transpose(at: number): Code {
  const x = (i: number) => get(at + i);
  return [
    ...set(SPARE, shuffle(x(0), x(1), FIRST)),
    ...set(SPARE + 1, shuffle(x(0), x(1), SECOND)),
    ...set(SPARE + 2, shuffle(x(2), x(3), FIRST)),
    ...set(SPARE + 3, shuffle(x(2), x(3), SECOND)),
    ...set(at, shuffle(get(SPARE), get(SPARE + 2), LOW)),
    ...set(at + 1, shuffle(get(SPARE), get(SPARE + 2), HIGH)),
    ...set(at + 2, shuffle(get(SPARE + 1), get(SPARE + 3), LOW)),
    ...set(at + 3, shuffle(get(SPARE + 1), get(SPARE + 3), HIGH)),
  ];
}

function schedule(i: number): Code {
  const w = (back: number) => get(W + ((i - back) & 15));
  const s0 = xor(xor(rotated(w(15), 7), rotated(w(15), 18)), right(w(15), 3));
  const s1 = xor(xor(rotated(w(2), 17), rotated(w(2), 19)), right(w(2), 10));
  return set(W + (i & 15), add(add(w(16), s0), add(w(7), s1)));
}

function round(i: number): Code {
  // Instead of moving the eight variables on, their names move.
  const v = (name: number) => WORK + ((name - i) & 7);
  const [a, b, c, d, e, f, g, h] = [0, 1, 2, 3, 4, 5, 6, 7].map(v) as [
    ...[number, number, number, number],
    ...[number, number, number, number],
  ]; // eight names
  const x = get;
  const s1 = xor(xor(rotated(x(e), 6), rotated(x(e), 11)), rotated(x(e), 25));
  const choice = select(x(f), x(g), x(e));
  const key = add(get(W + (i & 15)), load(small(0), CONSTANTS + 16 * i));
  const s0 = xor(xor(rotated(x(a), 2), rotated(x(a), 13)), rotated(x(a), 22));
  const majority = select(x(c), x(a), xor(x(a), x(b)));
  return [
    ...set(SPARE, add(add(add(x(h), s1), choice), key)),
    ...set(d, add(x(d), x(SPARE))),
    ...set(h, add(x(SPARE), add(s0, majority))),
  ];
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

/** `run(p0, p1, p2, p3, blocks)`: hashes four padded messages of as many blocks; leaves four digests. */
function kernel(start: readonly number[]): Uint8Array<ArrayBuffer> {
  const body: Code = [
    ...upTo(8).flatMap((i) => set(STATE + i, load(small(0), start[i] ?? 0))),
    ...[0x03, 0x40], // loop
    ...upTo(4).flatMap((q) => [
      ...upTo(LANES).flatMap((lane) => set(W + 4 * q + lane, load(get(lane), 16 * q))),
      ...transpose(W + 4 * q),
    ]),
    ...upTo(8).flatMap((i) => set(WORK + i, get(STATE + i))),
    ...upTo(64).flatMap((i) => [...(i < 16 ? [] : schedule(i)), ...round(i)]),
    ...upTo(8).flatMap((i) => set(STATE + i, add(get(STATE + i), get(WORK + i)))),
    // On by a block of 64 bytes, which signed LEB128 writes in two.
    ...upTo(LANES).flatMap((lane) => [...get(lane), 0x41, 0xc0, 0x00, 0x6a, 0x21, lane]),
    ...[...get(COUNT), ...small(1), 0x6b, 0x22, COUNT, 0x0d, 0x00, 0x0b], // once more while blocks are left
    ...transpose(STATE),
    ...transpose(STATE + 4),
    ...upTo(8).flatMap((i) => {
      return store(DIGESTS + DIGEST * (i & 3) + 16 * (i >> 2), get(STATE + i));
    }),
    0x0b,
  ];
  const code = [1, ...leb(VECTORS), V128, ...body];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 5, I32, I32, I32, I32, I32, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, PAGES]),
    ...section(7, [2, ...named('run'), 0, 0, ...named('memory'), 2, 0]),
    ...section(10, [1, ...leb(code.length), ...code]),
  ]);
}

/** SHA-256 in four lanes. */
export interface Lanes {
  readonly memory: Uint8Array<ArrayBuffer>;
  /** Hashes the padded messages at four addresses, each of so many blocks of 64 bytes. */
  readonly run: (p0: number, p1: number, p2: number, p3: number, blocks: number) => void;
  /** Where `run` leaves four digests, one behind the other. */
  readonly digests: number;
}

/** The kernel with 256 KB of memory; undefined where WebAssembly or its vectors are missing or forbidden. */
export function sha256Lanes(): Lanes | undefined {
  const starts = upTo(8).map((i) => DIGESTS + LANES * DIGEST + 16 * i);
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(kernel(starts)));
    const { buffer } = exports.memory as WebAssembly.Memory; // as the kernel declares it
    const words = new Int32Array(buffer);
    for (let i = 0; i < 64; i++)
      words.fill(K[i] ?? 0, CONSTANTS / 4 + 4 * i, CONSTANTS / 4 + 4 * i + 4);
    for (const [i, at] of starts.entries()) words.fill(START[i] ?? 0, at / 4, at / 4 + 4);
    return {
      memory: new Uint8Array(buffer),
      run: exports.run as Lanes['run'], // as above
      digests: DIGESTS,
    };
  } catch {
    return undefined;
  }
}
