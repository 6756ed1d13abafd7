import {
  commitElement,
  commitElements,
  commitList,
  commitValue,
  SALT_SIZE,
  type Salts,
} from './commitment.ts';
import { equalBytes, fromBase64, toBase64 } from './encoding.ts';
import { attempt, type Refusal, refused, TlogError } from './error.ts';
import { EVENT_HASH_GROUP, fieldsOfGroup, groupFields, LIST_GROUPS } from './field-groups.ts';
import { isArray, type JsonObject, type JsonValue } from './json.ts';
import { decodeLeaf, type EventLeaf } from './leaf.ts';
import { HASH_SIZE, merkleRoot } from './merkle.ts';
import { inclusionRanges } from './tree-range.ts';
import { verifyInclusion } from './verify.ts';

/** One group shown whole. Salts and hashes are base64, so that a disclosure is plain JSON. */
export interface DisclosedGroup {
  readonly name: string;
  readonly salt: string;
  readonly value: JsonValue;
}

/** Elements of a list of things, shown without the others. */
export interface DisclosedList {
  readonly name: string;
  /** Length of the whole list. */
  readonly count: number;
  /** Root of the tree over the element commitments. */
  readonly root: string;
  readonly elements: readonly {
    readonly index: number;
    readonly salt: string;
    readonly value: JsonValue;
    /** Inclusion proof below `root`. */
    readonly path: readonly string[];
  }[];
}

export interface Disclosure {
  readonly groups: readonly DisclosedGroup[];
  readonly lists: readonly DisclosedList[];
}

/** What to show: `all`, or group names; for lists of things `true` or a test of each element. */
export type Selection =
  | 'all'
  | {
      readonly groups: readonly string[];
      readonly things?: ((value: JsonValue) => boolean) | undefined;
    };

/**
 * Shows part of an event to somebody who holds (or can check) its leaf. With `things`, lists of
 * things show just the elements that pass; without it a list shows whole when its group is named.
 */
export function openGroups(
  event: JsonObject,
  eventHash: string,
  salts: Salts,
  selection: Selection = 'all',
): Disclosure {
  const groups: DisclosedGroup[] = [];
  const lists: DisclosedList[] = [];
  for (const [name, value] of groupFields(event, eventHash)) {
    const named = selection === 'all' || selection.groups.includes(name);
    if (LIST_GROUPS.has(name) && value !== null && isArray(value)) {
      const things = selection === 'all' ? undefined : selection.things;
      if (named || things) {
        lists.push(openList(name, value, salts, named ? () => true : (things ?? (() => false))));
      }
    } else if (named) {
      groups.push({ name, salt: toBase64(salts.group(name)), value });
    }
  }
  return {
    groups,
    lists: lists.filter(({ elements, count }) => elements.length > 0 || count === 0),
  };
}

function openList(
  name: string,
  list: readonly JsonValue[],
  salts: Salts,
  shown: (value: JsonValue) => boolean,
): DisclosedList {
  const commitments = commitElements(name, salts, list);
  const path = (index: number): string[] =>
    inclusionRanges(index, list.length).map(({ start, end }) =>
      toBase64(merkleRoot(commitments.slice(start, end))),
    );
  return {
    name,
    count: list.length,
    root: toBase64(merkleRoot(commitments)),
    elements: list.flatMap((value, index) =>
      shown(value)
        ? [{ index, salt: toBase64(salts.element(name, index)), value, path: path(index) }]
        : [],
    ),
  };
}

export interface VerifiedDisclosure {
  readonly ok: true;
  readonly leaf: EventLeaf;
  /**
   * The event as far as it was shown, with `eventID` and `recordTime` from the leaf. A list of
   * things holds the elements shown, in order.
   */
  readonly event: JsonObject;
  /** The event hash, when shown. */
  readonly eventHash: string | null;
  /** True when nothing of the event was withheld: then its hash can be computed and compared. */
  readonly complete: boolean;
  /** Groups not shown, or lists not shown whole. */
  readonly withheld: readonly string[];
}

/** Checks that everything shown is what the leaf committed to. */
export function verifyDisclosure(
  leafBytes: Uint8Array,
  disclosure: Disclosure,
): VerifiedDisclosure | Refusal {
  const checked = attempt(() => check(decodeLeaf(leafBytes), disclosure));
  return checked.ok ? checked.value : checked;
}

function check(leaf: EventLeaf, { groups, lists }: Disclosure): VerifiedDisclosure | Refusal {
  const open = new Map(leaf.groups.map(({ name, commitment }) => [name, commitment]));
  const withheld = new Set(open.keys());
  const fields = new Map<string, JsonValue>([
    ['eventID', leaf.eventID],
    ['recordTime', leaf.recordTime],
  ]);
  let eventHash: string | null = null;

  for (const { name, salt, value } of groups) {
    const commitment = open.get(name);
    if (!commitment)
      return refused('BAD_DISCLOSURE', `the leaf has no undisclosed group "${name}"`);
    if (!equalBytes(commitValue(name, saltOf(salt), value), commitment)) {
      return refused('BAD_DISCLOSURE', `group "${name}" is not what the leaf committed to`);
    }
    open.delete(name);
    withheld.delete(name);
    for (const [field, part] of Object.entries(fieldsOfGroup(name, value))) fields.set(field, part);
    if (name === EVENT_HASH_GROUP && typeof value === 'string') eventHash = value;
  }

  for (const list of lists) {
    const commitment = open.get(list.name);
    if (!commitment || !LIST_GROUPS.has(list.name)) {
      return refused('BAD_DISCLOSURE', `the leaf has no undisclosed list "${list.name}"`);
    }
    const fault = listFault(list, commitment);
    if (fault) return refused('BAD_DISCLOSURE', `${fault} in "${list.name}"`);
    open.delete(list.name);
    if (list.elements.length === list.count) withheld.delete(list.name);
    fields.set(
      list.name,
      list.elements.map(({ value }) => value),
    );
  }

  if (!withheld.has('error') && leaf.isErrorDeclaration !== fields.has('errorDeclaration')) {
    return refused('BAD_DISCLOSURE', 'the leaf and the event differ on being an error declaration');
  }
  return {
    ok: true,
    leaf,
    event: Object.fromEntries(fields),
    eventHash,
    complete: withheld.size === 0,
    withheld: [...withheld],
  };
}

function listFault(list: DisclosedList, commitment: Uint8Array): string | null {
  const root = fromBase64(list.root);
  if (root.length !== HASH_SIZE) return 'bad root';
  if (!equalBytes(commitList(list.name, list.count, root), commitment)) {
    return 'length or root is not what the leaf committed to';
  }
  let previous = -1;
  for (const { index, salt, value, path } of list.elements) {
    if (!(index > previous)) return 'elements out of order';
    previous = index;
    const verdict = verifyInclusion(
      index,
      list.count,
      commitElement(list.name, saltOf(salt), value),
      path.map(fromBase64),
      root,
    );
    if (!verdict.ok) return `element ${index} is not what the leaf committed to`;
  }
  return null;
}

function saltOf(base64: string): Uint8Array {
  const salt = fromBase64(base64);
  if (salt.length !== SALT_SIZE) throw new TlogError('BAD_DISCLOSURE', 'salt is not 32 bytes');
  return salt;
}
