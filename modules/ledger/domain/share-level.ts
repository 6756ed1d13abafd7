import {
  type DisclosedGroup,
  type Disclosure,
  EVENT_HASH_GROUP,
  isArray,
  isObject,
  type JsonValue,
} from '@zaizao/tlog';

/*
 * How much of an event another organisation sees. The levels contain each other. Business documents
 * (orders, sources, destinations) are shown at none of them: who was bought from and at what is the
 * organisation's own. The log's commitments prove what is withheld without telling it.
 */

export const SHARE_LEVELS = ['none', 'summary', 'steps', 'full'] as const;
export type ShareLevel = (typeof SHARE_LEVELS)[number];
/** A level at which something is shown. */
export type ShownLevel = Exclude<ShareLevel, 'none'>;

/** What happened to which thing and when; certificates; and whether it was declared wrong. */
const SUMMARY: ReadonlySet<string> = new Set([
  ...['what', 'when', 'why', 'context', 'certification', 'error'],
]);

/** Where, and the master data of lots. */
const STEPS: ReadonlySet<string> = new Set(['where', 'ilmd']);

/** What was done and decided, without its measured values; names of the extension fields. */
const STEP_FIELDS: ReadonlySet<string> = new Set(
  [
    ...['lifeNumber', 'massGram', 'coreMassGram', 'accountedMassGram', 'residueMassGram'],
    ...['grade', 'reused', 'restored', 'newParts', 'process', 'operations', 'test', 'verdict'],
    ...['round', 'certificate', 'sha256', 'standards', 'dispositionDecided'],
  ].map((field) => `ext:zz:${field}`),
);

/** Kinds of business documents that name no party. */
const QUALITY_DOCUMENTS: ReadonlySet<string> = new Set(['testres', 'cert']);

/** From this level on, the events of what a thing was made of are shown with its own. */
export function showsOrigins(level: ShareLevel): boolean {
  return level === 'steps' || level === 'full';
}

export function higherLevel(a: ShownLevel, b: ShownLevel): ShownLevel {
  return SHARE_LEVELS.indexOf(a) >= SHARE_LEVELS.indexOf(b) ? a : b;
}

export function lowerLevel(a: ShareLevel, b: ShareLevel): ShareLevel {
  return SHARE_LEVELS.indexOf(a) <= SHARE_LEVELS.indexOf(b) ? a : b;
}

function isShown({ name, value }: DisclosedGroup, level: ShownLevel): boolean {
  if (name === EVENT_HASH_GROUP) return false;
  if (SUMMARY.has(name)) return true;
  if (name === 'business') return level !== 'summary' && isAboutQuality(value);
  if (level === 'full') return true;
  return level === 'steps' && (STEPS.has(name) || STEP_FIELDS.has(name));
}

/** Business documents that are test results and certificates only. */
function isAboutQuality(value: JsonValue): boolean {
  if (!isObject(value) || Object.keys(value).join() !== 'bizTransactionList') return false;
  const documents = value.bizTransactionList ?? null;
  return (
    isArray(documents) &&
    documents.every(
      (d) =>
        isObject(d) &&
        typeof d.type === 'string' &&
        QUALITY_DOCUMENTS.has(d.type.split(/[-:/#]/).at(-1) ?? ''),
    )
  );
}

/**
 * Cuts an opened event down to a level. Of lists of things only those that `mayKnow` passes are
 * shown. Where nothing is left to withhold the whole event is shown, with its hash.
 */
export function cutTo(
  whole: Disclosure,
  level: ShownLevel,
  mayKnow: (thing: string) => boolean,
): { readonly shown: Disclosure; readonly isWhole: boolean } {
  const groups = whole.groups.filter((group) => isShown(group, level));
  const lists = whole.lists.map((list) => ({
    ...list,
    elements: list.elements.filter(({ value }) => typeof value === 'string' && mayKnow(value)),
  }));
  const withheld = whole.groups.some(
    (group) => group.value !== null && group.name !== EVENT_HASH_GROUP && !groups.includes(group),
  );
  if (!withheld && lists.every(({ elements, count }) => elements.length === count)) {
    return { shown: whole, isWhole: true };
  }
  return {
    shown: {
      // What is empty need not be shown: it looks like what is withheld.
      groups: groups.filter(({ value }) => value !== null),
      lists: lists.filter(({ elements }) => elements.length > 0),
    },
    isWhole: false,
  };
}
