import type { Budget } from '../budget.ts';
import type { Compiled } from '../compile.ts';
import { Heap } from '../heap.ts';
import type { Plan } from '../population.ts';
import { at } from '../typed.ts';
import type { Choice } from './decoder.ts';
import type { Objective } from './objective.ts';

/** The best of a warm start and a few dispatching orders; of fewer, when the budget ends first. */
export function startingChoice(
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
