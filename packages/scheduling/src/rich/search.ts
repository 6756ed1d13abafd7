import type { Budget } from '../budget.ts';
import type { Compiled } from '../compile.ts';
import type { Plan } from '../population.ts';
import type { Random } from '../random.ts';
import { type Choice, Decoder } from './decoder.ts';
import { Moves } from './moves.ts';
import { Objective } from './objective.ts';
import { startingChoice } from './start.ts';

export interface RichOptions {
  readonly target: number;
  readonly warmStart?: Plan | undefined;
  readonly onBetter?: ((value: number) => void) | undefined;
}

/** What the search ends with: its best choice, decoded, and the value. */
export interface RichResult {
  readonly choice: Choice;
  readonly decoder: Decoder;
  readonly value: number;
}

/**
 * Search over choices for the problem in its full generality. Each iteration changes a little, mostly
 * on the chain behind the makespan or behind a late job; now and then it tears out a group that belongs
 * together and throws it back in elsewhere. Worse results are accepted by the threshold of late
 * acceptance (Burke and Bykov 2017), which needs no scale of values.
 */
export function searchRich(
  c: Compiled,
  random: Random,
  budget: Budget,
  options: RichOptions,
): RichResult {
  const decoder = new Decoder(c);
  const objective = new Objective(c, decoder);
  const current = startingChoice(c, objective, budget, options.warmStart);
  let currentValue = objective.value(current);
  const trial = copyOf(current);
  const best = copyOf(current);
  let bestValue = currentValue;
  options.onBetter?.(bestValue);
  const moves = new Moves(c, random, decoder);
  moves.learn(current, decoder);
  const memory = new Float64Array(Math.max(20, Math.min(400, 3 * c.n))).fill(currentValue);
  let slot = 0;
  let idle = 0;
  const patience = 2000 + 60 * c.n;
  while (bestValue > options.target && !budget.spend()) {
    assign(trial, current);
    moves.change(trial);
    const value = objective.value(trial);
    if (value <= currentValue || value <= (memory[slot] ?? value)) {
      if (value < bestValue) assign(best, trial);
      assign(current, trial);
      currentValue = value;
      moves.learn(current, decoder);
    }
    if (currentValue < (memory[slot] ?? currentValue)) memory[slot] = currentValue;
    slot = (slot + 1) % memory.length;
    idle++;
    if (currentValue < bestValue) {
      bestValue = currentValue;
      options.onBetter?.(bestValue);
      idle = 0;
    } else if (idle > patience) {
      // Stuck: back to the best, shaken, and tolerant again.
      assign(current, best);
      for (let k = 3 + random.below(8); k > 0; k--) moves.change(current);
      currentValue = objective.value(current);
      moves.learn(current, decoder);
      memory.fill(Math.max(currentValue, bestValue));
      idle = 0;
    }
  }
  const value = objective.value(best);
  return { choice: best, decoder, value };
}

function copyOf(choice: Choice): Choice {
  return {
    sequence: choice.sequence.slice(),
    modes: choice.modes.slice(),
    holds: choice.holds.slice(),
  };
}

function assign(to: Choice, from: Choice): void {
  to.sequence.set(from.sequence);
  to.modes.set(from.modes);
  to.holds.set(from.holds);
}
