import { buildProblem } from '../domain/problem.ts';
import type { OrderInput } from '../domain/work.ts';
import type { SolveTask } from './messages.ts';

const DAY = 86_400_000;
const open = [{ start: 0, end: 60 * DAY }];
const KINDS = ['a', 'b', 'c'] as const;

/** Sixty late orders of six steps on nine stations with six people: more than any search finishes in a test. */
export function endlessTask(): SolveTask {
  const stations = KINDS.flatMap((kind) =>
    [1, 2, 3].map((n) => ({
      ...{ id: `${kind}${n}`, code: '', name: `${kind}${n}`, kind, open, steps: [] },
      ...{ attended: true, setupSeconds: 120 },
    })),
  );
  const people = [1, 2, 3, 4, 5, 6].map((n) => ({
    ...{ id: `p${n}`, name: `p${n}`, skills: [...KINDS], open },
  }));
  const orders = Array.from(
    { length: 60 },
    (_, n): OrderInput => ({
      ...{ id: `o${n}`, code: `o${n}`, kind: 'assemble', about: '', product: `x${n % 4}` },
      ...{ firm: false, priority: 1 + (n % 5), customer: '', imagined: false, due: n * 60_000 },
      operations: Array.from({ length: 6 }, (_, k) => ({
        ...{ id: `o${n}.${k}`, code: `S${k}`, name: { zh: '', en: '' }, kind: KINDS[k % 3] ?? 'a' },
        ...{ stdSeconds: 200 + ((n * 37 + k * 101) % 400), maxRework: 2 },
        ...{ state: 'waiting' as const, workedSeconds: 0 },
      })),
    }),
  );
  const settings = { transportSeconds: 30, freezeMinutes: 0, perShift: 0, perMove: 0 };
  const input = { now: 0, orders, stations, people, measured: new Map(), settings, usual: open };
  const wishes = { objective: 'due-dates', locks: [], keepsNear: false, seed: 1 } as const;
  const { problem, uncertainties } = buildProblem(input, wishes);
  return {
    ...({ kind: 'solve', problem, uncertainties } as const),
    ...{ warmStart: [], near: [], arrival: orders.map((o) => o.id) },
    ...{ seed: 1, iterations: 50_000_000, scenarios: 200, robust: false },
  };
}
