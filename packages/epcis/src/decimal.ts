/**
 * A JSON number that a JavaScript number cannot hold exactly, such as 0.1234567890123456789. The text is kept as
 * written; arithmetic goes through `Number(…)` and then loses digits knowingly.
 */
export class LosslessNumber {
  readonly text: string;

  constructor(text: string) {
    if (canonicalDecimal(text) === undefined) throw new TypeError(`not a number: ${text}`);
    this.text = text;
  }

  valueOf(): number {
    return Number(this.text);
  }

  toString(): string {
    return this.text;
  }
}

/** A decimal as it stands in an event. */
export type Decimal = number | LosslessNumber;

/** Exponents beyond this are left as text: writing them out would cost memory for no measurement anyone makes. */
const MAX_EXPONENT = 400;

/**
 * The shortest plain notation of a decimal number: no sign `+`, no leading or trailing zeros, no exponent. Works on
 * the text, so no digit is lost. Undefined when the text is no number.
 */
export function canonicalDecimal(text: string): string | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponentText] = match;
  if (whole === '' && fraction === '') return undefined;
  const exponent = Number(exponentText ?? 0);
  if (Math.abs(exponent) > MAX_EXPONENT) return undefined;
  const point = whole.length + exponent;
  const digits = whole + fraction;
  const padded =
    point <= 0
      ? '0'.repeat(1 - point) + digits
      : digits.padEnd(Math.max(point, digits.length), '0');
  const at = Math.max(point, 1);
  const integer = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const decimals = padded.slice(at).replace(/0+$/, '');
  const magnitude = decimals === '' ? integer : `${integer}.${decimals}`;
  return sign === '-' && magnitude !== '0' ? `-${magnitude}` : magnitude;
}

/** XML also writes `+1`, `.5` and `007`. */
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A JavaScript number when it stands for exactly the same decimal, otherwise the text kept losslessly.
 *
 * @throws TypeError for a text that {@link canonicalDecimal} does not take
 */
export function decimalOf(text: string): Decimal {
  const value = Number(text);
  const exact = canonicalDecimal(text);
  if (Number.isFinite(value) && canonicalDecimal(String(value)) === exact) return value;
  return new LosslessNumber(JSON_NUMBER.test(text) ? text : (exact ?? text));
}

/**
 * A number as the CBV event hash writes it: through an IEEE double, integers in full, fractions with the fewest digits
 * that give the same double, below 0.0001 with a two-digit exponent. So the published expected hashes were computed
 * (a string of 24 digits among them comes out rounded to the nearest double), and XML and JSON agree whatever their
 * number of digits. Undefined when the text is no finite number.
 */
export function hashedNumber(text: string): string | undefined {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  if (Number.isInteger(value)) return BigInt(value).toString();
  if (Math.abs(value) >= 1e-4) return String(value);
  return value.toExponential().replace(/e-(\d)$/, 'e-0$1');
}
