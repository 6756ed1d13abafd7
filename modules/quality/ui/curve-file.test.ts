import { expect, test } from 'vitest';
import { MOST_SAMPLES } from '../contract.ts';
import { pointsOf } from './curve-file.ts';

test('a recorder’s file: heading skipped, separators as they come, too long thinned', () => {
  expect(pointsOf('t;A\n0;1.5\r\n0.1;-2\n\n')).toEqual([
    [0, 1.5],
    [0.1, -2],
  ]);
  expect(pointsOf('0,1\n1,2,extra\n')).toEqual([
    [0, 1],
    [1, 2],
  ]);
  expect(pointsOf('a,b\n1,2')).toBeUndefined();
  const long = Array.from({ length: 50_000 }, (_, i) => `${i},1`).join('\n');
  expect(pointsOf(long)?.length).toBeLessThanOrEqual(MOST_SAMPLES);
});
