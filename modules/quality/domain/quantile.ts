/**
 * A quantile of some values by linear interpolation between order statistics; throws without values.
 * @see R. J. Hyndman, Y. Fan, Sample Quantiles in Statistical Packages (1996), definition 7
 */
export function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  if (low === undefined || high === undefined) throw new RangeError('no values');
  return low + (high - low) * (at - Math.floor(at));
}
