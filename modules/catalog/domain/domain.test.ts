import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { remanufacturingRates } from './bom-rates.ts';
import { canonicalDecimal, compareDecimals } from './decimal.ts';
import { gaugeLimits, totalFlowArea } from './drill-bit.ts';
import { type Criterion, gradeBy, mileageGrade } from './grade.ts';
import { type NumberLink, reachNumbers } from './interchange.ts';
import { judge, type Limit, limitsOn } from './judge.ts';
import { normaliseNumber } from './number.ts';
import { parseCondition, stepApplies } from './route.ts';
import { defectCodes, methodMaster, productFamilies } from './vocabulary.ts';

const limit = (level: Limit['level'], max: string, more: Partial<Limit> = {}): Limit => ({
  ...{ level, max, version: 1, validFrom: '2020-01-01', source: 'test' },
  ...more,
});
const solenoid = [limit('national', '8.5'), limit('enterprise', '8.0')];

describe('judge', () => {
  test.each([
    ['8.00', true, true, 'pass'],
    ['8.20', false, true, 'fail'],
    ['8.50', false, true, 'fail'],
    ['8.51', false, false, 'fail'],
  ])('G-03: a solenoid at %s V: plant %s, national %s', (value, plant, national, verdict) => {
    const j = judge(value, solenoid);
    expect(j.levels.find((l) => l.level === 'enterprise')?.pass).toBe(plant);
    expect(j.levels.find((l) => l.level === 'national')?.pass).toBe(national);
    expect(j.verdict).toBe(verdict);
    expect(j.strictest).toEqual({ max: '8.0' });
  });

  test('a customer’s limit applies to that customer only', () => {
    const limits = [...solenoid, limit('customer', '7.5', { customer: '甲' })];
    expect(judge('7.8', limits).verdict).toBe('pass');
    expect(judge('7.8', limits, { customer: '乙' }).verdict).toBe('pass');
    expect(judge('7.8', limits, { customer: '甲' }).verdict).toBe('fail');
  });

  test('without a limit nothing is promised', () => {
    expect(judge('1', []).verdict).toBe('unlimited');
  });

  test('is monotone: against upper limits a smaller value never does worse', () => {
    const value = fc.integer({ min: 0, max: 2000 }).map((n) => (n / 100).toFixed(2));
    fc.assert(
      fc.property(value, value, fc.array(value, { minLength: 1, maxLength: 4 }), (a, b, ends) => {
        const limits = ends.map((e, i) => limit('enterprise', e, { version: i + 1 }));
        const [low, high] = compareDecimals(a, b) <= 0 ? [a, b] : [b, a];
        return judge(high, limits).verdict === 'fail' || judge(low, limits).verdict === 'pass';
      }),
    );
  });

  test('the verdict equals that of the strictest ends', () => {
    const value = fc.integer({ min: -500, max: 500 }).map((n) => (n / 10).toString());
    fc.assert(
      fc.property(value, fc.array(fc.tuple(value, value), { minLength: 1 }), (v, spans) => {
        const limits = spans.map(([a, b]) => {
          const [min, max] = compareDecimals(a, b) <= 0 ? [a, b] : [b, a];
          return limit('enterprise', max, { min });
        });
        const j = judge(v, limits);
        const one = judge(v, [{ ...limit('enterprise', '0'), ...j.strictest } as Limit]);
        return j.verdict === one.verdict;
      }),
    );
  });

  test('a new version holds from its first day', () => {
    const versions = [
      limit('enterprise', '8.0'),
      limit('enterprise', '7.8', { version: 2, validFrom: '2026-04-01' }),
    ];
    expect(limitsOn(versions, '2026-03-31').map((l) => l.version)).toEqual([1]);
    expect(limitsOn(versions, '2026-04-01').map((l) => l.version)).toEqual([2]);
    expect(limitsOn(versions, '2019-01-01')).toEqual([]);
  });
});

describe('decimals', () => {
  test('compare exactly where doubles cannot', () => {
    expect(compareDecimals('0.1', '0.10')).toBe(0);
    expect(compareDecimals('9007199254740993', '9007199254740992')).toBe(1);
    expect(compareDecimals('-0.5', '-0.25')).toBe(-1);
  });

  test('one number, one text', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.integer({ min: 0, max: 9 }), (n, p) => {
        const digits = (n < 0n ? -n : n).toString().padStart(p + 1, '0');
        const cut = digits.length - p;
        const text = `${n < 0n ? '-' : ''}${digits.slice(0, cut)}${p ? `.${digits.slice(cut)}` : ''}`;
        const canonical = canonicalDecimal(text);
        return compareDecimals(text, canonical) === 0 && canonicalDecimal(canonical) === canonical;
      }),
    );
  });
});

