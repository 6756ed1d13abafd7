import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadHighs } from '../bench/highs.ts';
import { writeGraphLp } from '../bench/linear-programme.ts';
import { randomGraph } from '../bench/random-graph.ts';
import { checkGraphPlan, checkSetupPlan } from './check.ts';
import type { AndOrGraph } from './problem.ts';
import { solveGraphWithSetups, solveGraphWithSetupsAsync } from './setups.ts';
import { solveGraph } from './solve.ts';

/** Best profit by trying every choice, written over ids and recursion only. */
function bruteForce(graph: AndOrGraph, item: string): number {
  const keep = graph.items.find(({ id }) => id === item)?.keepValue;
  let best = keep === null || keep === undefined ? Number.NEGATIVE_INFINITY : keep;
  for (const action of graph.actions) {
    if (action.from !== item) continue;
    const price =
      action.cost +
      ((action.seconds ?? 0) * (graph.labourPrice ?? 0)) / 3600 +
      (action.hazard ?? 0) * (graph.hazardPrice ?? 0);
    const ends =
      action.kind === 'inspect'
        ? action.outcomes.map((outcome) => outcome.probability * bruteForce(graph, outcome.item))
        : action.yields.map((part) => (part.quantity ?? 1) * bruteForce(graph, part.item));
    best = Math.max(
      best,
      ends.reduce((sum, worth) => sum + worth, -price),
    );
  }
  return best;
}

function solved(graph: AndOrGraph) {
  const result = solveGraph(graph);
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

const smallGraph = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  size: fc.integer({ min: 4, max: 8 }),
  actions: fc.integer({ min: 4, max: 12 }),
});

/** A ball-point pen: cap, body with refill; the refill may be dry. */
const pen: AndOrGraph = {
  root: 'pen',
  hazardPrice: 10,
  items: [
    { id: 'pen', keepValue: 0 },
    { id: 'cap', keepValue: 5 },
    { id: 'body+refill', keepValue: 8 },
    { id: 'body', keepValue: 12 },
    { id: 'refill', keepValue: 0 },
    { id: 'refill full', keepValue: 20 },
    { id: 'refill dry', keepValue: -2 },
  ],
  actions: [
    {
      kind: 'disassemble',
      id: 'uncap',
      from: 'pen',
      cost: 1,
      tool: 'hand',
      direction: '+z',
      yields: [{ item: 'cap' }, { item: 'body+refill' }],
    },
    {
      kind: 'disassemble',
      id: 'unscrew',
      from: 'body+refill',
      cost: 3,
      hazard: 0.1,
      tool: 'pliers',
      direction: '-z',
      yields: [{ item: 'body' }, { item: 'refill' }],
    },
    {
      kind: 'inspect',
      id: 'write',
      from: 'refill',
      cost: 1,
      tool: 'paper',
      outcomes: [
        { item: 'refill full', probability: 0.25, finding: 'writes' },
        { item: 'refill dry', probability: 0.75, finding: 'dry' },
      ],
    },
  ],
};

/** Every item splits in two; tools and directions change from level to level and side to side. */
function binaryProduct(size: number): AndOrGraph {
  return {
    root: 'i0',
    items: Array.from({ length: 2 * size + 1 }, (_, k) => ({
      id: `i${k}`,
      keepValue: k < size ? 0 : 9 + (k % 5),
    })),
    actions: Array.from({ length: size }, (_, k) => ({
      kind: 'disassemble' as const,
      id: `a${k}`,
      from: `i${k}`,
      cost: 1 + (k % 3),
      tool: ['driver', 'wrench', 'press', 'torch'][(k * 7) % 4] ?? 'driver',
      direction: ['+z', '-z', '+x'][(k * 5) % 3] ?? '+z',
      yields: [{ item: `i${2 * k + 1}` }, { item: `i${2 * k + 2}` }],
    })),
  };
}

