import type { Rows } from './compile.ts';
import { at } from './typed.ts';

/** A topological order of the operations, kept while they move on their machines. */
export class Sequence {
  readonly order: Int32Array;
  /** Where each node stands in `order`; −1 for those that are no operation. */
  readonly place: Int32Array;
  readonly #moved: Uint8Array;
  readonly #held: Int32Array;

  /** Of `n` operations, in a graph of that many nodes. */
  constructor(n: number, nodes: number) {
    this.order = new Int32Array(n);
    this.place = new Int32Array(nodes).fill(-1);
    this.#moved = new Uint8Array(nodes);
    this.#held = new Int32Array(n);
  }

  /**
   * Brings v from place `from` to the far end `to` of a window. What hangs on it there goes with it,
   * everything else keeps its relative place. Going back (`from` < `to`), operations hang on those
   * before them; going forward, on those after them: `beside` is that neighbour on the machine, as it
   * is once v has moved; `only` the one by precedence, −1 where there are several, which `rows` lists.
   */
  carry(
    v: number,
    from: number,
    to: number,
    beside: Int32Array,
    only: Int32Array,
    rows: Rows,
  ): void {
    const { order, place } = this;
    const moved = this.#moved;
    const held = this.#held;
    const step = from < to ? 1 : -1;
    let write = from;
    let count = 1;
    held[0] = v;
    moved[v] = 1;
    for (let i = from; i !== to; ) {
      i += step;
      const x = at(order, i);
      const o = at(only, x);
      let hangs = moved[at(beside, x)] === 1;
      if (o >= 0) hangs = hangs || moved[o] === 1;
      else {
        for (let k = at(rows.first, x), end = at(rows.first, x + 1); k < end && !hangs; k++) {
          hangs = moved[at(rows.values, k)] === 1;
        }
      }
      if (hangs) {
        moved[x] = 1;
        held[count++] = x;
      } else {
        order[write] = x;
        place[x] = write;
        write += step;
      }
    }
    for (let i = 0; i < count; i++) {
      const x = at(held, i);
      moved[x] = 0;
      order[write] = x;
      place[x] = write;
      write += step;
    }
  }
}
