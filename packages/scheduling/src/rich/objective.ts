import type { Compiled } from '../compile.ts';
import type { BasicObjective } from '../model.ts';
import { at, item, realAt } from '../typed.ts';
import { type Choice, type Decoder, PENALTY } from './decoder.ts';

/** The course of one scenario as factors by operation. */
export function scenarioFactors(c: Compiled): Float64Array[] {
  return (c.problem.scenarios ?? []).map((scenario) =>
    Float64Array.from(c.operationIds, (id) => scenario.factors[id] ?? 1),
  );
}

/**
 * Values a choice: the objective of its schedule, or of its schedules over the scenarios (mean, or
 * mean of the worst part), plus the stability term and a penalty for every broken promise.
 */
export class Objective {
  readonly #c: Compiled;
  readonly #decoder: Decoder;
  readonly #kind: BasicObjective;
  readonly #scenarios: readonly Float64Array[];
  readonly #values: Float64Array;
  readonly #worst: number;
  readonly #planMachine: Int32Array;
  readonly #planStart: Int32Array;

  constructor(c: Compiled, decoder: Decoder) {
    const { objective, stability } = c.problem;
    this.#c = c;
    this.#decoder = decoder;
    this.#kind = objective.kind === 'cvar' ? objective.of : objective.kind;
    this.#scenarios = scenarioFactors(c);
    this.#values = new Float64Array(this.#scenarios.length);
    this.#worst = objective.kind === 'cvar' ? 1 - objective.level : 1;
    this.#planMachine = new Int32Array(c.n).fill(-1);
    this.#planStart = new Int32Array(c.n);
    for (const entry of stability?.plan ?? []) {
      const x = c.index.get(entry.operation);
      if (x === undefined) continue;
      this.#planMachine[x] = c.machineIds.indexOf(entry.machine);
      this.#planStart[x] = entry.start;
    }
  }

  /** The value of a choice; its schedule at the stated times is left in the decoder. */
  value(choice: Choice): number {
    for (let s = 0; s < this.#scenarios.length; s++) {
      this.#decoder.decode(choice, item(this.#scenarios, s));
      this.#values[s] = this.#basic();
    }
    this.#decoder.decode(choice);
    const value = this.#scenarios.length === 0 ? this.#basic() : this.#tailMean();
    return value + this.#departure() + this.#decoder.violation * PENALTY;
  }

  #basic(): number {
    const { due, weight, jobs } = this.#c;
    const { completion, makespan } = this.#decoder;
    if (this.#kind === 'makespan') return makespan;
    let sum = 0;
    for (let j = 0; j < jobs; j++) {
      const late = at(completion, j) - at(due, j);
      if (late > 0) sum += realAt(weight, j) * (this.#kind === 'late-jobs' ? 1 : late);
    }
    return sum;
  }

  #tailMean(): number {
    const sorted = this.#values.sort();
    const share = this.#worst * sorted.length;
    let left = share;
    let sum = 0;
    for (let s = sorted.length - 1; s >= 0 && left > 0; s--) {
      const part = Math.min(1, left);
      sum += part * realAt(sorted, s);
      left -= part;
    }
    return sum / share;
  }

  #departure(): number {
    const stability = this.#c.problem.stability;
    if (stability === undefined) return 0;
    let cost = 0;
    for (let x = 0; x < this.#c.n; x++) {
      const machine = at(this.#planMachine, x);
      if (machine < 0) continue;
      cost += stability.perShift * Math.abs(at(this.#decoder.start, x) - at(this.#planStart, x));
      if (machine !== at(this.#decoder.machine, x)) cost += stability.perMove;
    }
    return cost;
  }
}
