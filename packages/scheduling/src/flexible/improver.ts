import type { Improver, Plan } from '../population.ts';
import type { Random } from '../random.ts';
import { at } from '../typed.ts';
import type { FlexibleShop } from './graph.ts';
import { FlexibleTabu } from './tabu.ts';

/** The flexible shop's local search, for the population. */
export function flexibleImprover(shop: FlexibleShop, random: Random): Improver {
  const tabu = new FlexibleTabu(shop, random);
  return {
    create: () => greedyPlan(shop, random),
    improve(start, limits, budget): Plan {
      tabu.run(start.sequence, start.modes, limits, budget);
      return {
        sequence: tabu.best.slice(),
        modes: tabu.bestModes.slice(),
        value: tabu.bestMakespan,
      };
    },
    machineOf: (plan, x) => at(shop.modeMachine, at(plan.modes, x)),
  };
}

/**
 * A plan built forwards: one of the operations that may come next is drawn and put where it would end
 * first; now and then on another of its machines, so that no two plans are alike.
 */
function greedyPlan(shop: FlexibleShop, random: Random): Plan {
  const { n, before, after, modeFirst, modeMachine, modeTime, lag } = shop;
  const sequence = new Int32Array(n);
  const modes = new Int32Array(n);
  const waiting = new Int32Array(n);
  const ready = shop.release.slice();
  const machineFree = new Int32Array(shop.machines);
  const open: number[] = [];
  for (let x = 0; x < n; x++) {
    waiting[x] = at(before.first, x + 1) - at(before.first, x);
    if (at(waiting, x) === 0) open.push(x);
  }
  for (let i = 0; i < n; i++) {
    const drawn = random.below(open.length);
    const x = open[drawn] ?? 0;
    open[drawn] = open[open.length - 1] ?? 0;
    open.pop();
    let mode = at(modeFirst, x);
    let soonest = Number.POSITIVE_INFINITY;
    for (let k = at(modeFirst, x); k < at(modeFirst, x + 1); k++) {
      const end = Math.max(at(ready, x), at(machineFree, at(modeMachine, k))) + at(modeTime, k);
      if (end < soonest || (end === soonest && random.below(2) === 0)) {
        soonest = end;
        mode = k;
      }
    }
    if (random.below(10) === 0) {
      mode = at(modeFirst, x) + random.below(at(modeFirst, x + 1) - at(modeFirst, x));
      soonest = Math.max(at(ready, x), at(machineFree, at(modeMachine, mode))) + at(modeTime, mode);
    }
    machineFree[at(modeMachine, mode)] = soonest;
    modes[x] = mode;
    sequence[i] = x;
    for (let k = at(after.first, x); k < at(after.first, x + 1); k++) {
      const y = at(after.values, k);
      ready[y] = Math.max(at(ready, y), soonest + at(lag, x));
      waiting[y] = at(waiting, y) - 1;
      if (at(waiting, y) === 0) open.push(y);
    }
  }
  return { sequence, modes, value: Number.POSITIVE_INFINITY };
}
