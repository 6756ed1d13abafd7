import { describe, expect, test } from 'vitest';
import { fitLife, leastMeanLife, type Run } from './life.ts';

const failed = (days: number): Run => ({ days, failed: true });

/** Endurance of 23 deep-groove ball bearings, million revolutions (Lieblein & Zelen 1956). */
const BEARINGS = [
  ...[17.88, 28.92, 33.0, 41.52, 42.12, 45.6, 48.48, 51.84, 51.96, 54.12, 55.56, 67.8],
  ...[68.64, 68.64, 68.88, 84.12, 93.12, 98.64, 105.12, 105.84, 127.92, 128.04, 173.4],
];

/** A small generator with a fixed seed: the same draws on every machine. */
function* uniform(seed: number) {
  let state = seed >>> 0;
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield (state + 0.5) / 2 ** 32;
  }
}

describe('Weibull by maximum likelihood', () => {
  test('golden: the ball bearings have shape 2.102 and scale 81.88 (Lawless 2003, ex. 5.2.2)', () => {
    const fit = fitLife(BEARINGS.map(failed));
    expect(fit?.shape.estimate).toBeCloseTo(2.102, 3);
    expect(fit?.scale.estimate).toBeCloseTo(81.88, 2);
  });

  test('is the likelihood’s maximum and its information, whatever is censored', () => {
    const runs = BEARINGS.map((days, i) => ({ days, failed: i % 3 !== 0 }));
    const fit = fitLife(runs);
    if (!fit) throw new Error('enough failures');
    const [u, v] = [Math.log(fit.scale.estimate), Math.log(fit.shape.estimate)];
    const loglik = (a: number, b: number) =>
      runs.reduce((n, r) => {
        const z = Math.exp(b) * (Math.log(r.days) - a);
        return n + (r.failed ? b + z : 0) - Math.exp(z);
      }, 0);
    const h = 1e-4;
    const best = loglik(u, v);
    for (const [du, dv] of [
      [h, 0],
      [-h, 0],
      [0, h],
      [0, -h],
    ] as const) {
      expect(loglik(u + du, v + dv)).toBeLessThan(best);
    }
    // observed information by differences, inverted, against the interval that was given
    const second = (f: (x: number) => number) => -(f(h) - 2 * f(0) + f(-h)) / (h * h);
    const uu = second((x) => loglik(u + x, v));
    const vv = second((x) => loglik(u, v + x));
    const both = second((x) => loglik(u + x, v + x));
    const uv = (both - uu - vv) / 2;
    const sd = Math.sqrt(uu / (uu * vv - uv * uv));
    expect(Math.log(fit.shape.high / fit.shape.estimate) / 1.6448536).toBeCloseTo(sd, 3);
  });

  test('its 90 % intervals hold the truth about nine times in ten (1,000 draws of 60 units, half censored)', () => {
    const next = uniform(7);
    const draw = () => next.next().value ?? 0.5;
    const [shape, scale, end] = [1.8, 900, 800];
    const b10 = scale * (-Math.log(0.9)) ** (1 / shape);
    const survival = Math.exp(-((365 / scale) ** shape));
    let [held, heldSurvival, fits] = [0, 0, 0];
    for (let i = 0; i < 1000; i++) {
      const runs = Array.from({ length: 60 }, () => {
        const life = scale * (-Math.log(draw())) ** (1 / shape);
        return { days: Math.min(life, end), failed: life <= end };
      });
      const fit = fitLife(runs);
      if (!fit) continue;
      fits++;
      if (fit.b10.low <= b10 && b10 <= fit.b10.high) held++;
      const at = fit.survivalAt(365);
      if (at.low <= survival && survival <= at.high) heldSurvival++;
    }
    expect(fits).toBe(1000);
    for (const share of [held / fits, heldSurvival / fits]) {
      expect(share).toBeGreaterThan(0.86);
      expect(share).toBeLessThan(0.93);
    }
  });

  test('says nothing of few failures, nor of failures on one day', () => {
    expect(fitLife([1, 2, 3, 4].map(failed))).toBeUndefined();
    expect(fitLife(Array.from({ length: 9 }, () => failed(30)))).toBeUndefined();
  });
});

test('the least mean life: no failure in 1,000 days gives 434 days, two give 188', () => {
  const calm = Array.from({ length: 10 }, () => ({ days: 100, failed: false }));
  expect(leastMeanLife(calm)).toBeCloseTo(1000 * Math.LOG10E, 3);
  const two = calm.map((r, i) => ({ ...r, failed: i < 2 }));
  expect(leastMeanLife(two)).toBeCloseTo(1000 / 5.32232, 2); // chi-square 0.9, 6 degrees, halved
  expect(leastMeanLife([])).toBeUndefined();
});
