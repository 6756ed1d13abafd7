import { describe, expect, it } from 'vitest';
import { explain } from './explain.ts';
import type { Problem } from './model.ts';
import { Random } from './random.ts';
import { solve } from './solve.ts';
import { randomJobShop } from './testing/random-problems.ts';

describe('explain', () => {
  it('gives a critical path without gaps from the start to the last completion', () => {
    const random = new Random(41);
    for (let k = 0; k < 20; k++) {
      const problem = randomJobShop(random, 2 + random.below(6), 1 + random.below(5));
      const result = solve(problem, { iterations: 200 });
      if (!result.ok) throw new Error(result.problem.message);
      const { criticalPath } = explain(problem, result.value.assignments);
      expect(criticalPath[0]?.start).toBe(0);
      expect(criticalPath.at(-1)?.end).toBe(result.value.value);
      criticalPath.slice(1).forEach((step, i) => {
        expect(step.start).toBe(criticalPath[i]?.end);
        expect(step.behind).toBe(criticalPath[i]?.operation);
      });
    }
  });

  it('says why a job is late and what would help', () => {
    const problem: Problem = {
      machines: [
        { id: 'lathe', setups: { times: [{ from: 'x', to: 'y', time: 4 }] } },
        { id: 'mill' },
      ],
      jobs: [
        {
          id: 'A',
          operations: [{ id: 'a', family: 'x', modes: [{ machine: 'lathe', time: 10 }] }],
        },
        {
          id: 'B',
          due: 12,
          operations: [
            { id: 'b1', family: 'y', modes: [{ machine: 'lathe', time: 5 }] },
            { id: 'b2', modes: [{ machine: 'mill', time: 2 }] },
          ],
        },
      ],
      objective: { kind: 'makespan' },
    };
    const plan = [
      { operation: 'a', machine: 'lathe', start: 0, end: 10 },
      { operation: 'b1', machine: 'lathe', start: 14, end: 19 },
      { operation: 'b2', machine: 'mill', start: 19, end: 21 },
    ];
    const [late] = explain(problem, plan).lateJobs;
    expect(late).toMatchObject({ job: 'B', due: 12, completion: 21, late: 9 });
    expect(late?.chain.map((step) => step.cause)).toEqual(['release', 'setup', 'predecessor']);
    expect(late?.remedies).toEqual([
      { kind: 'machine', subject: 'lathe', upTo: 10 },
      { kind: 'setup', subject: 'lathe', upTo: 4 },
    ]);
  });
});
