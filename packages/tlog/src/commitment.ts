import { prefixedText } from './encoding.ts';
import { TlogError } from './error.ts';
import { FIXED_GROUPS, groupFields, LIST_GROUPS } from './field-groups.ts';
import { canonicalJson, isArray, type JsonObject, type JsonValue } from './json.ts';
import type { GroupCommitment } from './leaf.ts';
import { merkleRoot } from './merkle.ts';
import { Message } from './short-hash.ts';

/*
 * First bytes of what is hashed here. Trees begin their hashes with 0 and 1, so no commitment can
 * pass for a node. One byte and no longer name: an absent group then hashes in a single block.
 */
export const VALUE = 0x10;
const LIST = 0x11;
export const ELEMENT = 0x12;
export const GROUP_SALT = 0x13;
export const ELEMENT_SALT = 0x14;

const LEAF = 0;

const message = new Message();

const FIXED_NAMES = new Map(FIXED_GROUPS.map((name) => [name, prefixedText(name)]));

/** uint16 length and UTF-8 of a group's name. */
export function named(name: string): Uint8Array {
  return FIXED_NAMES.get(name) ?? prefixedText(name);
}

export const SALT_SIZE = 32;

/**
 * The salts of one event, all derived from one 32-byte secret kept beside the event. Handing out one
 * salt gives nothing away of another.
 */
export interface Salts {
  group(name: string): Uint8Array;
  element(name: string, index: number): Uint8Array;
}

/**
 * Salts from the event's secret: SHA-256(tag ‖ secret ‖ label). Labels are prefix-free, so plain
 * SHA-256 serves as the keyed function (no length extension leads from one label to another) at a
 * quarter of HMAC's cost. Losing the secret means that nothing can be shown.
 */
export function saltsFrom(secret: Uint8Array): Salts {
  if (secret.length !== SALT_SIZE) throw new TlogError('BAD_KEY', 'event secret is not 32 bytes');
  return {
    group: (name) => message.start(GROUP_SALT).bytes(secret).bytes(named(name)).digest(),
    element: (name, index) =>
      message.start(ELEMENT_SALT).bytes(secret).bytes(named(name)).uint64(index).digest(),
  };
}

/** SHA-256(0x10 ‖ salt ‖ name ‖ JCS of the value). */
export function commitValue(name: string, salt: Uint8Array, value: JsonValue): Uint8Array {
  const text = canonicalJson(value);
  return message.start(VALUE).bytes(salt).bytes(named(name)).text(text).digest();
}

/** SHA-256(0x11 ‖ name ‖ count ‖ Merkle root of the element commitments). */
export function commitList(name: string, count: number, elementsRoot: Uint8Array): Uint8Array {
  return message.start(LIST).bytes(named(name)).uint64(count).bytes(elementsRoot).digest();
}

/** Leaf of a list's tree, SHA-256(0x00 ‖ 0x12 ‖ salt ‖ name ‖ JCS of the element). */
export function commitElement(name: string, salt: Uint8Array, value: JsonValue): Uint8Array {
  const text = canonicalJson(value);
  return message.start(LEAF).byte(ELEMENT).bytes(salt).bytes(named(name)).text(text).digest();
}

/** Commitments of a list's elements, in list order. */
export function commitElements(
  name: string,
  salts: Salts,
  list: readonly JsonValue[],
): Uint8Array[] {
  return list.map((value, index) => commitElement(name, salts.element(name, index), value));
}

/**
 * Commits to every group of an event's fields. The event is taken as stored: the same JSON values
 * must be shown later.
 */
export function commitGroups(
  event: JsonObject,
  eventHash: string,
  salts: Salts,
): GroupCommitment[] {
  return [...groupFields(event, eventHash)].map(([name, value]) => ({
    name,
    commitment:
      LIST_GROUPS.has(name) && value !== null && isArray(value)
        ? commitList(name, value.length, merkleRoot(commitElements(name, salts, value)))
        : commitValue(name, salts.group(name), value),
  }));
}
