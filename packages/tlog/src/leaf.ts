import { ByteReader, compareBytes, utf8 } from './encoding.ts';
import { TlogError } from './error.ts';
import { FIXED_GROUPS } from './field-groups.ts';
import { HASH_SIZE, hashLeaf } from './merkle.ts';
import { Message } from './short-hash.ts';
import { MAX_ENTRY } from './tile.ts';

/** First bytes of an event leaf; the layout is in the README. */
const MAGIC = utf8('zaizao-leaf/1\n');

/** Commitment to one group of fields (see `commitment.ts`). */
export interface GroupCommitment {
  readonly name: string;
  /** 32 bytes. */
  readonly commitment: Uint8Array;
}

/** What the log remembers of one accepted event. */
export interface EventLeaf {
  /** As the ledger stored it, RFC 3339 with its precision. */
  readonly recordTime: string;
  readonly eventID: string;
  /** The capturing organisation's identifier. */
  readonly organisation: string;
  /** True when this record declares an earlier event of the same hash to be in error. */
  readonly isErrorDeclaration: boolean;
  /** In ascending order of their names' UTF-8 bytes, each name once. */
  readonly groups: readonly GroupCommitment[];
}

const ERROR_DECLARATION = 1;

const message = new Message();

const FIXED_NAMES = new Map(FIXED_GROUPS.map((name) => [name, utf8(name)]));

/** The log entry: canonical, so that equal leaves have equal bytes. At most 65,535 bytes. */
export function encodeLeaf(leaf: EventLeaf): Uint8Array {
  return assembleLeaf(leaf, encodeGroups(leaf.groups));
}

/** The groups of a leaf as they stand in the entry: known before the event has its record time. */
export function encodeGroups(groups: readonly GroupCommitment[]): Uint8Array {
  const named = groups.map(({ name, commitment }) => {
    return { name: FIXED_NAMES.get(name) ?? utf8(name), commitment };
  });
  named.sort((a, b) => compareBytes(a.name, b.name));
  requireNames(named.map(({ name }) => name));
  message.start(named.length >> 8).byte(named.length);
  for (const { name, commitment } of named) {
    if (commitment.length !== HASH_SIZE) {
      throw new TlogError('BAD_LEAF', 'a commitment is not 32 bytes');
    }
    message
      .byte(name.length >> 8)
      .byte(name.length)
      .bytes(name)
      .bytes(commitment);
  }
  return message.taken();
}

/** The log entry around its groups. */
export function assembleLeaf(leaf: Omit<EventLeaf, 'groups'>, groups: Uint8Array): Uint8Array {
  const entry = message
    .start(MAGIC[0] ?? 0)
    .bytes(MAGIC.subarray(1))
    .byte(leaf.isErrorDeclaration ? ERROR_DECLARATION : 0)
    .prefixed(leaf.recordTime)
    .prefixed(leaf.eventID)
    .prefixed(leaf.organisation)
    .bytes(groups)
    .taken();
  if (entry.length > MAX_ENTRY) throw new TlogError('BAD_LEAF', 'leaf is over 65,535 bytes');
  return entry;
}

/** Reads an event leaf; any second spelling of the same content is refused. */
export function decodeLeaf(bytes: Uint8Array): EventLeaf {
  const reader = new ByteReader(bytes);
  if (!isEventLeaf(bytes)) throw new TlogError('BAD_LEAF', 'not an event leaf');
  reader.take(MAGIC.length);
  const flags = reader.uint8();
  if (flags > ERROR_DECLARATION) throw new TlogError('BAD_LEAF', `unknown leaf flags ${flags}`);
  const recordTime = reader.text();
  const eventID = reader.text();
  const organisation = reader.text();
  const groups = Array.from({ length: reader.uint16() }, () => ({
    name: reader.text(),
    commitment: reader.take(HASH_SIZE),
  }));
  reader.end();
  requireNames(groups.map(({ name }) => utf8(name)));
  return { recordTime, eventID, organisation, isErrorDeclaration: flags === 1, groups };
}

const FIXED = FIXED_GROUPS.map(utf8);

/** Names ascend by their bytes, none twice, and every fixed group is there. */
function requireNames(names: readonly Uint8Array[]): void {
  let fixed = 0;
  names.forEach((name, i) => {
    const before = names[i - 1];
    if (before && compareBytes(before, name) >= 0) {
      throw new TlogError('BAD_LEAF', 'groups are out of order or repeated');
    }
    // Both lists ascend, so one walk finds each fixed name or shows that it is missing.
    if (FIXED[fixed] && compareBytes(FIXED[fixed] ?? name, name) === 0) fixed++;
  });
  if (fixed < FIXED.length) {
    throw new TlogError('BAD_LEAF', `group "${FIXED_GROUPS[fixed]}" is missing`);
  }
}

export function isEventLeaf(entry: Uint8Array): boolean {
  return compareBytes(entry.subarray(0, MAGIC.length), MAGIC) === 0;
}

/** The leaf's hash in the tree. */
export function leafHashOf(leaf: EventLeaf): Uint8Array {
  return hashLeaf(encodeLeaf(leaf));
}
