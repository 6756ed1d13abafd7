import type { Budget } from '../budget.ts';
import type { Compiled } from '../compile.ts';
import { Heap } from '../heap.ts';
import type { Plan } from '../population.ts';
import type { Random } from '../random.ts';
import { at } from '../typed.ts';
import { type Choice, Decoder } from './decoder.ts';
import { Objective } from './objective.ts';

export interface RichOptions {
  readonly target: number;
  readonly warmStart?: Plan | undefined;
  readonly onBetter?: ((value: number) => void) | undefined;
}

/** What the search ends with: its best choice, decoded, and the value. */
export interface RichResult {
  readonly choice: Choice;
  readonly decoder: Decoder;
  readonly value: number;
}

/**
 * Search over choices for the problem in its full generality. Each iteration changes a little (one
 * operation earlier or later, another machine, a batch that waits) or, now and then, tears out a group
 * that belongs together (a job, a machine's hour) and throws it back in elsewhere; worse results are
 * accepted by the threshold of late acceptance (Burke and Bykov 2017), which needs no scale of values.
 */
export function searchRich(
  c: Compiled,
  random: Random,
  budget: Budget,
  options: RichOptions,
): RichResult {
  const decoder = new Decoder(c);
  const objective = new Objective(c, decoder);
  const current = startingChoice(c, objective, budget, options.warmStart);
  let currentValue = objective.value(current);
  const trial = copyOf(current);
  const best = copyOf(current);
  let bestValue = currentValue;
  options.onBetter?.(bestValue);
  const moves = new Moves(c, random, decoder);
  const memory = new Float64Array(Math.max(20, Math.min(400, 3 * c.n))).fill(currentValue);
  let slot = 0;
  let idle = 0;
  const patience = 2000 + 60 * c.n;
  while (bestValue > options.target && !budget.spend()) {
    assign(trial, current);
    moves.change(trial);
    const value = objective.value(trial);
    if (value <= currentValue || value <= (memory[slot] ?? value)) {
      assign(current, trial);
      currentValue = value;
      moves.learn(decoder);
    }
    if (currentValue < (memory[slot] ?? currentValue)) memory[slot] = currentValue;
    slot = (slot + 1) % memory.length;
    idle++;
    if (currentValue < bestValue) {
      bestValue = currentValue;
      assign(best, current);
      options.onBetter?.(bestValue);
      idle = 0;
    } else if (idle > patience) {
      // Stuck: back to the best, shaken, and tolerant again.
      assign(current, best);
      for (let k = 0; k < 3 + random.below(8); k++) moves.change(current);
      currentValue = objective.value(current);
      moves.learn(decoder);
      memory.fill(Math.max(currentValue, bestValue));
      idle = 0;
    }
  }
  const value = objective.value(best);
  return { choice: best, decoder, value };
}

function copyOf(choice: Choice): Choice {
  return {
    sequence: choice.sequence.slice(),
    modes: choice.modes.slice(),
    holds: choice.holds.slice(),
  };
}

function assign(to: Choice, from: Choice): void {
  to.sequence.set(from.sequence);
  to.modes.set(from.modes);
  to.holds.set(from.holds);
}

/** The best of a warm start and a few dispatching orders; of fewer, when the budget ends first. */
function startingChoice(
  c: Compiled,
  objective: Objective,
  budget: Budget,
  warm: Plan | undefined,
): Choice {
  let best: Choice | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const choice of startingChoices(c, warm)) {
    const value = objective.value(choice);
    if (best === undefined || value < least) {
      least = value;
      best = choice;
    }
    if (budget.look()) break;
  }
  // There is always a first one.
  return best ?? { sequence: c.topological, modes: fastestModes(c), holds: noHolds(c) };
}

