import { readFileSync } from 'node:fs';
import { objectEvent, validateEvent } from '@zaizao/epcis';
import { drawMachine, text } from '@zaizao/platform/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { controlLimits } from './control.ts';
import { curveFigures, downsample, isForward, type Point } from './downsample.ts';
import { linkOn } from './link.ts';
import { nonconformanceMachine } from './nonconformance-machine.ts';
import { pareto } from './pareto.ts';
import { plausible } from './plausible.ts';
import { sensorElements } from './sensor.ts';
import { type JudgedLimit, standingOf } from './standing.ts';
import { testMachine } from './test-machine.ts';

/** Tables without the padding that formatters add. */
const bare = (markdown: string) => markdown.replace(/[ -]*\|[ -]*/g, '|');
const readme = bare(readFileSync(new URL('../README.md', import.meta.url), 'utf8'));

test('the README draws the machines as they are', () => {
  expect(readme).toContain(bare(drawMachine(testMachine)));
  expect(readme).toContain(bare(drawMachine(nonconformanceMachine)));
});

describe('a curve', () => {
  const curves = fc
    .array(
      fc.tuple(
        fc.double({ min: 0.001, max: 10, noNaN: true }),
        fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
      ),
      {
        minLength: 2,
        maxLength: 3000,
      },
    )
    .map((steps) => {
      let at = 0;
      return steps.map(([step, v]): Point => {
        at += step;
        return [at, v];
      });
    });

  test('thinned keeps its ends, its peaks and its order, and is no longer than promised', () => {
    fc.assert(
      fc.property(curves, fc.integer({ min: 2, max: 300 }), (points, buckets) => {
        const thin = downsample(points, buckets);
        expect(thin.length).toBeLessThanOrEqual(2 * buckets + 2);
        expect(thin[0]).toBe(points[0]);
        expect(thin.at(-1)).toBe(points.at(-1));
        expect(isForward(thin)).toBe(true);
        const [whole, kept] = [curveFigures(points), curveFigures(thin)];
        expect([kept.min, kept.max]).toEqual([whole.min, whole.max]);
        expect(thin.every((p) => points.includes(p))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('its mean lies between its ends, and a straight line’s is its middle', () => {
    fc.assert(
      fc.property(curves, (points) => {
        const f = curveFigures(points);
        const slack = 1e-9 * (1 + Math.abs(f.min) + Math.abs(f.max));
        expect(f.mean).toBeGreaterThanOrEqual(f.min - slack);
        expect(f.mean).toBeLessThanOrEqual(f.max + slack);
      }),
      { numRuns: 60 },
    );
    expect(curveFigures([[0, 0], [3, 6], [4, 8]]).mean).toBeCloseTo(4, 12); // biome-ignore format: one line
  });
});

const limit = (level: JudgedLimit['level'], pass: boolean): JudgedLimit => ({
  ...{ level, pass, max: '8', version: 1, validFrom: '2020-01-01', source: 'x' },
});
const row = (verdict: 'pass' | 'fail' | undefined, judged: JudgedLimit[] = []) => ({
  ...{ code: 'T', name: text('试', 'try'), severity: 'major' as const, verdict, judged },
});

describe('how a test stands', () => {
  test('incomplete while anything is missing, even when something failed already', () => {
    const s = standingOf(
      [row('fail', [limit('national', false)]), row(undefined)],
      undefined,
      true,
    );
    expect(s.standing).toBe('incomplete');
    expect(s.missing).toHaveLength(2);
  });

  test('a bad run-in fails what passed; plant limits alone leave the national ones met', () => {
    expect(standingOf([row('pass')], { good: false }, true).standing).toBe('fail');
    expect(standingOf([row('pass')], undefined, false).standing).toBe('pass');
    const plant = [limit('enterprise', false), limit('national', true)];
    expect(standingOf([row('fail', plant)], undefined, false)).toMatchObject({
      standing: 'fail',
      nationalMet: true,
    });
    const nation = [limit('national', false)];
    expect(standingOf([row('fail', nation)], undefined, false).nationalMet).toBe(false);
    expect(standingOf([row('fail', plant)], { good: false }, true).nationalMet).toBe(false);
  });
});

test('readings that can be true', () => {
  expect(plausible('8.2', 'V', [{ max: '8' }, { max: '8.5' }])).toBe(true);
  expect(plausible('8200', 'V', [{ max: '8' }, { max: '8.5' }])).toBe(false); // millivolts
  expect(plausible('82', 'V', [{ max: '8' }, { max: '8.5' }])).toBe(true); // bad, but possible
  expect(plausible('9999999', 'MΩ', [{}])).toBe(true); // an open end knows no slip
  expect(plausible('-1', 'A', [{ max: '90' }])).toBe(false);
  expect(plausible('-1', 'deg', [{ max: '2' }])).toBe(true);
  expect(plausible('0.5', 'bool', [])).toBe(false);
});

test('Pareto: shares fall, the running share rises to one, nothing is lost', () => {
  const counts = fc.array(
    fc.record({ key: fc.string(), count: fc.integer({ min: 1, max: 999 }) }),
    {
      minLength: 1,
      maxLength: 40,
    },
  );
  fc.assert(
    fc.property(counts, (given) => {
      const rows = pareto(given);
      expect(rows.reduce((n, r) => n + r.count, 0)).toBe(given.reduce((n, r) => n + r.count, 0));
      expect(rows.at(-1)?.cumulative).toBeCloseTo(1, 9);
      for (const [i, r] of rows.entries()) {
        expect(r.count).toBeLessThanOrEqual(rows[i - 1]?.count ?? Number.POSITIVE_INFINITY);
      }
    }),
  );
});

test('control limits of individuals: the worked example', () => {
  // moving ranges of 10, 12, 11, 13, 12, 10, 11, 13 are 2 1 2 1 2 1 2: mean 11/7
  const c = controlLimits([10, 12, 11, 13, 12, 10, 11, 13]);
  expect(c?.mean).toBe(11.5);
  expect(c?.upper).toBeCloseTo(11.5 + 2.66 * (11 / 7), 9);
  expect(controlLimits([1, 2, 3])).toBeUndefined();
});

test('labels and certificates point to our own address', () => {
  const epc = 'https://id.gs1.org/01/09520123456788/21/U1';
  expect(linkOn('http://plant.example', epc)).toBe('http://plant.example/01/09520123456788/21/U1');
  expect(linkOn('http://plant.example', 'urn:x')).toBe('urn:x');
});

test('every unit of measure makes a sensor report that EPCIS accepts', () => {
  const units = ['V', 'mA', 'MΩ', 'N·m', 'r/min', 'dB(A)', 'bool', '%', 'mm', '0-8', 'HRC', '°C'];
  const time = new Date('2026-03-02T01:00:00Z');
  const measured = units.map((unit) => ({ code: 'X', value: '1', unit, verdict: 'pass' }));
  const event = objectEvent({
    eventTime: time,
    action: 'OBSERVE',
    epcList: ['https://id.gs1.org/01/09520123456788/21/U1'],
    sensorElementList: sensorElements(measured, time),
  });
  expect(validateEvent(event)).toMatchObject({ ok: true });
});

test('a unit that only JavaScript knows is written beside the value', () => {
  const one = { code: 'C-01', value: '1.5', unit: 'constructor', verdict: 'pass' };
  const [element] = sensorElements([one], new Date(0));
  expect(element?.sensorReport[0]).toMatchObject({
    type: 'Dimensionless',
    'zz:unit': 'constructor',
  });
});