/** Processor time of this thread in ms: what others on the machine take of it does not count. */
function spent(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

describe('profit-optimal depth', () => {
  test('golden: the pen is taken apart and its refill tried', () => {
    const plan = solved(pen);
    // −1 + 5 + (−3 − 1 + 12 + (−1 + 0.25·20 − 0.75·2)) = 14.5
    expect(plan.value).toBeCloseTo(14.5, 10);
    expect(plan.choices.map(({ action }) => action).filter((action) => action !== null)).toEqual([
      'uncap',
      'unscrew',
      'write',
    ]);
    expect(plan.choices.find(({ item }) => item === 'refill full')?.expected).toBe(0.25);
    expect(checkGraphPlan(pen, plan.choices, plan.worth)).toEqual({ faults: [], value: 14.5 });
  });

  test('equals the flow LP solved by HiGHS on 1,000 random graphs', async () => {
    const highs = await loadHighs();
    for (let seed = 1; seed <= 1000; seed++) {
      const graph = randomGraph(seed, 12 + (seed % 30), 20 + (seed % 60));
      const lp = highs.solve(writeGraphLp(graph));
      const result = solveGraph(graph);
      if (!result.ok) {
        expect(lp.Status).toBe('Infeasible');
        continue;
      }
      expect(Math.abs(lp.ObjectiveValue - result.value.value)).toBeLessThan(
        1e-6 * Math.max(1, Math.abs(lp.ObjectiveValue)),
      );
    }
  }, 60_000);

  test('equals brute force, and the worths prove it', () => {
    fc.assert(
      fc.property(smallGraph, ({ seed, size, actions }) => {
        const graph = randomGraph(seed, size, actions);
        const result = solveGraph(graph);
        const best = bruteForce(graph, graph.root);
        if (!result.ok) {
          expect(best).toBe(Number.NEGATIVE_INFINITY);
          return;
        }
        expect(result.value.value).toBeCloseTo(best, 6);
        expect(checkGraphPlan(graph, result.value.choices, result.value.worth).faults).toEqual([]);
      }),
    );
  });

  test('a dearer part never lowers the profit; dearer hazard never raises exposure', () => {
    fc.assert(
      fc.property(smallGraph, fc.nat(20), fc.nat(7), ({ seed, size, actions }, more, which) => {
        const graph = randomGraph(seed, size, actions);
        const result = solveGraph(graph);
        if (!result.ok) return;
        const items = graph.items.map((item, index) =>
          index === which && item.keepValue !== null
            ? { ...item, keepValue: item.keepValue + more }
            : item,
        );
        expect(solved({ ...graph, items }).value).toBeGreaterThanOrEqual(result.value.value - 1e-9);
        const dearer = solved({ ...graph, hazardPrice: 5 + more });
        expect(dearer.hazard).toBeLessThanOrEqual(result.value.hazard + 1e-9);
      }),
    );
  });

  test('10⁵ arcs in under a second', () => {
    const graph = randomGraph(7, 40_000, 100_000, 40_000);
    const started = spent();
    const plan = solved(graph);
    expect(spent() - started).toBeLessThan(1000);
    expect(checkGraphPlan(graph, plan.choices, plan.worth).faults).toEqual([]);
  });

  test('refuses malformed graphs by cause', () => {
    const codeOf = (graph: AndOrGraph) => {
      const result = solveGraph(graph);
      return result.ok ? undefined : [result.problem.code, result.problem.at];
    };
    const base = pen.actions[0];
    if (base?.kind !== 'disassemble') throw new Error('unreachable');
    expect(codeOf({ ...pen, root: 'pencil' })).toEqual(['UNKNOWN_ID', ['pencil']]);
    expect(codeOf({ ...pen, items: [...pen.items, { id: 'cap', keepValue: 1 }] })).toEqual([
      'DUPLICATE_ID',
      ['cap'],
    ]);
    expect(codeOf({ ...pen, actions: [{ ...base, yields: [{ item: 'ghost' }] }] })).toEqual([
      'UNKNOWN_ID',
      ['uncap', 'ghost'],
    ]);
    expect(codeOf({ ...pen, actions: [{ ...base, seconds: -1 }] })).toEqual([
      'NEGATIVE',
      ['uncap'],
    ]);
    expect(codeOf({ ...pen, actions: [{ ...base, cost: Number.NaN }] })).toEqual([
      'NOT_A_NUMBER',
      ['uncap'],
    ]);
    expect(codeOf({ ...pen, items: [] })).toEqual(['EMPTY', []]);
    const back = { ...base, id: 'back', from: 'cap', yields: [{ item: 'pen' }] };
    expect(codeOf({ ...pen, actions: [base, back] })?.[0]).toBe('CYCLE');
    expect(
      codeOf({
        ...pen,
        actions: [
          {
            kind: 'inspect',
            id: 'look',
            from: 'pen',
            cost: 0,
            outcomes: [{ item: 'cap', probability: 0.5, finding: 'x' }],
          },
        ],
      }),
    ).toEqual(['PROBABILITY', ['look']]);
  });

  test('an impossible demand names a minimal conflict', () => {
    const graph: AndOrGraph = {
      root: 'car',
      items: [
        { id: 'car', keepValue: null },
        { id: 'shell', keepValue: 10 },
        { id: 'airbag', keepValue: null },
        { id: 'engine', keepValue: null },
        { id: 'block', keepValue: 3 },
      ],
      actions: [
        {
          kind: 'disassemble',
          id: 'strip',
          from: 'car',
          cost: 1,
          yields: [{ item: 'shell' }, { item: 'airbag' }, { item: 'engine' }],
        },
        { kind: 'disassemble', id: 'open', from: 'engine', cost: 1, yields: [{ item: 'block' }] },
      ],
    };
    expectMinimalConflict(graph);
  });

  test('a conflict alone rules out every plan, and less of it does not', () => {
    let infeasible = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const graph = randomGraph(seed, 12, 20);
      const items = graph.items.map((item, k) =>
        (k * 31 + seed * 17) % 10 < 8 ? { ...item, keepValue: null } : item,
      );
      if (expectMinimalConflict({ ...graph, items })) infeasible++;
    }
    expect(infeasible).toBeGreaterThan(50);
  });
});

