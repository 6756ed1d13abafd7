import { chooseCrew, popcount } from './dispatch.ts';
import type { CompiledMachine } from './problem.ts';

/** A lower bound on the makespan and the reason for it. */
export interface MakespanBound {
  readonly makespan: number;
  /** `chain`: operations one after another; `work`: person-slots of a group; `zone`: room in a zone. */
  readonly kind: 'chain' | 'work' | 'zone';
  /** Operation rows of the chain, technician rows of the group, or the zone row. */
  readonly members: readonly number[];
}

const NEVER = 0x7fffffff;
/** Distinct heads and tails for which the work between them is bounded. */
const THRESHOLDS = 24;

/** Who is present when, for questions about single operations. */
export class Presence {
  readonly #machine: CompiledMachine;
  readonly #everyone: Int32Array;
  /** Ends of absences, ascending: the only moments at which more people become present. */
  readonly #returns: readonly number[];

  constructor(machine: CompiledMachine) {
    this.#machine = machine;
    this.#everyone = Int32Array.from({ length: machine.technicians }, (_, r) => r);
    this.#returns = [...new Set(machine.away.flat().map(({ end }) => end))].sort((a, b) => a - b);
  }

  /**
   * First slot from `from` at which a crew for the operation is present from start to end, taking
   * nothing but absences into account; `NEVER` when there is none.
   */
  first(operation: number, from: number): number {
    const size = this.#machine.crew[operation] ?? 0;
    if (size === 0 || this.#suits(operation, from)) return from;
    let low = 0;
    for (let high = this.#returns.length; low < high; ) {
      const middle = (low + high) >>> 1;
      if ((this.#returns[middle] ?? 0) <= from) low = middle + 1;
      else high = middle;
    }
    for (let k = low; k < this.#returns.length; k++) {
      const moment = this.#returns[k] ?? 0;
      if (this.#suits(operation, moment)) return moment;
    }
    return NEVER;
  }

  #suits(operation: number, moment: number): boolean {
    const { duration, crew, demands, technicians, away } = this.#machine;
    const until = moment + Math.max(1, duration[operation] ?? 0);
    let able = 0;
    for (let r = 0; r < technicians; r++) {
      const windows = away[r] ?? [];
      // The first absence that ends after the moment must begin after the operation.
      let low = 0;
      for (let high = windows.length; low < high; ) {
        const middle = (low + high) >>> 1;
        if ((windows[middle]?.end ?? 0) <= moment) low = middle + 1;
        else high = middle;
      }
      if ((windows[low]?.start ?? NEVER) >= until) able |= 1 << r;
    }
    const size = crew[operation] ?? 0;
    return (
      popcount(able) >= size &&
      chooseCrew(size, demands[operation] ?? [], able, this.#everyone) !== 0
    );
  }
}

/** How many of a group are present, from moment to moment. */
class Attendance {
  readonly #moments: number[] = [0];
  readonly #present: number[];

  constructor(machine: CompiledMachine, group: number) {
    const changes: [number, number][] = [];
    for (let r = 0; r < machine.technicians; r++) {
      if ((group & (1 << r)) === 0) continue;
      for (const { start, end } of machine.away[r] ?? []) changes.push([start, -1], [end, 1]);
    }
    changes.sort((a, b) => a[0] - b[0]);
    this.#present = [popcount(group)];
    for (const [at, change] of changes) {
      this.#moments.push(at);
      this.#present.push((this.#present.at(-1) ?? 0) + change);
    }
  }

  /** First slot by which the group, beginning at `from`, has been present for `work` person-slots. */
  endOfWork(work: number, from: number): number {
    let left = work;
    for (let k = 0; k < this.#moments.length; k++) {
      const until = this.#moments[k + 1] ?? NEVER;
      if (until <= from) continue;
      const start = Math.max(from, this.#moments[k] ?? 0);
      const present = this.#present[k] ?? 0;
      if (present > 0 && present * (until - start) >= left)
        return start + Math.ceil(left / present);
      left -= present * (until - start);
    }
    return NEVER;
  }
}

/** Index of the largest of the ascending values that is at most `value`. */
function atMost(values: readonly number[], value: number): number {
  let low = 0;
  for (let high = values.length; low + 1 < high; ) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) <= value) low = middle;
    else high = middle;
  }
  return low;
}

/** The smallest distinct values, ascending. */
function smallest(values: Float64Array): number[] {
  return [...new Set(values)].sort((a, b) => a - b).slice(0, THRESHOLDS);
}

/** Earliest start and end of every operation by precedence and presence, and who decided it. */
function earliest(machine: CompiledMachine): { end: Float64Array; by: Int32Array } {
  const end = new Float64Array(machine.n);
  const by = new Int32Array(machine.n).fill(-1);
  const presence = new Presence(machine);
  for (const v of machine.order) {
    let ready = 0;
    for (const p of machine.before[v] ?? []) {
      if ((end[p] ?? 0) <= ready) continue;
      ready = end[p] ?? 0;
      by[v] = p;
    }
    const start = ready >= NEVER ? NEVER : presence.first(v, ready);
    end[v] = start >= NEVER ? NEVER : start + (machine.duration[v] ?? 0);
  }
  return { end, by };
}

/** Longest chain of operations after each one's end. */
function tails(machine: CompiledMachine): Float64Array {
  const tail = new Float64Array(machine.n);
  for (let k = machine.n - 1; k >= 0; k--) {
    const v = machine.order[k] ?? 0;
    for (const w of machine.after[v] ?? []) {
      tail[v] = Math.max(tail[v] ?? 0, (tail[w] ?? 0) + (machine.duration[w] ?? 0));
    }
  }
  return tail;
}

/** Person-slots of an operation that the group cannot leave to others. */
function certainWork(
  machine: CompiledMachine,
  operation: number,
  group: number,
  outsiders: number,
): number {
  let people = (machine.crew[operation] ?? 0) - outsiders;
  for (const { mask, quantity } of machine.demands[operation] ?? []) {
    if ((mask & ~group) === 0) people = Math.max(people, quantity);
  }
  return Math.max(0, people) * (machine.duration[operation] ?? 0);
}

/**
 * The best of three bounds: the longest chain that also waits for people to be present; for every
 * group of technicians (all, and those of each set of up to three skills) the time their certain
 * work takes, also that between a head no operation starts before and a tail that follows it; and
 * per zone the person-slots over its capacity.
 */
export function boundMakespan(machine: CompiledMachine): MakespanBound {
  const { end, by } = earliest(machine);
  let last = 0;
  for (let v = 1; v < machine.n; v++) if ((end[v] ?? 0) > (end[last] ?? 0)) last = v;
  const chain: number[] = [];
  for (let v = last; v >= 0; v = by[v] ?? -1) chain.unshift(v);
  let best: MakespanBound = { makespan: end[last] ?? 0, kind: 'chain', members: chain };
  if (best.makespan >= NEVER) return best;

  const everyone = machine.technicians === 0 ? 0 : 2 ** machine.technicians - 1;
  const masks = [...new Set(machine.demands.flat().map((demand) => demand.mask))].slice(0, 12);
  const groups = new Set([everyone]);
  for (const a of masks) for (const b of masks) for (const c of masks) groups.add(a | b | c);
  const head = end.map((moment, v) => moment - (machine.duration[v] ?? 0));
  const tail = tails(machine);
  const heads = smallest(head);
  const rests = smallest(tail);
  for (const group of groups) {
    const outsiders = popcount(everyone & ~group);
    const attendance = new Attendance(machine, group);
    // work[h][q]: of operations whose largest thresholds are head h and tail q; then summed from the end.
    const work = heads.map(() => new Float64Array(rests.length));
    for (let v = 0; v < machine.n; v++) {
      const certain = certainWork(machine, v, group, outsiders);
      if (certain === 0) continue;
      const row = work[atMost(heads, head[v] ?? 0)];
      const q = atMost(rests, tail[v] ?? 0);
      if (row) row[q] = (row[q] ?? 0) + certain;
    }
    for (let h = heads.length - 1; h >= 0; h--) {
      let sum = 0;
      for (let q = rests.length - 1; q >= 0; q--) {
        sum += work[h]?.[q] ?? 0;
        const total = sum + (work[h + 1]?.[q] ?? 0);
        const row = work[h];
        if (row) row[q] = total;
        if (total === 0) continue;
        const makespan = attendance.endOfWork(total, heads[h] ?? 0) + (rests[q] ?? 0);
        if (makespan <= best.makespan) continue;
        const members = Array.from({ length: machine.technicians }, (_, r) => r);
        best = { makespan, kind: 'work', members: members.filter((r) => (group & (1 << r)) !== 0) };
      }
    }
  }
  const inZone = new Float64Array(machine.capacity.length);
  for (let v = 0; v < machine.n; v++) {
    const z = machine.zone[v] ?? 0;
    inZone[z] = (inZone[z] ?? 0) + (machine.crew[v] ?? 0) * (machine.duration[v] ?? 0);
  }
  for (const [z, work] of inZone.entries()) {
    const capacity = machine.capacity[z] ?? 0;
    if (work === 0 || capacity === 0) continue;
    const makespan = Math.ceil(work / capacity);
    if (makespan > best.makespan) best = { makespan, kind: 'zone', members: [z] };
  }
  return best;
}

/** Wages below which no schedule of this makespan can stay: all work by the cheapest people present. */
export function boundCost(machine: CompiledMachine, makespan: number): number {
  let work = 0;
  for (let v = 0; v < machine.n; v++) work += (machine.crew[v] ?? 0) * (machine.duration[v] ?? 0);
  const rows = Array.from({ length: machine.technicians }, (_, r) => r);
  rows.sort((a, b) => (machine.cost[a] ?? 0) - (machine.cost[b] ?? 0));
  let cost = 0;
  for (const r of rows) {
    let present = makespan;
    for (const { start, end } of machine.away[r] ?? []) {
      present -= Math.max(0, Math.min(end, makespan) - Math.min(start, makespan));
    }
    const taken = Math.min(work, present);
    cost += taken * (machine.cost[r] ?? 0);
    work -= taken;
  }
  return cost;
}
