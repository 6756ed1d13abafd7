import { FAR } from '../compile.ts';
import { at } from '../typed.ts';

/**
 * Open windows as start, end, start, end …: the first window that ends after a date, as an index into
 * the edges; `edges.length` when there is none.
 */
function windowAt(edges: Int32Array, date: number): number {
  let low = 0;
  let high = edges.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(edges, 2 * middle + 1) > date) high = middle;
    else low = middle + 1;
  }
  return 2 * low;
}

/**
 * Earliest start, at `date` or later, of work that runs for `time` without a pause inside one window
 * (or, resumable, over several); `FAR` when the calendar has no room for it.
 */
export function fitStart(
  edges: Int32Array | undefined,
  date: number,
  time: number,
  resumable: boolean,
): number {
  if (edges === undefined) return date;
  for (let w = windowAt(edges, date); w < edges.length; w += 2) {
    const start = Math.max(date, at(edges, w));
    if (resumable) return resumedEnd(edges, start, time) < FAR ? start : FAR;
    if (start + time <= at(edges, w + 1)) return start;
  }
  return FAR;
}

/** When work started at an open date ends, pausing while the calendar is closed. */
export function resumedEnd(edges: Int32Array | undefined, start: number, time: number): number {
  if (edges === undefined) return start + time;
  let left = time;
  for (let w = windowAt(edges, start); w < edges.length; w += 2) {
    const from = Math.max(start, at(edges, w));
    const room = at(edges, w + 1) - from;
    if (room >= left) return from + left;
    left -= room;
  }
  return FAR;
}

/** Busy intervals of one operator or buffer in order of time; grows only until its size is reached. */
export class Timeline {
  #starts: Int32Array;
  #ends: Int32Array;
  #count = 0;

  constructor(room: number) {
    this.#starts = new Int32Array(room);
    this.#ends = new Int32Array(room);
  }

  clear(): void {
    this.#count = 0;
  }

  add(start: number, end: number): void {
    if (this.#count === this.#starts.length) this.#grow();
    let i = this.#count++;
    for (; i > 0 && at(this.#starts, i - 1) > start; i--) {
      this.#starts[i] = at(this.#starts, i - 1);
      this.#ends[i] = at(this.#ends, i - 1);
    }
    this.#starts[i] = start;
    this.#ends[i] = end;
  }

  /** Earliest date from `date` on at which `time` units are free of intervals (none overlap). */
  gap(date: number, time: number): number {
    let start = date;
    for (let i = 0; i < this.#count; i++) {
      if (at(this.#ends, i) <= start) continue;
      if (at(this.#starts, i) >= start + time) break;
      start = at(this.#ends, i);
    }
    return start;
  }

  /** Earliest date from `from` on such that fewer than `places` intervals hold at any time until `to`. */
  vacancy(from: number, to: number, places: number): number {
    if (places === 0) return to;
    let start = from;
    // Overlaps only rise at interval starts, so the last full moment before `to` decides.
    for (let i = 0; i < this.#count; i++) {
      const moment = Math.max(at(this.#starts, i), from);
      if (moment >= to || at(this.#ends, i) <= moment) continue;
      let held = 0;
      let soonest = FAR;
      for (let k = 0; k < this.#count; k++) {
        if (at(this.#starts, k) <= moment && at(this.#ends, k) > moment) {
          held++;
          soonest = Math.min(soonest, at(this.#ends, k));
        }
      }
      if (held >= places) start = Math.max(start, Math.min(soonest, to));
    }
    return start;
  }

  #grow(): void {
    const starts = new Int32Array(2 * this.#starts.length + 4);
    const ends = new Int32Array(starts.length);
    starts.set(this.#starts);
    ends.set(this.#ends);
    this.#starts = starts;
    this.#ends = ends;
  }
}
