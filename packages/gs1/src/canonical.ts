import { type DigitalLinkErrorCode, parseDigitalLink } from './digital-link.ts';
import { type Element, valueFor } from './element.ts';
import { type EpcUrnErrorCode, formatEpcUrn, parseEpcUrn } from './epc-urn.ts';
import { encodeCanonical } from './percent.ts';
import { ok, type Result, refuse } from './result.ts';

/** For each primary key the qualifier that identifies most finely, finest first (CBV 2.0 section 8.9, rule on links). */
const FINEST: Readonly<Record<string, readonly string[]>> = {
  '00': [],
  '01': ['21', '10', '235'],
  '253': [],
  '255': [],
  '401': [],
  '402': [],
  '414': ['254'],
  '417': [],
  '8003': [],
  '8004': [],
  '8006': ['21', '10'],
  '8010': ['8011'],
  '8017': [],
  '8018': [],
};

export type CanonicalErrorCode = EpcUrnErrorCode | DigitalLinkErrorCode | 'NOT_A_GS1_KEY';

/** Lengths of the keys that are all digits; check digits are left alone so that a mistyped key still equals itself. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  '00': /^\d{18}$/,
  '01': /^\d{14}$/,
  '253': /^\d{13}.{0,17}$/,
  '255': /^\d{13}\d{0,12}$/,
  '401': /^.{1,30}$/,
  '402': /^\d{17}$/,
  '414': /^\d{13}$/,
  '417': /^\d{13}$/,
  '8003': /^\d{14}.{0,16}$/,
  '8004': /^.{4,30}$/,
  '8006': /^\d{18}$/,
  '8010': /^[#\-/0-9A-Z]{4,30}$/,
  '8017': /^\d{18}$/,
  '8018': /^\d{18}$/,
};

function canonicalLink(path: readonly Element[]): string | undefined {
  const [primary] = path;
  const finest = primary && FINEST[primary.ai];
  if (!primary || !finest || !SHAPES[primary.ai]?.test(primary.value)) return undefined;
  const qualifier = finest.find((ai) => valueFor(path, ai) !== undefined);
  const head = `https://id.gs1.org/${primary.ai}/${encodeCanonical(primary.value)}`;
  if (qualifier === undefined) return head;
  return `${head}/${qualifier}/${encodeCanonical(valueFor(path, qualifier) ?? '')}`;
}

/**
 * The one Digital Link that stands for an EPC URN or for any Digital Link of the same thing: host `id.gs1.org`, no
 * query, only the finest qualifier, 14-digit GTIN. Two spellings of one identity give the same text.
 *
 * Errors: those of parsing, and `NOT_A_GS1_KEY` for everything that names no GS1 key.
 *
 * @see CBV 2.0 section 8.9 (constrained canonical Digital Link); GS1 Digital Link: URI Syntax, section 4.11
 */
export function canonicalLinkOf(uri: string): Result<string, CanonicalErrorCode> {
  if (uri.startsWith('urn:epc:')) {
    const urn = parseEpcUrn(uri);
    if (!urn.ok) return urn;
    const link = canonicalLink(urn.value.elements);
    return link === undefined ? refuse('URN_VALUE', `malformed key in ${uri}`) : ok(link);
  }
  if (!/^https?:/i.test(uri)) return refuse('NOT_A_GS1_KEY', `not a GS1 identifier: ${uri}`);
  const parsed = parseDigitalLink(withoutQuery(uri), { checkValues: false });
  if (!parsed.ok) return parsed;
  const link = canonicalLink(parsed.value.path);
  if (link !== undefined) return ok(link);
  const ai = parsed.value.path[0]?.ai ?? '';
  return Object.hasOwn(FINEST, ai)
    ? refuse('DL_VALUE', `malformed key in ${uri}`)
    : refuse('NOT_A_GS1_KEY', `(${ai}) identifies nothing that EPCIS events are about: ${uri}`);
}

function withoutQuery(uri: string): string {
  const end = uri.search(/[?#]/);
  return end < 0 ? uri : uri.slice(0, end);
}

/** Identifiers asked for lately: an event names its places and things several times over. */
const lately = new Map<string, string>();
const REMEMBERED = 4_096;
const WORTH_REMEMBERING = 200;

/** {@link canonicalLinkOf} for matching: identifiers that are no GS1 key stand for themselves. */
export function canonicalUri(uri: string): string {
  const known = lately.get(uri);
  if (known !== undefined) return known;
  const canonical = canonicalLinkOf(uri);
  const value = canonical.ok ? canonical.value : uri;
  if (uri.length <= WORTH_REMEMBERING) {
    if (lately.size >= REMEMBERED) lately.clear();
    lately.set(uri, value);
  }
  return value;
}

/** The Digital Link of an EPC URN, on `id.gs1.org`; needs nothing beyond the URN. */
export function urnToDigitalLink(urn: string): Result<string, CanonicalErrorCode> {
  return urn.startsWith('urn:epc:')
    ? canonicalLinkOf(urn)
    : refuse('URN_FORMAT', `not an EPC URN: ${urn}`);
}

/**
 * The EPC URN of a Digital Link. Which of its digits are the GS1 company prefix cannot be read from the link, so
 * without `companyPrefixLength` the answer is the refusal `COMPANY_PREFIX_LENGTH`.
 */
export function digitalLinkToUrn(
  uri: string,
  companyPrefixLength?: number,
): Result<string, CanonicalErrorCode> {
  const parsed = parseDigitalLink(uri);
  if (!parsed.ok) return parsed;
  return formatEpcUrn(parsed.value.path, companyPrefixLength);
}
