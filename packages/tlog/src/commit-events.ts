import { commitList, ELEMENT, ELEMENT_SALT, GROUP_SALT, named, VALUE } from './commitment.ts';
import { commitEvent } from './create-leaf.ts';
import { compareBytes, concat } from './encoding.ts';
import { TlogError } from './error.ts';
import {
  EVENT_HASH_GROUP,
  EXTENSION_PREFIX,
  FIXED_GROUPS,
  GROUP_OF_FIELD,
  LIST_GROUPS,
  NOT_GROUPED,
} from './field-groups.ts';
import { canonicalJson, isArray, type JsonObject, type JsonValue } from './json.ts';
import { LaneHasher, LONGEST } from './lane-hasher.ts';
import { merkleRoot } from './merkle.ts';
import { Message } from './short-hash.ts';

/** An event to be committed to. */
export interface ToCommit {
  /** Its own `@context`, if it has one, does not count. */
  readonly event: JsonObject;
  readonly context: JsonValue;
  /** CBV event hash, `ni:///sha-256;…?ver=CBV2.0`. */
  readonly eventHash: string;
  /** 32 random bytes. */
  readonly secret: Uint8Array;
}

/** Groups of log entries, one behind the other. */
export interface CommittedGroups {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where the groups of each event end. */
  readonly ends: readonly number[];
}

/** Events that are hashed together: their salts and groups fit the hasher's memory. */
const TOGETHER = 16;
/** An event with more commitments than this, or longer groups, is committed to by itself. */
const MOST_PARTS = 60;
const MOST_BYTES = 8_192;

const HASH = 32;
const SECRET = 32;

interface Group {
  /** uint16 length and UTF-8 of its name. */
  readonly name: Uint8Array;
  /** JCS of what is committed to, or of each element of a list. */
  readonly value: string | readonly string[];
}

const FIXED = FIXED_GROUPS.map(named);
const PLACE = new Map(FIXED_GROUPS.map((name, i) => [name, i]));
const FIELDS = new Map(
  Object.entries(GROUP_OF_FIELD).map(([field, name]) => {
    return [field, { place: PLACE.get(name) ?? 0, isList: LIST_GROUPS.has(name) }];
  }),
);
const CONTEXT = PLACE.get('context') ?? 0;
const EVENT_HASH = PLACE.get(EVENT_HASH_GROUP) ?? 0;
const ABSENT = 'null';

/** What an event's groups are committed to, in the order of the log entry; as `groupFields` has it. */
function groupsOf(event: JsonObject, contextText: string, eventHash: string): Group[] {
  const values: (Group['value'] | undefined)[] = new Array(FIXED.length).fill(undefined);
  const members: (string | undefined)[] = new Array(FIXED.length).fill(undefined);
  const extensions: Group[] = [];
  members[CONTEXT] = contextText;
  values[EVENT_HASH] = canonicalJson(eventHash);
  for (const field of Object.keys(event).sort()) {
    const value = event[field];
    if (value === undefined) throw new TlogError('BAD_ENCODING', `"${field}" is undefined`);
    if (NOT_GROUPED.has(field) || field === '@context') continue;
    const group = FIELDS.get(field);
    if (!group) {
      extensions.push({ name: named(EXTENSION_PREFIX + field), value: canonicalJson(value) });
    } else if (group.isList) {
      values[group.place] = isArray(value)
        ? value.map((element) => canonicalJson(element))
        : canonicalJson(value);
    } else {
      const before = members[group.place];
      // The names of these fields are plain words, which JSON writes as they are.
      const member = `"${field}":${canonicalJson(value)}`;
      members[group.place] = before === undefined ? member : `${before},${member}`;
    }
  }
  const groups = FIXED.map((name, i): Group => {
    const own = members[i];
    return { name, value: own === undefined ? (values[i] ?? ABSENT) : `{${own}}` };
  });
  if (extensions.length === 0) return groups;
  return [...groups, ...extensions].sort((a, b) =>
    compareBytes(a.name.subarray(2), b.name.subarray(2)),
  );
}

function isSmall(groups: readonly Group[]): boolean {
  let parts = 0;
  let bytes = 2;
  for (const { name, value } of groups) {
    parts += typeof value === 'string' ? 1 : value.length;
    bytes += name.length + HASH;
  }
  return parts <= MOST_PARTS && bytes <= MOST_BYTES;
}

interface Split {
  readonly groups: readonly Group[];
  readonly secret: Uint8Array;
}

const LEAF = 0;
const decoder = new TextDecoder();
const message = new Message();

/** Commits to some events at a time, everything in the hasher's memory. */
class Committer {
  readonly #hasher: LaneHasher;
  readonly #memory: Uint8Array<ArrayBuffer>;
  /** Salts; where the elements of lists have theirs, their commitments follow. */
  readonly #parts: number;
  readonly #groups: number;

  constructor(hasher: LaneHasher) {
    this.#hasher = hasher;
    this.#memory = hasher.memory;
    this.#parts = hasher.free;
    this.#groups = this.#parts + HASH * TOGETHER * MOST_PARTS;
  }

