import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import type { Problem } from './model.ts';
import { Random } from './random.ts';
import { solve } from './solve.ts';
import { randomAssembly, randomJobShop, randomRichProblem } from './testing/random-problems.ts';

function solved(problem: Problem, iterations: number, seed = 1) {
  const result = solve(problem, { iterations, seed });
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.message}`);
  return result.value;
}

/** The least makespan over all orders of a small job shop, by plain enumeration. */
function bruteForce(problem: Problem): number {
  const jobs = problem.jobs.map((job) => job.operations.map((operation) => operation.modes[0]));
  let best = Number.POSITIVE_INFINITY;
  const walk = (next: number[], jobFree: number[], machineFree: Map<string, number>) => {
    let done = true;
    jobs.forEach((chain, j) => {
      const mode = chain[next[j] ?? 0];
      if (mode === undefined) return;
      done = false;
      const end = Math.max(jobFree[j] ?? 0, machineFree.get(mode.machine) ?? 0) + mode.time;
      if (end >= best) return;
      walk(
        next.with(j, (next[j] ?? 0) + 1),
        jobFree.with(j, end),
        new Map(machineFree).set(mode.machine, end),
      );
    });
    if (done) best = Math.min(best, Math.max(...jobFree));
  };
  walk(
    jobs.map(() => 0),
    jobs.map(() => 0),
    new Map(),
  );
  return best;
}

/** Processor time of this thread in ms: what others on the machine take of it does not count. */
function spent(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

describe('solve', () => {
  it('finds the optimum of small job shops', () => {
    const random = new Random(3);
    for (let k = 0; k < 25; k++) {
      const problem = randomJobShop(random, 3, 3);
      expect(solved(problem, 3000).value).toBe(bruteForce(problem));
    }
  });

  it('gives schedules the checker accepts, at or above the bound', () => {
    const random = new Random(4);
    for (let k = 0; k < 20; k++) {
      for (const problem of [
        randomJobShop(random, 2 + random.below(8), 1 + random.below(6)),
        randomAssembly(random, 1 + random.below(6), 1 + random.below(5)),
      ]) {
        const solution = solved(problem, 400, k + 1);
        expect(check(problem, solution.assignments, solution.value)).toEqual([]);
        expect(solution.bound).toBeLessThanOrEqual(solution.value);
      }
    }
  });

  it('keeps every rule of rich problems', () => {
    const random = new Random(5);
    let feasible = 0;
    for (let k = 0; k < 150; k++) {
      const problem = randomRichProblem(random);
      const result = solve(problem, { iterations: 300, seed: k });
      if (!result.ok) {
        // Two parts that both wait on one blocked machine for each other cannot be built at all.
        expect(result.problem.code).toBe('NO_SCHEDULE_FOUND');
        expect(problem.machines.some((machine) => machine.buffer !== undefined)).toBe(true);
        continue;
      }
      feasible++;
      const { assignments, value, bound } = result.value;
      expect(check(problem, assignments, value)).toEqual([]);
      expect(bound).toBeLessThanOrEqual(value);
    }
    expect(feasible).toBeGreaterThan(100);
  });

  it('re-plans around decisions of its own plan that are frozen', () => {
    const random = new Random(13);
    let asked = 0;
    let kept = 0;
    for (let k = 0; k < 80; k++) {
      const problem = randomRichProblem(random);
      const first = solve(problem, { iterations: 200, seed: k });
      if (!first.ok) continue;
      const plan = new Map(first.value.assignments.map((entry) => [entry.operation, entry]));
      const frozen: Problem = {
        ...problem,
        jobs: problem.jobs.map((job) => ({
          ...job,
          deadline: Math.max(...job.operations.map(({ id }) => plan.get(id)?.end ?? 0)),
          operations: job.operations.map((operation) => {
            const entry = plan.get(operation.id);
            return entry && random.below(3) === 0 ? { ...operation, frozen: entry } : operation;
          }),
        })),
      };
      asked++;
      const second = solve(frozen, { iterations: 200, warmStart: first.value.assignments });
      if (!second.ok) {
        // Half of a batch was frozen, which nothing may join: the other half finds no time.
        expect(second.problem.code).toBe('NO_SCHEDULE_FOUND');
        continue;
      }
      kept++;
      expect(check(frozen, second.value.assignments, second.value.value)).toEqual([]);
    }
    expect(kept / asked).toBeGreaterThan(0.9);
  });

  it('repeats itself, and does not get worse with a larger budget', () => {
    const random = new Random(6);
    for (const problem of [
      randomJobShop(random, 8, 5),
      randomAssembly(random, 5, 4),
      randomRichProblem(random),
    ]) {
      const values = [50, 500, 5000].map((iterations) => {
        const one = solved(problem, iterations, 9);
        const two = solved(problem, iterations, 9);
        expect(two.assignments).toEqual(one.assignments);
        return one.value;
      });
      expect(values).toEqual([...values].sort((a, b) => b - a));
    }
  });

  it('starts from an earlier plan and is never worse than it', () => {
    const problem = randomJobShop(new Random(8), 10, 6);
    const first = solved(problem, 4000);
    const second = solve(problem, { iterations: 1, warmStart: first.assignments });
    expect(second.ok && second.value.value).toBe(first.value);
  });

  it('reports progress that falls, and stops at once when told', () => {
    const problem = randomJobShop(new Random(10), 20, 15);
    const values: number[] = [];
    const signal = { aborted: false };
    let cancelled = 0;
    const result = solve(problem, {
      deadline: 20_000,
      signal,
      onProgress: ({ value, seconds }) => {
        values.push(value);
        if (seconds > 0.2 || values.length > 5) {
          if (cancelled === 0) cancelled = spent();
          signal.aborted = true;
        }
      },
    });
    expect(spent() - cancelled).toBeLessThan(200);
    expect(result.ok && result.value.ending).toBe('cancelled');
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });

  it('keeps its deadline', () => {
    const problem = randomJobShop(new Random(12), 30, 20);
    const started = spent();
    const result = solve(problem, { deadline: 500 });
    expect(result.ok).toBe(true);
    expect(spent() - started).toBeLessThan(700);
  });

  it('plans jobs that stay on a machine for their next operation', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const random = new Random(seed);
      const base = randomJobShop(random, 3, 4);
      const jobs = base.jobs.map((job) => ({
        ...job,
        operations: job.operations.map((operation) => ({
          ...operation,
          modes: [{ machine: `M${random.below(2)}`, time: 1 + random.below(9) }],
        })),
      }));
      const problem = { ...base, jobs };
      const result = solve(problem, { seed, iterations: 1000 });
      expect(result.ok && check(problem, result.value.assignments)).toEqual([]);
    }
  });
});
