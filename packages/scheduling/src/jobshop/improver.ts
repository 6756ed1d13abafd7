import type { Improver, Plan } from '../population.ts';
import type { Random } from '../random.ts';
import { at } from '../typed.ts';
import type { JobShop } from './graph.ts';
import { JobShopTabu } from './tabu.ts';

const NO_MODES = new Int32Array(0);

/** The classical job shop's local search, for the population. */
export function jobShopImprover(shop: JobShop, random: Random): Improver {
  const tabu = new JobShopTabu(shop, random);
  return {
    create: () => ({
      sequence:
        at(shop.first, shop.jobs) * shop.jobs < 5_000_000
          ? activeSequence(shop, random)
          : anySequence(shop, random),
      modes: NO_MODES,
      value: Number.POSITIVE_INFINITY,
    }),
    improve(start, limits, budget): Plan {
      tabu.run(start.sequence, limits, budget);
      return { sequence: tabu.best.slice(), modes: NO_MODES, value: tabu.bestMakespan };
    },
    machineOf: (_plan, x) => at(shop.machine, x),
  };
}

/** An active schedule by the method of Giffler and Thompson (1960), conflicts decided by lot. */
function activeSequence(shop: JobShop, random: Random): Int32Array {
  const n = at(shop.first, shop.jobs);
  const sequence = new Int32Array(n);
  const next = shop.first.slice(0, shop.jobs);
  const jobFree = shop.release.slice();
  const machineFree = new Int32Array(shop.machines);
  const startOf = (j: number) =>
    Math.max(at(jobFree, j), at(machineFree, at(shop.machine, at(next, j))));
  for (let i = 0; i < n; i++) {
    let soonest = Number.POSITIVE_INFINITY;
    let machine = 0;
    for (let j = 0; j < shop.jobs; j++) {
      const x = at(next, j);
      if (x === at(shop.first, j + 1)) continue;
      const end = startOf(j) + at(shop.time, x);
      if (end < soonest) {
        soonest = end;
        machine = at(shop.machine, x);
      }
    }
    let chosen = 0;
    let seen = 0;
    for (let j = 0; j < shop.jobs; j++) {
      const x = at(next, j);
      if (x === at(shop.first, j + 1) || at(shop.machine, x) !== machine) continue;
      if (startOf(j) < soonest && random.below(++seen) === 0) chosen = j;
    }
    const x = at(next, chosen);
    const end = startOf(chosen) + at(shop.time, x);
    jobFree[chosen] = end;
    machineFree[machine] = end;
    next[chosen] = x + 1;
    sequence[i] = x;
  }
  return sequence;
}

/** Jobs in random turns: for shops too large to build an active schedule in a blink. */
function anySequence(shop: JobShop, random: Random): Int32Array {
  const turns = new Int32Array(at(shop.first, shop.jobs));
  for (let j = 0; j < shop.jobs; j++) turns.fill(j, at(shop.first, j), at(shop.first, j + 1));
  random.shuffle(turns);
  const next = shop.first.slice();
  return turns.map((j) => {
    const x = at(next, j);
    next[j] = x + 1;
    return x;
  });
}
