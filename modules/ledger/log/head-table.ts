import type { Tx } from '@zaizao/platform/db';
import type { HeadStore } from '@zaizao/tlog';
import { insertCheckpoint, latestCheckpoint } from '../repo/log.ts';

/** The signed heads, kept in the same transaction as the tiles they stand for. */
export function headStore(tx: Tx, mapRoot: Uint8Array, at: Date): HeadStore {
  return {
    latest: async () => {
      const row = await latestCheckpoint(tx);
      return row
        ? { size: Number(row.size), root: new Uint8Array(row.root), note: row.note }
        : null;
    },
    advance: async (_origin, _from, { size, root, note }) => {
      await insertCheckpoint(tx, { size, root, mapRoot, note, at });
      return true; // the lock on the log keeps every other signer out
    },
  };
}