  /** Groups of up to {@link TOGETHER} small events. */
  commit(events: readonly Split[]): Uint8Array[] {
    const hasher = this.#hasher;
    let part = this.#parts;
    for (const { groups, secret } of events) {
      for (const { name, value } of groups) {
        if (typeof value === 'string') {
          this.#salt(GROUP_SALT, secret, name, -1, part);
          part += HASH;
          continue;
        }
        for (let i = 0; i < value.length; i++, part += HASH) {
          this.#salt(ELEMENT_SALT, secret, name, i, part);
        }
      }
    }
    hasher.flush();
    const lists: { name: Uint8Array; count: number; elements: number; at: number }[] = [];
    part = this.#parts;
    let at = this.#groups;
    const starts = events.map(({ groups }) => {
      const start = at;
      this.#memory[at++] = groups.length >> 8;
      this.#memory[at++] = groups.length;
      for (const { name, value } of groups) {
        this.#memory.set(name, at);
        at += name.length;
        if (typeof value === 'string') {
          this.#commitment(false, part, name, value, at);
          part += HASH;
        } else {
          lists.push({ name, count: value.length, elements: part, at });
          for (const element of value) {
            this.#commitment(true, part, name, element, part);
            part += HASH;
          }
        }
        at += HASH;
      }
      return start;
    });
    hasher.flush();
    for (const list of lists) {
      const elements = Array.from({ length: list.count }, (_, i) => {
        return this.#memory.slice(list.elements + HASH * i, list.elements + HASH * (i + 1));
      });
      const name = list.name.subarray(2);
      this.#memory.set(commitList(decoder.decode(name), list.count, merkleRoot(elements)), list.at);
    }
    return starts.map((start, i) => this.#memory.slice(start, starts[i + 1] ?? at));
  }

  #salt(tag: number, secret: Uint8Array, name: Uint8Array, index: number, place: number): void {
    const { slot } = this.#hasher;
    const m = this.#memory;
    let length = 1 + SECRET + name.length;
    if (length + 8 > LONGEST) {
      message.start(tag).bytes(secret).bytes(name);
      (index < 0 ? message : message.uint64(index)).digestInto(m, place);
      return;
    }
    m[slot] = tag;
    m.set(secret, slot + 1);
    m.set(name, slot + 1 + SECRET);
    if (index >= 0) {
      // Far below 2^32: an entry has no room for more.
      m.fill(0, slot + length, slot + length + 4);
      for (let shift = 24; shift >= 0; shift -= 8)
        m[slot + length + 7 - shift / 8] = index >>> shift;
      length += 8;
    }
    this.#hasher.hash(length, place);
  }

  #commitment(
    isElement: boolean,
    salt: number,
    name: Uint8Array,
    text: string,
    place: number,
  ): void {
    const { slot } = this.#hasher;
    const m = this.#memory;
    const head = isElement ? 2 : 1;
    const from = head + HASH + name.length;
    const length = from + text.length;
    if (length <= LONGEST) {
      m[slot] = isElement ? LEAF : VALUE;
      if (isElement) m[slot + 1] = ELEMENT;
      m.copyWithin(slot + head, salt, salt + HASH);
      m.set(name, slot + head + HASH);
      let code = 0;
      for (let i = 0; i < text.length && code < 128; i++) {
        code = text.charCodeAt(i);
        m[slot + from + i] = code;
      }
      if (code < 128) {
        this.#hasher.hash(length, place);
        return;
      }
    }
    // Long, or not ASCII.
    message.start(isElement ? LEAF : VALUE);
    if (isElement) message.byte(ELEMENT);
    message
      .bytes(m.slice(salt, salt + HASH))
      .bytes(name)
      .text(text)
      .digestInto(m, place);
  }
}

let committer: Committer | null | undefined;

/**
 * Commits to many events, four hashes at a time: the same bytes as {@link commitEvent} of each, with
 * `@context` set to the context in force.
 */
export function commitEvents(events: readonly ToCommit[]): CommittedGroups {
  if (committer === undefined) {
    const hasher = LaneHasher.shared();
    committer = hasher && new Committer(hasher);
  }
  const made: Uint8Array[] = [];
  let together: Split[] = [];
  const commitTogether = () => {
    if (committer && together.length > 0) made.push(...committer.commit(together));
    together = [];
  };
  let last: { readonly context: JsonValue; readonly text: string } | undefined;
  for (const { event, context, eventHash, secret } of events) {
    if (secret.length !== SECRET) throw new TlogError('BAD_KEY', 'event secret is not 32 bytes');
    if (last?.context !== context || !last) {
      last = { context, text: `"@context":${canonicalJson(context)}` };
    }
    const groups = committer && groupsOf(event, last.text, eventHash);
    if (groups && isSmall(groups)) {
      together.push({ groups, secret });
      if (together.length === TOGETHER) commitTogether();
    } else {
      commitTogether();
      made.push(commitEvent({ ...event, '@context': context }, eventHash, secret));
    }
  }
  commitTogether();
  let end = 0;
  return {
    bytes: new Uint8Array(concat(...made)),
    ends: made.map((groups) => {
      end += groups.length;
      return end;
    }),
  };
}
