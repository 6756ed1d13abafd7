import { APPLICATION_IDENTIFIERS } from './application-identifier-table.ts';
import { checkCharacterPair, hasValidCheckDigit, isCharacterSet82 } from './check-digit.ts';
import { ok, type Result, refuse } from './result.ts';

interface Component {
  readonly characters: 'n' | 'x' | 'y' | 'z';
  readonly min: number;
  readonly max: number;
  /** Absent or exactly `max` long, nothing between. */
  readonly allOrNothing: boolean;
  readonly checks: string;
}

/** What the GS1 General Specifications say of one application identifier. */
export interface ApplicationIdentifier {
  readonly ai: string;
  readonly title: string;
  readonly components: readonly Component[];
  /** Its length is fixed by its first two digits, so no separator follows it in an element string. */
  readonly predefinedLength: boolean;
  /** May appear in the query string of a Digital Link. */
  readonly queryAttribute: boolean;
  /** For a Digital Link primary key: the allowed qualifier sequences, in order; otherwise undefined. */
  readonly qualifierSequences: readonly (readonly string[])[] | undefined;
  readonly minLength: number;
  readonly maxLength: number;
}

export type ValueErrorCode = 'AI_UNKNOWN' | 'VALUE_LENGTH' | 'VALUE_CHARACTERS' | 'VALUE_CHECK';

const CHARACTERS: Record<Component['characters'], (text: string) => boolean> = {
  n: (text) => /^\d*$/.test(text),
  x: isCharacterSet82,
  y: (text) => /^[#\-/0-9A-Z]*$/.test(text),
  z: (text) => /^[A-Za-z0-9_-]*={0,2}$/.test(text),
};

function isComponentKind(text: string): text is Component['characters'] {
  return text === 'n' || text === 'x' || text === 'y' || text === 'z';
}

function parseComponent(word: string): Component {
  const match = /^([nxyz])(?:(\d+)([-/]))?(\d+)(?::([a-zDY]+))?$/.exec(word);
  const kind = match?.[1];
  if (!match || kind === undefined || !isComponentKind(kind)) {
    throw new Error(`bad component in the application identifier table: ${word}`);
  }
  const max = Number(match[4]);
  return {
    characters: kind,
    min: match[2] === undefined ? max : Number(match[2]),
    max,
    allOrNothing: match[3] === '/',
    checks: match[5] ?? '',
  };
}

function parseRow(row: string): ApplicationIdentifier[] {
  const [range = '', format = '', flags = '', key = '', ...title] = row.split('|');
  const components = format.split(' ').map(parseComponent);
  const [first = '', last = first] = range.split('-');
  const entries: ApplicationIdentifier[] = [];
  for (let n = Number(first); n <= Number(last); n++) {
    entries.push({
      ai: String(n).padStart(first.length, '0'),
      title: title.join('|'),
      components,
      predefinedLength: flags.includes('f'),
      queryAttribute: flags.includes('q'),
      qualifierSequences:
        key === ''
          ? undefined
          : key.split(';').map((sequence) => (sequence === '-' ? [] : sequence.split(','))),
      minLength: components.reduce((sum, c) => sum + c.min, 0),
      maxLength: components.reduce((sum, c) => sum + c.max, 0),
    });
  }
  return entries;
}

const TABLE = new Map(APPLICATION_IDENTIFIERS.flatMap(parseRow).map((entry) => [entry.ai, entry]));

/** The definition of an application identifier, for example `01` or `8004`; undefined when there is none. */
export function applicationIdentifier(ai: string): ApplicationIdentifier | undefined {
  return TABLE.get(ai);
}

/** What each check of the table asks of a part, and what is wrong with a part that fails it. */
const CHECKS: ReadonlyMap<string, readonly [passes: (part: string) => boolean, fault: string]> =
  new Map([
    ['c', [hasValidCheckDigit, 'wrong check digit']],
    ['d', [isYearMonthDay, 'not a date YYMMDD']],
    ['D', [(part) => isYearMonthDay(part) && !part.endsWith('00'), 'not a date YYMMDD with a day']],
    ['Y', [isFullDate, 'not a date YYYYMMDD']],
    [
      't',
      [(part) => isBelow(part.slice(0, 2), 24) && isBelow(part.slice(2), 60), 'not a time hhmm'],
    ],
    ['h', [(part) => isBelow(part, 24), 'not an hour']],
    ['m', [(part) => isBelow(part, 60), 'not from 00 to 59']],
    ['p', [isPieceOfTotal, 'piece number exceeds the total']],
    ['z', [(part) => part === '0', 'must be 0']],
    ['o', [(part) => Number(part) > 0, 'must be above 0']],
    ['q', [(part) => /^[01]$/.test(part), 'must be 0 or 1']],
    ['w', [(part) => /^[019]$/.test(part), 'must be 0, 1 or 9']],
    ['n', [(part) => part === '-', 'must be a hyphen']],
    ['v', [(part) => Number(part) <= 1_800_000_000, 'beyond a pole']],
    ['u', [(part) => Number(part) <= 3_600_000_000, 'beyond a full turn']],
    ['b', [isBankAccount, 'wrong check digits of an IBAN']],
    ['k', [(part) => /^\d{4}/.test(part), 'does not begin with a GS1 company prefix']],
    [
      'a',
      [
        (part) => checkCharacterPair(part.slice(0, -2)) === part.slice(-2),
        'wrong check characters',
      ],
    ],
  ]);

function failedCheck(component: Component, part: string): string | undefined {
  for (const letter of component.checks) {
    const check = CHECKS.get(letter);
    if (check && !check[0](part)) return check[1];
  }
  return undefined;
}

function isBelow(digits: string, limit: number): boolean {
  return Number(digits) < limit;
}

function isFullDate(text: string): boolean {
  const [year, month, day] = [text.slice(0, 4), text.slice(4, 6), text.slice(6)].map(Number);
  if (!year || !month || month > 12 || !day) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** ISO 13616: country, check digits and account, 97 by the rest of the number they make. */
function isBankAccount(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[0-9A-Z]{1,30}$/.test(text)) return false;
  let rest = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value < 10 ? 10 : 100) + value) % 97;
  }
  return rest === 1;
}

