import { type Tx, transact } from '@zaizao/platform/db';
import type { App } from '@zaizao/platform/http';
import {
  appendEntries,
  encodeMapHead,
  issueCheckpoint,
  type SigningKey,
  SparseMap,
  TileTree,
} from '@zaizao/tlog';
import { latestCheckpoint, lockLog } from '../repo/log.ts';
import { headStore } from './head-table.ts';
import { noteHead, requireNoRollback } from './keys.ts';
import { sequencerOf } from './sequencer.ts';
import { TileTable } from './tile-table.ts';

/** Entries of the log that are no events, with what is kept about them in the same transaction. */
export interface Notes<T> {
  readonly entries: readonly Uint8Array[];
  /** Who signs the head that covers them; the first is the log's key. */
  readonly signers: readonly [SigningKey, ...SigningKey[]];
  readonly keep: () => Promise<T>;
}

/**
 * Appends entries that touch no thing and signs the head over them. The map of histories stays as it
 * is. Undefined when there is nothing to append.
 * @param make gets the place of its first entry
 */
export async function appendNotes<T>(
  app: App,
  make: (tx: Tx, first: number) => Promise<Notes<T> | undefined>,
): Promise<T | undefined> {
  const done = await transact(app.db, { kind: 'system' }, async (tx) => {
    await lockLog(tx);
    const last = await latestCheckpoint(tx);
    const size = Number(last?.size ?? 0);
    requireNoRollback(app.config, size, last && new Uint8Array(last.root));
    const notes = await make(tx, size);
    if (!notes || notes.entries.length === 0) return undefined;
    const mapRoot = last ? new Uint8Array(last.map_root) : SparseMap.empty;
    const covered = size + notes.entries.length;
    const head = encodeMapHead({ covered, root: mapRoot });
    const store = new TileTable(tx);
    await appendEntries(store, size, [...notes.entries, head]);
    const tree = new TileTree(store, covered + 1);
    const [key, ...also] = notes.signers;
    const heads = headStore(tx, mapRoot, app.clock.now());
    const issued = await issueCheckpoint(tree, key, heads, also);
    if (!issued.ok) throw new Error(`the log does not continue what was signed: ${issued.reason}`);
    await store.flush();
    return { value: await notes.keep(), size: tree.size, root: await tree.root() };
  });
  if (!done) return undefined;
  noteHead(app.config, done.size, done.root);
  sequencerOf(app).grown();
  return done.value;
}
