import type { Compiled } from '../compile.ts';
import { at, flagAt } from '../typed.ts';

/** The batch opened last on each oven or washer, and whether an operation may still join it. */
export class OpenBatches {
  readonly #c: Compiled;
  readonly #start: Int32Array;
  readonly #end: Int32Array;
  readonly #time: Int32Array;
  readonly #room: Int32Array;
  /** The operation that opened it: company must be like it. */
  readonly #opener: Int32Array;
  readonly #skill: Int32Array;

  constructor(c: Compiled) {
    const machines = c.machineIds.length;
    this.#c = c;
    this.#start = new Int32Array(machines);
    this.#end = new Int32Array(machines);
    this.#time = new Int32Array(machines);
    this.#room = new Int32Array(machines);
    this.#opener = new Int32Array(machines);
    this.#skill = new Int32Array(machines);
  }

  clear(): void {
    this.#opener.fill(-1);
  }

  open(m: number, x: number, mode: number, start: number, end: number, time: number): void {
    this.#start[m] = start;
    this.#end[m] = end;
    this.#time[m] = time;
    this.#room[m] = at(this.#c.capacity, m) - at(this.#c.size, x);
    this.#opener[m] = x;
    this.#skill[m] = at(this.#c.modeSkill, mode);
  }

  /** Lets x join when it is like the rest, fits, is ready and takes no longer; its opener, or −1. */
  join(m: number, x: number, mode: number, time: number, ready: number): number {
    const { family, modeSkill, resumable, size } = this.#c;
    const opener = at(this.#opener, m);
    const fits =
      opener >= 0 &&
      at(family, opener) === at(family, x) &&
      flagAt(resumable, opener) === flagAt(resumable, x) &&
      at(this.#skill, m) === at(modeSkill, mode) &&
      at(this.#room, m) >= at(size, x) &&
      at(this.#time, m) >= time &&
      at(this.#start, m) >= ready;
    if (!fits) return -1;
    this.#room[m] = at(this.#room, m) - at(size, x);
    return opener;
  }

  startOf(m: number): number {
    return at(this.#start, m);
  }

  endOf(m: number): number {
    return at(this.#end, m);
  }
}
