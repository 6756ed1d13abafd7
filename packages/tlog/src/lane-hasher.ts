import { FREE, type Lanes, sha256Lanes } from './sha256-lanes.ts';

/** Longest message, padding included, in blocks of 64 bytes. */
const MOST_BLOCKS = 4;
const BLOCK = 64;
/** Longest message that goes through the lanes. */
export const LONGEST = MOST_BLOCKS * BLOCK - 9;

const SLOT = MOST_BLOCKS * BLOCK;
/** Three may wait in each length, and one is being written. */
const SLOTS = 16;
const DIGEST = 32;

let shared: LaneHasher | null | undefined;

/**
 * Hashes many short messages. A message is written to {@link slot} and ended with {@link hash}; its
 * digest is at its place in {@link memory} once {@link flush} was called, at the latest. Messages of
 * as many blocks wait for each other, four at a time.
 */
export class LaneHasher {
  /** From {@link free} on it is the caller's. */
  readonly memory: Uint8Array<ArrayBuffer>;
  readonly free = FREE + SLOTS * SLOT;
  /** Where the next message is to be written. */
  slot: number;
  readonly #lanes: Lanes;
  readonly #view: DataView;
  readonly #slots: number[] = [];
  /** Messages that wait, by their blocks: slot, place, slot, place… */
  readonly #waiting: readonly number[][] = Array.from({ length: MOST_BLOCKS + 1 }, () => []);

  /** The one of this thread, whose user leaves nothing waiting; null where there are no lanes. */
  static shared(): LaneHasher | null {
    if (shared === undefined) {
      const lanes = sha256Lanes();
      shared = lanes ? new LaneHasher(lanes) : null;
    }
    return shared;
  }

  private constructor(kernel: Lanes) {
    this.#lanes = kernel;
    this.memory = kernel.memory;
    this.#view = new DataView(kernel.memory.buffer);
    for (let i = 0; i < SLOTS; i++) this.#slots.push(FREE + i * SLOT);
    this.slot = this.#slots.pop() ?? FREE;
  }

  /** Ends the message in the slot, of up to {@link LONGEST} bytes. */
  hash(length: number, place: number): void {
    const { slot } = this;
    const blocks = (length + 8 + BLOCK) >> 6;
    this.memory[slot + length] = 0x80;
    this.memory.fill(0, slot + length + 1, slot + blocks * BLOCK - 4);
    this.#view.setUint32(slot + blocks * BLOCK - 4, length * 8);
    this.hashPadded(blocks, place);
  }

  /** As {@link hash}, of a message with its padding. */
  hashPadded(blocks: number, place: number): void {
    const waiting = this.#waiting[blocks] ?? [];
    waiting.push(this.slot, place);
    if (waiting.length === 8) this.#run(waiting, blocks);
    this.slot = this.#slots.pop() ?? FREE;
  }

  flush(): void {
    for (const [blocks, waiting] of this.#waiting.entries()) {
      if (waiting.length > 0) this.#run(waiting, blocks);
    }
  }

  #run(waiting: number[], blocks: number): void {
    const [s0 = FREE, p0 = 0, s1 = s0, p1 = p0, s2 = s0, p2 = p0, s3 = s0, p3 = p0] = waiting;
    const { run, digests } = this.#lanes;
    run(s0, s1, s2, s3, blocks);
    const { memory } = this;
    memory.copyWithin(p3, digests + 3 * DIGEST, digests + 4 * DIGEST);
    memory.copyWithin(p2, digests + 2 * DIGEST, digests + 3 * DIGEST);
    memory.copyWithin(p1, digests + DIGEST, digests + 2 * DIGEST);
    memory.copyWithin(p0, digests, digests + DIGEST);
    for (let i = 0; i < waiting.length; i += 2) this.#slots.push(waiting[i] ?? FREE);
    waiting.length = 0;
  }
}
