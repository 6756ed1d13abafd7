import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from '../check.ts';
import type { Problem } from '../model.ts';
import type { Result } from '../result.ts';
import { solve } from '../solve.ts';
import { parseFlexible, parseJobShop, parseRemanufacturing } from './parse.ts';

const data = resolve(process.env.ZAIZAO_DATA ?? '../shared/data');
const isAbsent = (file: string) => !existsSync(join(data, file));
if (isAbsent('jsp')) console.log(`Golden schedules are skipped: no instances below ${data}.`);

function reach(parsed: Result<Problem>, target: number): void {
  if (!parsed.ok) throw new Error(parsed.problem.message);
  for (let seed = 1; seed <= 6; seed++) {
    // Ends when the known optimum is reached: its proof is not what is tested here.
    const signal = { aborted: false };
    const onProgress = ({ value }: { readonly value: number }) => {
      signal.aborted = value <= target;
    };
    const result = solve(parsed.value, { iterations: 400_000, seed, signal, onProgress });
    if (!result.ok) throw new Error(result.problem.message);
    expect(check(parsed.value, result.value.assignments, result.value.value)).toEqual([]);
    expect(result.value.bound).toBeLessThanOrEqual(target);
    expect(result.value.value).toBeGreaterThanOrEqual(target);
    if (result.value.value === target) return;
  }
  throw new Error(`No seed reached ${target}.`);
}

describe('published optima', () => {
  it.for<[name: string, optimum: number]>([
    ['ft06', 55],
    ['ft10', 930],
    ['la01', 666],
    ['la06', 926],
    ['la16', 945],
    ['orb07', 397],
  ])('job shop %s = %i', ([name, optimum], { skip }) => {
    const file = `jsp/instances/${name}`;
    skip(isAbsent(file), `${file} is absent`);
    reach(parseJobShop(readFileSync(join(data, file), 'utf8')), optimum);
  });

  it.for<[name: string, optimum: number]>([
    ['brandimarte/mk01', 40],
    ['brandimarte/mk03', 204],
    ['brandimarte/mk04', 60],
  ])('flexible job shop %s = %i', ([name, optimum], { skip }) => {
    const file = `fjsp/schedlab/${name}.txt`;
    skip(isAbsent(file), `${file} is absent`);
    reach(parseFlexible(readFileSync(join(data, file), 'utf8')), optimum);
  });

  it('remanufacturing shop S01 far below the published learned policy', ({ skip }) => {
    const file = 'reman/ironmou_rmfjsp/S01.fjs';
    skip(isAbsent(file), `${file} is absent`);
    const parsed = parseRemanufacturing(readFileSync(join(data, file), 'utf8'));
    if (!parsed.ok) throw new Error(parsed.problem.message);
    const result = solve(parsed.value, { iterations: 20_000 });
    if (!result.ok) throw new Error(result.problem.message);
    expect(check(parsed.value, result.value.assignments, result.value.value)).toEqual([]);
    expect(result.value.value).toBeLessThan(579);
  });
});