function* startingChoices(c: Compiled, warm: Plan | undefined): Generator<Choice> {
  if (warm !== undefined) {
    const modes = warm.modes.slice();
    yield withFreezes(c, { sequence: warm.sequence.slice(), modes, holds: noHolds(c) });
  }
  const work = jobWork(c);
  const rules: ((x: number) => number)[] = [
    (x) => at(c.due, at(c.jobOf, x)),
    (x) => at(c.due, at(c.jobOf, x)) - at(work, at(c.jobOf, x)),
    (x) => -at(work, at(c.jobOf, x)),
    (x) => at(c.release, x),
    (x) => at(c.deadline, at(c.jobOf, x)),
  ];
  for (const rule of rules) {
    for (const whole of [false, true]) {
      const sequence = dispatch(c, rule, whole);
      for (const modes of [balancedModes(c, sequence), fastestModes(c)]) {
        yield withFreezes(c, { sequence: sequence.slice(), modes, holds: noHolds(c) });
      }
    }
  }
}

function noHolds(c: Compiled): Int32Array {
  return new Int32Array(c.n);
}

function withFreezes(c: Compiled, choice: Choice): Choice {
  for (let x = 0; x < c.n; x++) {
    if (at(c.frozenMode, x) >= 0) choice.modes[x] = at(c.frozenMode, x);
  }
  return choice;
}

function jobWork(c: Compiled): Int32Array {
  const work = new Int32Array(c.jobs);
  for (let x = 0; x < c.n; x++) {
    const j = at(c.jobOf, x);
    work[j] = at(work, j) + at(c.modeTime, at(c.modeFirst, x));
  }
  return work;
}

function fastestModes(c: Compiled): Int32Array {
  return Int32Array.from({ length: c.n }, (_, x) => {
    let best = at(c.modeFirst, x);
    for (let k = best + 1; k < at(c.modeFirst, x + 1); k++) {
      if (at(c.modeTime, k) < at(c.modeTime, best)) best = k;
    }
    return best;
  });
}

/** Along a sequence, each operation on the machine where the load allows it to end first. */
function balancedModes(c: Compiled, sequence: Int32Array): Int32Array {
  const modes = new Int32Array(c.n);
  const load = new Int32Array(c.machineIds.length);
  for (const x of sequence) {
    let best = at(c.modeFirst, x);
    let soonest = Number.POSITIVE_INFINITY;
    for (let k = best; k < at(c.modeFirst, x + 1); k++) {
      const end = at(load, at(c.modeMachine, k)) + at(c.modeTime, k);
      if (end < soonest) {
        soonest = end;
        best = k;
      }
    }
    modes[x] = best;
    load[at(c.modeMachine, best)] = soonest;
  }
  return modes;
}

/**
 * A sequence that always takes the open operation with the least priority; `whole` finishes what it
 * has begun before it opens another job, which keeps blocked lines from locking each other.
 */
function dispatch(c: Compiled, priority: (x: number) => number, whole: boolean): Int32Array {
  const sequence = new Int32Array(c.n);
  const waiting = new Int32Array(c.n);
  const open = new Heap();
  for (const x of c.topological) {
    waiting[x] = at(c.before.first, x + 1) - at(c.before.first, x);
    if (at(waiting, x) === 0) open.push(priority(x), x);
  }
  for (let i = 0; i < c.n; i++) {
    const x = open.pop() ?? 0;
    sequence[i] = x;
    for (let k = at(c.after.first, x); k < at(c.after.first, x + 1); k++) {
      const y = at(c.after.values, k);
      waiting[y] = at(waiting, y) - 1;
      // What has begun outranks everything that has not.
      if (at(waiting, y) === 0) open.push(priority(y) - (whole ? 1e12 : 0), y);
    }
  }
  return sequence;
}

/** The small and large changes of the search. */
class Moves {
  readonly #c: Compiled;
  readonly #random: Random;
  readonly #place: Int32Array;
  readonly #start: Int32Array;
  readonly #end: Int32Array;
  readonly #batches: boolean;
  readonly #group: Int32Array;

