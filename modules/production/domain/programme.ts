interface Windowed {
  readonly no: number;
  /** Decimal strings: at least `low`, less than `high`. */
  readonly low: string;
  readonly high: string;
}

/** The newest version whose window holds the measured value, or undefined when none does. */
export function versionFor<V extends Windowed>(
  versions: readonly V[],
  measured: string,
): V | undefined {
  const value = Number(measured);
  return versions
    .filter((v) => Number(v.low) <= value && value < Number(v.high))
    .sort((a, b) => b.no - a.no)[0];
}