/** Checks the named conflict, if there is one, with every other ban lifted. */
function expectMinimalConflict(graph: AndOrGraph): boolean {
  const result = solveGraph(graph);
  if (result.ok) return false;
  expect(result.problem.code).toBe('INFEASIBLE');
  const banned = result.problem.at;
  const solvable = (bans: readonly string[]): boolean => {
    const items = graph.items.map((item) => ({
      ...item,
      keepValue: bans.includes(item.id) ? null : (item.keepValue ?? 0),
    }));
    return solveGraph({ ...graph, items }).ok;
  };
  expect(solvable(banned)).toBe(false);
  for (const id of banned) expect(solvable(banned.filter((other) => other !== id))).toBe(true);
  return true;
}

describe('depth and sequence with set-ups', () => {
  test('without set-up prices it equals the plain optimum, with them it never exceeds it', () => {
    fc.assert(
      fc.property(
        smallGraph,
        fc.nat(30),
        fc.nat(30),
        ({ seed, size, actions }, toolChange, directionChange) => {
          const plain = randomGraph(seed, size, actions);
          const tools = ['a', 'b', 'c'];
          const graph: AndOrGraph = {
            ...plain,
            actions: plain.actions.map((action, k) => ({
              ...action,
              tool: tools[(k * 7 + seed) % 3] ?? 'a',
              direction: k % 2 === 0 ? '+z' : '-z',
            })),
          };
          const result = solveGraph(graph);
          if (!result.ok) return;
          const free = solveGraphWithSetups(graph, { toolChange: 0, directionChange: 0 });
          const paid = solveGraphWithSetups(
            graph,
            { toolChange, directionChange },
            { iterations: 20_000 },
          );
          if (!free.ok || !paid.ok) throw new Error('solvable graph refused');
          expect(free.value.value).toBeCloseTo(result.value.value, 6);
          expect(paid.value.value).toBeLessThanOrEqual(result.value.value + 1e-6);
          expect(paid.value.value).toBeLessThanOrEqual(paid.value.bound + 1e-6);
          const check = checkSetupPlan(graph, paid.value.plan, { toolChange, directionChange });
          expect(check.faults).toEqual([]);
          expect(check.value).toBeCloseTo(paid.value.value, 6);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('golden: dear tools shorten the depth', () => {
    const cheap = solveGraphWithSetups(pen, { toolChange: 0.5, directionChange: 0.25 });
    const dear = solveGraphWithSetups(pen, { toolChange: 4, directionChange: 2 });
    if (!cheap.ok || !dear.ok) throw new Error('refused');
    // hand + z, pliers − z, paper: three tools, two directions.
    expect(cheap.value).toMatchObject({ status: 'optimal', value: 14.5 - 3 * 0.5 - 2 * 0.25 });
    // Pen kept whole is worth 0; uncapping alone 12 − 4 − 2; the body would bring 0 more than that.
    expect(dear.value.value).toBeCloseTo(Math.max(12 - 6, 12 - 6 + (12 - 4 - 8) - 6), 10);
    expect(dear.value.plan.action).toBe('uncap');
  });

  test('the same seed and iterations give the same plan; a raised signal stops it', async () => {
    const graph = binaryProduct(63);
    const prices = { toolChange: 3, directionChange: 2 };
    const once = solveGraphWithSetups(graph, prices, { iterations: 3000 });
    const twice = solveGraphWithSetups(graph, prices, { iterations: 3000 });
    const plan = (result: typeof once) =>
      result.ok ? JSON.stringify(result.value.plan) : result.problem.code;
    expect(plan(once)).toBe(plan(twice));
    const stop = new AbortController();
    let abortedAt = 0;
    setTimeout(() => {
      abortedAt = spent();
      stop.abort();
    }, 60);
    const result = await solveGraphWithSetupsAsync(graph, prices, {
      signal: stop.signal,
      deadlineMs: 9000,
    });
    expect(spent() - abortedAt).toBeLessThan(100);
    expect(result.ok && result.value.stoppedBy).toBe('cancelled');
    if (result.ok) expect(checkSetupPlan(graph, result.value.plan, prices).faults).toEqual([]);
  });
});
