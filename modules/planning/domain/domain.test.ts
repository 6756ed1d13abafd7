import { checkLinePlan, solveLine } from '@zaizao/disassembly';
import { type Assignment, check, type Problem, solve } from '@zaizao/scheduling';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { merged, openSpans, openTime, type Span, without } from './calendar.ts';
import { cycleMs, lineProblem, paced, tensPrecede } from './line.ts';
import { buildProblem } from './problem.ts';
import { propagate } from './propagate.ts';
import type { OrderInput, StationInput, WorkInput } from './work.ts';

const HOUR = 3_600_000;
const MONDAY = Date.parse('2026-03-02T00:00:00Z');

describe('opening times', () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 60 }))
    .map(([start, length]): Span => ({ start, end: start + length }));
  const spans = fc.array(span, { maxLength: 12 });

  test('law: what is taken out and what is left make up the whole, and do not meet', () => {
    fc.assert(
      fc.property(spans, spans, (open, closed) => {
        const all = merged(open);
        const left = without(all, closed);
        const gone = merged(closed);
        for (let t = 0; t < 600; t++) {
          const inside = (s: readonly Span[]) => s.some((x) => x.start <= t && t < x.end);
          expect(inside(left)).toBe(inside(all) && !inside(gone));
        }
        expect(openTime(left, 0, 600)).toBeLessThanOrEqual(openTime(all, 0, 600));
      }),
    );
  });

  test('a night shift is one span across midnight; a special day replaces its shifts', () => {
    const shifts = [{ name: '夜', weekdays: [1, 2, 3, 4, 5], from: 1320, to: 1800 }];
    const days = [{ day: '2026-03-03', name: '', shifts: [{ from: 480, to: 540 }] }];
    const open = openSpans({ shifts, days }, 'UTC', MONDAY, MONDAY + 48 * HOUR);
    expect(open.map((s) => [(s.start - MONDAY) / HOUR, (s.end - MONDAY) / HOUR])).toEqual([
      [22, 30],
      [32, 33],
    ]);
  });
});

/** A shop that is open around the clock, with two of everything but people. */
function shop(orders: readonly OrderInput[], more: Partial<WorkInput> = {}): WorkInput {
  const open = [{ start: MONDAY, end: MONDAY + 1000 * HOUR }];
  const station = (id: string, kind: string): StationInput => ({
    ...{ id, code: id, name: id, kind, open, steps: [] },
    ...{ attended: true, setupSeconds: 60 },
  });
  return {
    now: MONDAY,
    orders,
    stations: [station('A1', 'a'), station('A2', 'a'), station('B1', 'b')],
    people: [
      { id: 'p1', name: 'p1', skills: ['a'], open },
      { id: 'p2', name: 'p2', skills: ['a', 'b'], open },
    ],
    measured: new Map(),
    settings: { transportSeconds: 30, freezeMinutes: 30, perShift: 0.05, perMove: 0.1 },
    usual: open,
    ...more,
  };
}

function order(id: string, product: string, seconds: readonly number[]): OrderInput {
  return {
    ...{ id, code: id, kind: 'assemble', about: id, product, firm: false, priority: 2 },
    ...{ customer: '', imagined: false },
    operations: seconds.map((s, n) => ({
      ...{ id: `${id}.${n}`, code: `S${n}`, name: { zh: '', en: '' }, kind: n % 2 ? 'b' : 'a' },
      ...{ stdSeconds: s, maxRework: 2, state: 'waiting' as const, workedSeconds: 0 },
    })),
  };
}

const WISHES = { objective: 'due-dates', locks: [], keepsNear: true, seed: 1 } as const;

function solved(problem: Problem): readonly Assignment[] {
  const result = solve(problem, { seed: 1, iterations: 60 });
  if (!result.ok) throw new Error(result.problem.message);
  return result.value.assignments;
}

