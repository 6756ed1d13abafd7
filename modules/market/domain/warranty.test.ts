import { expect, test } from 'vitest';
import { monthsLeft, termsOn } from './warranty.ts';

const sold = {
  warrantyMonths: 12,
  warrantyKm: 50_000,
  installed: { at: '2026-03-02', mileageKm: 100_000 },
};

test('runs from the installation to the day before the same day, and ends with the kilometres if earlier', () => {
  const last = termsOn(sold, '2027-03-01', 149_000);
  expect(last).toMatchObject({
    from: '2026-03-02',
    until: '2027-03-01',
    usedKm: 49_000,
    covered: true,
  });
  expect(termsOn(sold, '2027-03-02', 149_000).covered).toBe(false);
  expect(termsOn(sold, '2026-06-01', 150_001).covered).toBe(false);
  expect(termsOn(sold, '2026-06-01', undefined).covered).toBe(true); // the mileage is not known
  expect(termsOn({ ...sold, warrantyMonths: 0 }, '2026-03-03', 1).covered).toBe(false);
});

test('has not begun before the installation; short months end on their last day', () => {
  const before = termsOn({ warrantyMonths: 6 }, '2030-01-01', undefined);
  expect(before).toMatchObject({ covered: true, months: 6 });
  expect(before.until).toBeUndefined();
  const end = { warrantyMonths: 1, installed: { at: '2026-01-31' } };
  expect(termsOn(end, '2026-02-28', undefined)).toMatchObject({
    until: '2026-02-28',
    covered: true,
  });
});

test('a replacement carries what is left of the months, one at least', () => {
  const terms = termsOn(sold, '2026-09-02', undefined);
  expect(monthsLeft(terms, '2026-09-02')).toBe(6);
  expect(monthsLeft(terms, '2027-02-28')).toBe(1);
  expect(monthsLeft(termsOn({ warrantyMonths: 9 }, '2026-01-01', undefined), '2026-01-01')).toBe(9);
});
