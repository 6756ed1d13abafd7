import {
  canonicalJson,
  type Disclosure,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
} from '@zaizao/tlog';
import { CredentialError } from './fault.ts';

export const BUNDLE_FORMAT = 'zaizao-passport-bundle/1';

/** A key of an issuer that isn't a did:key, as it stood when the bundle was made. */
export interface IssuerKey {
  /** Verification method, e.g. `did:web:plant.example#2026`. */
  readonly id: string;
  readonly controller: string;
  readonly publicKeyMultibase: string;
}

/** An event of the thing, as far as it is shown. Byte strings are base64. */
export interface BundleEvent {
  /** Place in the log. */
  readonly index: number;
  /** The log entry: an event leaf of `@zaizao/tlog`. */
  readonly leaf: string;
  /** Inclusion proof up to the checkpoint's root. */
  readonly path: readonly string[];
  readonly disclosure: Disclosure;
}

/** All log entries of one thing, with the proof that there are no others. */
export interface BundleHistory {
  readonly thing: string;
  readonly entries: readonly { readonly index: number; readonly leafHash: string }[];
  /** Encoded map proof. */
  readonly proof: string;
}

/** A product passport that verifies with the network off. */
export interface PassportBundle {
  readonly format: typeof BUNDLE_FORMAT;
  /** Identifier of the thing, in canonical form. */
  readonly thing: string;
  /** The passport: JSON with an embedded proof, or a `vc+jwt`. */
  readonly credential: JsonObject | string;
  readonly issuerKeys: readonly IssuerKey[];
  /** Status list credentials at the time the bundle was made. */
  readonly statusLists: readonly (JsonObject | string)[];
  /** Verifier key (vkey) of the log. */
  readonly logKey: string;
  /** Where the log has changed its key: the announcements that lead to this one, oldest first. */
  readonly logKeyChanges?: readonly string[];
  readonly witnessKeys: readonly string[];
  /** Signed, maybe cosigned, checkpoint note. */
  readonly checkpoint: string;
  /** The checkpoint's last entry, which fixes the index of things. */
  readonly mapHead: { readonly entry: string; readonly path: readonly string[] };
  /** The thing itself first, then its earlier identities and parts, if shown. */
  readonly histories: readonly BundleHistory[];
  /** In log order. */
  readonly events: readonly BundleEvent[];
}

/** Most bytes of a bundle that is read. */
const MAX_BUNDLE = 64 * 1024 * 1024;

/** The file: RFC 8785 canonical JSON, so that equal bundles have equal bytes. */
export function encodeBundle(bundle: PassportBundle): string {
  // A bundle holds JSON values only; the interface can't say so without an index signature.
  return canonicalJson(bundle as unknown as JsonObject);
}

/**
 * Reads a bundle file. Unknown or missing members, or any spelling but the canonical one, are
 * refused: a changed byte is noticed even where no signature looks.
 */
export function parseBundle(text: string): PassportBundle {
  if (text.length > MAX_BUNDLE) throw new CredentialError('MALFORMED', 'bundle is too large');
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CredentialError('MALFORMED', 'bundle is not JSON');
  }
  const bundle = readBundle(value);
  // One final newline is allowed, as editors like it.
  if (canonicalJson(value) !== (text.endsWith('\n') ? text.slice(0, -1) : text)) {
    throw new CredentialError('MALFORMED', 'bundle is not in canonical form');
  }
  return bundle;
}

function readBundle(value: JsonValue): PassportBundle {
  const changed = isObject(value) && Object.hasOwn(value, 'logKeyChanges');
  const bundle = members(value, 'bundle', [
    ...(changed ? ['logKeyChanges'] : []),
    'format',
    'thing',
    'credential',
    'issuerKeys',
    'statusLists',
    'logKey',
    'witnessKeys',
    'checkpoint',
    'mapHead',
    'histories',
    'events',
  ]);
  if (bundle.format !== BUNDLE_FORMAT) {
    throw new CredentialError('MALFORMED', `format is not ${BUNDLE_FORMAT}`);
  }
  const head = members(bundle.mapHead, 'mapHead', ['entry', 'path']);
  return {
    format: BUNDLE_FORMAT,
    thing: text(bundle.thing, 'thing'),
    credential: credential(bundle.credential ?? null),
    issuerKeys: items(bundle.issuerKeys, 'issuerKeys').map(issuerKey),
    statusLists: items(bundle.statusLists, 'statusLists').map(credential),
    logKey: text(bundle.logKey, 'logKey'),
    ...(changed ? { logKeyChanges: keyChanges(bundle.logKeyChanges) } : {}),
    witnessKeys: texts(bundle.witnessKeys, 'witnessKeys'),
    checkpoint: text(bundle.checkpoint, 'checkpoint'),
    mapHead: { entry: text(head.entry, 'mapHead.entry'), path: texts(head.path, 'mapHead.path') },
    histories: items(bundle.histories, 'histories').map(history),
    events: items(bundle.events, 'events').map(event),
  };
}

