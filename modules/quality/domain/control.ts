const ENOUGH = 8;

/** 3 / d2 for moving ranges of two: from the mean moving range to three sigma. @see ISO 7870-2, table 1 */
const FROM_MOVING_RANGE = 2.66;

/**
 * Control limits of individual values by their moving ranges. They say what the process does, not
 * what it should; with fewer than eight values they say nothing and are left out.
 */
export function controlLimits(
  values: readonly number[],
): { mean: number; lower: number; upper: number } | undefined {
  if (values.length < ENOUGH) return undefined;
  const mean = values.reduce((n, v) => n + v, 0) / values.length;
  let moved = 0;
  for (const [i, v] of values.entries()) moved += i === 0 ? 0 : Math.abs(v - (values[i - 1] ?? v));
  const spread = FROM_MOVING_RANGE * (moved / (values.length - 1));
  return { mean, lower: mean - spread, upper: mean + spread };
}
