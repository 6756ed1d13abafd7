import { at, realAt } from '../typed.ts';
import type { FlexibleShop } from './graph.ts';

const ROUNDS = 2000;
/** Modes looked at in all rounds together: some milliseconds. */
const LOOKS = 1_000_000;

/**
 * What an hour of each machine is worth, 1 on average. When only loads count, the makespan is at least
 * the sum over operations of their cheapest mode at any prices, divided by the number of machines; the
 * prices here make that bound nearly as large as it can be (they solve the dual of spreading the work,
 * by multiplicative weights: Plotkin, Shmoys and Tardos 1995). Machines with time to spare come out at
 * about 0, those every good plan fills at more than 1.
 */
export function machinePrices(shop: FlexibleShop): Float64Array {
  const { machines, modeTime } = shop;
  const price = new Float64Array(machines).fill(1 / machines);
  const load = new Float64Array(machines);
  let best = 0;
  let prices = price.slice();
  const rounds = Math.max(10, Math.min(ROUNDS, Math.floor(LOOKS / modeTime.length)));
  for (let round = 1; round <= rounds; round++) {
    const value = loadAtPrices(shop, price, load.fill(0));
    if (value > best) {
      best = value;
      prices = price.slice();
    }
    // Prices follow the loads: ever more carefully, and never down to nothing, to be able to return.
    const step = 0.5 / Math.sqrt(round);
    let sum = 0;
    for (let m = 0; m < machines; m++) {
      const excess = Math.min(3, realAt(load, m) / best - 1);
      const next = Math.max(1e-6, realAt(price, m)) * Math.exp(step * excess);
      price[m] = next;
      sum += next;
    }
    for (let m = 0; m < machines; m++) price[m] = realAt(price, m) / sum;
  }
  return prices.map((one) => one * machines);
}

/** Every operation on its cheapest machine: the total price, and into `load` the time by machine. */
function loadAtPrices(shop: FlexibleShop, price: Float64Array, load: Float64Array): number {
  const { n, modeFirst, modeMachine, modeTime } = shop;
  let value = 0;
  for (let v = 0; v < n; v++) {
    let least = Number.POSITIVE_INFINITY;
    let chosen = 0;
    for (let k = at(modeFirst, v); k < at(modeFirst, v + 1); k++) {
      const cost = realAt(price, at(modeMachine, k)) * at(modeTime, k);
      if (cost < least) {
        least = cost;
        chosen = k;
      }
    }
    value += least;
    const m = at(modeMachine, chosen);
    load[m] = realAt(load, m) + at(modeTime, chosen);
  }
  return value;
}

const LEAST_WEIGHT = 0.5;
const MOST_WEIGHT = 4;

/**
 * How much a unit of priced work counts against a unit of makespan. The less the modes of an operation
 * differ beside its time, the more: small differences would drown in those of the paths, large ones
 * would forbid all but the cheapest machine. The form and its factor were found by trial.
 */
export function priceWeight(shop: FlexibleShop, prices: Float64Array): number {
  const { n, modeFirst, modeMachine, modeTime } = shop;
  let time = 0;
  let spread = 0;
  for (let v = 0; v < n; v++) {
    const from = at(modeFirst, v);
    const to = at(modeFirst, v + 1);
    if (to - from === 1) continue;
    let least = Number.POSITIVE_INFINITY;
    let times = 0;
    let costs = 0;
    for (let k = from; k < to; k++) {
      const cost = at(modeTime, k) * realAt(prices, at(modeMachine, k));
      least = Math.min(least, cost);
      costs += cost;
      times += at(modeTime, k);
    }
    time += times / (to - from);
    spread += costs / (to - from) - least;
  }
  return Math.min(
    MOST_WEIGHT,
    Math.max(LEAST_WEIGHT, 0.7 * Math.sqrt(time / Math.max(spread, 1e-9))),
  );
}