/** A log that kept its key has no list at all: one content, one spelling. */
function keyChanges(value: JsonValue | undefined): readonly string[] {
  const changes = texts(value, 'logKeyChanges');
  if (changes.length === 0) throw new CredentialError('MALFORMED', 'logKeyChanges is empty');
  return changes;
}

function credential(value: JsonValue): JsonObject | string {
  if (typeof value === 'string' || isObject(value)) return value;
  throw new CredentialError('MALFORMED', 'a credential is neither an object nor a token');
}

function issuerKey(value: JsonValue): IssuerKey {
  const key = members(value, 'issuerKeys', ['id', 'controller', 'publicKeyMultibase']);
  return {
    id: text(key.id, 'issuerKeys.id'),
    controller: text(key.controller, 'issuerKeys.controller'),
    publicKeyMultibase: text(key.publicKeyMultibase, 'issuerKeys.publicKeyMultibase'),
  };
}

function history(value: JsonValue): BundleHistory {
  const part = members(value, 'histories', ['thing', 'entries', 'proof']);
  return {
    thing: text(part.thing, 'histories.thing'),
    entries: items(part.entries, 'histories.entries').map((item) => {
      const entry = members(item, 'histories.entries', ['index', 'leafHash']);
      return {
        index: count(entry.index, 'histories.entries.index'),
        leafHash: text(entry.leafHash, 'histories.entries.leafHash'),
      };
    }),
    proof: text(part.proof, 'histories.proof'),
  };
}

function event(value: JsonValue): BundleEvent {
  const part = members(value, 'events', ['index', 'leaf', 'path', 'disclosure']);
  return {
    index: count(part.index, 'events.index'),
    leaf: text(part.leaf, 'events.leaf'),
    path: texts(part.path, 'events.path'),
    disclosure: disclosure(part.disclosure),
  };
}

function disclosure(value: JsonValue | undefined): Disclosure {
  const part = members(value, 'disclosure', ['groups', 'lists']);
  return {
    groups: items(part.groups, 'disclosure.groups').map((item) => {
      const group = members(item, 'disclosure.groups', ['name', 'salt', 'value']);
      return {
        name: text(group.name, 'name'),
        salt: text(group.salt, 'salt'),
        value: group.value ?? null,
      };
    }),
    lists: items(part.lists, 'disclosure.lists').map((item) => {
      const list = members(item, 'disclosure.lists', ['name', 'count', 'root', 'elements']);
      return {
        name: text(list.name, 'name'),
        count: count(list.count, 'count'),
        root: text(list.root, 'root'),
        elements: items(list.elements, 'elements').map((entry) => {
          const element = members(entry, 'elements', ['index', 'salt', 'value', 'path']);
          return {
            index: count(element.index, 'index'),
            salt: text(element.salt, 'salt'),
            value: element.value ?? null,
            path: texts(element.path, 'path'),
          };
        }),
      };
    }),
  };
}

/** An object with exactly these members. */
function members(
  value: JsonValue | undefined,
  where: string,
  names: readonly string[],
): JsonObject {
  if (!isObject(value)) throw new CredentialError('MALFORMED', `${where} is not an object`);
  const missing = names.find((name) => !Object.hasOwn(value, name));
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (missing !== undefined) throw new CredentialError('MALFORMED', `${where} lacks "${missing}"`);
  if (unknown !== undefined) {
    throw new CredentialError('MALFORMED', `${where} has an unknown member "${unknown}"`);
  }
  return value;
}

function items(value: JsonValue | undefined, where: string): readonly JsonValue[] {
  if (value !== undefined && isArray(value)) return value;
  throw new CredentialError('MALFORMED', `${where} is not a list`);
}

function text(value: JsonValue | undefined, where: string): string {
  if (typeof value === 'string') return value;
  throw new CredentialError('MALFORMED', `${where} is not a text`);
}

function texts(value: JsonValue | undefined, where: string): readonly string[] {
  return items(value, where).map((item) => text(item, where));
}

function count(value: JsonValue | undefined, where: string): number {
  if (Number.isSafeInteger(value) && typeof value === 'number' && value >= 0) return value;
  throw new CredentialError('MALFORMED', `${where} is not a count`);
}
