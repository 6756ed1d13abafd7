import {
  type DisclosedGroup,
  type DisclosedList,
  type Disclosure,
  EVENT_HASH_GROUP,
  isArray,
  isObject,
  type JsonValue,
} from '@zaizao/tlog';

/*
 * Which part of an event anyone may see. Everything that is not named here stays withheld: who was
 * paid, who delivered, what it cost, who worked on it. The commitments in the log prove that it is
 * there without telling it.
 */

/** In every event: what happened to which thing, when, and what prefixes mean. */
const ALWAYS: readonly string[] = [
  'what',
  'when',
  'why',
  'context',
  'ilmd',
  'certification',
  'error',
];

/** Extension fields that tell of the thing itself. */
const OF_THE_THING: ReadonlySet<string> = new Set(
  [
    ...['lifeNumber', 'massGram', 'coreMassGram', 'accountedMassGram', 'residueMassGram'],
    ...['grade', 'reused', 'restored', 'newParts', 'process', 'operations', 'test', 'verdict'],
    ...['round', 'limits', 'runInMinutes', 'certificate', 'sha256', 'standards'],
  ].map((field) => `ext:zz:${field}`),
);

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

/**
 * Cuts an opened event down to what is public. Lists of things show those the passport is about.
 * When nothing is left to withhold the whole event is shown, with its hash; otherwise the hash is
 * withheld too, because withheld fields could be guessed against it.
 */
export function publicPart(
  whole: Disclosure,
  bizStep: unknown,
  isOurs: (thing: string) => boolean,
): Disclosure {
  const inPlant = IN_THE_PLANT.has(stepName(bizStep));
  const groups = whole.groups.filter((group) => isPublic(group, inPlant));
  const lists = whole.lists.map((list) => onlyOurs(list, isOurs));
  const rest = whole.groups.filter(
    (group) => group.value !== null && group.name !== EVENT_HASH_GROUP && !groups.includes(group),
  );
  const allListed = lists.every(({ elements, count }) => elements.length === count);
  if (rest.length === 0 && allListed) return whole;
  return {
    // What is empty need not be shown: it looks like what is withheld.
    groups: groups.filter(({ value }) => value !== null),
    lists: lists.filter(({ elements }) => elements.length > 0),
  };
}

function isPublic({ name, value }: DisclosedGroup, inPlant: boolean): boolean {
  if (ALWAYS.includes(name) || OF_THE_THING.has(name)) return true;
  if (name === 'business') return isAboutQuality(value);
  return inPlant && (name === 'where' || name === 'condition');
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
