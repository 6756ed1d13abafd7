import { describe, expect, it } from 'vitest';
import { compile } from '../compile.ts';
import { Random } from '../random.ts';
import { randomAssembly } from '../testing/random-problems.ts';
import { at } from '../typed.ts';
import { FlexibleGraph } from './graph.ts';
import { flexibleImprover } from './improver.ts';

describe('FlexibleGraph', () => {
  it('foretells the longest path after a reinsertion exactly', () => {
    const random = new Random(11);
    let moves = 0;
    for (let round = 0; round < 60; round++) {
      const c = compile(randomAssembly(random, 2 + random.below(4), 1 + random.below(4)));
      const shop = { ...c, machines: c.machineIds.length };
      const graph = new FlexibleGraph(shop);
      const start = flexibleImprover(shop, random).create();
      graph.load(start.sequence, start.modes);
      for (let step = 0; step < 30; step++) {
        const v = random.below(c.n);
        graph.lift(v);
        const span = at(c.modeFirst, v + 1) - at(c.modeFirst, v);
        const mode = at(c.modeFirst, v) + random.below(span);
        const ready = at(graph.freeEnd, v);
        const rest = at(graph.freeTail, v);
        // The first place that is late or short is always sound.
        let previous = graph.n;
        let next = at(graph.machineFirst, at(c.modeMachine, mode));
        for (;;) {
          if (next === v) next = at(graph.machineAfter, v);
          if (next === graph.n) break;
          if (at(graph.freeEnd, next) > ready || at(graph.freeTail, next) <= rest) break;
          previous = next;
          next = at(graph.machineAfter, next);
        }
        const head = previous === graph.n ? ready : Math.max(ready, at(graph.freeEnd, previous));
        const tail = next === graph.n ? rest : Math.max(rest, at(graph.freeTail, next));
        const foretold = Math.max(graph.freeMakespan, head + at(c.modeTime, mode) + tail);
        graph.reinsert(v, mode, next);
        expect(graph.makespan).toBe(foretold);
        const fresh = new FlexibleGraph(shop);
        fresh.load(graph.order, graph.mode);
        expect(fresh.makespan).toBe(graph.makespan);
        expect(fresh.machineBefore).toEqual(graph.machineBefore);
        moves++;
      }
    }
    expect(moves).toBe(1800);
  });
});
