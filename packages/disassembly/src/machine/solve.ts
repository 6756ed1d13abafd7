import {
  Budget,
  drain,
  drainAsync,
  type SolveOptions,
  type Steps,
  type StoppedBy,
} from '../budget.ts';
import { type Random, seededRandom } from '../random.ts';
import { ok, type Result, refuse } from '../result.ts';
import { boundCost, boundMakespan } from './bounds.ts';
import { findConflict } from './conflict.ts';
import { Dispatcher } from './dispatch.ts';
import { type CompiledMachine, compileMachine, type MachineProblem } from './problem.ts';
import { Ranking } from './ranking.ts';

export interface ScheduledOperation {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly technicians: readonly string[];
}

export interface MachinePlan {
  readonly makespan: number;
  /** Sum over operations of duration × cost of each crew member. */
  readonly cost: number;
  readonly bound: {
    readonly makespan: number;
    readonly cost: number;
    /** Why the makespan cannot be lower: a chain of operations, a group's work, or a zone's room. */
    readonly kind: 'chain' | 'work' | 'zone';
    readonly members: readonly string[];
  };
  /** `optimal`: the makespan equals its bound. `costProven`: the cost equals its bound as well. */
  readonly status: 'optimal' | 'feasible';
  readonly costProven: boolean;
  readonly stoppedBy: StoppedBy;
  readonly iterations: number;
  readonly elapsedMs: number;
  /** When the returned makespan was first reached. */
  readonly makespanAtMs: number;
  readonly operations: readonly ScheduledOperation[];
}

export interface MachineOptions extends SolveOptions {
  /** An earlier plan; its order is the first one tried. Operations it does not know come last. */
  readonly warmStart?: readonly { readonly id: string; readonly start: number }[];
  /** Stop as soon as the makespan is proven, without lowering wages. Default false. */
  readonly makespanOnly?: boolean;
}

interface Incumbent {
  makespan: number;
  cost: number;
  start: Int32Array;
  crew: Int32Array;
  atMs: number;
}

const HISTORY = 100;

/**
 * Plans the disassembly of a machine: shortest makespan first, then lowest wages. Late-acceptance
 * hill climbing (Burke & Bykov 2017, EJOR 258(1)) over rankings, each turned into a schedule by the
 * dispatcher; late operations are pulled forward with their ancestors, and a stalled search restarts
 * from another rule. Stops when both objectives meet their bounds.
 *
 * @returns the best plan found, or a problem: malformed input (`CYCLE`, `UNKNOWN_ID`, `NEGATIVE` …),
 *   `INFEASIBLE` with the ids that clash, `NOT_FOUND_IN_BUDGET`, `CANCELLED` before a first plan
 */
export function solveMachine(
  problem: MachineProblem,
  options: MachineOptions = {},
): Result<MachinePlan> {
  return drain(searchMachine(problem, options));
}

/** As `solveMachine`, letting the event loop run at least every 15 ms. */
export function solveMachineAsync(
  problem: MachineProblem,
  options: MachineOptions = {},
): Promise<Result<MachinePlan>> {
  return drainAsync(searchMachine(problem, options));
}

