import { canonicalDecimal } from './decimal.ts';

/** Outside-diameter tolerance of fixed-cutter bits: up to this size (in), so much under, nothing over. */
const GAUGE: readonly (readonly [upTo: number, under: number])[] = [
  [6.75, 0.015],
  [9, 0.02],
  [13.75, 0.03],
  [17.5, 0.045],
  [Number.POSITIVE_INFINITY, 0.063],
];

/**
 * Gauge limits of a fixed-cutter bit of a nominal size, both in inches: `8.5` → 8.48 … 8.5.
 * @see API Spec 7-2, tolerances of fixed-cutter bits and core bits
 */
export function gaugeLimits(sizeIn: number): { readonly min: string; readonly max: string } {
  const under = GAUGE.find(([upTo]) => sizeIn <= upTo)?.[1] ?? 0;
  const inches = (x: number) => canonicalDecimal(x.toFixed(4));
  return { min: inches(sizeIn - under), max: inches(sizeIn) };
}

/** Total flow area in square inches of nozzles given in 32nds of an inch: five of 12 → 0.5522. */
export function totalFlowArea(nozzles: readonly number[]): number {
  return nozzles.reduce((area, n) => area + (Math.PI / 4) * (n / 32) ** 2, 0);
}
