import { checkValue } from './application-identifier.ts';
import { checkDigit } from './check-digit.ts';
import { type Element, valueFor } from './element.ts';
import { type EpcScheme, type EpcSchemeName, schemeNamed, schemeOf } from './epc-scheme.ts';
import { decode } from './percent.ts';
import { ok, type Result, refuse } from './result.ts';

/** A parsed EPC URN of a GS1 key. */
export interface EpcUrn {
  readonly scheme: EpcSchemeName;
  /** `class` for lot-level classes and for patterns that end in `*`. */
  readonly level: 'instance' | 'class';
  readonly companyPrefix: string;
  /** The same key as application identifiers, primary key first. */
  readonly elements: readonly Element[];
}

export type EpcUrnErrorCode = 'URN_FORMAT' | 'URN_SCHEME' | 'URN_VALUE' | 'COMPANY_PREFIX_LENGTH';

const URN = /^urn:epc:(id|class|idpat):([a-z]+):(.+)$/;

function splitFields(scheme: EpcScheme, body: string): string[] {
  const fields = body.split('.');
  const fixed = scheme.head.kind === 'numeric' ? 2 : scheme.tail === 'none' ? 1 : 2;
  const count = fixed + (scheme.pieces ? 2 : 0);
  if (scheme.head.kind === 'free' && scheme.tail === 'none') {
    const [prefix = '', ...reference] = fields;
    return [prefix, reference.join('.')];
  }
  if (scheme.head.kind === 'free') {
    // The serial of a CPI is digits, so the last point separates it; the reference has none.
    return fields;
  }
  return scheme.tail === 'none'
    ? fields
    : [...fields.slice(0, count), fields.slice(count).join('.')];
}

function numericKey(scheme: EpcScheme, prefix: string, reference: string): string | undefined {
  if (scheme.head.kind !== 'numeric') return undefined;
  if (!/^\d*$/.test(reference) || prefix.length + reference.length !== scheme.head.digits) {
    return undefined;
  }
  const bare =
    scheme.head.lead === 'front'
      ? reference.slice(0, 1) + prefix + reference.slice(1)
      : scheme.head.prefix + prefix + reference;
  return bare + checkDigit(bare);
}

function keyOf(scheme: EpcScheme, fields: readonly string[]): string | undefined {
  const [prefix = '', reference = '', piece = '', total = ''] = fields;
  if (scheme.head.kind === 'free') {
    const decoded = decode(reference);
    return decoded ? prefix + decoded : undefined;
  }
  const key = numericKey(scheme, prefix, reference);
  if (key === undefined || !scheme.pieces) return key;
  return /^\d\d$/.test(piece) && /^\d\d$/.test(total) ? key + piece + total : undefined;
}

function elementsOf(
  scheme: EpcScheme,
  fields: readonly string[],
  pattern: boolean,
): Element[] | undefined {
  const key = keyOf(scheme, fields);
  if (key === undefined) return undefined;
  const primary = { ai: scheme.primary, value: key };
  const expected =
    scheme.head.kind === 'numeric' && scheme.pieces ? 5 : scheme.tail === 'none' ? 2 : 3;
  if (fields.length !== expected) return undefined;
  if (scheme.tail === 'none') return [primary];
  const tail = fields[expected - 1] ?? '';
  if (pattern) return tail === '*' ? [primary] : undefined;
  const value = decode(tail);
  if (!value) return undefined;
  if (scheme.tail === 'append') return [{ ai: scheme.primary, value: key + value }];
  // "0" as the extension of an SGLN means that there is none.
  if (scheme.name === 'sgln' && value === '0') return [primary];
  return [primary, { ai: scheme.tail.qualifier, value }];
}

/**
 * Parses `urn:epc:id:…`, `urn:epc:class:lgtin:…` and class-level patterns `urn:epc:idpat:…*` of the GS1 keys.
 *
 * Errors: `URN_FORMAT` (not such a URN), `URN_SCHEME` (a scheme without GS1 key, such as `gid`), `URN_VALUE` (wrong
 * lengths or characters), `COMPANY_PREFIX_LENGTH` (not 6 to 12 digits).
 *
 * @see EPC Tag Data Standard 2.0, sections 6 and 7
 */
