import { describe, expect, it } from 'vitest';
import type { Problem } from './model.ts';
import { Random } from './random.ts';
import { drawScenarios, meanScenario, type Uncertainty, withScenarios } from './scenarios.ts';
import { simulate } from './simulate.ts';
import { solve } from './solve.ts';
import { randomAssembly, randomRichProblem } from './testing/random-problems.ts';

function uncertaintiesOf(problem: Problem): Uncertainty[] {
  return problem.jobs.flatMap((job) =>
    job.operations.map((operation, i) => ({
      operation: operation.id,
      spread: 0.3,
      chance: i % 3 === 1 ? 0.7 : 1,
      rework: { chance: 0.1, most: 2 },
    })),
  );
}

function planOf(problem: Problem, iterations = 300) {
  const result = solve(problem, { iterations });
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

describe('simulate', () => {
  it('carries out a plan at the stated times no later than planned', () => {
    const random = new Random(31);
    for (let k = 0; k < 40; k++) {
      const problem = randomRichProblem(random);
      const solved = solve(problem, { iterations: 200 });
      if (!solved.ok) continue;
      const { assignments } = solved.value;
      const forecast = simulate(problem, assignments, [{ factors: {} }]);
      if (!forecast.ok) throw new Error(forecast.problem.message);
      const planned = Math.max(...assignments.map((entry) => entry.end));
      // Operators are given out as they come free, which may differ from the plan where they are scarce.
      if (problem.operators === undefined) {
        expect(forecast.value.makespan.mean).toBeLessThanOrEqual(planned);
      }
    }
  });

  it('keeps quantiles in order and shares luck between plans', () => {
    const problem = randomAssembly(new Random(32), 5, 3);
    const scenarios = drawScenarios(uncertaintiesOf(problem), { count: 200, seed: 5 });
    const plan = planOf(problem).assignments;
    const one = simulate(problem, plan, scenarios);
    const two = simulate(problem, plan, scenarios);
    expect(two).toEqual(one);
    if (!one.ok) throw new Error(one.problem.message);
    for (const job of one.value.jobs) expect(job.p50).toBeLessThanOrEqual(job.p90);
    const { makespan } = one.value;
    expect(makespan.p50).toBeLessThanOrEqual(makespan.p90);
    expect(makespan.p90).toBeLessThanOrEqual(makespan.cvar90);
    expect(makespan.halfWidth).toBeGreaterThan(0);
  });

  it('agrees with exact enumeration on a chain with findings', () => {
    const problem: Problem = {
      machines: [{ id: 'm' }],
      jobs: [
        {
          id: 'J',
          operations: [0, 1, 2].map((i) => ({ id: `o${i}`, modes: [{ machine: 'm', time: 10 }] })),
        },
      ],
      objective: { kind: 'makespan' },
    };
    const chances = [1, 0.5, 0.3];
    const uncertain = chances.map((chance, i) => ({ operation: `o${i}`, chance }));
    const scenarios = drawScenarios(uncertain, { count: 20_000, seed: 1 });
    const forecast = simulate(problem, planOf(problem, 5).assignments, scenarios);
    if (!forecast.ok) throw new Error(forecast.problem.message);
    const { mean, halfWidth } = forecast.value.makespan;
    expect(Math.abs(mean - 18)).toBeLessThan(2 * halfWidth);
    const expected = meanScenario(uncertain).factors;
    expect(expected).toEqual({ o0: 1, o1: 0.5, o2: 0.3 });
  });

  it('names the operations a plan leaves out', () => {
    const problem = randomAssembly(new Random(33), 2, 2);
    const result = simulate(problem, planOf(problem).assignments.slice(1), [{ factors: {} }]);
    expect(result.ok).toBe(false);
  });
});

describe('scenarios', () => {
  it('give an operation the same luck whatever else is uncertain', () => {
    const a = drawScenarios([{ operation: 'x', spread: 0.5 }], { count: 20, seed: 3 });
    const b = drawScenarios(
      [
        { operation: 'y', spread: 1 },
        { operation: 'x', spread: 0.5 },
      ],
      { count: 20, seed: 3 },
    );
    expect(b.map((s) => s.factors.x)).toEqual(a.map((s) => s.factors.x));
  });

  it('have mean one under spread alone', () => {
    const drawn = drawScenarios([{ operation: 'x', spread: 0.4 }], { count: 20_000, seed: 2 });
    const mean = drawn.reduce((sum, s) => sum + (s.factors.x ?? 0), 0) / drawn.length;
    expect(mean).toBeGreaterThan(0.98);
    expect(mean).toBeLessThan(1.02);
  });

  it('make a plan for the bad days no worse in the tail than a plan for the mean', () => {
    const problem = randomAssembly(new Random(34), 5, 3);
    const scenarios = drawScenarios(uncertaintiesOf(problem), { count: 20, seed: 8 });
    const tail = {
      ...withScenarios(problem, scenarios),
      objective: { kind: 'cvar', of: 'makespan', level: 0.8 },
    } as const;
    const plain = planOf(problem, 3000);
    const start = solve(tail, { iterations: 1, warmStart: plain.assignments });
    const careful = solve(tail, { iterations: 3000, warmStart: plain.assignments });
    if (!start.ok || !careful.ok) throw new Error('Both must be solved.');
    expect(careful.value.value).toBeLessThanOrEqual(start.value.value);
  });
});
