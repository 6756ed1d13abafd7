import { describe, expect, it } from 'vitest';
import { Budget } from '../budget.ts';
import { Random } from '../random.ts';
import { at } from '../typed.ts';
import { type JobShop, JobShopGraph } from './graph.ts';
import { jobShopImprover } from './improver.ts';

function randomShop(random: Random, jobs: number, machines: number): JobShop {
  const n = jobs * machines;
  const machine = new Int32Array(n);
  for (let j = 0; j < jobs; j++) {
    const route = Array.from({ length: machines }, (_, m) => m);
    random.shuffle(route);
    machine.set(route, j * machines);
  }
  return {
    jobs,
    machines,
    first: Int32Array.from({ length: jobs + 1 }, (_, j) => j * machines),
    machine,
    time: Int32Array.from({ length: n }, () => 1 + random.below(30)),
    release: Int32Array.from({ length: jobs }, () => random.below(20)),
    delivery: Int32Array.from({ length: jobs }, () => random.below(20)),
  };
}

describe('JobShopGraph', () => {
  it('keeps heads, tails and a topological order through moves', () => {
    const random = new Random(7);
    for (let round = 0; round < 30; round++) {
      const shop = randomShop(random, 4 + random.below(5), 2 + random.below(4));
      const graph = new JobShopGraph(shop);
      graph.load(jobShopImprover(shop, random).create().sequence);
      for (let step = 0; step < 60; step++) {
        const u = random.below(graph.n);
        const v = at(graph.machineAfter, u);
        if (v === graph.n) continue;
        if (random.below(2) === 0) {
          if (at(graph.tail, v) >= at(graph.tail, at(graph.jobAfter, u))) graph.moveAfter(u, v);
        } else if (at(graph.end, u) >= at(graph.end, at(graph.jobBefore, v)))
          graph.moveBefore(v, u);
        const fresh = new JobShopGraph(shop);
        fresh.load(graph.order);
        expect(graph.end).toEqual(fresh.end);
        expect(graph.tail).toEqual(fresh.tail);
        expect(graph.makespan).toBe(fresh.makespan);
      }
    }
  });

  it('counts release and delivery times', () => {
    const shop: JobShop = {
      jobs: 1,
      machines: 1,
      first: Int32Array.of(0, 1),
      machine: Int32Array.of(0),
      time: Int32Array.of(5),
      release: Int32Array.of(3),
      delivery: Int32Array.of(4),
    };
    const plan = jobShopImprover(shop, new Random(1)).improve(
      { sequence: Int32Array.of(0), modes: new Int32Array(0), value: 0 },
      { patience: 10, target: 0 },
      new Budget({ iterations: 10 }),
    );
    expect(plan.value).toBe(12);
  });
});
