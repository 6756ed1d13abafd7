import { lowerBound } from './bounds.ts';
import { Budget, type BudgetOptions } from './budget.ts';
import { check } from './check.ts';
import { type Compiled, compile } from './compile.ts';
import { findConflict } from './conflict.ts';
import { flexibleImprover } from './flexible/improver.ts';
import type { JobShop } from './jobshop/graph.ts';
import { jobShopImprover } from './jobshop/improver.ts';
import type { Assignment, Problem, Solution } from './model.ts';
import { type Exchange, evolve, type Plan, type PopulationOptions } from './population.ts';
import { Random } from './random.ts';
import { bad, good, type Result } from './result.ts';
import { type Choice, Decoder, PENALTY } from './rich/decoder.ts';
import { searchRich } from './rich/search.ts';
import { at, item } from './typed.ts';
import { validate } from './validate.ts';
import { type EarlierPlan, planFrom } from './warm-start.ts';

/** How far a search is. */
export interface Progress {
  readonly value: number;
  readonly bound: number;
  readonly iterations: number;
  readonly seconds: number;
}

export interface SolveOptions extends BudgetOptions {
  /** Same seed and iteration budget, same answer. 1 when absent. */
  readonly seed?: number;
  /** An earlier plan to start from. */
  readonly warmStart?: EarlierPlan;
  /** Called with every better schedule, from inside the search. */
  readonly onProgress?: (progress: Progress) => void;
}

/** Ten seconds, when the caller sets neither deadline nor iterations. */
const DEFAULT_DEADLINE = 10_000;

/**
 * Finds a good schedule within the budget and says how good it is.
 *
 * The plain job shop, the flexible shop and the remanufacturing shop (makespan, no rich features) go to
 * tabu search in a population; everything else to the general search over a schedule builder.
 *
 * @returns the best schedule found with its bound; or a typed problem: wrong input by its cause, a
 *   proven contradiction by a minimal set of wishes, or `NO_SCHEDULE_FOUND` with the broken rules when
 *   the budget ended first.
 */
export function solve(problem: Problem, options: SolveOptions = {}): Result<Solution> {
  const budget = budgetOf(options);
  const prepared = prepare(problem);
  if (!prepared.ok) return prepared;
  return search(prepared.value, options, budget);
}

/** The budget of a solve, from now on. */
export function budgetOf(options: BudgetOptions): Budget {
  const unlimited = options.deadline === undefined && options.iterations === undefined;
  return new Budget(unlimited ? { ...options, deadline: DEFAULT_DEADLINE } : options);
}

/** Validates and compiles, and looks for contradictions. */
export function prepare(problem: Problem): Result<Compiled> {
  const valid = validate(problem);
  if (!valid.ok) return valid;
  const compiled = compile(problem);
  const conflict = findConflict(compiled);
  return conflict === undefined ? good(compiled) : { ok: false, problem: conflict };
}

/** Searches a prepared problem; islands pass their exchange. */
export function search(
  c: Compiled,
  options: SolveOptions,
  budget: Budget,
  exchange?: Exchange,
): Result<Solution> {
  const random = new Random(options.seed ?? 1);
  const bound = lowerBound(c);
  const progress = (value: number) =>
    options.onProgress?.({
      value,
      bound: Math.min(bound, value),
      iterations: budget.iterations,
      seconds: budget.elapsed / 1000,
    });
  const warm = options.warmStart && planFrom(c, options.warmStart);
  const { objective, scenarios, stability } = c.problem;
  const plain =
    objective.kind === 'makespan' &&
    !c.features.rich &&
    (scenarios ?? []).length === 0 &&
    stability === undefined;
  if (plain) {
    const plan = searchPlain(c, random, budget, {
      target: bound,
      warmStart: warm,
      exchange,
      onBetter: (better) => progress(better.value),
    });
    const decoder = new Decoder(c);
    const modes = plan.modes.length > 0 ? plan.modes : c.modeFirst.slice(0, c.n);
    const choice: Choice = { sequence: plan.sequence, modes, holds: new Int32Array(c.n) };
    decoder.decode(choice);
    return good(solutionOf(c, decoder, decoder.makespan, bound, budget, options));
  }
  const found = searchRich(c, random, budget, {
    target: bound,
    warmStart: warm ?? sketch(c, random, budget),
    onBetter: (value) => {
      if (value < PENALTY) progress(value);
    },
  });
  const solution = solutionOf(c, found.decoder, found.value, bound, budget, options);
  if (found.value < PENALTY) return good(solution);
  const broken = check(c.problem, solution.assignments);
  const what = broken.slice(0, 5).map((violation) => violation.message);
  const subjects = [...new Set(broken.flatMap((violation) => violation.subjects))];
  if (options.signal?.aborted === true) {
    return bad('CANCELLED', 'Cancelled before a feasible schedule was found.', subjects);
  }
  const message = `No feasible schedule was found within the budget. The nearest one: ${what.join(' ')}`;
  return bad('NO_SCHEDULE_FOUND', message, subjects);
}

