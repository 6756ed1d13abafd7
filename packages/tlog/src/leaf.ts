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
  const groups = [...leaf.groups].sort((a, b) => compareBytes(utf8(a.name), utf8(b.name)));
  const bytes = concat(
    MAGIC,
    Uint8Array.of(leaf.isErrorDeclaration ? ERROR_DECLARATION : 0),
    prefixedText(leaf.recordTime),
    prefixedText(leaf.eventID),
    prefixedText(leaf.organisation),
    uint16(groups.length),
    ...groups.flatMap(({ name, commitment }) => [prefixedText(name), commitment]),
  );
  if (bytes.length > MAX_ENTRY) throw new TlogError('BAD_LEAF', 'leaf is over 65,535 bytes');
  decodeLeaf(bytes);
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
  groups.forEach(({ name }, i) => {
    const before = groups[i - 1];
    if (before && compareBytes(utf8(before.name), utf8(name)) >= 0) {
      throw new TlogError('BAD_LEAF', `group "${name}" is out of order`);
    }
  });
  const names = new Set(groups.map(({ name }) => name));
  const missing = FIXED_GROUPS.find((name) => !names.has(name));
  if (missing !== undefined) throw new TlogError('BAD_LEAF', `group "${missing}" is missing`);
  return { recordTime, eventID, organisation, isErrorDeclaration: flags === 1, groups };
}

export function isEventLeaf(entry: Uint8Array): boolean {
  return compareBytes(entry.subarray(0, MAGIC.length), MAGIC) === 0;
}

/** The leaf's hash in the tree. */
export function leafHashOf(leaf: EventLeaf): Uint8Array {
  return hashLeaf(encodeLeaf(leaf));
}
