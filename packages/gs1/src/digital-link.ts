import { applicationIdentifier, checkValue } from './application-identifier.ts';
import { normalizeGtin } from './check-digit.ts';
import type { Element } from './element.ts';
import { decode, encodePath, encodeQuery } from './percent.ts';
import { ok, type Result, refuse } from './result.ts';

/** A parsed GS1 Digital Link. */
export interface DigitalLink {
  /** Everything before the primary key, without a slash at its end: `https://id.gs1.org`. */
  readonly stem: string;
  /** Primary key and its qualifiers in path order. */
  readonly path: readonly Element[];
  /** Application identifiers in the query string, in order. */
  readonly attributes: readonly Element[];
}

export type DigitalLinkErrorCode =
  | 'DL_URI'
  | 'DL_NO_KEY'
  | 'DL_VALUE'
  | 'DL_ATTRIBUTE'
  | 'DL_DUPLICATE';

export interface DigitalLinkOptions {
  /** Accept the old words for application identifiers in the path (`/gtin/…/ser/…`). Default true. */
  readonly aliases?: boolean;
  /** Accept a GTIN of 8, 12 or 13 digits. Default true. */
  readonly shortGtin?: boolean;
  /** Let a query attribute that is no known application identifier pass. Default false. */
  readonly unknownAttributes?: boolean;
  /** Check lengths, characters, check digits and dates. Default true. */
  readonly checkValues?: boolean;
}

const ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sscc: '00',
    gtin: '01',
    cpv: '22',
    lot: '10',
    ser: '21',
    gdti: '253',
    gcn: '255',
    ginc: '401',
    gsin: '402',
    gln: '414',
    glnx: '254',
    payTo: '415',
    refno: '8020',
    party: '417',
    grai: '8003',
    giai: '8004',
    itip: '8006',
    cpid: '8010',
    cpsn: '8011',
    gmn: '8013',
    gsrnp: '8017',
    gsrn: '8018',
    srin: '8019',
  }),
);

/** Whether `ais` (without the primary key) is an ordered selection of one of the allowed qualifier sequences. */
export function isQualifierSequence(primary: string, ais: readonly string[]): boolean {
  const sequences = applicationIdentifier(primary)?.qualifierSequences;
  if (!sequences) return false;
  return sequences.some((sequence) => {
    let from = 0;
    return ais.every((ai) => {
      const at = sequence.indexOf(ai, from);
      from = at + 1;
      return at >= 0;
    });
  });
}

function padGtin(ai: string, value: string, allowed: boolean): string {
  return allowed && ai === '01' && /^(\d{8}|\d{12,13})$/.test(value)
    ? value.padStart(14, '0')
    : value;
}

interface PathMatch {
  readonly stemSegments: number;
  readonly path: readonly Element[];
}

/** What a compressed link ends in: base64url, with letters (GS1 Digital Link: Compression). */
const COMPRESSED = /^(?=.*[A-Za-z])[A-Za-z0-9_-]{8,}$/;

/** Looks for the rightmost primary key from which the rest of the path is a legal sequence of qualifiers. */
function matchPath(
  segments: readonly string[],
  options: DigitalLinkOptions,
): Result<PathMatch, DigitalLinkErrorCode> {
  const name = (segment: string): string =>
    options.aliases === false ? segment : (ALIASES.get(segment) ?? segment);
  for (let start = segments.length - 2; start >= 0; start -= 2) {
    const primary = name(segments[start] ?? '');
    if (!applicationIdentifier(primary)?.qualifierSequences) continue;
    const path: Element[] = [];
    for (let i = start; i < segments.length; i += 2) {
      const ai = name(segments[i] ?? '');
      const value = decode(segments[i + 1] ?? '');
      if (!value) return refuse('DL_VALUE', `(${ai}) has no readable value in the path`);
      path.push({ ai, value: padGtin(ai, value, options.shortGtin !== false) });
    }
    const qualifiers = path.slice(1).map((element) => element.ai);
    if (!isQualifierSequence(primary, qualifiers)) {
      return refuse('DL_NO_KEY', `(${primary}) cannot be followed by (${qualifiers.join(')(')})`);
    }
    return ok({ stemSegments: start, path });
  }
  const last = segments.at(-1) ?? '';
  return refuse(
    'DL_NO_KEY',
    COMPRESSED.test(last)
      ? `no GS1 primary key in the path; if “${last}” is a compressed link, decompress it first`
      : 'no GS1 primary key in the path',
  );
}

