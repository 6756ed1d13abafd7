/** What a test of a finished unit says: how exact it is, or what it does (TS-04). */
export type Aspect = 'accuracy' | 'function';

/** Lengths, angles and balance: the geometry of the whole. Everything else is what it does. */
const GEOMETRIC: ReadonlySet<string> = new Set([
  ...['mm', 'µm', 'um', 'in', 'deg', '°', 'MMT', 'INH', 'DD', 'g·mm', 'g*mm', 'mm/m'],
]);

export function aspectOf(unit: string): Aspect {
  return GEOMETRIC.has(unit) ? 'accuracy' : 'function';
}

interface Ends {
  readonly level: string;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
}

/**
 * How much room a value has before the nearest limit, as a share of the room there is: of an upper limit
 * alone (or a lower one alone, for values that may rise freely) the distance to it against the limit
 * itself; between two limits the distance to the nearer one against half the band. 0: at the limit,
 * negative: beyond it. Undefined without a limit, for yes/no, and where the limit is zero.
 */
export function marginOf(value: number, unit: string, limits: readonly Ends[]): number | undefined {
  if (unit === 'bool') return undefined;
  const end = (of: 'min' | 'max') =>
    limits.flatMap((l) => (l.level === 'customer' || l[of] === undefined ? [] : Number(l[of])));
  const [lows, highs] = [end('min'), end('max')];
  const low = lows.length > 0 ? Math.max(...lows) : undefined;
  const high = highs.length > 0 ? Math.min(...highs) : undefined;
  if (low !== undefined && high !== undefined) {
    const half = (high - low) / 2;
    return half > 0 ? Math.min(value - low, high - value) / half : undefined;
  }
  if (high !== undefined) return high === 0 ? undefined : (high - value) / Math.abs(high);
  if (low !== undefined) return low === 0 ? undefined : (value - low) / Math.abs(low);
  return undefined;
}
