import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import type { Assignment, Problem } from './model.ts';
import { Random } from './random.ts';
import { solve } from './solve.ts';
import { randomRichProblem } from './testing/random-problems.ts';

const problem: Problem = {
  machines: [
    {
      id: 'lathe',
      calendar: [{ start: 0, end: 100 }],
      setups: { initial: 'a', times: [{ from: 'a', to: 'b', time: 3 }] },
    },
    { id: 'oven', batch: { capacity: 2 } },
    { id: 'line', buffer: 0 },
  ],
  operators: [{ id: 'Ann', skills: ['turn'] }],
  transport: [{ from: 'lathe', to: 'oven', time: 2 }],
  jobs: [
    {
      id: 'A',
      release: 1,
      deadline: 60,
      operations: [
        { id: 'a1', modes: [{ machine: 'lathe', time: 5, skill: 'turn' }], family: 'a' },
        { id: 'a2', modes: [{ machine: 'oven', time: 10 }], family: 'h' },
        { id: 'a3', modes: [{ machine: 'line', time: 4 }] },
        { id: 'a4', modes: [{ machine: 'lathe', time: 2 }], family: 'a' },
      ],
    },
    {
      id: 'B',
      operations: [
        { id: 'b1', modes: [{ machine: 'lathe', time: 5, skill: 'turn' }], family: 'b' },
        { id: 'b2', modes: [{ machine: 'oven', time: 10 }], family: 'h' },
        { id: 'b3', modes: [{ machine: 'line', time: 4 }] },
      ],
    },
  ],
  objective: { kind: 'makespan' },
};

const right: Assignment[] = [
  { operation: 'a1', machine: 'lathe', start: 1, end: 6, operator: 'Ann' },
  { operation: 'b1', machine: 'lathe', start: 9, end: 14, operator: 'Ann' },
  { operation: 'a2', machine: 'oven', start: 16, end: 26 },
  { operation: 'b2', machine: 'oven', start: 16, end: 26 },
  { operation: 'a3', machine: 'line', start: 26, end: 30 },
  { operation: 'a4', machine: 'lathe', start: 30, end: 32 },
  { operation: 'b3', machine: 'line', start: 30, end: 34 },
];

function rules(change: Record<string, Partial<Assignment>>, claimed?: number): string[] {
  const plan = right.map((entry) => ({ ...entry, ...change[entry.operation] }));
  return check(problem, plan, claimed).map((violation) => violation.rule);
}

describe('check', () => {
  it('accepts a right schedule and its value', () => {
    expect(check(problem, right, 34)).toEqual([]);
    expect(rules({}, 33)).toEqual(['value']);
  });

  it.each<[string, Record<string, Partial<Assignment>>]>([
    ['release', { a1: { start: 0, end: 5 } }],
    ['duration', { a1: { end: 7 } }],
    ['setup', { b1: { start: 8, end: 13 } }],
    ['machine', { b1: { start: 5, end: 10 } }],
    ['operator', { a1: { operator: 'Bo' } }],
    ['precedence', { a2: { start: 7, end: 17 } }],
    ['batch', { a2: { start: 15, end: 25 }, b2: { start: 15, end: 25 } }],
    ['blocking', { a4: { start: 31, end: 33 } }],
    ['calendar', { a4: { start: 99, end: 101 } }],
    ['deadline', { a4: { start: 60, end: 62 } }],
    ['mode', { a4: { machine: 'oven' } }],
  ])('finds a broken rule: %s', (rule, change) => {
    if (rule === 'batch') {
      const tight = {
        ...problem,
        machines: problem.machines.map((m) =>
          m.id === 'oven' ? { id: 'oven', batch: { capacity: 1 } } : m,
        ),
      };
      expect(check(tight, right).map((violation) => violation.rule)).toContain('batch');
    } else expect(rules(change)).toContain(rule);
  });

  it('finds what is missing and what is too much', () => {
    expect(check(problem, right.slice(1)).map((v) => v.rule)).toEqual(['missing']);
    const extra = { operation: 'zz', machine: 'oven', start: 0, end: 1 };
    expect(check(problem, [...right, extra]).map((v) => v.rule)).toEqual(['unknown']);
  });

  it('notices when any operation of a good schedule starts one unit too early', () => {
    const random = new Random(21);
    for (let k = 0; k < 20; k++) {
      const rich = randomRichProblem(random);
      // Semi-active schedules of a makespan problem without calendars leave no slack to the left.
      const bare: Problem = {
        ...rich,
        machines: rich.machines.map(({ id }) => ({ id })),
        operators: [],
        jobs: rich.jobs.map((job) => ({
          ...job,
          operations: job.operations.map((operation) => ({
            ...operation,
            modes: operation.modes.map(({ machine, time }) => ({ machine, time })),
          })),
        })),
      };
      const result = solve(bare, { iterations: 50 });
      if (!result.ok) throw new Error(result.problem.message);
      const { assignments } = result.value;
      for (const moved of assignments) {
        const plan = assignments.map((entry) =>
          entry === moved ? { ...entry, start: entry.start - 1, end: entry.end - 1 } : entry,
        );
        expect(check(bare, plan)).not.toEqual([]);
      }
    }
  });
});
