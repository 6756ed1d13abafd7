import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solveGraph } from '../graph/solve.ts';
import { seededRandom } from '../random.ts';
import { andOrFromBom } from './and-or.ts';
import { checkBomPlan } from './check.ts';
import { maximumClosure } from './closure.ts';
import { planFromBom } from './plan.ts';
import type { BomPart, BomPrices, Finding, Join, NodeValue } from './problem.ts';
import { orderJobs } from './sequence.ts';

/** A starter motor: the rotor is worth most and may be worn; the switch is glued; the rest is scrap. */
const starter: readonly BomPart[] = [
  { id: 'starter' },
  { id: 'switch', parent: 'starter' },
  { id: 'yoke', parent: 'starter' },
  { id: 'rotor', parent: 'starter' },
  { id: 'gearbox', parent: 'starter' },
  { id: 'pinion', parent: 'gearbox' },
  { id: 'ring', parent: 'gearbox' },
];
const joins: readonly Join[] = [
  {
    id: 'terminal',
    parts: ['switch', 'yoke'],
    cost: 20,
    seconds: 30,
    tool: 'wrench',
    direction: '+z',
  },
  {
    id: 'through-bolts',
    parts: ['yoke', 'ring'],
    cost: 50,
    seconds: 60,
    tool: 'driver',
    direction: '-z',
    after: ['terminal'],
  },
  {
    id: 'bearing',
    parts: ['rotor', 'yoke'],
    cost: 80,
    seconds: 90,
    tool: 'puller',
    direction: '-z',
    after: ['through-bolts'],
  },
  { id: 'clip', parts: ['pinion', 'ring'], cost: 40, seconds: 40, tool: 'pliers', direction: '+z' },
];
const values: readonly NodeValue[] = [
  {
    part: 'switch',
    recovered: { good: 300, burnt: -40 },
    odds: { good: 0.5, burnt: 0.5 },
    residual: 10,
    benchInspection: 15,
  },
  { part: 'yoke', recovered: { good: 100 }, residual: 60 },
  {
    part: 'rotor',
    recovered: { good: 900, worn: 0 },
    odds: { good: 0.1, worn: 0.9 },
    residual: 50,
    unseen: 0,
    benchInspection: 20,
    inPlaceInspection: 5,
  },
  { part: 'gearbox', recovered: { good: 500 } },
  { part: 'pinion', recovered: { good: 200 }, residual: 20 },
  { part: 'ring', recovered: { good: 150 }, residual: 30 },
];

function planned(findings: readonly Finding[] = [], prices: BomPrices = {}) {
  const result = planFromBom(starter, joins, values, findings, { prices });
  if (!result.ok) throw new Error(result.problem.message);
  expect(checkBomPlan(starter, joins, findings, result.value, prices)).toEqual([]);
  return result.value;
}

const fateOf = (plan: ReturnType<typeof planned>, part: string) =>
  plan.fates.find((fate) => fate.part === part)?.fate;

