/**
 * A small seeded generator (sfc32, Chris Doty-Humphrey's PractRand family): 128 bits of state, no
 * allocation per draw. Every random choice of this package goes through it, so a seed repeats a run.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number) {
    this.#a = seed | 0;
    this.#b = Math.floor(seed / 2 ** 32) | 0;
    this.#c = 0x9e3779b9 | 0;
    for (let i = 0; i < 15; i++) this.bits();
  }

  /** 32 random bits as a signed integer. */
  bits(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + sum) | 0;
    return sum;
  }

  /** A whole number in [0, limit), limit at most 2^31. */
  below(limit: number): number {
    return Math.floor(((this.bits() >>> 0) / 4294967296) * limit);
  }

  /** A real number in [0, 1). */
  unit(): number {
    return (this.bits() >>> 0) / 4294967296;
  }

  /** A standard normal deviate (Box and Muller 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.unit()));
    return radius * Math.cos(2 * Math.PI * this.unit());
  }

  /** Puts a sequence of numbers in random order, in place (Fisher and Yates). */
  shuffle(items: Int32Array | number[]): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const held = items[i] ?? 0;
      items[i] = items[j] ?? 0;
      items[j] = held;
    }
  }
}
