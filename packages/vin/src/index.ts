import { countryOf } from './countries.ts';
import { MAKERS } from './makers.ts';

export type VinErrorCode =
  | 'VIN_LENGTH'
  | 'VIN_CHARACTER'
  | 'VIN_CHECK_DIGIT'
  | 'VIN_YEAR_CODE'
  | 'VIN_SERIAL';

export interface VinError {
  readonly code: VinErrorCode;
  readonly message: string;
  /** Place of the wrong character, 1 to 17; undefined when the length is wrong. */
  readonly position?: number;
}

export interface Maker {
  readonly zh: string;
  readonly en: string;
}

export interface Vin {
  /** 17 characters, upper case. */
  readonly vin: string;
  /** World manufacturer identifier, characters 1 to 3. */
  readonly wmi: string;
  /** Vehicle descriptor section, characters 4 to 9. */
  readonly vds: string;
  /** Vehicle indicator section, characters 10 to 17. */
  readonly vis: string;
  /** The last eight, by which workshops call a vehicle: the same characters as `vis`. */
  readonly last8: string;
  /** Country that assigned the manufacturer identifier, ISO 3166-1 alpha-2. */
  readonly country: string | undefined;
  readonly maker: Maker | undefined;
  /** Years that character 10 can stand for, oldest first; its code repeats every 30 years. */
  readonly modelYears: readonly number[];
  /** Character 11, the maker's own code of the plant. */
  readonly plant: string;
}

export type VinResult =
  | { readonly ok: true; readonly value: Vin }
  | { readonly ok: false; readonly error: VinError };

export interface VinOptions {
  /**
   * Whether character 9 must be the check digit, as in China and North America. Makers for other markets may put
   * anything there. Default true.
   */
  readonly checkDigit?: boolean;
}

const VALUES: Readonly<Record<string, number>> = {
  ...Object.fromEntries(Array.from('0123456789', (digit) => [digit, Number(digit)])),
  ...Object.fromEntries(Array.from('ABCDEFGH', (letter, index) => [letter, index + 1])),
  ...{ J: 1, K: 2, L: 3, M: 4, N: 5, P: 7, R: 9 },
  ...Object.fromEntries(Array.from('STUVWXYZ', (letter, index) => [letter, index + 2])),
};

/** Weights of the 17 characters; the check digit itself weighs nothing. */
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** Model year codes from 1980 on, one cycle of thirty years. */
const YEAR_CODES = 'ABCDEFGHJKLMNPRSTVWXY123456789';

/** What a forbidden letter was most likely meant to be. */
const MISREAD: Readonly<Record<string, string>> = { I: '1', O: '0', Q: '0' };

const MAKER_BY_WMI = new Map(
  MAKERS.flatMap((row) => {
    const [wmis = '', zh = '', en = ''] = row.split('|');
    return wmis.split(' ').map((wmi): [string, Maker] => [wmi, { zh, en }]);
  }),
);

/**
 * The check digit that a vehicle identification number must have in position 9: weighted sum of the transliterated
 * characters modulo 11, with X for 10. Undefined when it has a character that cannot stand in one.
 *
 * @param vin 17 characters, upper case; what stands in position 9 does not matter
 * @see GB 16735-2019, appendix A
 */
export function vinCheckDigit(vin: string): string | undefined {
  if (vin.length !== WEIGHTS.length) return undefined;
  let sum = 0;
  for (const [index, weight] of WEIGHTS.entries()) {
    if (weight === 0) continue;
    const value = VALUES[vin.charAt(index)];
    if (value === undefined) return undefined;
    sum += value * weight;
  }
  return sum % 11 === 10 ? 'X' : String(sum % 11);
}

function modelYearsOf(code: string): number[] {
  const index = YEAR_CODES.indexOf(code);
  return index < 0 ? [] : [1980 + index, 2010 + index];
}

/**
 * The model year that a vehicle seen in a given year most probably has: the latest one not after the next calendar
 * year, since model years run ahead.
 */
export function likelyModelYear(vin: Vin, seenInYear: number): number | undefined {
  return vin.modelYears.filter((year) => year <= seenInYear + 1).at(-1) ?? vin.modelYears[0];
}

function fault(code: VinErrorCode, message: string, position?: number): VinResult {
  return {
    ok: false,
    error: position === undefined ? { code, message } : { code, message, position },
  };
}

function characterFault(vin: string): VinResult | undefined {
  for (let i = 0; i < vin.length; i++) {
    const character = vin.charAt(i);
    if (VALUES[character] !== undefined) continue;
    const meant = MISREAD[character];
    const hint = meant === undefined ? '' : `; probably ${meant}`;
    return fault(
      'VIN_CHARACTER',
      `“${character}” in position ${i + 1} cannot stand in a VIN${hint}`,
      i + 1,
    );
  }
  return undefined;
}

/**
 * Parses a vehicle identification number. Spaces and hyphens are ignored, lower case is accepted.
 *
 * Errors, the first one found: `VIN_LENGTH`, `VIN_CHARACTER` (I, O, Q or no letter or digit), `VIN_YEAR_CODE`
 * (position 10), `VIN_SERIAL` (positions 14 to 17 must be digits), `VIN_CHECK_DIGIT` (position 9).
 *
 * @see GB 16735-2019; ISO 3779, ISO 3780
 */
export function parseVin(text: string, options: VinOptions = {}): VinResult {
  const vin = text.toUpperCase().replace(/[\s-]/g, '');
  if (vin.length !== WEIGHTS.length) {
    return fault('VIN_LENGTH', `a VIN has 17 characters, this has ${vin.length}`);
  }
  const wrong = characterFault(vin);
  if (wrong) return wrong;
  const modelYears = modelYearsOf(vin.charAt(9));
  if (modelYears.length === 0) {
    return fault('VIN_YEAR_CODE', `“${vin.charAt(9)}” in position 10 is no model year code`, 10);
  }
  const letter = /[A-Z]/.exec(vin.slice(13));
  if (letter) {
    const position = 14 + letter.index;
    return fault(
      'VIN_SERIAL',
      `“${letter[0]}” in position ${position} should be a digit`,
      position,
    );
  }
  const expected = vinCheckDigit(vin);
  if (options.checkDigit !== false && expected !== vin.charAt(8)) {
    return fault(
      'VIN_CHECK_DIGIT',
      `check digit in position 9 is ${vin.charAt(8)} but should be ${expected}; one of the characters is wrong`,
      9,
    );
  }
  return {
    ok: true,
    value: {
      vin,
      wmi: vin.slice(0, 3),
      vds: vin.slice(3, 9),
      vis: vin.slice(9),
      last8: vin.slice(9),
      country: countryOf(vin),
      maker: MAKER_BY_WMI.get(vin.slice(0, 3)),
      modelYears,
      plant: vin.charAt(10),
    },
  };
}
