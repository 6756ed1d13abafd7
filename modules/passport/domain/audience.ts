import {
  type DisclosedGroup,
  type DisclosedList,
  type Disclosure,
  EVENT_HASH_GROUP,
  isArray,
  isObject,
  type JsonValue,
} from '@zaizao/tlog';
import type { Audience } from '../contract/public.ts';

/*
 * Which part of an event whom it may be shown to. What is not named here is for the regulator alone;
 * the commitments in the log prove that it is there without telling it.
 */

const EVERYBODY: readonly Audience[] = ['public', 'buyer', 'service', 'certifier', 'regulator'];
const TRADE: readonly Audience[] = ['buyer', 'regulator'];
const WORKSHOP: readonly Audience[] = ['service', 'certifier', 'regulator'];
const IN_USE: readonly Audience[] = ['buyer', 'service', 'regulator'];
const CERTIFIER: readonly Audience[] = ['certifier', 'regulator'];
const REGULATOR: readonly Audience[] = ['regulator'];

/** In every event: what happened to which thing, when, and what prefixes mean. */
const ALWAYS: ReadonlySet<string> = new Set([
  ...['what', 'when', 'why', 'context', 'ilmd', 'certification', 'error'],
]);

/** Extension fields by audience: of the thing itself, how it was worked on, how the plant runs. */
const FIELDS: ReadonlyMap<string, readonly Audience[]> = new Map([
  ...of(EVERYBODY, ['lifeNumber', 'massGram', 'coreMassGram', 'accountedMassGram']),
  ...of(EVERYBODY, ['residueMassGram', 'grade', 'reused', 'restored', 'newParts', 'process']),
  ...of(EVERYBODY, ['operations', 'test', 'verdict', 'round', 'limits', 'runInMinutes']),
  ...of(EVERYBODY, ['certificate', 'sha256', 'standards', 'credentials', 'credentialSha256']),
  ...of(EVERYBODY, ['keyState', 'publicKey', 'custody', 'revokedFrom']),
  ...of(WORKSHOP, ['method', 'parameters', 'result', 'missing', 'broken', 'criteriaNotMet']),
  ...of(WORKSHOP, ['concession', 'reference', 'newLots', 'quantity', 'dispositionDecided']),
  ...of(WORKSHOP, ['rule', 'characteristics', 'ndt', 'energyKilowattHour']),
  ...of(IN_USE, ['mileageKilometre']),
  ...of(CERTIFIER, ['workOrder', 'batch', 'consumption', 'programme', 'photos', 'numberSeen']),
  ...of(CERTIFIER, ['explanation', 'reason', 'nonconformance', 'channel', 'stream', 'inspection']),
]);

function of(who: readonly Audience[], fields: readonly string[]) {
  return fields.map((field) => [`ext:zz:${field}`, who] as const);
}

/** Steps in the plant, where the place and the measured values are the maker's own. */
const IN_THE_PLANT: ReadonlySet<string> = new Set([
  ...['receiving', 'inspecting', 'disassembling', 'repairing', 'commissioning', 'assembling'],
  ...['remanufacturing', 'packing', 'storing', 'stocking'],
]);

/** Kinds of business documents that name no party. */
const QUALITY_DOCUMENTS: ReadonlySet<string> = new Set(['testres', 'cert']);

/** Last word of a business step, however it is spelled. */
export function stepName(bizStep: unknown): string {
  return typeof bizStep === 'string' ? (bizStep.split(/[-:/#]/).at(-1) ?? '') : '';
}

/** Whom a group of an event's fields is open to. */
export function openTo({ name, value }: DisclosedGroup, bizStep: unknown): readonly Audience[] {
  if (ALWAYS.has(name)) return EVERYBODY;
  const inPlant = IN_THE_PLANT.has(stepName(bizStep));
  switch (name) {
    case 'where':
      return inPlant ? EVERYBODY : TRADE;
    case 'condition':
      return inPlant ? EVERYBODY : IN_USE;
    case 'business':
      if (isAboutQuality(value)) return EVERYBODY;
      return inPlant ? CERTIFIER : TRADE;
    default:
      return FIELDS.get(name) ?? REGULATOR;
  }
}

/**
 * Cuts an opened event down to what an audience may see. Lists of things show those the passport is
 * about, to the regulator all. When nothing is left to withhold the whole event is shown, with its hash;
 * otherwise the hash is withheld too, because withheld fields could be guessed against it.
 */
export function cutFor(
  audience: Audience,
  whole: Disclosure,
  bizStep: unknown,
  isOurs: (thing: string) => boolean,
): Disclosure {
  const told = whole.groups.filter(
    ({ name, value }) => value !== null && name !== EVENT_HASH_GROUP,
  );
  const groups = told.filter((group) => openTo(group, bizStep).includes(audience));
  const lists =
    audience === 'regulator' ? whole.lists : whole.lists.map((list) => onlyOurs(list, isOurs));
  const allListed = lists.every(({ elements, count }) => elements.length === count);
  if (groups.length === told.length && allListed) return whole;
  // What is empty need not be shown: it looks like what is withheld.
  return { groups, lists: lists.filter(({ elements }) => elements.length > 0) };
}

export interface Withheld {
  /** Name of the group of fields, as the log entry has it. */
  readonly group: string;
  readonly openTo: readonly Audience[];
}

/** What a cut keeps back of an event, and whom each part is open to. */
export function withheldBy(cut: Disclosure, whole: Disclosure, bizStep: unknown): Withheld[] {
  const shown = new Set(cut.groups.map(({ name }) => name));
  const listed = new Map(cut.lists.map((list) => [list.name, list.elements.length]));
  return [
    ...whole.groups
      .filter((g) => g.value !== null && g.name !== EVENT_HASH_GROUP && !shown.has(g.name))
      .map((group) => ({ group: group.name, openTo: openTo(group, bizStep) })),
    ...whole.lists
      .filter(({ name, count }) => (listed.get(name) ?? 0) < count)
      .map(({ name }) => ({ group: name, openTo: REGULATOR })),
  ];
}

/** Business documents that are test results and certificates only; orders and parties are nobody's business. */
function isAboutQuality(value: JsonValue): boolean {
  if (!isObject(value) || Object.keys(value).join() !== 'bizTransactionList') return false;
  const documents = value.bizTransactionList ?? null;
  return (
    isArray(documents) &&
    documents.every(
      (d) => isObject(d) && typeof d.type === 'string' && QUALITY_DOCUMENTS.has(stepName(d.type)),
    )
  );
}

function onlyOurs(list: DisclosedList, isOurs: (thing: string) => boolean): DisclosedList {
  return {
    ...list,
    elements: list.elements.filter(({ value }) => typeof value === 'string' && isOurs(value)),
  };
}
