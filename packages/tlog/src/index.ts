export { appendEntries, appendLeaves } from './append.ts';
export { auditTiles, type TileFault } from './audit.ts';
export {
  type Checkpoint,
  encodeCheckpoint,
  type OpenedCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
  withSignaturesOf,
} from './checkpoint.ts';
export { type CommittedGroups, commitEvents, type ToCommit } from './commit-events.ts';
export { commitGroups, type Salts, saltsFrom } from './commitment.ts';
export { addCosignatures, cosign } from './cosignature.ts';
export { commitEvent, createLeaf, type EventRecord } from './create-leaf.ts';
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
export { type HeadStore, issueCheckpoint, memoryHeadStore, type SignedHead } from './head-store.ts';
export { canonicalJson, isArray, isObject, type JsonObject, type JsonValue } from './json.ts';
export {
  announceKey,
  isKeyChange,
  type KeyChange,
  openKeyChange,
  predecessors,
} from './key-change.ts';
export {
  assembleLeaf,
  decodeLeaf,
  type EventLeaf,
  encodeLeaf,
  isEventLeaf,
  leafHashOf,
} from './leaf.ts';
export {
  decodeMapProof,
  encodeMapProof,
  type MapProof,
  type MapProver,
  verifyMapProof,
} from './map-proof.ts';
export { MemoryMap } from './memory-map.ts';
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
export { checkPolicy, kOfN, parsePolicy, type Quorum, type TrustPolicy } from './policy.ts';
export {
  type MapUpdate,
  mapRoot,
  memoryNodeStore,
  type NodeStore,
  SparseMap,
} from './sparse-map.ts';
export {
  decodeMapHead,
  encodeMapHead,
  extendHistory,
  type HistoryEntry,
  historyChanges,
  historyHead,
  isMapHead,
  type MapHead,
  recordHistory,
  type Touched,
  thingKey,
  thingKeys,
  verifyHistory,
  verifyMapHead,
} from './thing-history.ts';
export {
  decodeEntryBundle,
  encodeEntryBundle,
  entryBundleAt,
  inclusionTiles,
  parseTilePath,
  TILE_WIDTH,
  type TileId,
  tileAt,
  tilePath,
  tilesOf,
} from './tile.ts';
export { memoryTileStore, type TileStore } from './tile-store.ts';
export { TileTree } from './tile-tree.ts';
export { encodeTlogProof, parseTlogProof, type TlogProof, verifyTlogProof } from './tlog-proof.ts';
export {
  verifyConsistency,
  verifyInclusion,
  verifySubtreeConsistency,
  verifySubtreeInclusion,
} from './verify.ts';
export {
  type AddCheckpointRequest,
  encodeAddCheckpoint,
  parseAddCheckpoint,
  Witness,
  type WitnessAnswer,
  type WitnessOptions,
} from './witness.ts';
