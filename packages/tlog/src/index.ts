export { appendEntries, appendLeaves } from './append.ts';
export {
  type Checkpoint,
  encodeCheckpoint,
  type OpenedCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from './checkpoint.ts';
export { commitGroups, type Salts, saltsFrom } from './commitment.ts';
export { createLeaf, type EventRecord } from './create-leaf.ts';
export {
  type DisclosedGroup,
  type DisclosedList,
  type Disclosure,
  openGroups,
  type Selection,
  type VerifiedDisclosure,
  verifyDisclosure,
} from './disclosure.ts';
export {
  compareBytes,
  concat,
  equalBytes,
  fromBase64,
  fromHex,
  fromUtf8,
  toBase64,
  toHex,
  utf8,
} from './encoding.ts';
export {
  attempt,
  type Refusal,
  refused,
  TlogError,
  type TlogErrorCode,
  type Verdict,
} from './error.ts';
export { EVENT_HASH_GROUP, FIXED_GROUPS, LIST_GROUPS } from './field-groups.ts';
export { canonicalJson, isArray, isObject, type JsonObject, type JsonValue } from './json.ts';
export { decodeLeaf, type EventLeaf, encodeLeaf, isEventLeaf, leafHashOf } from './leaf.ts';
export { emptyRoot, HASH_SIZE, hashChildren, hashLeaf, merkleRoot, sha256 } from './merkle.ts';
export {
  encodeNote,
  encodeSigningKey,
  encodeVerifierKey,
  type Note,
  type NoteSignature,
  openNote,
  parseNote,
  parseSigningKey,
  parseVerifierKey,
  SIGNATURE_TYPE,
  type SignatureType,
  type SigningKey,
  signingKey,
  signNote,
  type VerifiedSignature,
  type VerifierKey,
  verifierKey,
  verifyEd25519,
  verifyNote,
} from './note.ts';
export {
  decodeEntryBundle,
  encodeEntryBundle,
  entryBundleAt,
  parseTilePath,
  TILE_WIDTH,
  type TileId,
  tileAt,
  tilePath,
  tilesOf,
} from './tile.ts';
export { memoryTileStore, type TileStore } from './tile-store.ts';
export { TileTree } from './tile-tree.ts';
export {
  verifyConsistency,
  verifyInclusion,
  verifySubtreeConsistency,
  verifySubtreeInclusion,
} from './verify.ts';
