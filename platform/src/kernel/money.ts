/** Money: whole fen (1/100 of the currency unit) and an ISO 4217 currency. Never a float. */
export interface Money {
  readonly fen: bigint;
  readonly currency: string;
}

export function money(fen: bigint, currency = 'CNY'): Money {
  return { fen, currency };
}

/** Multiplies by a rational number and rounds half away from zero, as invoices do. */
export function mulDiv(fen: bigint, numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError('denominator must be positive');
  const product = fen * numerator;
  const half = denominator / 2n;
  return product >= 0n ? (product + half) / denominator : -((-product + half) / denominator);
}

/** Splits a sum by weights so that the parts add up exactly; the remainder goes to the first parts. */
export function allocate(fen: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((a, b) => a + b, 0n);
  if (total <= 0n) throw new RangeError('weights must add up to more than zero');
  const parts = weights.map((w) => (fen * w) / total);
  let rest = fen - parts.reduce((a, b) => a + b, 0n);
  const step = rest < 0n ? -1n : 1n;
  for (let i = 0; rest !== 0n; i = (i + 1) % parts.length) {
    parts[i] = (parts[i] ?? 0n) + step;
    rest -= step;
  }
  return parts;
}
