import { storeFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { defineJob, startJob } from '@zaizao/platform/jobs';
import { err, ok, type Result, text } from '@zaizao/platform/kernel';
import { catalogErrors } from '../errors.ts';
import { countParts } from '../repo/import.ts';
import { findPart } from '../repo/part.ts';
import { bomItems, revisionOf } from '../repo/plan.ts';
import { loadRows } from '../repo/snapshot.ts';
import { writeWorkbook } from '../workbook/write-xlsx.ts';

const MOST_PARTS_AT_ONCE = 2000;

/** The whole catalogue as a workbook, or one part with the components of its bill of material. */
export async function exportWorkbook(ctx: Ctx, partId?: string): Promise<Result<Uint8Array>> {
  if (partId === undefined) {
    if ((await countParts(ctx)) > MOST_PARTS_AT_ONCE) {
      return err(catalogErrors.EXPORT_TOO_LARGE({ rows: MOST_PARTS_AT_ONCE }));
    }
    return ok(await writeWorkbook(await loadRows(ctx, 'all'), 'filled'));
  }
  if (!(await findPart(ctx, partId))) return err(catalogErrors.PART_NOT_FOUND());
  const bom = await revisionOf(ctx, partId, 'bom');
  const items = bom ? await bomItems(ctx, partId, bom.version) : [];
  const rows = await loadRows(ctx, [partId, ...items.map((i) => i.component_id)]);
  return ok(await writeWorkbook(rows, 'filled'));
}

const exportJob = defineJob<null>({
  kind: 'catalog.export',
  handle: async (run) => {
    const message = text('正在写工作簿', 'Writing the workbook');
    const rows = await run.inTx(async (ctx) => ok(await loadRows(ctx, 'all')));
    if (!rows.ok) return rows;
    const bytes = await writeWorkbook(rows.value, 'filled', (f) => run.progress(f, message));
    return run.inTx((ctx) => storeFile(ctx, bytes, 'catalogue.xlsx'));
  },
});

export function startExportJob(ctx: Ctx): Promise<string> {
  return startJob(ctx, exportJob, null);
}
