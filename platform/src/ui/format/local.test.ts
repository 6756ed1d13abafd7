import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOfLocal, localOfInstant } from './local.ts';

test('a moment typed in a zone is the instant it is said for', () => {
  expect(instantOfLocal('Asia/Shanghai', '2026-03-02T09:30')).toBe('2026-03-02T01:30:00.000Z');
  expect(instantOfLocal('Europe/Berlin', '2026-07-01T09:30')).toBe('2026-07-01T07:30:00.000Z');
  expect(localOfInstant('America/New_York', '2026-01-01T04:59:00Z')).toBe('2025-12-31T23:59');
  expect(instantOfLocal('Asia/Shanghai', '2026-03-02')).toBeUndefined();
  expect(instantOfLocal('Asia/Shanghai', undefined)).toBeUndefined();
});

test('there and back in every zone of the product', () => {
  const minutes = fc.integer({ min: 0, max: 2_000_000 });
  const zone = fc.constantFrom('Asia/Shanghai', 'Asia/Urumqi', 'Europe/Berlin', 'America/New_York');
  fc.assert(
    fc.property(zone, minutes, (z, m) => {
      const local = localOfInstant(z, new Date(Date.UTC(2026, 0, 1) + m * 60_000));
      const back = instantOfLocal(z, local) ?? '';
      return localOfInstant(z, back) === local;
    }),
  );
});
