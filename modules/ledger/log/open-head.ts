import type { Tx } from '@zaizao/platform/db';
import type { App } from '@zaizao/platform/http';
import { parseVerifierKey, withSignaturesOf } from '@zaizao/tlog';
import type { CheckpointRow } from '../repo/log.ts';
import { type SignedHeadRow, signedHead } from '../repo/witness.ts';
import { keyOfHead, ringOf } from './key-ring.ts';

/** A signed head with who signed it, as it is handed to readers. */
export interface OpenHead {
  readonly row: CheckpointRow;
  /** Signed by the log's newest key at that size and by known witnesses; by nobody else. */
  readonly note: string;
  readonly logKey: string;
  /** Announcements by which earlier keys of the log lead to this one, oldest first. */
  readonly keyChanges: string[];
  readonly witnessKeys: string[];
}

/** The head that the world is shown; undefined while nothing is. */
export async function shownHead(tx: Tx, app: App): Promise<OpenHead | undefined> {
  const row = await signedHead(tx);
  return row && opened(app, row);
}

/** The head that the world is shown if it covers an entry, else the newest signed that does. */
export async function headOver(tx: Tx, app: App, index: number): Promise<OpenHead | undefined> {
  const row = await signedHead(tx, index);
  return row && opened(app, row);
}

function opened(app: App, row: SignedHeadRow): OpenHead {
  const { key, vkey, announcements } = keyOfHead(ringOf(row.keys, app), Number(row.size));
  const known = row.witnesses.map((w) => ({ vkey: w, key: parseVerifierKey(w) }));
  const cosigned = known.filter((w) => row.note.includes(`\n— ${w.key.name} `));
  const note = withSignaturesOf(row.note, [key, ...cosigned.map((w) => w.key)]);
  const witnessKeys = cosigned
    .filter((w) => note.includes(`\n— ${w.key.name} `))
    .map((w) => w.vkey);
  return { row, note, logKey: vkey, keyChanges: announcements, witnessKeys };
}
