import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lastDay, quotaValue, splitDeposit } from './settlement.ts';

test('a deposit divides without a fen lost or made, and never rises as the grade falls', () => {
  const fen = fc.bigInt({ min: 0n, max: 10n ** 12n });
  const pct = fc.integer({ min: 0, max: 100 });
  fc.assert(
    fc.property(fen, pct, pct, (amount, p, q) => {
      const [low, high] = p < q ? [p, q] : [q, p];
      const a = splitDeposit(amount, low);
      const b = splitDeposit(amount, high);
      expect(a.creditFen + a.forfeitFen).toBe(amount);
      expect(a.creditFen >= 0n && a.forfeitFen >= 0n).toBe(true);
      expect(a.creditFen <= b.creditFen).toBe(true);
    }),
  );
});

test('golden: CoremanNet quota, bought 100, returned 130, value 60, basic 6 → 6,960', () => {
  expect(quotaValue(100, 130, 60_00n, 6_00n)).toBe(6_960_00n);
});

test('golden: last day of return windows', () => {
  expect(lastDay('2024-01-01', 30, false)).toBe('2024-01-31');
  expect(lastDay('2024-01-15', 365, true)).toBe('2025-01-31');
});
