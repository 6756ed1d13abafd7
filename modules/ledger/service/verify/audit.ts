import type { Tx } from '@zaizao/platform/db';
import { equalBytes, TileTree } from '@zaizao/tlog';
import { findingOf } from '../../domain/finding.ts';
import { auditRoot, decodeAuditEntry, isAuditEntry } from '../../log/audit-entry.ts';
import { TileTable } from '../../log/tile-table.ts';
import { type AuditBatch, batches, rowsOfBatch } from '../../repo/audit.ts';
import type { Run } from './run.ts';
import { nullIfTlog, readable } from './stored.ts';

/** The rows of the audit trail against what the log committed to. */
export async function checkAudit(run: Run): Promise<void> {
  let after = { org: -1, batch: 0 };
  for (;;) {
    const found = await run.read(async (tx) => {
      const chunk = await batches(tx, run.org, after, 50);
      const tree = new TileTree(new TileTable(tx), run.size);
      for (const batch of chunk) await checkBatch(run, tx, tree, batch);
      return chunk;
    });
    const last = found.at(-1);
    if (!last) return;
    after = { org: last.org_id, batch: Number(last.batch) };
  }
}

async function checkBatch(run: Run, tx: Tx, tree: TileTree, batch: AuditBatch): Promise<void> {
  const logIndex = Number(batch.log_index);
  const logged = await tree.entry(logIndex).catch(nullIfTlog);
  if (!logged) return; // the tile is damaged and named already
  const rows = await rowsOfBatch(tx, batch.org_id, batch.batch);
  const entry = isAuditEntry(logged) ? readable(() => decodeAuditEntry(logged)) : undefined;
  const root = rows.length > 0 ? auditRoot(rows, new Uint8Array(batch.salt)) : undefined;
  if (entry && root && entry.rows === rows.length && equalBytes(entry.root, root)) return;
  const isMissing = entry !== undefined && rows.length < entry.rows;
  const place = `${rows[0]?.id ?? '—'} … ${rows.at(-1)?.id ?? '—'}`;
  const [zh, en] = isMissing
    ? [
        `操作记录少了 ${entry.rows - rows.length} 条（${place}）`,
        `${entry.rows - rows.length} rows of the audit trail are missing (${place})`,
      ]
    : [`操作记录被改动（${place}）`, `the audit trail was changed (${place})`];
  run.found(findingOf(isMissing ? 'audit-missing' : 'audit-changed', zh, en, { logIndex }));
}
