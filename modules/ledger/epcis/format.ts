import type { EpcisEvent, JsonObject, JsonValue } from '@zaizao/epcis';
import { digitalLinkToUrn, parseEpcUrn, urnToDigitalLink } from '@zaizao/gs1';

/** The values of GS1-EPC-Format. */
export const EPC_FORMATS = [
  'Always_GS1_Digital_Link',
  'Always_EPC_URN',
  'No_Preference',
  'Never_Translates',
] as const;
export type EpcFormat = (typeof EPC_FORMATS)[number];

/** An identifier that cannot be had in the form asked for. */
export class Untranslatable extends Error {}

/** Fields that hold identifiers of things, places and parties. */
const EPC_FIELDS: ReadonlySet<string> = new Set([
  ...['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList', 'parentID', 'epcClass'],
  ...['source', 'destination'],
]);
const PLACES: ReadonlySet<string> = new Set(['readPoint', 'bizLocation']);

/**
 * The URN of a Digital Link. It does not tell how long its company prefix is, so the prefixes are asked that the
 * organisation has seen in EPC URNs: when exactly one of them fits, that is the one. Nothing is guessed.
 */
function urnOf(link: string, prefixes: ReadonlySet<string>): string {
  const urns = new Set<string>();
  let isKey = false;
  for (let length = 6; length <= 12; length++) {
    const urn = digitalLinkToUrn(link, length);
    if (!urn.ok) continue;
    isKey = true;
    const parsed = parseEpcUrn(urn.value);
    if (parsed.ok && prefixes.has(parsed.value.companyPrefix)) urns.add(urn.value);
  }
  if (!isKey) return link;
  const [only] = urns;
  if (urns.size === 1 && only !== undefined) return only;
  throw new Untranslatable(
    `${link} came as a Digital Link, and the length of its company prefix is not known: ` +
      'capture one EPC URN of that company first, or ask for another GS1-EPC-Format',
  );
}

/** The company prefixes that a text names in EPC URNs. */
export function companyPrefixesIn(text: string): string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(/urn:epc:(?:id|class|idpat):[a-z]+:(\d{6,12})\./g)) {
    if (match[1] !== undefined) found.add(match[1]);
  }
  return [...found];
}

/**
 * One identifier in the form asked for; what is no GS1 key stays as it is.
 *
 * @param prefixes company prefixes that are known, for `Always_EPC_URN`
 * @throws Untranslatable
 */
export function inFormat(id: string, format: EpcFormat, prefixes: ReadonlySet<string>): string {
  if (format === 'Always_GS1_Digital_Link') {
    const link = id.startsWith('urn:epc:') ? urnToDigitalLink(id) : undefined;
    return link?.ok ? link.value : id;
  }
  if (format !== 'Always_EPC_URN' || id.startsWith('urn:')) return id;
  return urnOf(id, prefixes);
}

/** The event with its identifiers in the form asked for. */
export function eventInFormat(
  event: EpcisEvent,
  format: EpcFormat,
  prefixes: ReadonlySet<string>,
): EpcisEvent {
  if (format === 'No_Preference' || format === 'Never_Translates') return event;
  const change = (value: JsonValue | undefined, name: string): JsonValue | undefined => {
    if (typeof value === 'string')
      return EPC_FIELDS.has(name) ? inFormat(value, format, prefixes) : value;
    if (Array.isArray(value)) return value.map((item) => change(item, name) ?? null);
    if (typeof value !== 'object' || value === null || name.includes(':')) return value;
    if (Object.getPrototypeOf(value) !== Object.prototype) return value; // a lossless number
    return Object.fromEntries(
      Object.entries(value as JsonObject).map(([key, member]) => [
        key,
        key === 'id' && PLACES.has(name) && typeof member === 'string'
          ? inFormat(member, format, prefixes)
          : key === 'ilmd'
            ? member
            : change(member, key),
      ]),
    );
  };
  return change(event as unknown as JsonObject, '') as unknown as EpcisEvent; // names and shape are kept
}
