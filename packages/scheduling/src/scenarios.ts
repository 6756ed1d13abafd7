import type { Problem, Scenario } from './model.ts';
import { Random } from './random.ts';

/** What is not certain about one operation. */
export interface Uncertainty {
  readonly operation: string;
  /** Standard deviation of the processing time over its mean (log-normal); 0 when absent. */
  readonly spread?: number;
  /** Chance that findings make it necessary; 1 when absent. */
  readonly chance?: number;
  /** Chance that it must be done again, each time, at most `most` times. */
  readonly rework?: { readonly chance: number; readonly most: number };
}

/**
 * Draws courses of events. Random numbers are common: the draw for an operation depends only on the
 * seed, the number of the scenario and the operation's identifier, so that two plans, or two variants
 * of a problem, are compared under the same luck.
 *
 * @returns `count` scenarios whose factors have mean 1 for an operation with spread alone.
 */
export function drawScenarios(
  uncertainties: readonly Uncertainty[],
  options: { readonly count: number; readonly seed: number },
): Scenario[] {
  return Array.from({ length: options.count }, (_, s) => {
    const factors: Record<string, number> = {};
    for (const uncertainty of uncertainties) {
      const random = new Random(mix(options.seed, s, uncertainty.operation));
      factors[uncertainty.operation] = drawFactor(uncertainty, random);
    }
    return { factors };
  });
}

/** The mean course: every factor at its expectation, for a plan that ignores chance. */
export function meanScenario(uncertainties: readonly Uncertainty[]): Scenario {
  const factors: Record<string, number> = {};
  for (const { operation, chance = 1, rework } of uncertainties) {
    let repeats = 0;
    for (let k = 1; k <= (rework?.most ?? 0); k++) repeats += (rework?.chance ?? 0) ** k;
    factors[operation] = chance * (1 + repeats);
  }
  return { factors };
}

/** The same problem under the given courses of events. */
export function withScenarios(problem: Problem, scenarios: readonly Scenario[]): Problem {
  return { ...problem, scenarios };
}

function drawFactor(uncertainty: Uncertainty, random: Random): number {
  const { spread = 0, chance = 1, rework } = uncertainty;
  // Every draw is made whether used or not, so that one parameter never shifts another's luck.
  const needed = random.unit() < chance;
  const variance = Math.log(1 + spread * spread);
  const once = () => Math.exp(Math.sqrt(variance) * random.normal() - variance / 2);
  let factor = once();
  for (let k = 0, going = true; k < (rework?.most ?? 0); k++) {
    going = random.unit() < (rework?.chance ?? 0) && going;
    const again = once();
    if (going) factor += again;
  }
  return needed ? factor : 0;
}

/** A seed from seed, scenario and name (FNV-1a over the name). */
function mix(seed: number, scenario: number, name: string): number {
  let hash = Math.imul(seed ^ 0x811c9dc5, 0x01000193) ^ Math.imul(scenario + 1, 0x9e3779b1);
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
