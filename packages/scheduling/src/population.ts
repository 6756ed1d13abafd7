import type { Budget } from './budget.ts';
import type { Random } from './random.ts';
import { at, item } from './typed.ts';

/**
 * A schedule as the searches pass it on: all operations in an order that respects precedence (it gives
 * the machine orders), the mode of each (empty where there is no choice), and its value.
 */
export interface Plan {
  readonly sequence: Int32Array;
  readonly modes: Int32Array;
  readonly value: number;
}

/** Where a local search stops besides its budget. */
export interface SearchLimits {
  /** Iterations without a new best of this call after which the search ends. */
  readonly patience: number;
  /** A value that cannot be beaten (a lower bound): reaching it ends the search. */
  readonly target: number;
}

/** A local search the population can use. */
export interface Improver {
  /** A fresh starting plan. */
  create(): Plan;
  improve(start: Plan, limits: SearchLimits, budget: Budget): Plan;
  machineOf(plan: Plan, operation: number): number;
}

/** Where islands meet: better plans go out, and now and then one comes in. */
export interface Exchange {
  offer(plan: Plan): void;
  take(): Plan | undefined;
}

export interface PopulationOptions {
  readonly target: number;
  readonly size: number;
  readonly patience: number;
  readonly warmStart?: Plan | undefined;
  readonly onBetter?: ((plan: Plan) => void) | undefined;
  readonly exchange?: Exchange | undefined;
}

/**
 * Local search within a small population joined by path relinking, after Peng, Lü and Cheng (2015):
 * two members are combined at some point of the path between them, the result is improved and may take
 * a member's place. When nothing new comes of
 * the members any more, all but the best are replaced and searches become twice as patient.
 */
export function evolve(
  improver: Improver,
  random: Random,
  budget: Budget,
  options: PopulationOptions,
): Plan {
  const members: Member[] = [];
  let best: Plan | undefined;
  let patience = options.patience;

  const improve = (start: Plan): Plan => {
    const limits = { patience, target: options.target };
    const plan = improver.improve(start, limits, budget);
    if (best === undefined || plan.value < best.value) {
      best = plan;
      options.onBetter?.(plan);
      options.exchange?.offer(plan);
    }
    return plan;
  };
  const done = () => budget.over || (best !== undefined && best.value <= options.target);

  const admit = (plan: Plan) => {
    members.push({ plan, ranks: ranksOf(improver, plan) });
  };

  admit(improve(options.warmStart ?? improver.create()));
  while (!done()) {
    while (members.length < options.size && !done()) admit(improve(improver.create()));
    let barren = 0;
    while (!done() && barren < 3 * options.size) {
      const guest = options.exchange?.take();
      if (guest !== undefined) settle(improver, members, guest);
      const a = random.below(members.length);
      const b = (a + 1 + random.below(members.length - 1)) % members.length;
      const share = 0.3 + 0.4 * random.unit();
      const child = relink(item(members, a).plan, item(members, b).plan, share, random);
      barren = settle(improver, members, improve(child)) ? 0 : barren + 1;
    }
    members.length = 0;
    patience *= 2;
    if (best !== undefined) admit(best);
  }
  // The first `improve` has set it.
  return best ?? item(members, 0).plan;
}

/**
 * A point on the path from one plan to another: operations are drawn one after the other, from the
 * second plan with the given chance, else from the first, always the earliest not yet drawn, each with
 * its mode there. Every order both agree on is kept, so the result is feasible and lies between them
 * (the precedence-preserving crossover of Bierwirth, Mattfeld and Kopfer 1996 as a relinking step).
 */
export function relink(from: Plan, to: Plan, share: number, random: Random): Plan {
  const n = from.sequence.length;
  const sequence = new Int32Array(n);
  const modes = from.modes.slice();
  const drawn = new Uint8Array(n);
  let a = 0;
  let b = 0;
  for (let i = 0; i < n; i++) {
    while (a < n && drawn[at(from.sequence, a)] === 1) a++;
    while (b < n && drawn[at(to.sequence, b)] === 1) b++;
    const other = random.unit() < share;
    const x = other ? at(to.sequence, b) : at(from.sequence, a);
    if (other && modes.length > 0) modes[x] = at(to.modes, x);
    drawn[x] = 1;
    sequence[i] = x;
  }
  return { sequence, modes, value: Number.POSITIVE_INFINITY };
}

interface Member {
  readonly plan: Plan;
  readonly ranks: Int32Array;
}

/** Plans that differ in fewer than this share of their operations count as the same idea. */
const KIN = 0.1;

/**
 * Lets a plan into the population: in place of the member it is nearest to when the two are kin, in
 * place of the worst otherwise, if it is better than that one. Keeping kin apart keeps the population
 * from closing in on one valley.
 */
function settle(improver: Improver, members: Member[], plan: Plan): boolean {
  const ranks = ranksOf(improver, plan);
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let i = 0; i < members.length; i++) {
    const away = distance(item(members, i).ranks, ranks);
    if (away < least) {
      least = away;
      nearest = i;
    }
    if (item(members, i).plan.value > item(members, worst).plan.value) worst = i;
  }
  const rival = least < KIN * ranks.length ? nearest : worst;
  if (plan.value >= item(members, rival).plan.value) return false;
  members[rival] = { plan, ranks };
  return true;
}

/** How many operations are on another machine or at another place of its order. */
function distance(a: Int32Array, b: Int32Array): number {
  let different = 0;
  for (let x = 0; x < a.length; x++) if (at(a, x) !== at(b, x)) different++;
  return different;
}

/** For each operation its machine and its place there, as one number. */
function ranksOf(improver: Improver, plan: Plan): Int32Array {
  const count = new Map<number, number>();
  const ranks = new Int32Array(plan.sequence.length);
  for (const x of plan.sequence) {
    const machine = improver.machineOf(plan, x);
    const rank = count.get(machine) ?? 0;
    count.set(machine, rank + 1);
    ranks[x] = machine * 65_536 + rank;
  }
  return ranks;
}
