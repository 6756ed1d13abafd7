import { andOrFromBom, checkBomPlan, solveGraph } from '@zaizao/disassembly';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeBetween, solvePlan, worthOfPlan } from './plan.ts';
import {
  type GroupData,
  type JointData,
  knownFrom,
  type PositionData,
  problemOf,
  type Seen,
} from './plan-problem.ts';
import { CONDITIONS, chances, DEFAULT_RATES, wantedShare } from './worth.ts';

const rates = { ...DEFAULT_RATES, toolChangeSeconds: 0, turnSeconds: 0 };
const TOOLS = ['', 'T20', '8 mm', 'puller'];

/** A product of up to nine positions that hang together as a tree with some further joints. */
const product = fc.integer({ min: 2, max: 9 }).chain((n) =>
  fc.record({
    positions: fc.array(
      fc.record({
        qty: fc.integer({ min: 1, max: 4 }),
        massG: fc.integer({ min: 1, max: 4000 }),
        goodFen: fc.integer({ min: 0, max: 20_000 }),
        replaced: fc.boolean(),
        mustOut: fc.boolean(),
        shares: fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(2)),
      }),
      { minLength: n, maxLength: n },
    ),
    trunk: fc.array(fc.nat(), { minLength: n - 1, maxLength: n - 1 }),
    extra: fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 4 }),
    waits: fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 6 }),
    seconds: fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 14, maxLength: 14 }),
    hazard: fc.array(fc.nat(6), { minLength: 14, maxLength: 14 }),
    tool: fc.array(fc.nat(3), { minLength: 14, maxLength: 14 }),
    group: fc.option(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.nat(30_000), fc.nat(100))),
    outcomes: fc.array(
      fc.constantFrom('pending', 'pending', 'found', 'missing', 'broken', 'left' as const),
      { minLength: n, maxLength: n },
    ),
    stuck: fc.nat(20),
  }),
);

type Drawn = typeof product extends fc.Arbitrary<infer T> ? T : never;

function build(d: Drawn, r = rates) {
  const pos = (i: number) => (i + 1) * 10;
  const positions = d.positions.map((p, i): PositionData => {
    const [good, mended, scrap, missing] = p.shares;
    const { odds } = chances(
      { good: 0.4, mended: 0.3, scrap: 0.29, missing: 0.01 },
      { good, mended, scrap, missing },
      5,
    );
    const demand = { stock: 0, used90Days: 0 };
    return { ...p, pos: pos(i), odds, demand };
  });
  const ends: [number, number][] = [
    ...d.trunk.map((t, i): [number, number] => [t % (i + 1), i + 1]),
    ...d.extra.filter(([a, b]) => a !== b),
  ];
  const joints = ends.map(
    ([a, b], i): JointData => ({
      code: `J${i}`,
      parts: [pos(a), pos(b)],
      // waiting only for earlier joints, so that no ring can arise
      after: [
        ...new Set(
          d.waits.flatMap(([x, y]) => (x % ends.length === i && i > 0 ? [`J${y % i}`] : [])),
        ),
      ],
      seconds: d.seconds[i] ?? 0,
      hazard: d.hazard[i] ?? 0,
      tool: TOOLS[d.tool[i] ?? 0] ?? '',
    }),
  );
  const groups: GroupData[] =
    d.group && d.group[0] !== d.group[1]
      ? [
          {
            code: 'G',
            members: [pos(d.group[0]), pos(d.group[1])],
            wholeFen: d.group[2],
            goodPct: d.group[3],
          },
        ]
      : [];
  return problemOf(positions, groups, joints, 0.27, r);
}

function seenOf(d: Drawn): Seen {
  return {
    lines: d.outcomes.map((outcome, i) => ({ pos: (i + 1) * 10, outcome })),
    joints: [{ code: `J${d.stuck}`, outcome: 'seized' }],
  };
}