describe('grading', () => {
  const criteria: Criterion[] = [
    { code: 'HOUSING', failsTo: 'R' },
    { code: 'COMPLETE', failsTo: 'C' },
    { code: 'SURFACE', failsTo: 'B' },
  ];
  const yes = { HOUSING: true, COMPLETE: true, SURFACE: true };

  test('is the worst cap, with the criteria that decided', () => {
    expect(gradeBy(yes, { criteria })).toMatchObject({ complete: true, grade: 'A', because: [] });
    const odd: Criterion[] = [{ code: 'constructor', failsTo: 'B' }];
    expect(gradeBy({}, { criteria: odd })).toEqual({ complete: false, missing: ['constructor'] });
    const b = gradeBy({ ...yes, SURFACE: false }, { criteria });
    expect(b).toMatchObject({ grade: 'B', because: ['SURFACE'] });
    const c = gradeBy({ ...yes, SURFACE: false, COMPLETE: false }, { criteria });
    expect(c).toMatchObject({ grade: 'C', because: ['COMPLETE'], failed: ['COMPLETE', 'SURFACE'] });
  });

  test('waits for every answer, unless it is rejected already', () => {
    expect(gradeBy({ HOUSING: true }, { criteria })).toEqual({
      complete: false,
      missing: ['COMPLETE', 'SURFACE'],
    });
    expect(gradeBy({ HOUSING: false }, { criteria })).toMatchObject({ complete: true, grade: 'R' });
  });

  test('never improves by another "no"', () => {
    const answers = fc.record({
      HOUSING: fc.boolean(),
      COMPLETE: fc.boolean(),
      SURFACE: fc.boolean(),
    });
    const rank = (a: Record<string, boolean>) => {
      const g = gradeBy(a, { criteria });
      return g.complete ? 'ABCR'.indexOf(g.grade) : -1;
    };
    fc.assert(
      fc.property(answers, fc.constantFrom('HOUSING', 'COMPLETE', 'SURFACE'), (a, code) => {
        return rank({ ...a, [code]: false }) >= rank(a);
      }),
    );
  });

  test('G-12: mileage grades', () => {
    expect(mileageGrade(58_000, undefined)).toBe('A');
    expect(mileageGrade(90_000, 5)).toBe('B');
    expect(mileageGrade(90_000, 7)).toBe('A');
    expect(mileageGrade(205_000, 20)).toBe('C');
  });
});

describe('drill bits', () => {
  test('G-13: gauge of an 8-1/2 in bit', () => {
    const gauge = gaugeLimits(8.5);
    expect(gauge).toEqual({ min: '8.48', max: '8.5' });
    const l = [{ ...limit('national', gauge.max), min: gauge.min }];
    expect(['8.479', '8.480', '8.501'].map((v) => judge(v, l).verdict)).toEqual([
      ...['fail', 'pass', 'fail'],
    ]);
  });

  test.each([
    [6.75, 0.015],
    [6.78125, 0.02],
    [9, 0.02],
    [9.03125, 0.03],
    [13.75, 0.03],
    [13.78125, 0.045],
    [17.5, 0.045],
    [17.53125, 0.063],
  ])('tolerance of %s in is −%s', (size, under) => {
    const { min, max } = gaugeLimits(size);
    expect(Number(max) - Number(min)).toBeCloseTo(under, 6);
  });

  test('G-14: five nozzles of 12/32 in', () => {
    expect(totalFlowArea([12, 12, 12, 12, 12])).toBeCloseTo(0.5522, 4);
  });
});

