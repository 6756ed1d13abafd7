import { decimalOf, LosslessNumber } from './decimal.ts';
import { canonicalText, compareCodePoints } from './event-hash.ts';
import { isJsonObject, type JsonObject, type JsonValue, stringifyJson } from './json.ts';
import type { Context, EpcisEvent } from './model.ts';
import { expandValue, type Prefixes, prefixesOf } from './names.ts';
import { bareTerm, termFieldOf } from './terms.ts';
import { canonicalTime } from './time.ts';

const REMARKS: ReadonlySet<string> = new Set(['rdfs:comment', 'comment', '@context']);

/** Times of the standard itself; a time in an extension is someone's text. */
const TIMES: ReadonlySet<string> = new Set([
  'eventTime',
  'recordTime',
  'declarationTime',
  'time',
  'startTime',
  'endTime',
]);

/** The shortest exact notation; `1.50` and `1.5` are one number. */
function canonicalNumber(value: number | LosslessNumber): JsonValue {
  return decimalOf(value instanceof LosslessNumber ? value.text : String(value));
}

function expandedName(name: string, prefixes: Prefixes): string {
  const colon = name.indexOf(':');
  const namespace = colon < 0 ? undefined : prefixes.get(name.slice(0, colon));
  return namespace === undefined ? name : namespace + name.slice(colon + 1);
}

function canonicalString(parent: string, name: string, value: string, prefixes: Prefixes): string {
  if (TIMES.has(name)) return canonicalTime(value);
  const expanded = expandValue(value, prefixes);
  const field = termFieldOf(parent, name);
  if (field) return bareTerm(expanded, field);
  return name.includes(':') || !expanded.includes(':') ? expanded : canonicalText(expanded);
}

function canonicalValue(
  parent: string,
  name: string,
  value: JsonValue,
  prefixes: Prefixes,
): JsonValue {
  if (typeof value === 'string') return canonicalString(parent, name, value, prefixes);
  if (typeof value === 'number' || value instanceof LosslessNumber) return canonicalNumber(value);
  if (Array.isArray(value)) {
    return value.map((item) => canonicalValue(parent, name, item, prefixes));
  }
  return isJsonObject(value) ? canonicalObject(name, value, prefixes) : value;
}

function canonicalObject(parent: string, object: JsonObject, prefixes: Prefixes): JsonObject {
  const entries: [string, JsonValue][] = [];
  for (const [name, value] of Object.entries(object)) {
    if (REMARKS.has(name) || value === undefined) continue;
    const list = name === 'certificationInfo' && !Array.isArray(value) ? [value] : value;
    entries.push([expandedName(name, prefixes), canonicalValue(parent, name, list, prefixes)]);
  }
  return Object.fromEntries(entries.sort(([a], [b]) => compareCodePoints(a, b)));
}

/**
 * An event in the one form used for matching: CBV terms as bare words, other terms and extension names as full URIs,
 * identifiers as canonical Digital Links, times in UTC with milliseconds, plain decimals, names in code point order, no
 * context and no remarks. Lists keep their order. What was received stays with whoever keeps it.
 */
export function canonicalEvent(event: EpcisEvent, context?: Context): JsonObject {
  if (!isJsonObject(event)) throw new TypeError('an event is an object');
  return canonicalObject('', event, prefixesOf(context, event['@context']));
}

/** {@link canonicalEvent} as text: equal for equal events, whatever prefixes, spellings and field order they came in. */
export function canonicalJson(event: EpcisEvent, context?: Context): string {
  return stringifyJson(canonicalEvent(event, context));
}