describe('teardown of one product', () => {
  test('golden: the starter', () => {
    const plan = planned();
    // Scrap 10+60+50+20+30 = 170. Switch: seen 0.5·300+0.5·10−15 = 140, unseen 130, premium 130, for 20.
    // Gearbox whole: 500 − 50 = 450, for 50. Rotor: seen 0.1·900+0.9·50−20 = 115, premium 65;
    // with the yoke's 40 it pays the bearing's 80.
    expect(plan.asIs).toBe(170);
    expect(plan.worth).toBeCloseTo(170 + 130 - 20 + 450 - 50 + 65 + 40 - 80, 9);
    expect(plan.status).toBe('optimal');
    expect(plan.steps.map(({ join }) => join)).toEqual(['terminal', 'through-bolts', 'bearing']);
    expect(fateOf(plan, 'switch')).toBe('inspect');
    expect(fateOf(plan, 'gearbox')).toBe('recover');
    expect(fateOf(plan, 'pinion')).toBe('leave');
    expect(plan.seconds).toBe(180);
    // 0.9 of the time the worn rotor is not worth pulling: 0.9 · (80 − 40 − 0) and 20 saved, less 5.
    expect(plan.inspectFirst.map(({ part }) => part)).toEqual(['rotor']);
  });

  test('findings change the plan: worn rotor, missing switch, seized bolts, cracked gearbox', () => {
    const worn = planned([{ kind: 'condition', part: 'rotor', condition: 'worn' }]);
    expect(worn.steps.map(({ join }) => join)).toEqual(['terminal', 'through-bolts']);
    expect(fateOf(worn, 'rotor')).toBe('leave');
    expect(worn.fates.find(({ part }) => part === 'rotor')?.furtherCost).toBe(80);
    const missing = planned([{ kind: 'missing', part: 'switch' }]);
    expect(fateOf(missing, 'switch')).toBe('missing');
    expect(missing.worth).toBeLessThan(planned().worth);
    const seized = planned([{ kind: 'seized', join: 'through-bolts', cost: null }]);
    expect(seized.steps.map(({ join }) => join)).not.toContain('through-bolts');
    const half = planned([
      { kind: 'undone', join: 'terminal' },
      { kind: 'undone', join: 'clip' },
    ]);
    // The gearbox is open already, so its worth as a whole is gone and its parts count.
    expect(fateOf(half, 'gearbox')).toBe('open');
    expect(half.steps.map(({ join }) => join)).toContain('through-bolts');
  });

  test('a mandatory part comes out at any price; if it cannot, the conflict is named', () => {
    const bom = starter.map((part) => (part.id === 'pinion' ? { ...part, mandatory: true } : part));
    const result = planFromBom(bom, joins, values);
    expect(result.ok && result.value.steps.map(({ join }) => join)).toContain('clip');
    // The gearbox is opened: −450 as a whole, +180 pinion, +120 ring, −40 clip.
    expect(result.ok && result.value.worth).toBeCloseTo(705 - 450 + 180 + 120 - 40, 9);
    const stuck = planFromBom(bom, joins, values, [{ kind: 'seized', join: 'clip', cost: null }]);
    expect(stuck.ok ? undefined : stuck.problem).toMatchObject({
      code: 'INFEASIBLE',
      at: ['pinion', 'clip'],
    });
  });

  test('a group that nothing joins inside is whole or open, never both', () => {
    const held = joins.filter(({ id }) => id !== 'clip');
    const worth = (whole: number) =>
      values.map((v) => (v.part === 'gearbox' ? { ...v, recovered: { good: whole } } : v));
    const whole = planFromBom(starter, held, worth(500));
    const parts = planFromBom(starter, held, worth(60));
    if (!whole.ok || !parts.ok) throw new Error('refused');
    const fates = (plan: typeof whole.value) =>
      ['gearbox', 'pinion', 'ring'].map((id) => fateOf(plan, id));
    expect(fates(whole.value)).toEqual(['recover', 'leave', 'leave']);
    // 200 − 20 and 150 − 30 apart against 60 − 50 together.
    expect(fates(parts.value)).toEqual(['open', 'recover', 'recover']);
    expect(parts.value.worth).toBeCloseTo(whole.value.worth - 450 + 180 + 120, 9);
    const worthless = planFromBom(
      starter,
      held,
      values.filter((v) => v.part !== 'gearbox'),
    );
    if (!worthless.ok) throw new Error('refused');
    expect(fates(worthless.value)).toEqual(['open', 'recover', 'recover']);
  });

  test('what is inside an assembly of worth is stuck with it', () => {
    const bom = starter.map((part) => (part.id === 'ring' ? { ...part, mandatory: true } : part));
    const bolted = joins.map((j) => (j.id === 'clip' ? { ...j, parts: ['pinion', 'rotor'] } : j));
    const through = bolted.map((j) =>
      j.id === 'through-bolts' ? { ...j, parts: ['yoke', 'pinion'] } : j,
    );
    const stuck = planFromBom(bom, through, values, [
      { kind: 'seized', join: 'through-bolts', cost: null },
    ]);
    expect(stuck.ok ? undefined : stuck.problem).toMatchObject({
      code: 'INFEASIBLE',
      at: ['ring', 'through-bolts'],
    });
  });

  test('law: a plan takes out all that must come out and is the best of all, or there is none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const { bom, held, worths, findings } = randomAssemblies(seed);
        const best = bestByEnumeration(bom, held, worths, findings);
        const plan = planFromBom(bom, held, worths, findings);
        if (!plan.ok) {
          expect(plan.problem.code).toBe('INFEASIBLE');
          expect(best).toBeUndefined();
          const [part, join] = plan.problem.at;
          expect(bom.find((p) => p.id === part)?.mandatory).toBe(true);
          expect(findings).toContainEqual({ kind: 'seized', join, cost: null });
          return;
        }
        const { worth, asIs, steps, fates } = plan.value;
        expect(checkBomPlan(bom, held, findings, plan.value)).toEqual([]);
        expect(worth).toBeCloseTo(best ?? Number.NaN, 9);
        const earned = fates.filter((f) => f.fate === 'recover');
        const spent = steps.reduce((sum, step) => sum + step.cost, 0);
        // What the plan says comes out adds up to what it says it is worth: nothing twice, nothing forgotten.
        expect(asIs + earned.reduce((sum, f) => sum + f.premium, 0) - spent).toBeCloseTo(worth, 9);
      }),
      { numRuns: 600 },
    );
  });

  test('set-ups are counted, never gain, and the bound holds', () => {
    const free = planned();
    for (const toolChange of [5, 40, 200]) {
      const plan = planned([], { toolChange, directionChange: 3 });
      expect(plan.worth).toBeLessThanOrEqual(free.worth);
      expect(plan.worth).toBeLessThanOrEqual(plan.bound + 1e-9);
      expect(plan.worth).toBeGreaterThanOrEqual(plan.asIs - 1e-9);
    }
    expect(planned([], { toolChange: 10_000 }).steps).toEqual([]);
  });

  test('refuses malformed input by cause', () => {
    const codeOf = (
      bom: readonly BomPart[],
      held: readonly Join[] = joins,
      worths: readonly NodeValue[] = values,
      findings: readonly Finding[] = [],
    ) => {
      const result = planFromBom(bom, held, worths, findings);
      return result.ok ? undefined : result.problem.code;
    };
    const [first] = joins;
    if (!first) throw new Error('unreachable');
    expect(codeOf([])).toBe('EMPTY');
    expect(planFromBom(starter, joins, values, [], { prices: { toolChange: -1 } }).ok).toBe(false);
    expect(codeOf([...starter, { id: 'yoke', parent: 'starter' }])).toBe('DUPLICATE_ID');
    expect(codeOf([...starter, { id: 'x', parent: 'ghost' }])).toBe('UNKNOWN_ID');
    expect(codeOf([...starter, { id: 'second product' }])).toBe('UNKNOWN_ID');
    expect(
      codeOf(
        [
          { id: 'a', parent: 'b' },
          { id: 'b', parent: 'a' },
        ],
        [],
        [],
      ),
    ).toBe('CYCLE');
    expect(codeOf(starter, [{ ...first, parts: ['switch', 'ghost'] }])).toBe('UNKNOWN_ID');
    expect(codeOf(starter, [{ ...first, seconds: -1 }])).toBe('NEGATIVE');
    expect(codeOf(starter, [{ ...first, after: ['terminal'] }])).toBe('CYCLE');
    expect(codeOf(starter, [{ ...first, parts: ['switch'] }])).toBe('EMPTY');
    expect(
      codeOf(starter, joins, [{ part: 'yoke', recovered: { a: 1, b: 2 }, odds: { a: 0.5 } }]),
    ).toBe('PROBABILITY');
    expect(codeOf(starter, joins, values, [{ kind: 'missing', part: 'ghost' }])).toBe('UNKNOWN_ID');
  });

  test('is exact: equals the complete AND/OR graph on random tree-like products', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 2, max: 8 }),
        (seed, size) => {
          const { bom, held, worths } = randomProduct(seed, size);
          const plan = planFromBom(bom, held, worths);
          const graph = andOrFromBom(bom, held, worths);
          if (!plan.ok || !graph.ok) throw new Error('refused');
          expect(checkBomPlan(bom, held, [], plan.value)).toEqual([]);
          const best = solveGraph(graph.value);
          if (!best.ok) throw new Error(best.problem.message);
          expect(plan.value.worth).toBeCloseTo(best.value.value, 6);
          expect(plan.value.status).toBe('optimal');
        },
      ),
      { numRuns: 150 },
    );
  });

  test('10⁴ parts in seconds', () => {
    const { bom, held, worths } = randomProduct(5, 10_000);
    const started = process.threadCpuUsage();
    const plan = planFromBom(bom, held, worths);
    expect(plan.ok && plan.value.status).toBe('optimal');
    // processor time, of which nobody else takes any
    expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(10_000);
  });
});

