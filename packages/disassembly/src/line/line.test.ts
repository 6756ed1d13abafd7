import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dataFolder, lineCases } from '../bench/sets.ts';
import { checkLinePlan } from './check.ts';
import type { LineProblem, LineTask, LineValue } from './problem.ts';
import { solveLine, solveLineAsync } from './solve.ts';

const order = (value: LineValue): number[] => [
  value.stations,
  value.smoothness,
  value.hazard,
  value.demand,
  value.turns,
];

function less(a: readonly number[], b: readonly number[]): boolean {
  for (const [k, value] of a.entries()) if (value !== b[k]) return value < (b[k] ?? 0);
  return false;
}

/** The best value over every order and every way to cut it into stations. */
function bruteForce(problem: LineProblem): number[] {
  let best: number[] = [];
  const tasks = problem.tasks.map(({ id }) => id);
  const permute = (rest: string[], chosen: string[]): void => {
    if (rest.length === 0) {
      for (let cuts = 0; cuts < 2 ** (chosen.length - 1); cuts++) {
        const stations: string[][] = [[]];
        for (const [k, id] of chosen.entries()) {
          if (k > 0 && (cuts & (1 << (k - 1))) !== 0) stations.push([]);
          stations.at(-1)?.push(id);
        }
        const check = checkLinePlan(problem, stations);
        if (check.faults.length > 0) continue;
        const value = order(check.value);
        if (best.length === 0 || less(value, best)) best = value;
      }
      return;
    }
    for (const id of rest)
      permute(
        rest.filter((other) => other !== id),
        [...chosen, id],
      );
  };
  permute(tasks, []);
  return best;
}

