import { transact } from '@zaizao/platform/db';
import type { App } from '@zaizao/platform/http';
import { openGroups, saltsFrom } from '@zaizao/tlog';
import { sql } from 'kysely';
import { hashNameOf } from '../domain/event-digest.ts';
import { encodeProofFile, PROOF_FORMAT } from '../domain/proof-file.ts';
import { proveEntry } from '../log/entry-proof.ts';
import { committedEvent, leafFrom } from '../log/leaf.ts';
import { organisationName, sourceOf } from '../log/sequencer.ts';
import { leafOf } from '../repo/log.ts';

/**
 * The proof of an event as a file, for whoever has the installation in hand: whichever organisation
 * recorded it. Undefined where there is no such event, or it is not in the log yet.
 */
export function proofFileOf(app: App, eventId: string): Promise<string | undefined> {
  return transact(app.db, { kind: 'system' }, async (tx) => {
    const r = await sql<{ org_id: number; seq: bigint }>`select org_id, seq from ledger.event
      where event_id = ${eventId} order by org_id, declared_us limit 1`.execute(tx);
    const found = r.rows[0];
    const row = found && (await leafOf(tx, found.org_id, Number(found.seq)));
    if (!row || row.log_index === null) return undefined;
    const source = sourceOf(row, await organisationName(app, row.org_id));
    const proof = await proveEntry(tx, app, Number(row.log_index), leafFrom(source).entry);
    if (!proof) return undefined;
    const event = committedEvent(source);
    const salts = saltsFrom(new Uint8Array(row.secret));
    return encodeProofFile({
      format: PROOF_FORMAT,
      tlogProof: proof.file,
      disclosure: openGroups(event, hashNameOf(row.hash), salts),
      logKey: proof.head.logKey,
      ...(proof.head.keyChanges.length > 0 ? { logKeyChanges: proof.head.keyChanges } : {}),
      witnessKeys: proof.head.witnessKeys,
    });
  });
}
