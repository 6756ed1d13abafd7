import { describe, expect, it } from 'vitest';
import { Budget } from '../budget.ts';
import { compile } from '../compile.ts';
import { Random } from '../random.ts';
import { randomAssembly } from '../testing/random-problems.ts';
import { at, realAt } from '../typed.ts';
import { FlexibleGraph, type FlexibleShop } from './graph.ts';
import { flexibleImprover } from './improver.ts';
import { machinePrices } from './prices.ts';
import { FlexibleTabu } from './tabu.ts';

/** Small shops with assemblies, lags, release dates and jobs that return to a machine. */
function* shops(random: Random, count: number): Generator<FlexibleShop> {
  for (let round = 0; round < count; round++) {
    const c = compile(randomAssembly(random, 2 + random.below(4), 1 + random.below(4)));
    yield { ...c, machines: c.machineIds.length };
  }
}

/** The places of v on the machine of a mode that the neighbourhood holds to be sound. */
function placesOf(graph: FlexibleGraph, v: number, mode: number): number[] {
  const { n, end, tail, machineAfter, machineFirst, shop } = graph;
  const ready = graph.ready(v, end);
  const rest = graph.rest(v, tail);
  const places: number[] = [];
  let x = at(machineFirst, at(shop.modeMachine, mode));
  for (;;) {
    if (x === v) x = at(machineAfter, v);
    const early = x !== n && at(end, x) <= ready;
    const long = x !== n && at(tail, x) > rest;
    if (!(early && long)) places.push(x);
    if (!early && !long) return places;
    x = at(machineAfter, x);
  }
}

describe('FlexibleGraph', () => {
  it('keeps heads, tails and order through any reinsertion as if loaded afresh', () => {
    const random = new Random(11);
    let moves = 0;
    for (const shop of shops(random, 30)) {
      const graph = new FlexibleGraph(shop);
      const fresh = new FlexibleGraph(shop);
      const start = flexibleImprover(shop, random).create();
      graph.load(start.sequence, start.modes);
      for (let step = 0; step < 40; step++) {
        const v = random.below(shop.n);
        const span = at(shop.modeFirst, v + 1) - at(shop.modeFirst, v);
        const mode = at(shop.modeFirst, v) + random.below(span);
        const places = placesOf(graph, v, mode);
        graph.reinsert(v, mode, places[random.below(places.length)] ?? shop.n);
        fresh.load(graph.order, graph.mode);
        expect(graph.makespan).toBe(fresh.makespan);
        expect(graph.end.subarray(0, shop.n)).toEqual(fresh.end.subarray(0, shop.n));
        expect(graph.tail.subarray(0, shop.n)).toEqual(fresh.tail.subarray(0, shop.n));
        expect(graph.machineBefore.subarray(0, shop.n)).toEqual(
          fresh.machineBefore.subarray(0, shop.n),
        );
        for (let x = 0; x < shop.n; x++) {
          expect(at(graph.place, at(graph.order, x))).toBe(x);
          for (let k = at(shop.before.first, x); k < at(shop.before.first, x + 1); k++) {
            expect(at(graph.place, at(shop.before.values, k))).toBeLessThan(at(graph.place, x));
          }
        }
        moves++;
      }
    }
    expect(moves).toBe(1200);
  });
});

describe('FlexibleTabu', () => {
  it('returns a schedule whose makespan is what it says, however long it searches', () => {
    const random = new Random(5);
    for (const shop of shops(random, 30)) {
      const start = flexibleImprover(shop, random).create();
      const tabu = new FlexibleTabu(shop, random);
      const limits = { patience: 500, target: 0 };
      tabu.run(start.sequence, start.modes, limits, new Budget({ iterations: 2000 }));
      const fresh = new FlexibleGraph(shop);
      fresh.load(tabu.best, tabu.bestModes);
      expect(fresh.makespan).toBe(tabu.bestMakespan);
      fresh.load(start.sequence, start.modes);
      expect(tabu.bestMakespan).toBeLessThanOrEqual(fresh.makespan);
      // Wherever the search stopped, no cycle has arisen and nothing is stale.
      fresh.load(tabu.graph.order, tabu.graph.mode);
      expect(fresh.makespan).toBe(tabu.graph.makespan);
      expect(fresh.end.subarray(0, shop.n)).toEqual(tabu.graph.end.subarray(0, shop.n));
    }
  });
});

describe('machinePrices', () => {
  it('never price the work above what some schedule takes', () => {
    const random = new Random(3);
    for (const shop of shops(random, 30)) {
      const prices = machinePrices(shop);
      expect(prices.reduce((sum, price) => sum + price, 0)).toBeCloseTo(shop.machines, 6);
      let work = 0;
      for (let v = 0; v < shop.n; v++) {
        let least = Number.POSITIVE_INFINITY;
        for (let k = at(shop.modeFirst, v); k < at(shop.modeFirst, v + 1); k++) {
          least = Math.min(least, at(shop.modeTime, k) * realAt(prices, at(shop.modeMachine, k)));
        }
        work += least;
      }
      const start = flexibleImprover(shop, random).create();
      const tabu = new FlexibleTabu(shop, random);
      const limits = { patience: 300, target: 0 };
      tabu.run(start.sequence, start.modes, limits, new Budget({ iterations: 1000 }));
      expect(work / shop.machines).toBeLessThanOrEqual(tabu.bestMakespan + 1e-6);
    }
  });
});