/** `&`, and `;` where another parameter follows it: releases 1.0 to 1.2 allowed both. */
const DELIMITER = /&|;(?=[^&;=]+=)/;

function parseQuery(
  query: string,
  options: DigitalLinkOptions,
): Result<Element[], DigitalLinkErrorCode> {
  const elements: Element[] = [];
  for (const pair of query.split(DELIMITER)) {
    const equals = pair.indexOf('=');
    if (equals < 0) continue;
    const ai = pair.slice(0, equals);
    if (!/^\d+$/.test(ai)) continue;
    if (!applicationIdentifier(ai) && options.unknownAttributes !== true) {
      return refuse('DL_ATTRIBUTE', `(${ai}) in the query is not an application identifier`);
    }
    const value = decode(pair.slice(equals + 1).replaceAll('+', ' '));
    if (!value) return refuse('DL_VALUE', `(${ai}) has no readable value in the query`);
    elements.push({ ai, value: padGtin(ai, value, options.shortGtin !== false) });
  }
  return ok(elements);
}

/** A query attribute is wrong when its identifier may not be one, or when it belongs in the path. */
function attributeFault(path: readonly Element[], ai: string): string | undefined {
  const definition = applicationIdentifier(ai);
  if (definition && !definition.queryAttribute) return `(${ai}) may not stand in the query`;
  const [primary, ...rest] = path;
  const used = rest.map((element) => element.ai);
  for (let at = 0; primary && at <= used.length; at++) {
    if (isQualifierSequence(primary.ai, used.toSpliced(at, 0, ai))) {
      return `(${ai}) qualifies (${primary.ai}) and belongs in the path`;
    }
  }
  return undefined;
}

function checkElements(
  path: readonly Element[],
  attributes: readonly Element[],
  options: DigitalLinkOptions,
): Result<null, DigitalLinkErrorCode> {
  const seen = new Set<string>();
  for (const { ai } of [...path, ...attributes]) {
    if (seen.has(ai)) return refuse('DL_DUPLICATE', `(${ai}) stands more than once`);
    seen.add(ai);
  }
  for (const { ai } of attributes) {
    const fault = attributeFault(path, ai);
    if (fault) return refuse('DL_ATTRIBUTE', fault);
  }
  if (options.checkValues === false) return ok(null);
  for (const { ai, value } of [...path, ...attributes]) {
    const checked = checkValue(ai, value);
    if (!checked.ok && checked.error.code !== 'AI_UNKNOWN') {
      return refuse('DL_VALUE', checked.error.message);
    }
  }
  return ok(null);
}

const URI_SHAPE = /^(https?|HTTPS?):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?$/;

/**
 * Parses a GS1 Digital Link of any host, with any path before the key.
 *
 * Errors: `DL_URI` (not an http(s) URI with a host), `DL_NO_KEY` (no primary key, or qualifiers that do not belong to
 * it), `DL_VALUE` (a value that breaks its format or check digit), `DL_ATTRIBUTE` (a query attribute that may not be
 * there), `DL_DUPLICATE`.
 *
 * @see GS1 Digital Link Standard: URI Syntax, release 1.6
 */
