import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, DAY_MS, dayIn, lastDayOfMonths, midnightOf, weeksTo } from './calendar.ts';

const ZONES = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'UTC'];

test('a day begins at its midnight in every zone, whatever the clocks do', () => {
  const begins = (zone: string, day: string) => new Date(midnightOf(zone, day)).toISOString();
  expect(begins('Asia/Shanghai', '2026-03-02')).toBe('2026-03-01T16:00:00.000Z');
  expect(begins('Europe/Berlin', '2026-03-29')).toBe('2026-03-28T23:00:00.000Z');
  expect(begins('Europe/Berlin', '2026-03-30')).toBe('2026-03-29T22:00:00.000Z');
  expect(begins('America/New_York', '2026-07-01')).toBe('2026-07-01T04:00:00.000Z');
});

test('law: the instant before a midnight is on the day before', () => {
  const anyDay = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('2000-01-01', n));
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), anyDay, (zone, day) => {
      const midnight = midnightOf(zone, day);
      expect(dayIn(zone, midnight)).toBe(day);
      expect(dayIn(zone, midnight - 1)).toBe(addDays(day, -1));
    }),
    { numRuns: 200 },
  );
});

test('days are counted by the calendar', () => {
  expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  expect(Date.parse(addDays('2026-03-29', 1)) - Date.parse('2026-03-29')).toBe(DAY_MS);
});

test('a period of whole months ends the day before the same day', () => {
  expect(lastDayOfMonths('2026-03-02', 12)).toBe('2027-03-01');
  expect(lastDayOfMonths('2026-01-31', 1)).toBe('2026-02-28');
  expect(lastDayOfMonths('2024-02-29', 12)).toBe('2025-02-28');
  expect(lastDayOfMonths('2026-01-01', 24)).toBe('2027-12-31');
});

test('law: weeks join without gap, each begins on Monday, the last ends on the day', () => {
  expect(weeksTo('2026-11-22', 2)).toEqual([
    { from: '2026-11-09', to: '2026-11-15' },
    { from: '2026-11-16', to: '2026-11-22' },
  ]);
  const anyDay = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('2000-01-01', n));
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (day, count) => {
      const weeks = weeksTo(day, count);
      expect(weeks).toHaveLength(count);
      expect(weeks.at(-1)?.to).toBe(day);
      for (const [i, w] of weeks.entries()) {
        expect(new Date(`${w.from}T00:00:00Z`).getUTCDay()).toBe(1);
        if (i > 0) expect(weeks[i - 1]?.to).toBe(addDays(w.from, -1));
      }
    }),
    { numRuns: 200 },
  );
});