export function parseEpcUrn(urn: string): Result<EpcUrn, EpcUrnErrorCode> {
  const match = URN.exec(urn);
  if (!match) return refuse('URN_FORMAT', `not an EPC URN: ${urn}`);
  const [, namespace = '', name = '', body = ''] = match;
  const scheme = schemeNamed(name, namespace);
  if (!scheme) return refuse('URN_SCHEME', `no GS1 key behind urn:epc:${namespace}:${name}`);
  const fields = splitFields(scheme, body);
  const companyPrefix = fields[0] ?? '';
  if (!/^\d{6,12}$/.test(companyPrefix)) {
    return refuse('COMPANY_PREFIX_LENGTH', `company prefix “${companyPrefix}” is not 6–12 digits`);
  }
  const elements = elementsOf(scheme, fields, namespace === 'idpat');
  const bad = elements?.find((element) => !checkValue(element.ai, element.value).ok);
  if (!elements || bad) {
    return refuse('URN_VALUE', `malformed ${name.toUpperCase()}: ${urn}`);
  }
  return ok({
    scheme: scheme.name,
    level: namespace === 'id' ? 'instance' : 'class',
    companyPrefix,
    elements,
  });
}

/** The characters a URN must escape: TDS 2.0 table 6-1, and `#` in component identifiers. */
function escapeUrn(value: string): string {
  return value.replace(
    /["%&/<>?#]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function splitKey(scheme: EpcScheme, value: string, length: number): string[] | undefined {
  if (scheme.head.kind === 'free') {
    const reference = escapeUrn(value.slice(length));
    return /^\d+$/.test(value.slice(0, length)) && reference !== ''
      ? [value.slice(0, length), reference]
      : undefined;
  }
  const { digits, lead, prefix } = scheme.head;
  const bare = value.slice(prefix.length, prefix.length + digits);
  if (bare.length !== digits || length > digits) return undefined;
  const fields =
    lead === 'front'
      ? [bare.slice(1, 1 + length), bare.slice(0, 1) + bare.slice(1 + length)]
      : [bare.slice(0, length), bare.slice(length)];
  const rest = value.slice(prefix.length + digits + 1);
  if (scheme.pieces) return [...fields, rest.slice(0, 2), rest.slice(2, 4)];
  return rest === '' ? fields : [...fields, escapeUrn(rest)];
}

/**
 * Writes a key given as application identifiers as an EPC URN. The length of the GS1 company prefix is not part of the
 * key, so it has to be given (6 to 12); it is never guessed.
 *
 * Errors: `COMPANY_PREFIX_LENGTH`, `URN_SCHEME` (the key has no URN form), `URN_VALUE`.
 */
export function formatEpcUrn(
  elements: readonly Element[],
  companyPrefixLength: number | undefined,
): Result<string, EpcUrnErrorCode> {
  const found = schemeOf(elements);
  const primary = elements[0];
  if (!found || !primary) return refuse('URN_SCHEME', 'this key has no EPC URN form');
  if (
    companyPrefixLength === undefined ||
    !Number.isInteger(companyPrefixLength) ||
    companyPrefixLength < 6 ||
    companyPrefixLength > 12
  ) {
    return refuse(
      'COMPANY_PREFIX_LENGTH',
      'an EPC URN needs the length of the GS1 company prefix (6–12), which a Digital Link does not tell',
    );
  }
  const { scheme, level } = found;
  const checked = elements.find((element) => !checkValue(element.ai, element.value).ok);
  const fields = splitKey(scheme, primary.value, companyPrefixLength);
  if (checked || !fields) return refuse('URN_VALUE', `not a valid ${scheme.name.toUpperCase()}`);
  if (typeof scheme.tail === 'object') {
    const qualifier = valueFor(elements, scheme.tail.qualifier);
    if (qualifier !== undefined) fields.push(escapeUrn(qualifier));
    else if (scheme.name === 'sgln') fields.push('0');
  }
  if (level === 'class') fields.push('*');
  const namespace = level === 'class' ? 'idpat' : scheme.namespace;
  return ok(`urn:epc:${namespace}:${scheme.name}:${fields.join('.')}`);
}
