import { TileTree } from '@zaizao/tlog';
import { findingOf } from '../../domain/finding.ts';
import { isAuditEntry } from '../../log/audit-entry.ts';
import { organisationName } from '../../log/sequencer.ts';
import { TileTable } from '../../log/tile-table.ts';
import { claimedByAudit } from '../../repo/audit.ts';
import { claimedIndexes, type OrgState } from '../../repo/verify.ts';
import { CHUNK, type Run } from './run.ts';
import { leafIn, nullIfTlog } from './stored.ts';

/** Entries of the log whose event has been taken away together with its traces. */
export async function checkOrphans(run: Run, states: readonly OrgState[]): Promise<void> {
  const ours = new Set<string>();
  for (const { org_id } of states) ours.add(await organisationName(run.app, org_id));
  for (let from = 0; from < run.size; from += CHUNK) {
    const to = Math.min(from + CHUNK, run.size);
    await run.read(async (tx) => {
      const claimed = await claimedIndexes(tx, from, to);
      const audited = run.org === undefined ? await claimedByAudit(tx, from, to) : undefined;
      const tree = new TileTree(new TileTable(tx), run.size);
      for (let index = from; index < to; index++) {
        if (claimed.has(index)) continue;
        const entry = await tree.entry(index).catch(nullIfTlog);
        if (entry && audited && isAuditEntry(entry) && !audited.has(index)) {
          const zh = `日志第 ${index} 条的操作记录不在数据库中`;
          const en = `the audit rows of entry ${index} of the log are not in the database`;
          run.found(findingOf('audit-missing', zh, en, { logIndex: index }));
        }
        const leaf = entry ? leafIn(entry) : undefined;
        if (!leaf) continue;
        const { eventID: eventId, organisation } = leaf;
        if (run.org !== undefined && !ours.has(organisation)) continue;
        if (run.findings.some((f) => f.eventId === eventId)) continue;
        const zh = `日志第 ${index} 条的事件 ${eventId} 不在账本中`;
        const en = `event ${eventId}, entry ${index} of the log, is not in the ledger`;
        run.found(findingOf('entry-orphan', zh, en, { eventId, logIndex: index }));
      }
    });
  }
}
