import { ok, type Result, refuse } from './result.ts';

/**
 * Mod-10 check digit of a GS1 key given without it: weights 3 and 1 alternate from the right.
 *
 * @param digits the key without its check digit, decimal digits only
 * @returns one digit; throws on anything that is not digits, because that is a bug in the caller
 * @see GS1 General Specifications, section 7.9.1
 */
export function checkDigit(digits: string): string {
  if (!/^\d+$/.test(digits)) throw new TypeError(`not a string of digits: ${digits}`);
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    sum += i % 2 === 0 ? digit * 3 : digit;
  }
  return String((10 - (sum % 10)) % 10);
}

/** Whether the last digit is the check digit of the digits before it. */
export function hasValidCheckDigit(key: string): boolean {
  return /^\d{2,}$/.test(key) && checkDigit(key.slice(0, -1)) === key.slice(-1);
}

export type GtinErrorCode = 'GTIN_FORMAT' | 'GTIN_CHECK_DIGIT';

/**
 * A GTIN-8, -12, -13 or -14 as the 14 digits used in data carriers (leading zeros added).
 *
 * Errors: `GTIN_FORMAT` when it is not 8, 12, 13 or 14 digits, `GTIN_CHECK_DIGIT` when the last digit is wrong.
 */
export function normalizeGtin(text: string): Result<string, GtinErrorCode> {
  const digits = text.trim();
  if (!/^(\d{8}|\d{12,14})$/.test(digits)) {
    return refuse('GTIN_FORMAT', `a GTIN has 8, 12, 13 or 14 digits, not “${digits}”`);
  }
  if (!hasValidCheckDigit(digits)) {
    const expected = checkDigit(digits.slice(0, -1));
    return refuse('GTIN_CHECK_DIGIT', `check digit of ${digits} should be ${expected}`);
  }
  return ok(digits.padStart(14, '0'));
}

const CHARACTER_SET_82 =
  '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const CHECK_CHARACTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const PRIME_WEIGHTS = [
  2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83,
];

/**
 * The two check characters of a Global Model Number given without them; undefined when the text is empty, longer
 * than 23 characters or has a character outside set 82.
 *
 * @see GS1 General Specifications, section 7.9.5
 */
export function checkCharacterPair(text: string): string | undefined {
  if (text.length === 0 || text.length > PRIME_WEIGHTS.length) return undefined;
  let sum = 0;
  for (let i = 0; i < text.length; i++) {
    const value = CHARACTER_SET_82.indexOf(text.charAt(text.length - 1 - i));
    const weight = PRIME_WEIGHTS[i];
    if (value < 0 || weight === undefined) return undefined;
    sum += value * weight;
  }
  sum %= 1021;
  return CHECK_CHARACTERS.charAt(sum >> 5) + CHECK_CHARACTERS.charAt(sum & 31);
}

export function isCharacterSet82(text: string): boolean {
  for (const character of text) if (!CHARACTER_SET_82.includes(character)) return false;
  return true;
}
