import {
  type Disclosure,
  decodeMapHead,
  encodeMapProof,
  type HistoryEntry,
  type MapProver,
  openCheckpoint,
  parseVerifierKey,
  type TileStore,
  TileTree,
  thingKey,
  toBase64,
} from '@zaizao/tlog';
import { BUNDLE_FORMAT, type PassportBundle } from './bundle-format.ts';
import { CredentialError } from './fault.ts';

/** What a bundle is made of; proofs are read from the log's tiles and the index of things. */
export interface BundleSource
  extends Pick<
    PassportBundle,
    | 'thing'
    | 'credential'
    | 'issuerKeys'
    | 'statusLists'
    | 'logKey'
    | 'logKeyChanges'
    | 'witnessKeys'
    | 'checkpoint'
  > {
  readonly tiles: TileStore;
  readonly map: MapProver;
  /** All log entries of the thing, then of its earlier identities and parts, if shown. */
  readonly histories: readonly {
    readonly thing: string;
    readonly entries: readonly HistoryEntry[];
  }[];
  /** What is shown, by place in the log. */
  readonly disclosures: ReadonlyMap<number, Disclosure>;
}

/**
 * Puts a bundle together. The checkpoint must end in a map head. Events in the histories that have
 * no disclosure are withheld: counted, not shown.
 */
export async function createBundle(source: BundleSource): Promise<PassportBundle> {
  const { logKey, witnessKeys, checkpoint } = source;
  const opened = openCheckpoint(
    checkpoint,
    [parseVerifierKey(logKey)],
    witnessKeys.map(parseVerifierKey),
  );
  if (!opened.ok) throw new CredentialError('PROOF_INVALID', opened.reason);
  const { size } = opened.checkpoint;
  const tree = new TileTree(source.tiles, size);
  const path = async (index: number) => (await tree.inclusionProof(index)).map(toBase64);

  const head = await tree.entry(size - 1);
  const { root } = decodeMapHead(head);
  const histories = await Promise.all(
    source.histories.map(async ({ thing, entries }) => ({
      thing,
      entries: entries.map(({ index, leafHash }) => ({ index, leafHash: toBase64(leafHash) })),
      proof: toBase64(encodeMapProof(await source.map.prove(root, thingKey(thing)))),
    })),
  );
  const shown = [...source.disclosures].sort(([a], [b]) => a - b);
  const events = await Promise.all(
    shown.map(async ([index, disclosure]) => ({
      index,
      leaf: toBase64(await tree.entry(index)),
      path: await path(index),
      disclosure,
    })),
  );
  return {
    format: BUNDLE_FORMAT,
    thing: source.thing,
    credential: source.credential,
    issuerKeys: source.issuerKeys,
    statusLists: source.statusLists,
    logKey,
    ...(source.logKeyChanges?.length ? { logKeyChanges: source.logKeyChanges } : {}),
    witnessKeys,
    checkpoint,
    mapHead: { entry: toBase64(head), path: await path(size - 1) },
    histories,
    events,
  };
}