export function parseDigitalLink(
  uri: string,
  options: DigitalLinkOptions = {},
): Result<DigitalLink, DigitalLinkErrorCode> {
  if (!/^[\x21-\x7e]+$/.test(uri) || /[<>{}\\^`"|]/.test(uri)) {
    return refuse('DL_URI', 'characters that a URI cannot have');
  }
  const match = URI_SHAPE.exec(uri);
  const [, scheme = '', authority = '', path = '', query = ''] = match ?? [];
  if (!match || !/^(?:[^@/]*@)?(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d*)?$/.test(authority)) {
    return refuse('DL_URI', 'not an http or https URI with a host');
  }
  const segments = path.split('/').slice(1);
  const found = matchPath(segments, options);
  if (!found.ok) return found;
  const attributes = parseQuery(query, options);
  if (!attributes.ok) return attributes;
  const checked = checkElements(found.value.path, attributes.value, options);
  if (!checked.ok) return checked;
  const before = segments.slice(0, found.value.stemSegments).map((segment) => `/${segment}`);
  return ok({
    stem: `${scheme.toLowerCase()}://${authority}${before.join('')}`,
    path: found.value.path,
    attributes: attributes.value,
  });
}

/**
 * Writes a Digital Link from application identifiers in any order: the first primary key leads, its qualifiers follow
 * it in the path, everything else goes into the query (identifiers of predefined length first, as in an element
 * string). Repeated identical elements are written once.
 *
 * @param stem host and path before the key, default `https://id.gs1.org`; a slash at its end is dropped
 */
export function formatDigitalLink(
  elements: readonly Element[],
  stem = 'https://id.gs1.org',
  options: Pick<DigitalLinkOptions, 'unknownAttributes'> = {},
): Result<string, DigitalLinkErrorCode> {
  const once = elements.filter(
    (element, index) =>
      elements.findIndex((e) => e.ai === element.ai && e.value === element.value) === index,
  );
  const primary = once.find((element) => applicationIdentifier(element.ai)?.qualifierSequences);
  if (!primary) return refuse('DL_NO_KEY', 'no GS1 primary key among the elements');
  const sequences = applicationIdentifier(primary.ai)?.qualifierSequences ?? [];
  const chosen = sequences
    .map((sequence) => sequence.flatMap((ai) => once.find((element) => element.ai === ai) ?? []))
    .find((qualifiers) => qualifiers.length > 0);
  const path = [primary, ...(chosen ?? [])];
  const rest = once.filter((element) => !path.includes(element));
  const fixed = (element: Element): boolean =>
    applicationIdentifier(element.ai)?.predefinedLength === true;
  const attributes = [...rest.filter(fixed), ...rest.filter((element) => !fixed(element))];
  const unknown = attributes.find((element) => !applicationIdentifier(element.ai));
  if (unknown && options.unknownAttributes !== true) {
    return refuse('DL_ATTRIBUTE', `(${unknown.ai}) is not an application identifier`);
  }
  const checked = checkElements(path, attributes, options);
  if (!checked.ok) return checked;
  const written = path.map(({ ai, value }) => `/${ai}/${encodePath(value)}`).join('');
  const query = attributes.map(({ ai, value }) => `${ai}=${encodeQuery(value)}`).join('&');
  return ok(stem.replace(/\/$/, '') + written + (query === '' ? '' : `?${query}`));
}

/**
 * The Digital Link printed on a product: `https://host/01/{gtin}/21/{serial}`.
 *
 * @param product.host host name, optionally with port or path, without scheme
 * @param product.gtin GTIN of 8, 12, 13 or 14 digits with its check digit
 * @param product.serial serial number, 1 to 20 characters of set 82; without it the link names the product class
 */
export function digitalLink(product: {
  readonly host: string;
  readonly gtin: string;
  readonly serial?: string;
}): Result<string, DigitalLinkErrorCode> {
  const gtin = normalizeGtin(product.gtin);
  if (!gtin.ok) return refuse('DL_VALUE', gtin.error.message);
  const elements: Element[] = [{ ai: '01', value: gtin.value }];
  if (product.serial !== undefined) elements.push({ ai: '21', value: product.serial });
  return formatDigitalLink(elements, `https://${product.host}`);
}
