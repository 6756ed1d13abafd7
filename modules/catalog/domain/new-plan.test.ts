import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Limit } from './judge.ts';
import { type NewTest, shortfalls } from './new-plan.ts';

const limit = (level: Limit['level'], min?: string, max?: string): Limit => ({
  ...{ level, version: 1, validFrom: '2026-01-01', source: 's' },
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
  ...(level === 'customer' ? { customer: 'K' } : {}),
});
const asked = (code: string, min?: string, max?: string): NewTest => ({
  ...{ code, name: { zh: code, en: code }, unit: 'V', condition: '', source: 's' },
  ...{ min, max },
});
const kinds = (a: readonly NewTest[], own: Parameters<typeof shortfalls>[1]) =>
  shortfalls(a, own).map((s) => `${s.code} ${s.kind}`);

test('the stricter plant limit covers the national one of the new product, a wider one does not', () => {
  const new85 = [asked('T01', undefined, '8.5')];
  const own = (max: string) => [
    { code: 'T01', unit: 'V', limits: [limit('national', undefined, max)] },
  ];
  const both = [limit('national', undefined, '8.5'), limit('enterprise', undefined, '8.0')];
  expect(kinds(new85, [{ code: 'T01', unit: 'V', limits: both }])).toEqual([]);
  expect(kinds(new85, own('8.50'))).toEqual([]);
  expect(kinds(new85, own('8.51'))).toEqual(['T01 looser']);
});

test('names what is missing, in another unit, without an end, or promised to one customer only', () => {
  const plan = [asked('T01', '1', '2'), asked('T02', '1'), asked('T03', '1'), asked('T04', '3')];
  const own = [
    { code: 'T01', unit: 'V', limits: [limit('national', '1')] },
    { code: 'T02', unit: 'mV', limits: [limit('national', '1')] },
    { code: 'T04', unit: 'V', limits: [limit('customer', '3')] },
  ];
  expect(kinds(plan, own)).toEqual(['T01 looser', 'T02 unit', 'T03 missing', 'T04 looser']);
});

test('a plan covers itself, and stays covered however much stricter it gets', () => {
  const end = fc.integer({ min: -1000, max: 1000 });
  const nat = fc.nat(500);
  fc.assert(
    fc.property(end, nat, nat, nat, (low, width, up, down) => {
      const a = asked('T', String(low), String(low + width));
      const ours = limit('enterprise', String(low + up), String(low + width - down));
      expect(shortfalls([a], [{ code: 'T', unit: 'V', limits: [ours] }])).toEqual([]);
    }),
  );
});
