import { ByteReader, compareBytes, concat, prefixedText, uint16, utf8 } from './encoding.ts';
import { TlogError } from './error.ts';
import { FIXED_GROUPS } from './field-groups.ts';
import { HASH_SIZE, hashLeaf } from './merkle.ts';
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

/** The log entry: canonical, so that equal leaves have equal bytes. At most 65,535 bytes. */
export function encodeLeaf(leaf: EventLeaf): Uint8Array {
  const groups = leaf.groups.map(({ name, commitment }) => ({ name: utf8(name), commitment }));
  groups.sort((a, b) => compareBytes(a.name, b.name));
  requireNames(groups.map(({ name }) => name));
  if (groups.some(({ commitment }) => commitment.length !== HASH_SIZE)) {
    throw new TlogError('BAD_LEAF', 'a commitment is not 32 bytes');
  }
  const bytes = concat(
    MAGIC,
    Uint8Array.of(leaf.isErrorDeclaration ? ERROR_DECLARATION : 0),
    prefixedText(leaf.recordTime),
    prefixedText(leaf.eventID),
    prefixedText(leaf.organisation),
    uint16(groups.length),
    ...groups.flatMap(({ name, commitment }) => [uint16(name.length), name, commitment]),
  );
  if (bytes.length > MAX_ENTRY) throw new TlogError('BAD_LEAF', 'leaf is over 65,535 bytes');
  return bytes;
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
