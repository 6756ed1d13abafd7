import { LosslessNumber } from './decimal.ts';
import { at, type IssueCode, type Report } from './issue.ts';
import { isJsonObject } from './json.ts';
import { bareTerm, TERM_FIELDS, type TermField } from './terms.ts';
import { isDateTimeStamp } from './time.ts';

/** Checks one value and reports what is wrong with it. */
export type Shape = (value: unknown, path: string, report: Report) => void;

const URI = /^[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;

function text(check: (value: string, path: string, report: Report) => void): Shape {
  return (value, path, report) => {
    if (typeof value === 'string') check(value, path, report);
    else report(path, 'WRONG_TYPE', 'must be a text');
  };
}

export const anyText: Shape = text(() => undefined);

export const uri: Shape = uriOr('NOT_A_URI');

/** A URI, with a code of its own for what is none. */
export function uriOr(code: IssueCode): Shape {
  return text((value, path, report) => {
    if (!URI.test(value)) report(path, code, `“${value}” is not a URI`);
  });
}

export const time: Shape = text((value, path, report) => {
  if (isDateTimeStamp(value)) return;
  const isShort = isDateTimeStamp(value.replace(/(T\d\d:\d\d)(?=Z|[+-])/, '$1:00'));
  const code = isShort ? 'TIME_WITHOUT_SECONDS' : 'NOT_A_TIME';
  report(path, code, `“${value}” is not a date and time with zone (xsd:dateTimeStamp)`);
});

/** The time of a document: `xsd:dateTime` in XML, where the zone may be missing. */
export const documentTime: Shape = text((value, path, report) => {
  if (isDateTimeStamp(value) || !isDateTimeStamp(`${value}Z`)) return time(value, path, report);
  report(path, 'TIME_WITHOUT_ZONE', `“${value}” has no zone (xsd:dateTimeStamp)`);
});

export function pattern(expression: RegExp, what: string): Shape {
  return text((value, path, report) => {
    if (!expression.test(value)) report(path, 'BAD_FORMAT', `“${value}” is not ${what}`);
  });
}

export function oneOf(...words: readonly string[]): Shape {
  return text((value, path, report) => {
    if (!words.includes(value)) report(path, 'NOT_A_TERM', `must be one of ${words.join(', ')}`);
  });
}

/** In JSON the terms of CBV are bare words, so its URNs and its old web addresses are refused. */
const OLD_CBV = /^(urn:epcglobal:cbv|https?:\/\/ns\.gs1\.org\/cbv\/)/;

/** A bare word of the vocabulary, or a URI of another one. */
export function term(field: TermField | undefined): Shape {
  return text((value, path, report) => {
    if (field?.words.has(value)) return;
    if (URI.test(value) && !OLD_CBV.test(value) && !isSpeltOut(value, field)) return;
    const code = codeOf(value, field);
    const what =
      code === 'CBV_WORD_UNKNOWN'
        ? 'names no word of the vocabulary'
        : 'is neither a word of the vocabulary nor a URI';
    report(path, code, `“${value}” ${what}`);
  });
}

/** Faults that published examples have, and one that XML may have, are told apart from the rest. */
function codeOf(value: string, field: TermField | undefined): IssueCode {
  if (field === TERM_FIELDS.measurementType && /^\w+$/.test(value)) return 'MEASUREMENT_UNKNOWN';
  if (field?.words.has(bareTerm(value, field))) return 'CBV_URN_IN_JSON';
  return URI.test(value) && OLD_CBV.test(value) ? 'CBV_WORD_UNKNOWN' : 'NOT_A_TERM';
}

/** A GS1 Web Vocabulary address of a word that JSON writes bare. */
function isSpeltOut(value: string, field: TermField | undefined): boolean {
  const word = /^https?:\/\/(?:www\.)?gs1\.org\/voc\/(.*)$/.exec(value)?.[1];
  return word !== undefined && field?.words.has(word) === true;
}

export const decimal: Shape = (value, path, report) => {
  if (!Number.isFinite(value) && !(value instanceof LosslessNumber)) {
    report(path, 'WRONG_TYPE', 'must be a number');
  }
};

export const boolean: Shape = (value, path, report) => {
  if (typeof value !== 'boolean') report(path, 'WRONG_TYPE', 'must be true or false');
};

export const anything: Shape = () => undefined;

export interface ListRules {
  readonly min?: number;
  /** No text may stand twice. */
  readonly unique?: boolean;
}

export function list(item: Shape, rules: ListRules = {}): Shape {
  return (value, path, report) => {
    if (!Array.isArray(value)) return report(path, 'WRONG_TYPE', 'must be a list');
    if (value.length < (rules.min ?? 0)) {
      report(path, 'LIST_TOO_SHORT', `must have at least ${rules.min} entry`);
    }
    const seen = new Set<string>();
    value.forEach((entry, index) => {
      item(entry, at(path, index), report);
      if (!rules.unique || typeof entry !== 'string') return;
      if (seen.has(entry)) report(at(path, index), 'LIST_DUPLICATE', 'is in the list twice');
      seen.add(entry);
    });
  };
}

/** One value, or a list of them. */
export function oneOrMore(item: Shape): Shape {
  const many = list(item);
  return (value, path, report) =>
    Array.isArray(value) ? many(value, path, report) : item(value, path, report);
}

export interface ObjectRules {
  readonly required?: readonly string[];
  /** Whether names with a prefix, or full URIs, may be added. */
  readonly extensible?: boolean;
}

export function object(fields: Readonly<Record<string, Shape>>, rules: ObjectRules = {}): Shape {
  const shapes = new Map(Object.entries(fields));
  return (value, path, report) => {
    if (!isJsonObject(value)) return report(path, 'WRONG_TYPE', 'must be an object');
    for (const name of rules.required ?? []) {
      if (value[name] === undefined) {
        report(at(path, name), 'FIELD_MISSING', `“${name}” is missing`);
      }
    }
    for (const [name, member] of Object.entries(value)) {
      const shape = shapes.get(name);
      if (shape) shape(member, at(path, name), report);
      else if (!rules.extensible || !URI.test(name)) {
        report(at(path, name), 'FIELD_UNKNOWN', `“${name}” is not a field here`);
      }
    }
  };
}

/** Fields of others only. */
export const extensionsOnly: Shape = object({}, { extensible: true });