describe('a plan', () => {
  test('is a true plan, worth what an independent judge adds up, whatever was found', () => {
    fc.assert(
      fc.property(product, fc.boolean(), (d, withSetups) => {
        const problem = build(d, withSetups ? DEFAULT_RATES : rates);
        const known = knownFrom(problem, seenOf(d));
        const solved = solvePlan(problem, known);
        if (!solved.ok) throw new Error(solved.message);
        const { plan } = solved.value;
        const { bom, joins, prices } = problem;
        expect(checkBomPlan(bom, joins, known.findings, plan, prices)).toEqual([]);
        expect(worthOfPlan(problem, known, plan)).toBeCloseTo(plan.worth, 4);
        expect(plan.worth).toBeLessThanOrEqual(plan.bound + 1e-6);
      }),
      { numRuns: 400 },
    );
  });

  test('proposes no step for a part found missing, nor frees it, nor asks for what was left', () => {
    fc.assert(
      fc.property(product, (d) => {
        const problem = build(d);
        const known = knownFrom(problem, seenOf(d));
        const solved = solvePlan(problem, known);
        if (!solved.ok) throw new Error(solved.message);
        const missing = new Set(
          d.outcomes.flatMap((o, i) => (o === 'missing' ? [String((i + 1) * 10)] : [])),
        );
        const undone = new Set(
          known.findings.flatMap((f) => (f.kind === 'undone' ? [f.join] : [])),
        );
        for (const step of solved.value.plan.steps) {
          const join = problem.joins.find((j) => j.id === step.join);
          expect(join?.parts.filter((p) => !missing.has(p)).length).toBeGreaterThan(1);
          expect(undone.has(step.join)).toBe(false);
          expect(step.frees.some((f) => missing.has(f))).toBe(false);
        }
        for (const fate of solved.value.plan.fates) {
          if (missing.has(fate.part)) expect(fate.fate).toBe('missing');
        }
      }),
      { numRuns: 400 },
    );
  });

  test('no other way is worth more, and the best other way is never better', () => {
    fc.assert(
      fc.property(product, (d) => {
        const problem = build(d);
        const known = knownFrom(problem, seenOf(d));
        const solved = solvePlan(problem, known);
        if (!solved.ok) throw new Error(solved.message);
        const { plan, alternatives } = solved.value;
        for (const a of alternatives) {
          expect(a.worth).toBeLessThanOrEqual(plan.bound + 1e-6);
          expect(a.margin).toBeCloseTo(plan.bound - a.worth, 6);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('equals the complete AND/OR graph on products without further waiting', () => {
    fc.assert(
      fc.property(product, (d) => {
        const problem = build({ ...d, waits: [], extra: [], group: null });
        const { bom, joins, values, prices } = problem;
        const solved = solvePlan(problem, { findings: [], left: [] });
        const graph = andOrFromBom(bom, joins, values, [], prices);
        if (!graph.ok || !solved.ok) return; // too bushy, or a must that the graph cannot leave
        const best = solveGraph(graph.value);
        if (!best.ok) return;
        expect(solved.value.plan.bound).toBeCloseTo(best.value.value, 4);
      }),
      { numRuns: 200 },
    );
  });

  test('a change names what is gone, what is new, and no step that was done meanwhile', () => {
    fc.assert(
      fc.property(product, (d) => {
        const problem = build(d);
        const first = solvePlan(problem, { findings: [], left: [] });
        const known = knownFrom(problem, seenOf(d));
        const second = solvePlan(problem, known);
        if (!first.ok || !second.ok) throw new Error('always a plan');
        const undone = new Set(
          known.findings.flatMap((f) => (f.kind === 'undone' ? [f.join] : [])),
        );
        const change = changeBetween(first.value.plan, second.value.plan, undone);
        const now = new Set(second.value.plan.steps.map((s) => s.join));
        for (const j of change.dropped) expect(now.has(j) || undone.has(j)).toBe(false);
        for (const j of change.added) expect(now.has(j)).toBe(true);
        expect(change.worth).toBeCloseTo(second.value.plan.worth - first.value.plan.worth, 6);
      }),
      { numRuns: 200 },
    );
  });
});

test('chances add up to one and move from the prior to what was found', () => {
  const count = fc.nat(500);
  const counts = fc.record({ good: count, mended: count, scrap: count, missing: count });
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 100 }), (found, weight) => {
      const prior = { good: 0.25, mended: 0.25, scrap: 0.25, missing: 0.25 };
      const { odds, n } = chances(prior, found, weight);
      expect(CONDITIONS.reduce((sum, c) => sum + odds[c], 0)).toBeCloseTo(1, 9);
      if (n === 0) expect(odds).toEqual(prior);
      for (const c of CONDITIONS) {
        const share = n === 0 ? 0.25 : found[c] / n;
        const [low, high] = [Math.min(0.25, share), Math.max(0.25, share)];
        expect(odds[c]).toBeGreaterThanOrEqual(low - 1e-9);
        expect(odds[c]).toBeLessThanOrEqual(high + 1e-9);
      }
    }),
  );
});

test('more stock never makes a further piece worth more; what is asked for is worth all', () => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), fc.nat(900), (stock, more, used90Days) => {
      const few = wantedShare({ stock, used90Days }, DEFAULT_RATES);
      const many = wantedShare({ stock: stock + more, used90Days }, DEFAULT_RATES);
      expect(many).toBeLessThanOrEqual(few);
      expect(many).toBeGreaterThanOrEqual(DEFAULT_RATES.surplusPct / 100);
    }),
  );
  expect(wantedShare({ stock: 3, used90Days: 0, wanted: 4 }, DEFAULT_RATES)).toBe(1);
  expect(wantedShare({ stock: 4, used90Days: 90, wanted: 4 }, DEFAULT_RATES)).toBe(0.4);
});
