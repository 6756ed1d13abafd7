/** A slip of unit (mV for V, g for kg) is a factor of a thousand; no real reading is a tenth of that out. */
const SLIP = 100;

/** Units of scales on which a reading below zero means something. */
const SIGNED: ReadonlySet<string> = new Set(['°C', 'deg', '%', 'mm', 'dB(A)']);

interface Ends {
  readonly max?: string | undefined;
}

/**
 * Whether a reading can be true at all, whatever the limits say of it: yes/no takes 1 or 0, a
 * magnitude is not negative, and nothing is a hundred times its limit.
 * @param value a decimal text in `unit`
 */
export function plausible(value: string, unit: string, limits: readonly Ends[]): boolean {
  if (unit === 'bool') return value === '0' || value === '1';
  const x = Number(value);
  if (x < 0 && !SIGNED.has(unit)) return false;
  const ends = limits.flatMap((l) => (l.max === undefined ? [] : [Math.abs(Number(l.max))]));
  const largest = Math.max(0, ...ends);
  return largest === 0 || ends.length < limits.length || Math.abs(x) < largest * SLIP;
}
