import { isObject, type JsonObject, type JsonValue } from './json.ts';

/** Fields of an EPCIS 2.0 event that are disclosed together, by group. */
export const GROUP_OF_FIELD: Readonly<Record<string, string>> = {
  // Says what the prefixes of extension fields mean.
  '@context': 'context',
  type: 'what',
  action: 'what',
  parentID: 'what',
  transformationID: 'what',
  quantityList: 'what',
  childQuantityList: 'what',
  inputQuantityList: 'what',
  outputQuantityList: 'what',
  epcList: 'epcList',
  childEPCs: 'childEPCs',
  inputEPCList: 'inputEPCList',
  outputEPCList: 'outputEPCList',
  eventTime: 'when',
  eventTimeZoneOffset: 'when',
  readPoint: 'where',
  bizLocation: 'where',
  bizStep: 'why',
  disposition: 'why',
  persistentDisposition: 'why',
  bizTransactionList: 'business',
  sourceList: 'business',
  destinationList: 'business',
  sensorElementList: 'condition',
  ilmd: 'ilmd',
  certificationInfo: 'certification',
  errorDeclaration: 'error',
};

/** Lists of things: each element has a salt of its own, so that one thing shows without the others. */
export const LIST_GROUPS: ReadonlySet<string> = new Set([
  'epcList',
  'childEPCs',
  'inputEPCList',
  'outputEPCList',
]);

/** Holds the event hash (`ni:///sha-256;…`), salted so that withheld fields can't be guessed against it. */
export const EVENT_HASH_GROUP = 'eventHash';

/** Groups that every leaf has, so that an absent field can't be told from a withheld one. */
export const FIXED_GROUPS: readonly string[] = [
  ...new Set([EVENT_HASH_GROUP, ...Object.values(GROUP_OF_FIELD)]),
].sort();

/** In the clear in the leaf. */
export const NOT_GROUPED: ReadonlySet<string> = new Set(['eventID', 'recordTime']);

/** Extension fields (`ns:field`) are groups of their own, under this prefix. */
export const EXTENSION_PREFIX = 'ext:';

/**
 * Splits an event into its groups: an object of the group's fields, a list for the lists of things,
 * null where the event has nothing. `eventID` and `recordTime` are in no group.
 */
export function groupFields(event: JsonObject, eventHash: string): Map<string, JsonValue> {
  const groups = new Map<string, JsonValue>();
  for (const name of FIXED_GROUPS) groups.set(name, null);
  groups.set(EVENT_HASH_GROUP, eventHash);
  for (const [field, value] of Object.entries(event)) {
    if (NOT_GROUPED.has(field)) continue;
    const group = Object.hasOwn(GROUP_OF_FIELD, field) ? GROUP_OF_FIELD[field] : undefined;
    if (group === undefined) {
      groups.set(EXTENSION_PREFIX + field, value);
    } else if (LIST_GROUPS.has(group)) {
      groups.set(group, value);
    } else {
      const known = groups.get(group);
      groups.set(group, known ? { ...asObject(known), [field]: value } : { [field]: value });
    }
  }
  return groups;
}

/** The event fields that a disclosed group stands for. */
export function fieldsOfGroup(group: string, value: JsonValue): JsonObject {
  if (value === null || group === EVENT_HASH_GROUP) return {};
  if (group.startsWith(EXTENSION_PREFIX)) {
    return { [group.slice(EXTENSION_PREFIX.length)]: value };
  }
  return LIST_GROUPS.has(group) ? { [group]: value } : asObject(value);
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}
