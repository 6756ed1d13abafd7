import { randomBytes } from 'node:crypto';
import type { App } from '@zaizao/platform/http';
import { nextBatch, putBatch, unbatched } from '../repo/audit.ts';
import { appendNotes } from './append-notes.ts';
import { auditRoot, encodeAuditEntry } from './audit-entry.ts';
import { signerOf } from './key-ring.ts';
import { organisationName } from './sequencer.ts';

/** Rows to one step: they are read, hashed and marked in one transaction. */
const MOST_ROWS = 2_000;
/** The audit trail goes into the log this often. */
const EVERY_MS = 60_000;

/**
 * Commits everything in the audit trail to the log: one entry for each organisation with new rows.
 * @returns how many rows that were
 */
export async function commitAudit(app: App): Promise<number> {
  let total = 0;
  for (;;) {
    const done = await step(app);
    total += done;
    if (done < MOST_ROWS) return total;
  }
}

async function step(app: App): Promise<number> {
  const done = await appendNotes(app, async (tx, first) => {
    const rows = await unbatched(tx, MOST_ROWS);
    if (rows.length === 0) return undefined;
    const parts = [...Map.groupBy(rows, (row) => row.org_id)].map(([org, own], i) => {
      const salt = new Uint8Array(randomBytes(32));
      return { org, own, salt, root: auditRoot(own, salt), index: first + i };
    });
    const names = new Map<number, string>();
    // Number 0 is the platform itself, which has no name.
    for (const { org } of parts) names.set(org, org === 0 ? '' : await organisationName(app, org));
    return {
      entries: parts.map(({ org, own, root }) =>
        encodeAuditEntry({ organisation: names.get(org) ?? '', rows: own.length, root }),
      ),
      signers: [await signerOf(tx, app)],
      keep: async () => {
        for (const { org, own, salt, root, index } of parts) {
          await putBatch(tx, {
            ...{ org_id: org, batch: await nextBatch(tx, org), row_count: own.length, salt, root },
            ...{ log_index: index, ids: own.map(({ id }) => id), at: app.clock.now() },
          });
        }
        return rows.length;
      },
    };
  });
  return done ?? 0;
}

/** Commits the audit trail every minute; returns how to stop. */
export function keepAudit(app: App): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(() =>
      commitAudit(app).catch((cause: unknown) => {
        app.log.error({ err: cause }, 'the audit trail could not go into the log');
      }),
    );
  }, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
