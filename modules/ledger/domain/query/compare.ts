import { isDateTimeStamp, isJsonObject, type JsonValue, LosslessNumber } from '@zaizao/epcis';
import { canonicalUri } from '@zaizao/gs1';
import { microsOf } from '../micros.ts';
import { bareWord } from '../term.ts';
import { sameNumber } from './unit.ts';

export type Comparison = 'EQ' | 'GT' | 'GE' | 'LT' | 'LE';

export function compareNumbers(a: number, comparison: Comparison, b: number): boolean {
  const equal = sameNumber(a, b);
  switch (comparison) {
    case 'EQ':
      return equal;
    case 'GT':
      return a > b && !equal;
    case 'GE':
      return a >= b || equal;
    case 'LT':
      return a < b && !equal;
    case 'LE':
      return a <= b || equal;
  }
}

/** All scalars of a field: itself, the members of a list, the `#text` or id of an object. */
export function scalarsOf(value: JsonValue | undefined): (string | number | boolean)[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(scalarsOf);
  if (value instanceof LosslessNumber) return [Number(value.text)];
  if (isJsonObject(value)) return scalarsOf(value['#text'] ?? value.id);
  return [value as string | number | boolean]; // the scalars that are left
}

/** A number as JSON and XML write it: `0x10`, `Infinity` and the empty text are words. */
export const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Compares a field with a query's value: as numbers, as times, or (EQ only) as text or identifier. */
export function compareScalar(
  found: string | number | boolean,
  comparison: Comparison,
  wanted: string,
): boolean {
  const text = String(found);
  if (NUMBER.test(text) && NUMBER.test(wanted)) {
    return compareNumbers(Number(text), comparison, Number(wanted));
  }
  if (isDateTimeStamp(text) && isDateTimeStamp(wanted)) {
    return compareNumbers(microsOf(text) ?? 0, comparison, microsOf(wanted) ?? 0);
  }
  return comparison === 'EQ' && sameText(text, wanted);
}

/** Texts that are one word, one identifier, whatever their spelling. */
export function sameText(found: string, wanted: string): boolean {
  return found === wanted || found === bareWord(wanted) || found === canonicalUri(wanted);
}