/** A product whose joins form a tree, some waiting for others. */
function randomProduct(seed: number, size: number) {
  const random = seededRandom(seed);
  const bom: BomPart[] = [{ id: 'product' }];
  const held: Join[] = [];
  const worths: NodeValue[] = [];
  for (let k = 0; k < size; k++) {
    bom.push({ id: `p${k}`, parent: 'product', mandatory: size < 100 && random.unit() < 0.1 });
    worths.push({
      part: `p${k}`,
      recovered: { good: random.below(100), worn: random.below(30) },
      odds: { good: 0.5, worn: 0.5 },
      residual: random.below(20),
      ...(random.unit() < 0.5 ? { benchInspection: random.below(8) } : {}),
    });
    if (k === 0) continue;
    const host = random.below(k);
    const neighbour = held.find((join) => join.parts.includes(`p${host}`));
    const after = neighbour && random.unit() < 0.5 ? [neighbour.id] : [];
    held.push({
      id: `j${k}`,
      parts: [`p${k}`, `p${host}`],
      cost: random.below(40),
      seconds: 10,
      after,
    });
  }
  return { bom, held, worths };
}

/** Four to six parts in up to two groups, joints within and across, some stuck, some parts that must come out. */
function randomAssemblies(seed: number) {
  const random = seededRandom(seed);
  const size = 4 + random.below(3);
  const groups = ['g0', 'g1'].slice(0, random.below(3));
  const bom: BomPart[] = [{ id: 'product' }, ...groups.map((id) => ({ id, parent: 'product' }))];
  const worths: NodeValue[] = groups
    .filter(() => random.unit() < 0.7)
    .map((part) => ({ part, recovered: { good: random.below(150) } }));
  for (let k = 0; k < size; k++) {
    const parent = groups[random.below(groups.length + 1)] ?? 'product';
    bom.push({ id: `p${k}`, parent, mandatory: random.unit() < 0.15 });
    const residual = random.below(20);
    worths.push({ part: `p${k}`, recovered: { good: residual + random.below(60) }, residual });
  }
  const known = bom.filter((p) => !p.id.startsWith('g') || bom.some((q) => q.parent === p.id));
  const ids = new Set(known.map((p) => p.id));
  const held: Join[] = [];
  const findings: Finding[] = [];
  for (let k = 0; k < size; k++) {
    const ends = [random.below(size), random.below(size), random.below(size)].map((e) => `p${e}`);
    const parts = [...new Set(ends.slice(0, 2 + random.below(2)))];
    if (parts.length < 2) continue;
    held.push({ id: `j${k}`, parts, cost: random.below(40), seconds: 0 });
    if (random.unit() < 0.2) findings.push({ kind: 'seized', join: `j${k}`, cost: null });
  }
  return { bom: known, held, worths: worths.filter((v) => ids.has(v.part)), findings };
}