  constructor(c: Compiled, random: Random, decoder: Decoder) {
    this.#c = c;
    this.#random = random;
    this.#place = new Int32Array(c.n);
    this.#start = decoder.start.slice();
    this.#end = decoder.end.slice();
    this.#batches = c.capacity.some((room) => room > 0);
    this.#group = new Int32Array(c.n);
  }

  /** Remembers when things happen in the current schedule. */
  learn(decoder: Decoder): void {
    this.#start.set(decoder.start);
    this.#end.set(decoder.end);
  }

  change(choice: Choice): void {
    const random = this.#random;
    for (let i = 0; i < this.#c.n; i++) this.#place[at(choice.sequence, i)] = i;
    const draw = random.below(100);
    if (draw < 4) this.#regroup(choice);
    else if (draw < 30) this.#remode(choice, this.#draw());
    else if (draw < 38 && this.#batches) this.#hold(choice);
    else this.#shift(choice, this.#draw(), draw < 75);
  }

  #draw(): number {
    return this.#random.below(this.#c.n);
  }

  /** Moves one operation within what precedence allows; near, or anywhere. */
  #shift(choice: Choice, x: number, near: boolean): void {
    const { before, after, n } = this.#c;
    const place = this.#place;
    const from = at(place, x);
    let low = 0;
    let high = n - 1;
    for (let k = at(before.first, x); k < at(before.first, x + 1); k++) {
      low = Math.max(low, at(place, at(before.values, k)) + 1);
    }
    for (let k = at(after.first, x); k < at(after.first, x + 1); k++) {
      high = Math.min(high, at(place, at(after.values, k)) - 1);
    }
    if (near) {
      const reach = 3 + (n >> 4);
      low = Math.max(low, from - reach);
      high = Math.min(high, from + reach);
    }
    const to = low + this.#random.below(high - low + 1);
    const { sequence } = choice;
    if (to < from) sequence.copyWithin(to + 1, to, from);
    else sequence.copyWithin(from, from + 1, to + 1);
    sequence[to] = x;
    for (let i = Math.min(from, to); i <= Math.max(from, to); i++) place[at(sequence, i)] = i;
  }

  #remode(choice: Choice, x: number): void {
    const { modeFirst, frozenMode } = this.#c;
    const count = at(modeFirst, x + 1) - at(modeFirst, x);
    if (count > 1 && at(frozenMode, x) < 0) {
      choice.modes[x] = at(modeFirst, x) + this.#random.below(count);
      if (this.#random.below(2) === 0) return;
    }
    this.#shift(choice, x, true);
  }

  /** Lets a batch wait until another operation of its family arrives, or wait no longer. */
  #hold(choice: Choice): void {
    const { family, before, n } = this.#c;
    const x = this.#draw();
    if (at(choice.holds, x) > 0 && this.#random.below(2) === 0) {
      choice.holds[x] = 0;
      return;
    }
    const y = this.#draw();
    if (x === y || n < 2 || at(family, x) !== at(family, y)) return;
    let arrival = 0;
    for (let k = at(before.first, y); k < at(before.first, y + 1); k++) {
      arrival = Math.max(arrival, at(this.#end, at(before.values, k)));
    }
    choice.holds[x] = arrival;
  }

  /** Tears out one job, or what starts about the same time, and puts each operation elsewhere. */
  #regroup(choice: Choice): void {
    const { jobOf, n } = this.#c;
    const seed = this.#draw();
    const whole = this.#random.below(2) === 0;
    const span = 1 + Math.abs(at(this.#end, seed) - at(this.#start, seed)) * 2;
    let count = 0;
    for (let x = 0; x < n && count < 12; x++) {
      const related = whole
        ? at(jobOf, x) === at(jobOf, seed)
        : Math.abs(at(this.#start, x) - at(this.#start, seed)) <= span;
      if (related) this.#group[count++] = x;
    }
    for (let k = 0; k < count; k++) {
      const x = at(this.#group, k);
      if (this.#random.below(3) === 0) this.#remode(choice, x);
      this.#shift(choice, x, !whole);
    }
  }
}