type PlainOptions = Pick<PopulationOptions, 'target' | 'warmStart' | 'exchange' | 'onBetter'>;

function searchPlain(c: Compiled, random: Random, budget: Budget, options: PlainOptions): Plan {
  if (c.features.classical && tabuTableSize(c) <= LARGEST_TABLE) {
    const shop = jobShopOf(c);
    const settings = { size: 10, patience: 10 * c.n, ...options };
    return evolve(jobShopImprover(shop, random), random, budget, settings);
  }
  const shop = { ...c, machines: c.machineIds.length };
  const settings = { size: 10, patience: 20 * c.n, ...options };
  return evolve(flexibleImprover(shop, random), random, budget, settings);
}

/**
 * A starting point for the general search when the makespan counts: the shop without its rich
 * features, searched for a while.
 */
function sketch(c: Compiled, random: Random, budget: Budget): Plan | undefined {
  const { objective } = c.problem;
  const kind = objective.kind === 'cvar' ? objective.of : objective.kind;
  const phase = kind === 'makespan' ? budget.phase(60 * c.n) : undefined;
  if (phase === undefined) return undefined;
  const shop = { ...c, machines: c.machineIds.length };
  const settings = { target: 0, size: 4, patience: 6 * c.n };
  const plan = evolve(flexibleImprover(shop, random), random, phase, settings);
  budget.charge(phase.iterations);
  return plan;
}

/** Entries of the job shop's tabu table that are still worth their memory (80 MB). */
const LARGEST_TABLE = 20_000_000;

function tabuTableSize(c: Compiled): number {
  const count = new Int32Array(c.machineIds.length);
  for (const m of c.modeMachine) count[m] = at(count, m) + 1;
  return count.reduce((sum, operations) => sum + operations ** 2, 0);
}

function jobShopOf(c: Compiled): JobShop {
  const first = new Int32Array(c.jobs + 1).fill(c.n);
  for (let x = c.n - 1; x >= 0; x--) first[at(c.jobOf, x)] = x;
  return {
    jobs: c.jobs,
    machines: c.machineIds.length,
    first,
    machine: c.modeMachine,
    time: c.modeTime,
    release: Int32Array.from({ length: c.jobs }, (_, j) => at(c.release, at(first, j))),
    delivery: new Int32Array(c.jobs),
  };
}

function solutionOf(
  c: Compiled,
  decoder: Decoder,
  value: number,
  bound: number,
  budget: Budget,
  options: SolveOptions,
): Solution {
  const assignments: Assignment[] = [];
  for (let x = 0; x < c.n; x++) {
    const operator = at(decoder.operator, x);
    assignments.push({
      operation: item(c.operationIds, x),
      machine: item(c.machineIds, at(decoder.machine, x)),
      start: at(decoder.start, x),
      end: at(decoder.end, x),
      ...(operator >= 0 ? { operator: item(c.operatorIds, operator) } : {}),
    });
  }
  assignments.sort((a, b) => a.start - b.start || a.end - b.end);
  const least = Math.min(bound, value);
  return {
    assignments,
    value,
    bound: least,
    gap: value > 0 ? (value - least) / value : 0,
    ending: value <= bound ? 'optimal' : options.signal?.aborted === true ? 'cancelled' : 'budget',
    iterations: budget.iterations,
    seconds: budget.elapsed / 1000,
  };
}