function* searchMachine(
  problem: MachineProblem,
  options: MachineOptions,
): Steps<Result<MachinePlan>> {
  const budget = new Budget(options);
  const compiled = compileMachine(problem);
  if (!compiled.ok) return compiled;
  const machine = compiled.value;
  yield;
  const conflict = findConflict(problem, machine);
  if (conflict) return { ok: false, problem: conflict };
  yield;
  const bound = boundMakespan(machine);
  const search = new Search(
    machine,
    bound.makespan,
    seededRandom(options.seed ?? 1),
    options,
    problem,
  );

  // The first plan is made on any budget, however long it takes.
  while (
    !search.proven() &&
    (budget.next() || (search.empty && budget.stoppedBy !== 'cancelled'))
  ) {
    if (yield* search.step(budget)) {
      const { makespan, cost } = search.best;
      budget.report([makespan, cost], [bound.makespan, boundCost(machine, makespan)]);
    }
    yield;
  }

  const { best } = search;
  if (best.makespan > problem.horizon) {
    return budget.stoppedBy === 'cancelled'
      ? refuse('CANCELLED', 'cancelled before a first plan was found')
      : refuse('NOT_FOUND_IN_BUDGET', 'no schedule within the horizon was found in the budget');
  }
  const names = { chain: problem.operations, work: problem.technicians, zone: problem.zones }[
    bound.kind
  ];
  const costBound = boundCost(machine, best.makespan);
  return ok({
    makespan: best.makespan,
    cost: best.cost,
    bound: {
      makespan: bound.makespan,
      cost: costBound,
      kind: bound.kind,
      members: bound.members.map((row) => names[row]?.id ?? ''),
    },
    status: best.makespan === bound.makespan ? 'optimal' : 'feasible',
    costProven: best.makespan === bound.makespan && best.cost <= costBound + 1e-6,
    stoppedBy: budget.stoppedBy ?? 'proof',
    iterations: budget.iteration,
    elapsedMs: budget.elapsedMs(),
    makespanAtMs: best.atMs,
    operations: problem.operations.map((operation, v) => ({
      id: operation.id,
      start: best.start[v] ?? 0,
      end: (best.start[v] ?? 0) + operation.duration,
      technicians: problem.technicians
        .filter((_, r) => ((best.crew[v] ?? 0) & (1 << r)) !== 0)
        .map((technician) => technician.id),
    })),
  });
}

/** The state of the climb; one `step` is one schedule. */
class Search {
  readonly best: Incumbent;
  readonly #machine: CompiledMachine;
  readonly #random: Random;
  readonly #dispatcher: Dispatcher;
  readonly #ranking: Ranking;
  readonly #target: number;
  readonly #makespanOnly: boolean;
  readonly #horizon: number;
  readonly #history = new Float64Array(HISTORY);
  readonly #lastStart: Int32Array;
  #current = Number.POSITIVE_INFINITY;
  #recent = Number.POSITIVE_INFINITY;
  #stalled = 0;
  #steps = 0;
  #restarts = -1;
  #warm = false;