/**
 * The best worth over every set of joints that may be undone, or nothing when none frees what must come
 * out: an assembly worth more than its scrap comes out first, then whole or in parts.
 */
function bestByEnumeration(
  bom: readonly BomPart[],
  held: readonly Join[],
  worths: readonly NodeValue[],
  findings: readonly Finding[],
): number | undefined {
  const children = (id: string) => bom.filter((p) => p.parent === id);
  const leaves = (id: string): string[] => {
    const below = children(id);
    return below.length === 0 ? [id] : below.flatMap((p) => leaves(p.id));
  };
  const stated = (id: string) => worths.find((v) => v.part === id);
  const scrap = (id: string) => leaves(id).reduce((sum, p) => sum + (stated(p)?.residual ?? 0), 0);
  const premium = (id: string) => Math.max(0, (stated(id)?.recovered.good ?? 0) - scrap(id));
  const within = (join: Join, id: string) =>
    join.parts.filter((p) => leaves(id).includes(p)).length;
  const holds = (join: Join, id: string) =>
    within(join, id) > 0 && within(join, id) < join.parts.length;
  const inside = (join: Join, id: string) => within(join, id) === join.parts.length;
  const stuck = new Set(findings.flatMap((f) => (f.kind === 'seized' ? [f.join] : [])));
  const assemblies = bom.filter((p) => p.parent !== undefined && children(p.id).length > 0);
  let best: number | undefined;
  for (let set = 0; set < 2 ** held.length; set++) {
    const undone = held.filter((_, k) => (set & (1 << k)) !== 0);
    if (undone.some((j) => stuck.has(j.id))) continue;
    const out = (id: string) => held.every((j) => !holds(j, id) || undone.includes(j));
    const early = assemblies.some(
      ({ id }) => premium(id) > 0 && !out(id) && undone.some((j) => inside(j, id)),
    );
    if (early) continue;
    // The gain of a node and whether every part of it that must come out does.
    const gain = (p: BomPart): number => {
      const must = p.mandatory && !out(p.id) ? Number.NEGATIVE_INFINITY : 0;
      const below = children(p.id);
      if (below.length === 0) return (out(p.id) ? premium(p.id) : 0) + must;
      const needed = leaves(p.id).some((id) => bom.find((q) => q.id === id)?.mandatory);
      const apart = below.reduce((sum, c) => sum + gain(c), 0);
      if (premium(p.id) <= 0) return apart + must;
      if (!out(p.id)) return needed ? Number.NEGATIVE_INFINITY : must;
      const isOpened = undone.some((j) => inside(j, p.id));
      return isOpened || needed ? apart : Math.max(premium(p.id), apart);
    };
    const cost = undone.reduce((sum, j) => sum + j.cost, 0);
    const total =
      scrap('product') - cost + children('product').reduce((sum, p) => sum + gain(p), 0);
    if (total > (best ?? Number.NEGATIVE_INFINITY)) best = total;
  }
  return best;
}

