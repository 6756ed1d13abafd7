/** How well a figure is founded: this plant's meters and scales, reckoned from them, somebody else's statement, or typed in. */
export type Evidence = 'measured' | 'calculated' | 'literature' | 'entered';

export interface Input {
  readonly value: number;
  readonly evidence: Evidence;
}

export interface Effect {
  readonly new: Input;
  readonly reman: Input;
  /** Share saved against the new product; negative when it takes more. */
  readonly saving: number;
  /** The weaker of the two: a saving is no better founded than its baseline. */
  readonly evidence: Evidence;
}

const STRENGTH: Readonly<Record<Evidence, number>> = {
  measured: 3,
  calculated: 2,
  entered: 1,
  literature: 0,
};

export function weaker(a: Evidence, b: Evidence): Evidence {
  return STRENGTH[a] <= STRENGTH[b] ? a : b;
}

/** What remanufacturing saves against making new; undefined where the new product takes nothing. */
export function effectOf(fresh: Input, reman: Input): Effect | undefined {
  if (!(fresh.value > 0)) return undefined;
  return {
    new: fresh,
    reman,
    saving: 1 - reman.value / fresh.value,
    evidence: weaker(fresh.evidence, reman.evidence),
  };
}

/**
 * Emissions of making one product, kg: electricity at the grid's factor and new material at its own. The
 * same two factors serve the new and the remanufactured product, so that they cannot make a saving.
 */
export function emissionsOf(kwh: Input, materialG: Input, grid: number, material: number): Input {
  return {
    value: kwh.value * grid + (materialG.value / 1000) * material,
    evidence: weaker(weaker(kwh.evidence, materialG.evidence), 'calculated'),
  };
}

export interface Scenario {
  readonly kwh: number;
  readonly tonnes: number;
  /** The emission factor that the two statements imply together, kg/kWh; undefined without energy. */
  readonly impliedFactor: number | undefined;
  /** What the same electricity would be at a published grid factor. */
  readonly tonnesAtGrid: number;
}

/** A number of units, each saving so much electricity and so much CO2. */
export function scenarioOf(units: number, kwhEach: number, kgEach: number, grid: number): Scenario {
  const kwh = units * kwhEach;
  return {
    kwh,
    tonnes: (units * kgEach) / 1000,
    impliedFactor: kwhEach > 0 ? kgEach / kwhEach : undefined,
    tonnesAtGrid: (kwh * grid) / 1000,
  };
}