const tinyLine: fc.Arbitrary<LineProblem> = fc
  .array(
    fc.record({
      time: fc.integer({ min: 0, max: 10 }),
      hazardous: fc.boolean(),
      demand: fc.nat(3),
      direction: fc.constantFrom('+x', '-x', '+z'),
      waits: fc.array(fc.nat(4), { maxLength: 2 }),
      any: fc.array(fc.nat(4), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((rows) => ({
    cycleTime: 12,
    tasks: rows.map((row, index): LineTask => {
      const any = row.any.filter((other) => other < index).map((other) => `t${other}`);
      return {
        id: `t${index}`,
        time: row.time,
        hazardous: row.hazardous,
        demand: row.demand,
        direction: row.direction,
        after: row.waits.filter((other) => other < index).map((other) => `t${other}`),
        ...(any.length > 0 ? { afterAny: [any] } : {}),
      };
    }),
  }));

const plain = (id: string, time: number, after: string[] = []): LineTask => ({
  id,
  time,
  hazardous: false,
  demand: 0,
  after,
});

/** Most are proved within tens of milliseconds, all within one second of a machine with nothing else to do. */
const PATIENT_MS = 5000;

/** Processor time of this thread in ms: what others on the machine take of it does not count. */
function spent(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

describe('line balancing', () => {
  test('equals brute force, lexicographically', () => {
    fc.assert(
      fc.property(tinyLine, (problem) => {
        const result = solveLine(problem, { iterations: 100_000 });
        if (!result.ok) throw new Error(result.problem.message);
        const check = checkLinePlan(problem, result.value.stations);
        expect(check.faults).toEqual([]);
        expect(order(check.value)).toEqual(order(result.value.value));
        expect(result.value.status).toBe('optimal');
        expect(order(result.value.value)).toEqual(bruteForce(problem));
      }),
      { numRuns: 80 },
    );
  });

  test('a bound is never above the value, whatever the budget, and more budget is no worse', () => {
    const tasks = Array.from({ length: 40 }, (_, k) => ({
      ...plain(`t${k}`, 7 + ((k * 37) % 41), k > 4 ? [`t${k - 5}`] : []),
      demand: k % 3,
      hazardous: k % 11 === 0,
      direction: ['+x', '-x', '+y'][k % 3] ?? '+x',
    }));
    let last: number[] | undefined;
    for (const iterations of [0, 50, 2000, 20_000]) {
      const result = solveLine({ cycleTime: 90, tasks }, { iterations });
      if (!result.ok) throw new Error(result.problem.message);
      const value = order(result.value.value);
      expect(less(value, order(result.value.bound))).toBe(false);
      if (last) expect(less(last, value)).toBe(false);
      last = value;
    }
    const again = solveLine({ cycleTime: 90, tasks }, { iterations: 20_000 });
    expect(again.ok ? order(again.value.value) : []).toEqual(last);
  });

  test('golden: equal parts in the a-priori manner balance perfectly, n = 8 … 80', {
    retry: 3,
  }, () => {
    for (let n = 8; n <= 80; n += 4) {
      const tasks = Array.from({ length: n }, (_, k): LineTask => {
        const kind = Math.floor((4 * k) / n);
        return {
          id: `${k + 1}`,
          time: [3, 5, 7, 11][kind] ?? 3,
          hazardous: k === n - 1,
          demand: k === (3 * n) / 4 - 1 ? 1 : 0,
          after: [],
        };
      });
      const result = solveLine({ cycleTime: 26, tasks }, { deadlineMs: PATIENT_MS });
      if (!result.ok) throw new Error(result.problem.message);
      expect(result.value.status).toBe('optimal');
      expect(order(result.value.value)).toEqual([n / 4, 0, 1, 2, 0]);
    }
  });

  const cases = lineCases().flatMap((entry) => ('problem' in entry ? [entry] : []));
  test.skipIf(cases.length === 0)(`published sets (${dataFolder()}; skipped when absent)`, () => {
    for (const { problem, reference, withoutPrecedence } of cases) {
      const result = solveLine(problem, { deadlineMs: PATIENT_MS });
      if (!result.ok) throw new Error(result.problem.message);
      const known = reference.slice(0, withoutPrecedence ? 2 : 4);
      expect(order(result.value.value).slice(0, known.length)).toEqual(known);
      expect(checkLinePlan(problem, result.value.stations).faults).toEqual([]);
    }
  });

  test('refuses malformed lines by cause', () => {
    const problemOf = (tasks: LineTask[], cycleTime = 10) => {
      const result = solveLine({ cycleTime, tasks });
      return result.ok ? undefined : [result.problem.code, [...result.problem.at].sort()];
    };
    expect(problemOf([])).toEqual(['EMPTY', []]);
    expect(problemOf([plain('a', 1)], 0)).toEqual(['NEGATIVE', []]);
    expect(problemOf([plain('a', -1)])).toEqual(['NEGATIVE', ['a']]);
    expect(problemOf([plain('a', Number.NaN)])).toEqual(['NOT_A_NUMBER', ['a']]);
    expect(problemOf([plain('a', 11)])).toEqual(['TASK_EXCEEDS_CYCLE', ['a']]);
    expect(problemOf([plain('a', 1), plain('a', 1)])).toEqual(['DUPLICATE_ID', ['a']]);
    expect(problemOf([plain('a', 1, ['x'])])).toEqual(['UNKNOWN_ID', ['a', 'x']]);
    expect(
      problemOf([plain('a', 1, ['b']), plain('b', 1, ['c']), plain('c', 1, ['b']), plain('d', 1)]),
    ).toEqual(['CYCLE', ['b', 'c']]);
    const either = { ...plain('a', 1), afterAny: [['b', 'c']] };
    expect(problemOf([either, plain('b', 1, ['a']), plain('c', 1, ['a'])])).toEqual([
      'CYCLE',
      ['a', 'b'],
    ]);
    expect(problemOf([either, plain('b', 1), plain('c', 1, ['a'])])).toBeUndefined();
  });

  test('keeps its deadline and stops within 50 ms of a signal', async () => {
    const tasks = Array.from({ length: 120 }, (_, k) => ({
      ...plain(`t${k}`, 5 + ((k * k * 31) % 47), k > 9 ? [`t${(k * 7) % 10}`] : []),
      demand: (k * 5) % 4,
      direction: ['+x', '-x', '+y', '-y'][(k * 3) % 4] ?? '+x',
    }));
    const started = spent();
    solveLine({ cycleTime: 100, tasks }, { deadlineMs: 500 });
    expect(spent() - started).toBeLessThan(650);
    const stop = new AbortController();
    let abortedAt = 0;
    setTimeout(() => {
      abortedAt = spent();
      stop.abort();
    }, 200);
    const result = await solveLineAsync(
      { cycleTime: 100, tasks },
      { deadlineMs: 20_000, signal: stop.signal },
    );
    expect(result.ok && result.value.stoppedBy).toBe('cancelled');
    expect(spent() - abortedAt).toBeLessThan(100);
  });
});
