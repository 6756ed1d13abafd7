import fc from 'fast-check';
import { expect, test } from 'vitest';
import { effectOf, emissionsOf, type Input, scenarioOf, weaker } from './effect.ts';

const literature = (value: number): Input => ({ value, evidence: 'literature' });

test('golden: new 100 against 50, 40, 30, 20 is 50, 60, 70 and 80 % saved', () => {
  const saved = [50, 40, 30, 20].map((x) => effectOf(literature(100), literature(x))?.saving);
  expect(saved.map((s) => Math.round((s ?? 0) * 100))).toEqual([50, 60, 70, 80]);
});

test('golden: a million units at 15 kWh and 4.5 kg are 15,000,000 kWh and 4,500 t, at 0.30 kg/kWh', () => {
  const s = scenarioOf(1_000_000, 15, 4.5, 0.5366);
  expect(s).toMatchObject({ kwh: 15_000_000, tonnes: 4500 });
  expect(s.impliedFactor).toBeCloseTo(0.3, 12);
  expect(s.tonnesAtGrid).toBeCloseTo(8049, 6); // the contradiction of the statement with the grid
  expect(scenarioOf(14_000_000, 15, 4.5, 0).tonnes).toBe(63_000);
});

test('a saving is no better founded than its weaker side, and a worse product shows a negative one', () => {
  const e = effectOf(literature(25), { value: 30, evidence: 'measured' });
  expect(e).toMatchObject({ evidence: 'literature' });
  expect(e?.saving).toBeCloseTo(-0.2, 12);
  expect(effectOf(literature(0), literature(1))).toBeUndefined();
  expect(weaker('measured', 'calculated')).toBe('calculated');
});

test('equal inputs save nothing, whatever the factors', () => {
  const n = fc.double({ min: 0.01, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(n, n, n, n, (kwh, mass, grid, material) => {
      const e = emissionsOf(literature(kwh), literature(mass), grid, material);
      expect(effectOf(e, e)?.saving).toBe(0);
    }),
  );
});