/** YYMMDD; day 00 stands for the last day of the month where a day is not required. */
function isYearMonthDay(text: string): boolean {
  const year = Number(text.slice(0, 2));
  const month = Number(text.slice(2, 4));
  const day = Number(text.slice(4, 6));
  if (month < 1 || month > 12) return false;
  return day <= new Date(Date.UTC(2000 + year, month, 0)).getUTCDate();
}

function isPieceOfTotal(text: string): boolean {
  const piece = Number(text.slice(0, 2));
  return piece > 0 && piece <= Number(text.slice(2, 4));
}

/**
 * Checks a value against the format of its application identifier: length, characters, check digits, dates.
 *
 * Errors: `AI_UNKNOWN`, `VALUE_LENGTH`, `VALUE_CHARACTERS`, `VALUE_CHECK`.
 */
export function checkValue(
  ai: string,
  value: string,
): Result<ApplicationIdentifier, ValueErrorCode> {
  const definition = TABLE.get(ai);
  if (!definition) return refuse('AI_UNKNOWN', `(${ai}) is not an application identifier`);
  let rest = value;
  for (const component of definition.components) {
    const part = rest.slice(0, component.max);
    rest = rest.slice(component.max);
    const tooShort = part.length < component.min;
    const partial = component.allOrNothing && part.length > 0 && part.length < component.max;
    if (tooShort || partial) {
      return refuse('VALUE_LENGTH', `(${ai}) ${definition.title}: “${value}” is too short`);
    }
    if (!CHARACTERS[component.characters](part)) {
      return refuse('VALUE_CHARACTERS', `(${ai}) ${definition.title}: bad character in “${value}”`);
    }
    const failed = failedCheck(component, part);
    if (part.length > 0 && failed !== undefined) {
      return refuse('VALUE_CHECK', `(${ai}) ${definition.title}: ${failed} in “${value}”`);
    }
  }
  if (rest.length > 0) {
    return refuse('VALUE_LENGTH', `(${ai}) ${definition.title}: “${value}” is too long`);
  }
  return ok(definition);
}
