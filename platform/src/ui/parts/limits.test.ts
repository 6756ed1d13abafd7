import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge, judgeAll, scaleOf } from './limits.ts';

describe('a value against its limits', () => {
  test('8.2 V is good for the national limit and out of the plant’s', () => {
    expect(judge(8.2, { name: 'national', high: '8.5' })).toBe('within');
    expect(judge(8.2, { name: 'plant', high: '8.0' })).toBe('out');
    expect(
      judgeAll(8.2, [
        { name: 'national', high: 8.5 },
        { name: 'plant', high: 8 },
      ]),
    ).toBe('out');
  });
  test('the limit itself is allowed, and its neighbourhood is said to be near', () => {
    expect(judge(8, { name: 'plant', low: 5, high: 8 })).toBe('near');
    expect(judge(8, { name: 'plant', high: 8 })).toBe('within');
    expect(judge(8.0001, { name: 'plant', low: 5, high: 8 })).toBe('out');
  });
  test('the scale shows the value and every limit', () => {
    const number = fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 1000); // what gauges show
    fc.assert(
      fc.property(
        number,
        fc.array(fc.record({ low: number, high: number }), { maxLength: 4 }),
        (value, limits) => {
          const [from, to] = scaleOf(
            value,
            limits.map((l) => ({ name: '', ...l })),
          );
          for (const mark of [value, ...limits.flatMap((l) => [l.low, l.high])]) {
            expect(mark).toBeGreaterThanOrEqual(from);
            expect(mark).toBeLessThanOrEqual(to);
          }
          expect(to).toBeGreaterThan(from);
        },
      ),
    );
  });
});
