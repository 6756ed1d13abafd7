import { compile } from './compile.ts';
import { Floor } from './floor.ts';
import type { Assignment, Problem, Scenario } from './model.ts';
import { bad, good, type Result } from './result.ts';
import { at, item, realAt } from './typed.ts';
import { validate } from './validate.ts';

/** How one job came out over the scenarios. */
export interface JobForecast {
  readonly job: string;
  /** Completion that half of the scenarios keep, and nine in ten: the dates to promise. */
  readonly p50: number;
  readonly p90: number;
  readonly mean: number;
  /** Share of the scenarios in which it ends after its due date. */
  readonly lateShare: number;
}

export interface Forecast {
  readonly jobs: readonly JobForecast[];
  readonly makespan: Spread;
  readonly weightedTardiness: Spread;
  readonly scenarios: number;
}

/** Distribution of one figure; `halfWidth` is that of the 95 % confidence interval of the mean. */
export interface Spread {
  readonly mean: number;
  readonly halfWidth: number;
  readonly p50: number;
  readonly p90: number;
  /** Mean of the worst tenth. */
  readonly cvar90: number;
}

/**
 * Carries out a plan under each course of events, by discrete events: machines keep the planned order,
 * batches the planned company, frozen operations do not start early; everything starts as soon as it
 * can. Nothing is re-planned, so the dates are what the floor can keep without the planner.
 *
 * @returns quantiles by job and over the whole; `NO_SCHEDULE_FOUND` when the plan cannot be carried
 *   out in some course (it waits for itself), naming the operations that never start.
 */
export function simulate(
  problem: Problem,
  plan: readonly Assignment[],
  scenarios: readonly Scenario[],
): Result<Forecast> {
  const valid = validate(problem);
  if (!valid.ok) return valid;
  if (scenarios.length === 0) return bad('BAD_SCENARIO', 'A forecast needs at least one scenario.');
  const c = compile(problem);
  const floor = new Floor(c, plan);
  if (floor.missing.length > 0) {
    return bad('UNKNOWN_OPERATION', 'The plan does not cover these operations.', floor.missing);
  }
  const completions = problem.jobs.map(() => new Float64Array(scenarios.length));
  const makespans = new Float64Array(scenarios.length);
  const tardiness = new Float64Array(scenarios.length);
  for (const [s, scenario] of scenarios.entries()) {
    const stuck = floor.run(scenario);
    if (stuck.length > 0) {
      return bad('NO_SCHEDULE_FOUND', `In scenario ${s} the plan waits for itself.`, stuck);
    }
    for (let j = 0; j < c.jobs; j++) {
      const end = floor.completion(j);
      item(completions, j)[s] = end;
      makespans[s] = Math.max(realAt(makespans, s), end);
      const late = Math.max(0, end - at(c.due, j)) * realAt(c.weight, j);
      tardiness[s] = realAt(tardiness, s) + late;
    }
  }
  const jobs = problem.jobs.map((job, j) => {
    const ends = item(completions, j);
    const due = job.due ?? Number.POSITIVE_INFINITY;
    const { p50, p90, mean } = spreadOf(ends);
    return {
      job: job.id,
      p50,
      p90,
      mean,
      lateShare: ends.filter((end) => end > due).length / ends.length,
    };
  });
  return good({
    jobs,
    makespan: spreadOf(makespans),
    weightedTardiness: spreadOf(tardiness),
    scenarios: scenarios.length,
  });
}

function spreadOf(values: Float64Array): Spread {
  const sorted = values.slice().sort();
  const n = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / n;
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, n - 1);
  const quantile = (share: number) => realAt(sorted, Math.min(n - 1, Math.ceil(share * n) - 1));
  const tail = sorted.slice(Math.min(n - 1, Math.floor(0.9 * n)));
  return {
    mean,
    halfWidth: 1.96 * Math.sqrt(variance / n),
    p50: quantile(0.5),
    p90: quantile(0.9),
    cvar90: tail.reduce((sum, value) => sum + value, 0) / tail.length,
  };
}
