import type { EpcisEvent, JsonObject, JsonValue } from '@zaizao/epcis';
import { digitalLinkToUrn, urnToDigitalLink } from '@zaizao/gs1';

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

/** One identifier in the form asked for; what is no GS1 key stays as it is. */
export function inFormat(id: string, format: EpcFormat): string {
  if (format === 'Always_GS1_Digital_Link') {
    const link = id.startsWith('urn:epc:') ? urnToDigitalLink(id) : undefined;
    return link?.ok ? link.value : id;
  }
  if (format !== 'Always_EPC_URN' || id.startsWith('urn:')) return id;
  const urn = digitalLinkToUrn(id);
  if (urn.ok) return urn.value;
  if (urn.error.code === 'COMPANY_PREFIX_LENGTH') {
    throw new Untranslatable(
      `${id} came as a Digital Link, which does not tell its company prefix`,
    );
  }
  return id;
}

/** The event with its identifiers in the form asked for. */
export function eventInFormat(event: EpcisEvent, format: EpcFormat): EpcisEvent {
  if (format === 'No_Preference' || format === 'Never_Translates') return event;
  const change = (value: JsonValue | undefined, name: string): JsonValue | undefined => {
    if (typeof value === 'string') return EPC_FIELDS.has(name) ? inFormat(value, format) : value;
    if (Array.isArray(value)) return value.map((item) => change(item, name) ?? null);
    if (typeof value !== 'object' || value === null || name.includes(':')) return value;
    if (Object.getPrototypeOf(value) !== Object.prototype) return value; // a lossless number
    return Object.fromEntries(
      Object.entries(value as JsonObject).map(([key, member]) => [
        key,
        key === 'id' && PLACES.has(name) && typeof member === 'string'
          ? inFormat(member, format)
          : key === 'ilmd'
            ? member
            : change(member, key),
      ]),
    );
  };
  return change(event as unknown as JsonObject, '') as unknown as EpcisEvent; // names and shape are kept
}
