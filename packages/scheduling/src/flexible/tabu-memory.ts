import { at } from '../typed.ts';

/** Entries of the table of pairs at most (16 MB); in larger shops some pairs share an entry. */
const LARGEST = 1 << 22;

/** What a tabu search may not undo yet: machines an operation has left, orders that have been turned. */
export class TabuMemory {
  #clock = 0;
  readonly #n: number;
  readonly #mask: number;
  readonly #orderUntil: Int32Array;
  readonly #modeUntil: Int32Array;

  constructor(n: number, modes: number) {
    let size = 1024;
    while (size < n * n && size < LARGEST) size *= 2;
    this.#n = n;
    this.#mask = size - 1;
    this.#orderUntil = new Int32Array(size);
    this.#modeUntil = new Int32Array(modes);
  }

  /** Forgets everything: a clock far beyond every stored date does it without touching the tables. */
  clear(): void {
    this.#clock += 100_000;
    if (this.#clock > 1_500_000_000) {
      this.#orderUntil.fill(0);
      this.#modeUntil.fill(0);
      this.#clock = 100_000;
    }
  }

  /** One iteration goes by. */
  tick(): void {
    this.#clock++;
  }

  forbidsMode(mode: number): boolean {
    return at(this.#modeUntil, mode) > this.#clock;
  }

  forbidMode(mode: number, tenure: number): void {
    this.#modeUntil[mode] = this.#clock + tenure;
  }

  /** Whether a may not come to stand before b. */
  forbidsOrder(a: number, b: number): boolean {
    return at(this.#orderUntil, (Math.imul(a, this.#n) + b) & this.#mask) > this.#clock;
  }

  forbidOrder(a: number, b: number, tenure: number): void {
    this.#orderUntil[(Math.imul(a, this.#n) + b) & this.#mask] = this.#clock + tenure;
  }
}
