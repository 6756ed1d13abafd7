import { concat, prefixedText, uint64, utf8 } from './encoding.ts';
import { TlogError } from './error.ts';
import { groupFields, LIST_GROUPS } from './field-groups.ts';
import { canonicalJson, isArray, type JsonObject, type JsonValue } from './json.ts';
import type { GroupCommitment } from './leaf.ts';
import { hashLeaf, merkleRoot, sha256 } from './merkle.ts';

const DOMAIN = utf8('zaizao-group/1\n');
const SALT_DOMAIN = utf8('zaizao-salt/1\n');
const VALUE = Uint8Array.of(0);
const LIST = Uint8Array.of(1);
const ELEMENT = Uint8Array.of(2);

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
 * Salts from the event's secret: SHA-256(domain ‖ secret ‖ label). Labels are prefix-free, so plain
 * SHA-256 serves as the keyed function (no length extension leads from one label to another) at a
 * quarter of HMAC's cost. Losing the secret means that nothing can be shown.
 */
export function saltsFrom(secret: Uint8Array): Salts {
  if (secret.length !== SALT_SIZE) throw new TlogError('BAD_KEY', 'event secret is not 32 bytes');
  return {
    group: (name) => sha256(concat(SALT_DOMAIN, secret, VALUE, prefixedText(name))),
    element: (name, index) =>
      sha256(concat(SALT_DOMAIN, secret, ELEMENT, prefixedText(name), uint64(index))),
  };
}

/** SHA-256(domain ‖ 0 ‖ salt ‖ name ‖ JCS of the value). */
export function commitValue(name: string, salt: Uint8Array, value: JsonValue): Uint8Array {
  return sha256(concat(DOMAIN, VALUE, salt, prefixedText(name), utf8(canonicalJson(value))));
}

/** SHA-256(domain ‖ 1 ‖ name ‖ count ‖ Merkle root of the element commitments). */
export function commitList(name: string, count: number, elementsRoot: Uint8Array): Uint8Array {
  return sha256(concat(DOMAIN, LIST, prefixedText(name), uint64(count), elementsRoot));
}

/** Leaf of a list's tree, SHA-256(0 ‖ domain ‖ 2 ‖ salt ‖ name ‖ JCS of the element). */
export function commitElement(name: string, salt: Uint8Array, value: JsonValue): Uint8Array {
  return hashLeaf(concat(DOMAIN, ELEMENT, salt, prefixedText(name), utf8(canonicalJson(value))));
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
