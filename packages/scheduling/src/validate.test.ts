import { describe, expect, it } from 'vitest';
import type { Operation, Problem } from './model.ts';
import { solve } from './solve.ts';
import { MAX_OPERATIONS } from './validate.ts';

const two: Problem = {
  machines: [{ id: 'saw' }, { id: 'oven' }],
  jobs: [
    {
      id: 'A',
      operations: [
        { id: 'a1', modes: [{ machine: 'saw', time: 3 }] },
        { id: 'a2', modes: [{ machine: 'oven', time: 4 }] },
      ],
    },
    { id: 'B', operations: [{ id: 'b1', modes: [{ machine: 'saw', time: 5 }] }] },
  ],
  objective: { kind: 'makespan' },
};

function withOperation(change: Partial<Operation>): Problem {
  const [first, ...others] = two.jobs;
  if (first === undefined) throw new Error('The problem has jobs.');
  const operations = first.operations.map((operation) =>
    operation.id === 'a2' ? { ...operation, ...change } : operation,
  );
  return { ...two, jobs: [{ ...first, operations }, ...others] };
}

function problemOf(problem: Problem) {
  const result = solve(problem, { iterations: 50 });
  if (result.ok) throw new Error('A problem was expected.');
  return result.problem;
}

describe('wrong input', () => {
  it.each<[string, string, Problem, string]>([
    ['no operation', 'EMPTY_PROBLEM', { ...two, jobs: [] }, ''],
    [
      'an unknown machine',
      'UNKNOWN_MACHINE',
      withOperation({ modes: [{ machine: 'kiln', time: 1 }] }),
      'kiln',
    ],
    ['a zero time', 'BAD_TIME', withOperation({ modes: [{ machine: 'oven', time: 0 }] }), 'a2'],
    [
      'a negative time',
      'BAD_TIME',
      withOperation({ modes: [{ machine: 'oven', time: -4 }] }),
      'a2',
    ],
    ['a fraction', 'BAD_TIME', withOperation({ modes: [{ machine: 'oven', time: 1.5 }] }), 'a2'],
    ['no machine at all', 'NO_MODES', withOperation({ modes: [] }), 'a2'],
    ['an unknown predecessor', 'UNKNOWN_OPERATION', withOperation({ after: ['zz'] }), 'zz'],
    ['an identifier used twice', 'DUPLICATE_ID', withOperation({ id: 'b1' }), 'b1'],
    [
      'a missing skill',
      'UNKNOWN_SKILL',
      withOperation({ modes: [{ machine: 'oven', time: 4, skill: 'fire' }] }),
      'fire',
    ],
    [
      'a freeze on a machine that cannot do it',
      'CONTRADICTORY_FREEZES',
      withOperation({ frozen: { machine: 'saw', start: 0 } }),
      'a2',
    ],
    [
      'a calendar without room',
      'IMPOSSIBLE_CALENDAR',
      { ...two, machines: [{ id: 'saw' }, { id: 'oven', calendar: [{ start: 0, end: 3 }] }] },
      'a2',
    ],
    [
      'windows that overlap',
      'BAD_CALENDAR',
      {
        ...two,
        machines: [
          { id: 'saw' },
          {
            id: 'oven',
            calendar: [
              { start: 0, end: 9 },
              { start: 5, end: 12 },
            ],
          },
        ],
      },
      'oven',
    ],
    [
      'a batch too small',
      'BATCH_TOO_SMALL',
      {
        ...withOperation({ size: 3 }),
        machines: [{ id: 'saw' }, { id: 'oven', batch: { capacity: 2 } }],
      },
      'a2',
    ],
    [
      'a tail mean without scenarios',
      'BAD_OBJECTIVE',
      { ...two, objective: { kind: 'cvar', of: 'makespan', level: 0.9 } },
      '',
    ],
    [
      'a scenario for nothing',
      'BAD_SCENARIO',
      { ...two, scenarios: [{ factors: { zz: 1 } }] },
      'zz',
    ],
  ])('names %s', (_what, code, problem, subject) => {
    const found = problemOf(problem);
    expect(found.code).toBe(code);
    if (subject !== '') expect(found.subjects).toContain(subject);
  });

  it('names the operations of a cycle in order', () => {
    const problem = withOperation({ after: ['a1'] });
    const [first, ...others] = problem.jobs;
    const operations = first?.operations.map((operation) =>
      operation.id === 'a1' ? { ...operation, after: ['a2'] } : operation,
    );
    const found = problemOf({
      ...problem,
      jobs: [{ id: 'A', operations: operations ?? [] }, ...others],
    });
    expect(found.code).toBe('PRECEDENCE_CYCLE');
    expect([...found.subjects].sort()).toEqual(['a1', 'a2']);
  });

  it('refuses more operations than it can plan, quickly', () => {
    const operations = Array.from({ length: 2 * MAX_OPERATIONS }, (_, i) => ({
      id: `x${i}`,
      modes: [{ machine: 'saw', time: 1 }],
    }));
    const started = process.threadCpuUsage();
    expect(problemOf({ ...two, jobs: [{ id: 'A', operations }] }).code).toBe('TOO_LARGE');
    // processor time, of which nobody else takes any
    expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(500);
  });
});

