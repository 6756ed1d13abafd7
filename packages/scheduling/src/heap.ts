import { item } from './typed.ts';

/** A binary heap of numbers by key, the smallest key first; equal keys in no particular order. */
export class Heap {
  readonly #keys: number[] = [];
  readonly #values: number[] = [];

  get size(): number {
    return this.#keys.length;
  }

  /** The smallest key and its value are what `pop` would take. */
  get firstValue(): number | undefined {
    return this.#values[0];
  }

  push(key: number, value: number): void {
    const keys = this.#keys;
    let i = keys.push(key) - 1;
    this.#values.push(value);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (item(keys, parent) <= key) break;
      this.#put(i, item(keys, parent), item(this.#values, parent));
      i = parent;
    }
    this.#put(i, key, value);
  }

  pop(): number | undefined {
    const top = this.#values[0];
    const key = this.#keys.pop();
    const value = this.#values.pop();
    if (key === undefined || value === undefined || this.#keys.length === 0) return top;
    const keys = this.#keys;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= keys.length) break;
      if (child + 1 < keys.length && item(keys, child + 1) < item(keys, child)) child++;
      if (item(keys, child) >= key) break;
      this.#put(i, item(keys, child), item(this.#values, child));
      i = child;
    }
    this.#put(i, key, value);
    return top;
  }

  #put(i: number, key: number, value: number): void {
    this.#keys[i] = key;
    this.#values[i] = value;
  }
}
