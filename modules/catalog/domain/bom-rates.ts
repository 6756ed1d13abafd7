/** What the rates need of one line of a bill of material. */
export interface RatedItem {
  readonly qty: number;
  readonly massG?: number;
  readonly newPriceFen?: bigint;
  /** Shares in percent; absent where the plant has not said. */
  readonly reusePct?: number;
  readonly restorePct?: number;
}

/** The three kinds of remanufacturing rate in percent. They differ: always say which one. */
export interface RemanufacturingRates {
  readonly byMass?: number;
  readonly byValue?: number;
  readonly byCount?: number;
  readonly totalMassG?: number;
  readonly totalNewValueFen?: bigint;
  readonly pieces: number;
}

/**
 * Expected share of a product that is kept (reused as it is, or restored) by mass, by value of the
 * new parts, and by count of pieces. A rate is absent when a line lacks what it needs.
 * @see GB/T 28620-2012, remanufacturing rate
 */
export function remanufacturingRates(items: readonly RatedItem[]): RemanufacturingRates {
  const pieces = items.reduce((n, i) => n + i.qty, 0);
  const mass = weighted(items, (i) => i.massG);
  const value = weighted(items, (i) =>
    i.newPriceFen === undefined ? undefined : Number(i.newPriceFen),
  );
  const count = weighted(items, () => 1);
  return {
    ...(mass ? { totalMassG: mass.total } : {}),
    ...(value ? { totalNewValueFen: BigInt(value.total) } : {}),
    ...(mass?.kept !== undefined ? { byMass: mass.kept } : {}),
    ...(value?.kept !== undefined ? { byValue: value.kept } : {}),
    ...(count?.kept !== undefined ? { byCount: count.kept } : {}),
    pieces,
  };
}

function weighted(
  items: readonly RatedItem[],
  weightOf: (item: RatedItem) => number | undefined,
): { total: number; kept?: number } | undefined {
  let total = 0;
  let kept: number | undefined = 0;
  for (const item of items) {
    const each = weightOf(item);
    if (each === undefined) return undefined;
    total += item.qty * each;
    if (item.reusePct === undefined || item.restorePct === undefined) kept = undefined;
    if (kept !== undefined) {
      kept += item.qty * each * ((item.reusePct ?? 0) + (item.restorePct ?? 0));
    }
  }
  if (total === 0) return undefined;
  return { total, ...(kept === undefined ? {} : { kept: kept / total }) };
}
