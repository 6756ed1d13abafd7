import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { solveInWorkers } from './islands.ts';
import { Random } from './random.ts';
import { randomAssembly, randomJobShop } from './testing/random-problems.ts';

describe('solveInWorkers', () => {
  it('gives the same answer for the same seed and iteration budget', async () => {
    const problem = randomAssembly(new Random(61), 6, 4);
    const options = { workers: 2, iterations: 400, seed: 5 };
    const one = await solveInWorkers(problem, options);
    const two = await solveInWorkers(problem, options);
    if (!one.ok || !two.ok) throw new Error('Both must be solved.');
    expect(two.value.assignments).toEqual(one.value.assignments);
    expect(check(problem, one.value.assignments, one.value.value)).toEqual([]);
  });

  it('ends soon after it is told to', async () => {
    const problem = randomJobShop(new Random(62), 20, 15);
    const controller = new AbortController();
    let aborted = 0;
    const result = await solveInWorkers(problem, {
      workers: 2,
      deadline: 20_000,
      signal: controller.signal,
      onProgress: () => {
        if (aborted > 0) return;
        aborted = performance.now();
        controller.abort();
      },
    });
    // 50 ms on a machine with nothing else to do (the bench measures it); a busy one stops long before its deadline.
    expect(performance.now() - aborted).toBeLessThan(10_000);
    expect(result.ok && result.value.ending).toBe('cancelled');
  });

  it('gives up threads that have no schedule yet', async () => {
    const problem = randomJobShop(new Random(64), 20, 15);
    const signal = AbortSignal.abort();
    const began = performance.now();
    const result = await solveInWorkers(problem, { workers: 2, deadline: 20_000, signal });
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(result.ok ? result.value.ending : result.problem.code).toMatch(/^cancelled$/i);
  });

  it('keeps its deadline, thread start included', async () => {
    const problem = randomJobShop(new Random(63), 20, 15);
    const started = performance.now();
    // As above: a busy machine is slow to start threads; the bench measures the real limits.
    const result = await solveInWorkers(problem, { workers: 2, deadline: 1000 });
    expect(result.ok).toBe(true);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('reports wrong input without starting a thread', async () => {
    const result = await solveInWorkers({
      machines: [],
      jobs: [],
      objective: { kind: 'makespan' },
    });
    expect(result.ok).toBe(false);
  });
});