const anyOrders = fc
  .array(fc.array(fc.integer({ min: 5, max: 900 }), { minLength: 1, maxLength: 5 }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((all) => all.map((s, n) => order(`o${n}`, n % 2 ? 'x' : 'y', s)));

describe('a problem from open work', () => {
  test('law: every solved problem passes the independent checker', () => {
    fc.assert(
      fc.property(anyOrders, (orders) => {
        const { problem } = buildProblem(shop(orders), WISHES);
        expect(check(problem, solved(problem))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('measured times win over the standard, the standard over the assumption', () => {
    const measured = new Map([
      ['S0', { attempts: 7, failed: 1, mean: 42, deviation: 4 }],
      ['S1', { attempts: 4, failed: 0, mean: 42, deviation: 4 }],
    ]);
    const one = order('o', 'x', [10, 20, 30]);
    const bare = one.operations.map((o, n) => (n === 2 ? { ...o, stdSeconds: undefined } : o));
    const built = buildProblem(shop([{ ...one, operations: bare }], { measured }), WISHES);
    expect(built.board.operations.map((o) => [o.basis, o.seconds])).toEqual([
      ['measured', 42],
      ['standard', 20],
      ['assumed', 900],
    ]);
    expect(built.uncertainties[0]).toMatchObject({ rework: { chance: 1 / 7, most: 2 } });
  });

  test('what runs stands with what is left; two on one station do not both', () => {
    const run = (id: string) => {
      const o = order(id, 'x', [600, 60]);
      const operations = o.operations.map((x, n) =>
        n === 0 ? { ...x, state: 'started' as const, stationId: 'A1', workedSeconds: 500 } : x,
      );
      return { ...o, operations };
    };
    const built = buildProblem(shop([run('r1'), run('r2')]), WISHES);
    const frozen = built.problem.jobs.flatMap((j) => j.operations).filter((o) => o.frozen);
    expect(frozen.map((o) => [o.id, o.frozen])).toEqual([['r1.0', { machine: 'A1', start: 0 }]]);
    expect(built.board.operations.find((o) => o.id === 'r2.0')).toMatchObject({ seconds: 100 });
    expect(check(built.problem, solved(built.problem))).toEqual([]);
  });

  test('a kind of station that nobody set up is missing for a real order, outside for an imagined one', () => {
    const odd = order('o', 'x', [10]);
    const oven = odd.operations.map((o) => ({ ...o, kind: 'oven' }));
    const real = buildProblem(shop([{ ...odd, operations: oven }]), WISHES);
    expect(real.missing).toEqual([{ kind: 'oven', operations: ['o.0'] }]);
    const dream = buildProblem(shop([{ ...odd, operations: oven, imagined: true }]), WISHES);
    expect(dream.missing).toEqual([]);
    expect(check(dream.problem, solved(dream.problem))).toEqual([]);
  });
});

describe('a move by hand', () => {
  test('law: pushing what is in the way makes every later move feasible, and moves nothing earlier', () => {
    const move = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 5000 }), fc.boolean());
    fc.assert(
      fc.property(anyOrders, move, (orders, [which, by, other]) => {
        const { problem } = buildProblem(shop(orders), WISHES);
        const plan = solved(problem);
        const target = plan[which % plan.length];
        if (!target) return;
        const modes = problem.jobs
          .flatMap((j) => j.operations)
          .find((o) => o.id === target.operation);
        const machine = other ? (modes?.modes.at(-1)?.machine ?? '') : target.machine;
        const start = target.start + by;
        const after = propagate(problem, plan, { operation: target.operation, machine, start });
        expect(check(problem, after)).toEqual([]);
        const before = new Map(plan.map((a) => [a.operation, a.start]));
        for (const a of after) expect(a.start).toBeGreaterThanOrEqual(before.get(a.operation) ?? 0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a flow line', () => {
  test('takt, cycle and benches: a step longer than the cycle is shared', () => {
    expect(cycleMs(4000, 51_840, 8)).toBe(103_680);
    const step = { id: 's', name: { zh: '', en: '' }, kind: 'a', seconds: 300, after: [] };
    expect(paced([step], 103_680)[0]).toMatchObject({ benches: 3, paced: 100 });
  });

  test('law: every balance passes its checker and no station is over the cycle', () => {
    const seconds = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(seconds, fc.integer({ min: 50, max: 300 }), (times, cycleSeconds) => {
        const rows = times.map((s, n) => ({ seq: (n + 1) * 5, id: `s${n}`, seconds: s }));
        const before = tensPrecede(rows);
        const cycle = cycleSeconds * 1000;
        const steps = rows.map((r) => ({
          ...{ id: r.id, name: { zh: '', en: '' }, kind: 'a', seconds: r.seconds },
          after: before.get(r.id) ?? [],
        }));
        const problem = lineProblem(paced(steps, cycle), cycle);
        const plan = solveLine(problem, { seed: 1, iterations: 100 });
        expect(plan.ok && checkLinePlan(problem, plan.value.stations).faults).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