describe('maximum closure', () => {
  test('equals enumeration, and is closed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 14 }),
        (weights, pairs) => {
          const n = weights.length;
          const requires = pairs.filter(([a, b]) => a < n && b < n && a !== b);
          let best = 0;
          for (let set = 0; set < 2 ** n; set++) {
            if (requires.some(([a, b]) => (set & (1 << a)) !== 0 && (set & (1 << b)) === 0))
              continue;
            best = Math.max(
              best,
              weights.reduce((sum, w, k) => sum + ((set & (1 << k)) !== 0 ? w : 0), 0),
            );
          }
          const chosen = maximumClosure(Float64Array.from(weights), requires.flat());
          expect(weights.reduce((sum, w, k) => sum + (chosen[k] === 1 ? w : 0), 0)).toBe(best);
          for (const [a, b] of requires) if (chosen[a] === 1) expect(chosen[b]).toBe(1);
        },
      ),
    );
  });
});

describe('sequence with set-ups', () => {
  test('equals the best of all orders', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            tool: fc.constantFrom('a', 'b', 'c'),
            direction: fc.constantFrom('u', 'd'),
            wait: fc.nat(5),
          }),
          { maxLength: 6 },
        ),
        fc.nat(5),
        fc.nat(5),
        (rows, tool, direction) => {
          const jobs = rows.map((row, k) => ({
            tool: row.tool,
            direction: row.direction,
            before: row.wait < k ? [row.wait] : [],
            urgency: 0,
          }));
          let best = Number.POSITIVE_INFINITY;
          const walk = (order: number[], cost: number): void => {
            if (order.length === jobs.length) best = Math.min(best, cost);
            for (const [k, job] of jobs.entries()) {
              if (order.includes(k) || job.before.some((b) => !order.includes(b))) continue;
              const last = jobs[order.at(-1) ?? -1];
              const change =
                (job.tool !== last?.tool ? tool : 0) +
                (job.direction !== last?.direction ? direction : 0);
              walk([...order, k], cost + change);
            }
          };
          walk([], 0);
          const found = orderJobs(jobs, { tool, direction });
          expect(found.setups).toBe(best);
          expect(found.proven).toBe(true);
          expect([...found.order].sort()).toEqual([...jobs.keys()]);
        },
      ),
    );
  });
});
