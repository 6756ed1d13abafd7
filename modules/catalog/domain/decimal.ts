const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?$/;

interface Scaled {
  readonly units: bigint;
  readonly places: number;
}

function scaled(text: string): Scaled | undefined {
  const m = DECIMAL.exec(text.trim());
  if (!m || `${m[2] ?? ''}${m[3] ?? ''}` === '') return undefined;
  const places = m[3]?.length ?? 0;
  const units = BigInt(`${m[2] ?? ''}${m[3] ?? ''}`);
  return { units: m[1] === '-' ? -units : units, places };
}

/** Whether a text is a plain decimal number: no exponent, no thousands marks. */
export function isDecimal(text: string): boolean {
  return scaled(text) !== undefined;
}

/**
 * Compares two decimal texts exactly, without passing through binary fractions; negative, zero or
 * positive. Throws on a text that is no decimal, because callers validate before they judge.
 */
export function compareDecimals(a: string, b: string): number {
  const x = scaled(a);
  const y = scaled(b);
  if (!x || !y) throw new TypeError(`not a decimal: ${x ? b : a}`);
  const places = Math.max(x.places, y.places);
  const left = x.units * 10n ** BigInt(places - x.places);
  const right = y.units * 10n ** BigInt(places - y.places);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A decimal text without needless zeros, so that equal numbers are equal texts. */
export function canonicalDecimal(text: string): string {
  const s = scaled(text);
  if (!s) throw new TypeError(`not a decimal: ${text}`);
  let { units, places } = s;
  while (places > 0 && units % 10n === 0n) {
    units /= 10n;
    places--;
  }
  if (places === 0) return units.toString();
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const sign = units < 0n ? '-' : '';
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