describe('rates of a bill of material', () => {
  test('are three different figures, and absent where a line lacks its own', () => {
    const items = [
      { qty: 1, massG: 900, newPriceFen: 100n, reusePct: 50, restorePct: 50 },
      { qty: 3, massG: 100, newPriceFen: 300n, reusePct: 0, restorePct: 0 },
    ];
    expect(remanufacturingRates(items)).toEqual({
      byMass: 75,
      byValue: 10,
      byCount: 25,
      totalMassG: 1200,
      totalNewValueFen: 1000n,
      pieces: 4,
    });
    expect(remanufacturingRates([...items, { qty: 1 }])).toEqual({ pieces: 5 });
  });

  test('lie between 0 and 100', () => {
    const item = fc
      .record({ qty: fc.integer({ min: 1, max: 9 }), massG: fc.integer({ min: 1, max: 9999 }) })
      .chain((i) =>
        fc.integer({ min: 0, max: 100 }).chain((reusePct) =>
          fc.integer({ min: 0, max: 100 - reusePct }).map((restorePct) => {
            return { ...i, reusePct, restorePct };
          }),
        ),
      );
    fc.assert(
      fc.property(fc.array(item, { minLength: 1 }), (items) => {
        const { byMass = -1, byCount = -1 } = remanufacturingRates(items);
        return byMass >= 0 && byMass <= 100.000001 && byCount >= 0 && byCount <= 100.000001;
      }),
    );
  });
});

describe('numbers', () => {
  test('compare without case, width, spaces, dashes, dots and slashes', () => {
    expect(normaliseNumber(' 0 001-107.020/ａ ')).toBe('0001107020A');
    fc.assert(
      fc.property(fc.string(), (s) => normaliseNumber(normaliseNumber(s)) === normaliseNumber(s)),
    );
  });

  const links: NumberLink[] = [
    { from: 'A', to: 'B', relation: 'supersession', needsCoding: false, vinBound: false },
    { from: 'B', to: 'C', relation: 'supersession', needsCoding: false, vinBound: false },
    { from: 'C', to: 'A', relation: 'interchange', needsCoding: false, vinBound: false },
    { from: 'C', to: 'D', relation: 'interchange', needsCoding: true, vinBound: false },
  ];
  const linksOf = async (norms: readonly string[]) =>
    links.filter((l) => norms.includes(l.from) || norms.includes(l.to));

  test('are reached both ways, nearest first, with what must be minded; circles end', async () => {
    const reached = await reachNumbers('A', linksOf);
    expect(reached.map((r) => r.norm)).toEqual(['A', 'B', 'C', 'D']);
    expect(reached.map((r) => r.steps)).toEqual([0, 1, 1, 2]);
    expect(reached.at(-1)).toMatchObject({ via: 'interchange', needsCoding: true });
    expect((await reachNumbers('D', linksOf)).every((r) => r.norm === 'D' || r.needsCoding)).toBe(
      true,
    );
    expect(await reachNumbers('Z', linksOf)).toHaveLength(1);
  });
});

describe('routes', () => {
  test('a step applies when any of its findings was made, or always', () => {
    expect(stepApplies('', {})).toBe(true);
    const when = 'restore:30 | out:S-C01 | defect:S-D02';
    expect(stepApplies(when, {})).toBe(false);
    expect(stepApplies(when, { restore: [30] })).toBe(true);
    expect(stepApplies(when, { outOfLimits: ['S-C01'] })).toBe(true);
    expect(stepApplies(when, { defects: ['S-D01'] })).toBe(false);
    expect(stepApplies('grade:B', { grade: 'B' })).toBe(true);
  });

  test('a condition that is not understood is refused, not ignored', () => {
    expect(parseCondition('restore:armature')).toBeUndefined();
    expect(parseCondition('defect:')).toBeUndefined();
    expect(parseCondition('weather:rain')).toBeUndefined();
    expect(parseCondition('restore:30 |')).toBeUndefined();
  });
});

test('the vocabularies are complete: 26 families, the methods and modes that are asked for', () => {
  expect(productFamilies()).toHaveLength(26);
  const items = new Set(methodMaster().map((m) => m.item));
  for (const item of ['CL-01', 'CL-03', 'FM-02', 'FM-03', 'FM-04', 'FM-05', 'FM-10', 'IN-02']) {
    expect(items).toContain(item);
  }
  const modes = defectCodes().map((m) => m.code);
  expect(modes).toEqual(expect.arrayContaining(['wear', 'corrosion', 'fracture', 'deformation']));
  for (const list of [productFamilies(), methodMaster(), defectCodes()]) {
    expect(new Set(list.map((x) => x.code)).size).toBe(list.length);
    expect(list.every((x) => x.basis !== '' && x.name.zh !== '' && x.name.en !== '')).toBe(true);
  }
});
