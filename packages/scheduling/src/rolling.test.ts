import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import type { Problem } from './model.ts';
import { Random } from './random.ts';
import { rollForward } from './rolling.ts';
import { solve } from './solve.ts';
import { randomAssembly } from './testing/random-problems.ts';

function planOf(problem: Problem, warmStart?: Parameters<typeof rollForward>[1]) {
  const result = solve(problem, { iterations: 2000, ...(warmStart ? { warmStart } : {}) });
  if (!result.ok) throw new Error(result.problem.message);
  expect(check(problem, result.value.assignments, result.value.value)).toEqual([]);
  return result.value.assignments;
}

describe('rollForward', () => {
  it('keeps what has begun and starts nothing else in the past', () => {
    const random = new Random(51);
    for (let k = 0; k < 10; k++) {
      const problem = randomAssembly(random, 4, 3);
      const before = planOf(problem);
      const now = Math.floor(Math.max(...before.map((entry) => entry.end)) / 2);
      const rush = { id: 'R', operations: [{ id: 'R.1', modes: [{ machine: 'M0', time: 4 }] }] };
      const changed = { ...problem, jobs: [...problem.jobs, rush] };
      const next = rollForward(changed, before, { now, stability: { perShift: 0.1, perMove: 1 } });
      const after = new Map(planOf(next, before).map((entry) => [entry.operation, entry]));
      for (const entry of before) {
        const now2 = after.get(entry.operation);
        if (entry.start < now)
          expect(now2).toMatchObject({ start: entry.start, machine: entry.machine });
        else expect(now2?.start).toBeGreaterThanOrEqual(now);
      }
      expect(after.get('R.1')?.start).toBeGreaterThanOrEqual(now);
    }
  });

  it('leaves a plan alone when nothing has changed and change has a price', () => {
    const problem = randomAssembly(new Random(52), 4, 3);
    const before = planOf(problem);
    const next = rollForward(problem, before, {
      now: 0,
      stability: { perShift: 1000, perMove: 1000 },
    });
    const moved = planOf(next, before).filter((entry) =>
      before.every((old) => old.operation !== entry.operation || old.start !== entry.start),
    );
    expect(moved).toEqual([]);
  });

  it('lets go of a coming freeze on a machine that has broken', () => {
    const problem: Problem = {
      machines: [{ id: 'M0' }, { id: 'M1' }],
      jobs: ['A', 'B'].map((id) => ({
        id,
        operations: [
          {
            id: `${id}.1`,
            modes: [
              { machine: 'M0', time: 10 },
              { machine: 'M1', time: 14 },
            ],
          },
        ],
      })),
      objective: { kind: 'makespan' },
    };
    const before = [
      { operation: 'A.1', machine: 'M0', start: 0, end: 10 },
      { operation: 'B.1', machine: 'M0', start: 10, end: 20 },
    ];
    const broken = {
      ...problem,
      machines: [
        {
          id: 'M0',
          calendar: [
            { start: 0, end: 10 },
            { start: 90, end: 200 },
          ],
        },
        { id: 'M1' },
      ],
    };
    const next = rollForward(broken, before, { now: 5, frozenUntil: 30 });
    expect(planOf(next).find((entry) => entry.operation === 'B.1')).toMatchObject({
      machine: 'M1',
      start: 5,
    });
  });
});