describe('contradictions', () => {
  it('names a minimal set of freezes', () => {
    const frozen = (start: number) => ({ machine: 'saw', start });
    const jobs = [0, 10, 12, 30].map((start, i) => ({
      id: `J${i}`,
      operations: [{ id: `o${i}`, modes: [{ machine: 'saw', time: 5 }], frozen: frozen(start) }],
    }));
    const found = problemOf({ machines: [{ id: 'saw' }], jobs, objective: { kind: 'makespan' } });
    expect(found.code).toBe('CONTRADICTORY_FREEZES');
    expect(found.subjects).toEqual(['o1 frozen on saw at 10', 'o2 frozen on saw at 12']);
  });

  it('names a minimal set of releases and deadlines on an overloaded machine', () => {
    const job = (id: string, release: number, deadline: number) => ({
      id,
      release,
      deadline,
      operations: [{ id: `${id}.1`, modes: [{ machine: 'saw', time: 10 }] }],
    });
    const jobs = [job('A', 0, 100), job('B', 5, 24), job('C', 5, 24), job('D', 0, 90)];
    const found = problemOf({ machines: [{ id: 'saw' }], jobs, objective: { kind: 'makespan' } });
    expect(found.code).toBe('INFEASIBLE');
    expect([...found.subjects].sort()).toEqual([
      'B done by 24',
      'B not before 5',
      'C done by 24',
      'C not before 5',
    ]);
  });

  it('names a freeze that leaves no time for what comes before it', () => {
    const found = problemOf(withOperation({ frozen: { machine: 'oven', start: 2 } }));
    expect(found.code).toBe('CONTRADICTORY_FREEZES');
    expect(found.subjects).toEqual(['a2 frozen on oven at 2']);
  });

  it('says what is broken when it finds no schedule but has no proof', () => {
    // Two machines without waiting room, whose jobs must change places.
    const cross = (id: string, from: string, to: string) => ({
      id,
      deadline: 12,
      operations: [
        { id: `${id}.1`, modes: [{ machine: from, time: 5 }] },
        { id: `${id}.2`, modes: [{ machine: to, time: 5 }] },
      ],
    });
    const found = problemOf({
      machines: [
        { id: 'saw', buffer: 0 },
        { id: 'oven', buffer: 0 },
      ],
      jobs: [cross('A', 'saw', 'oven'), cross('B', 'oven', 'saw')],
      objective: { kind: 'makespan' },
    });
    expect(found.code).toBe('NO_SCHEDULE_FOUND');
    expect(found.message).toContain('deadline' in found ? 'never' : 'ends at');
  });
});