  constructor(
    machine: CompiledMachine,
    target: number,
    random: Random,
    options: MachineOptions,
    problem: MachineProblem,
  ) {
    this.#machine = machine;
    this.#random = random;
    this.#target = target;
    this.#makespanOnly = options.makespanOnly ?? false;
    this.#horizon = problem.horizon;
    this.#dispatcher = new Dispatcher(machine);
    this.#ranking = new Ranking(machine, random);
    this.#lastStart = new Int32Array(machine.n);
    this.best = {
      makespan: Number.POSITIVE_INFINITY,
      cost: Number.POSITIVE_INFINITY,
      start: new Int32Array(machine.n),
      crew: new Int32Array(machine.n),
      atMs: 0,
    };
    if (options.warmStart) {
      const at = new Map(options.warmStart.map(({ id, start }) => [id, start]));
      this.#ranking.follow(
        problem.operations.map(({ id }) => at.get(id) ?? Number.MAX_SAFE_INTEGER),
      );
      this.#warm = true;
    }
  }

  get empty(): boolean {
    return this.#steps === 0;
  }

  proven(): boolean {
    if (this.best.makespan > this.#target) return false;
    return (
      this.#makespanOnly || this.best.cost <= boundCost(this.#machine, this.best.makespan) + 1e-6
    );
  }

  /** Tries one more ranking; true when the best plan got better. */
  *step(budget: Budget): Steps<boolean> {
    this.#steps++;
    const patience = 2000 + 4 * this.#machine.n;
    const fresh = this.#current === Number.POSITIVE_INFINITY || this.#stalled > patience;
    if (fresh) this.#restart();
    else this.#move();
    const value = yield* this.#evaluate(budget);
    const slot = this.#steps % HISTORY;
    if (fresh) this.#history.fill(value * 1.02);
    if (fresh || value <= this.#current || value <= (this.#history[slot] ?? 0)) {
      this.#current = value;
      this.#lastStart.set(this.#dispatcher.start);
      this.#ranking.keep();
    } else {
      this.#ranking.undo();
      this.#restoreHolds();
    }
    this.#heldBefore = undefined;
    this.#history[slot] = this.#current;
    if (value < this.#recent) {
      this.#recent = value;
      this.#stalled = 0;
    } else this.#stalled++;
    return this.#remember(budget.elapsedMs());
  }

  #heldBefore: { operation: number; hold: number } | undefined;

  #restart(): void {
    this.#restarts++;
    this.#stalled = 0;
    this.#recent = Number.POSITIVE_INFINITY;
    for (const v of this.#dispatcher.held) this.#dispatcher.hold[v] = 0;
    this.#dispatcher.held.clear();
    // Once the makespan is proven, wages are lowered from the best plan on.
    if (this.best.makespan === this.#target) this.#ranking.follow(Array.from(this.best.start));
    else if (!(this.#warm && this.#steps === 1)) this.#ranking.byRule(this.#restarts);
  }

  #move(): void {
    const late = this.best.makespan > this.#target;
    const choice = this.#random.unit();
    const times = 1 + this.#random.below(3);
    // Late plans are delayed on purpose only after the plain search has stalled once.
    if (late ? this.#restarts > 0 && choice > 0.9 : choice < 0.3) this.#delayOne();
    for (let k = 0; k < times; k++) {
      if (choice < 0.5 && late) this.#ranking.pullForward(this.#lateOperation(), this.#lastStart);
      else if (choice < 0.75) this.#ranking.nudge();
      else this.#ranking.scatter();
    }
  }

  #lateOperation(): number {
    const { n, duration } = this.#machine;
    const threshold = this.#target;
    for (let tries = 0; tries < 200; tries++) {
      const v = this.#random.below(n);
      if ((this.#lastStart[v] ?? 0) + (duration[v] ?? 0) > threshold) return v;
    }
    return this.#random.below(n);
  }

  /** Holds one operation back, so that cheaper people may come to do it, or lets a held one go. */
  #delayOne(): void {
    const { hold, held } = this.#dispatcher;
    const release = held.size > 0 && this.#random.unit() < 0.5;
    const operation = release
      ? ([...held][this.#random.below(held.size)] ?? 0)
      : this.#random.below(this.#machine.n);
    this.#heldBefore = { operation, hold: hold[operation] ?? 0 };
    const moment = release ? 0 : 1 + this.#random.below(Math.max(1, this.best.makespan));
    hold[operation] = moment;
    if (moment > 0) held.add(operation);
    else held.delete(operation);
  }

  #restoreHolds(): void {
    if (!this.#heldBefore) return;
    const { operation, hold } = this.#heldBefore;
    this.#dispatcher.hold[operation] = hold;
    if (hold > 0) this.#dispatcher.held.add(operation);
    else this.#dispatcher.held.delete(operation);
  }

  *#evaluate(budget: Budget): Steps<number> {
    // The first plan may outlast the deadline, so that every budget has an answer; not a cancel.
    const goOn = (): boolean =>
      !budget.interrupted() || (this.#steps === 1 && budget.stoppedBy !== 'cancelled');
    const left = yield* this.#ranking.dispatch(this.#dispatcher, this.#target, goOn);
    if (left > 0) return 1e12 + left * 1e9;
    const { makespan, overflow, cost } = this.#dispatcher;
    const late = overflow + 0.5 * (makespan - this.#target);
    // While late, wages are no concern; afterwards they break ties only among punctual plans.
    return late > 0 ? 1e6 + late * 1e3 : cost / (1 + this.#costScale());
  }

  #scale = 0;

  #costScale(): number {
    if (this.#scale === 0) {
      const everything = boundCost(this.#machine, this.#horizon);
      this.#scale = Math.max(1, everything) / 1e5;
    }
    return this.#scale;
  }

  #remember(nowMs: number): boolean {
    const { makespan, cost, start, crew } = this.#dispatcher;
    if (this.#current >= 1e12 || this.#ranking.incomplete) return false;
    const { best } = this;
    if (makespan > best.makespan || (makespan === best.makespan && cost >= best.cost)) return false;
    if (makespan < best.makespan) best.atMs = nowMs;
    best.makespan = makespan;
    best.cost = cost;
    best.start.set(start);
    best.crew.set(crew);
    return true;
  }
}
