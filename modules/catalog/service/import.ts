import { lockName } from '@zaizao/platform/db';
import { readStored, storeFile } from '@zaizao/platform/files';
import type { App, Ctx, UploadedFile } from '@zaizao/platform/http';
import { defineJob, type JobRun, startJob } from '@zaizao/platform/jobs';
import { type AppError, err, newId, ok, type Result, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { getImport, ImportReport } from '../contract/import.ts';
import { type ImportEvent, type ImportState, importMachine } from '../domain/import-state.ts';
import { catalogErrors } from '../errors.ts';
import * as repo from '../repo/import.ts';
import type { ImportRow } from '../repo/tables.ts';
import { BookApart, type Compared, feedApart } from '../workbook/apart.ts';
import { Faults } from '../workbook/faults.ts';
import { isFeed, workbookOfFeed } from '../workbook/feed.ts';
import { readWorkbook } from '../workbook/read.ts';
import { unpackedSize, whatElse } from '../workbook/read-xlsx.ts';
import { SHEETS } from '../workbook/sheets.ts';
import { applyPlan, planImport, standingFor } from './apply.ts';

type View = z.input<(typeof getImport)['response']>;
type Report = z.input<typeof ImportReport>;

/** Workbooks up to this size are checked and committed while one waits; larger ones in a job. */
const AT_ONCE_BYTES = 256 * 1024;
const AT_ONCE_UNPACKED = 8 * 1024 * 1024;
/** Feeds up to this size become workbooks at once; larger ones in a thread. */
const AT_ONCE_FEED = 64 * 1024;

/** Whether a workbook is read while one waits: small as it lies there, and small unpacked. */
function isSmall(bytes: Uint8Array): boolean {
  return bytes.length <= AT_ONCE_BYTES && unpackedSize(bytes) <= AT_ONCE_UNPACKED;
}
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function importView(r: ImportRow): View {
  return {
    id: r.id,
    no: r.no,
    fileName: r.file_name,
    state: r.state,
    ...(r.report ? { report: r.report as Report } : {}), // written by reportOf only
    ...(r.job ? { jobId: r.job } : {}),
    createdAt: r.created_at.toISOString(),
    ...(r.committed_at ? { committedAt: r.committed_at.toISOString() } : {}),
    version: r.version,
  };
}

function reportOf(faults: Compared['faults'], plan?: Compared['plan']): Report {
  return {
    faultCount: faults.count,
    faults: [...faults.kept],
    sheets: SHEETS.flatMap((s) => {
      const change = plan?.summary.get(s.key);
      return change ? [{ sheet: s.key, title: s.name, ...change }] : [];
    }),
  };
}

export async function readImport(ctx: Ctx, importId: string): Promise<Result<View>> {
  const row = await repo.findImport(ctx, importId);
  return row ? ok(importView(row)) : err(catalogErrors.IMPORT_NOT_FOUND());
}

/** The state after an event, or the refusal that the import is not ready for it. */
function after(row: ImportRow, event: ImportEvent): Result<ImportState> {
  const state = importMachine.next(row.state, event);
  return state ? ok(state) : err(catalogErrors.IMPORT_NOT_READY());
}

/** Stores the file and checks it: at once when it is small, else in a job. Changes nothing else. */
export async function startImportOf(
  ctx: Ctx,
  file: UploadedFile | undefined,
): Promise<Result<View>> {
  const book = file && (await asWorkbook(file));
  if (!book) return err(catalogErrors.IMPORT_FILE_REQUIRED());
  return startWorkbook(ctx, book);
}

/** A feed of a parts database outside is turned into the workbook that it stands for. */
async function asWorkbook(file: UploadedFile): Promise<UploadedFile | undefined> {
  if (!isFeed(file.name)) return file;
  const isShort = file.bytes.length <= AT_ONCE_FEED;
  const bytes = await (isShort ? workbookOfFeed : feedApart)(file.name, file.bytes);
  return bytes && { name: `${file.name}.xlsx`, bytes };
}

async function startWorkbook(ctx: Ctx, file: UploadedFile): Promise<Result<View>> {
  const other = whatElse(file.bytes);
  if (other.code !== 'WORKBOOK_UNREADABLE') return err(other); // told before it is stored
  const stored = await storeFile(ctx, file.bytes, file.name);
  if (!stored.ok) return stored;
  if (stored.value.mediaType !== XLSX) return err(catalogErrors.IMPORT_FILE_REQUIRED());
  const id = newId('imp', ctx.now.getTime());
  await lockName(ctx.tx, ctx.org.no, 'catalog.import');
  await repo.insertImport(ctx, {
    id,
    file_name: file.name,
    file_sha256: stored.value.sha256,
    created_by: `${ctx.principal.kind}:${ctx.principal.id}`,
  });
  if (isSmall(file.bytes)) {
    const checked = await check(ctx, id, here(file.bytes));
    if (!checked.ok) return checked;
  } else {
    await repo.updateImport(ctx, id, { job: await startJob(ctx, checkJob, { importId: id }) });
  }
  return readImport(ctx, id);
}

/** Compares a workbook with the catalogue; an unreadable one is refused outright. */
type Compare = (ctx: Ctx, intent: 'look' | 'write') => Promise<Result<Compared>>;

/** Reads and compares here, while one waits. */
function here(bytes: Uint8Array): Compare {
  return async (ctx, intent) => {
    const faults = new Faults();
    const book = await readWorkbook(bytes, faults);
    if (!book.ok) return book;
    return ok({ faults, plan: await planImport(ctx, book.value, faults, intent) });
  };
}

/** Compares a workbook that was read in a thread, there. */
function apart(book: BookApart): Compare {
  return async (ctx, intent) => book.compare(await standingFor(ctx, book.named, intent));
}

/** The dry run: compares, and writes the report. */
async function check(ctx: Ctx, importId: string, compare: Compare): Promise<Result<Report>> {
  const row = await repo.lockImport(ctx, importId);
  if (!row) return err(catalogErrors.IMPORT_NOT_FOUND());
  const compared = await compare(ctx, 'look');
  if (!compared.ok) return compared;
  const { faults, plan } = compared.value;
  const report = reportOf(faults, plan);
  const state = after(row, faults.count === 0 ? 'pass' : 'fail');
  if (!state.ok) return state; // discarded meanwhile
  await repo.updateImport(ctx, importId, { state: state.value, report });
  return ok(report);
}

/** Writes a checked workbook. It is compared again, because the catalogue may have moved since. */
export async function commitImportOf(ctx: Ctx, importId: string): Promise<Result<View>> {
  const row = await repo.lockImport(ctx, importId);
  if (!row) return err(catalogErrors.IMPORT_NOT_FOUND());
  // A queued commit belongs to its job; a person commits what is ready.
  const queued = after(row, 'queue');
  if (!queued.ok) return queued;
  const bytes = await bytesOf(ctx.app, row);
  if (!bytes.ok) return bytes;
  if (isSmall(bytes.value)) {
    const done = await commit(ctx, row, here(bytes.value));
    if (!done.ok) return done;
  } else {
    const job = await startJob(ctx, commitJob, { importId });
    await repo.updateImport(ctx, importId, { state: queued.value, job });
  }
  return readImport(ctx, importId);
}

async function commit(ctx: Ctx, row: ImportRow, compare: Compare): Promise<Result<Report>> {
  const committed = after(row, 'commit');
  if (!committed.ok) return committed;
  const compared = await compare(ctx, 'write');
  if (!compared.ok) return compared;
  const { faults, plan } = compared.value;
  const report = reportOf(faults, plan);
  if (faults.count > 0) {
    const details = faults.kept.slice(0, 50).map((f) => ({
      path: `${f.sheet}!${f.cell}`,
      code: f.code,
      message: f.message,
    }));
    return err(catalogErrors.IMPORT_REFUSED({ count: faults.count }, details));
  }
  await applyPlan(ctx, plan, `导入 ${row.no} | import ${row.no}`);
  await repo.updateImport(ctx, row.id, { state: committed.value, committed_at: ctx.now, report });
  await ctx.publish('catalog.import-committed', row.id, { importId: row.id, no: row.no });
  return ok(report);
}

async function bytesOf(app: App, row: ImportRow): Promise<Result<Uint8Array>> {
  const bytes = await readStored(app, row.file_sha256);
  return bytes ? ok(bytes) : err(catalogErrors.IMPORT_FILE_REQUIRED());
}

export async function discardImportOf(ctx: Ctx, importId: string): Promise<Result<View>> {
  const row = await repo.lockImport(ctx, importId);
  if (!row) return err(catalogErrors.IMPORT_NOT_FOUND());
  const state = after(row, 'discard');
  if (!state.ok) return state;
  await repo.updateImport(ctx, importId, { state: state.value });
  return readImport(ctx, importId);
}

interface ImportJob {
  readonly importId: string;
}

const CHECKING = text('正在检查工作簿', 'Checking the workbook');
const WRITING = text('正在写入目录', 'Writing the catalogue');

const checkJob = defineJob<ImportJob>({
  kind: 'catalog.check-import',
  handle: async (run, { importId }) => {
    await run.progress(0.1, CHECKING);
    const done = await withBook(run, importId, (compare) =>
      run.inTx((ctx) => check(ctx, importId, compare)),
    );
    // the answer is the report: the job has done its work
    return done.ok ? done : run.inTx((ctx) => refuse(ctx, importId, done.error));
  },
});

/** Reads the file of an import in a thread, outside of any transaction, and ends the thread when the work is done. */
async function withBook<T>(
  run: JobRun,
  importId: string,
  work: (compare: Compare) => Promise<Result<T>>,
): Promise<Result<T>> {
  const bytes = await run.inTx(async (ctx) => {
    const row = await repo.findImport(ctx, importId);
    return row ? bytesOf(run.app, row) : err(catalogErrors.IMPORT_NOT_FOUND());
  });
  if (!bytes.ok) return bytes;
  const book = await BookApart.read(bytes.value, run.signal);
  if (!book.ok) return book;
  try {
    return await work(apart(book.value));
  } finally {
    await book.value.close();
  }
}

/** What cannot be read at all is refused with that one sentence, as a fault of the whole file. */
async function refuse(ctx: Ctx, importId: string, why: AppError): Promise<Result<undefined>> {
  const row = await repo.lockImport(ctx, importId);
  const state = row ? after(row, 'fail') : err(catalogErrors.IMPORT_NOT_FOUND());
  if (!state.ok) return state; // discarded meanwhile
  const faults = new Faults();
  faults.refuse(why);
  const report = reportOf(faults);
  await repo.updateImport(ctx, importId, { state: state.value, report });
  return ok();
}

const commitJob = defineJob<ImportJob>({
  kind: 'catalog.commit-import',
  handle: async (run, { importId }) => {
    await run.progress(0.1, WRITING);
    // Refused after all, or cancelled: the person checks and commits anew.
    const giveBack = () =>
      run.inTx(async (ctx) => {
        const row = await repo.lockImport(ctx, importId);
        const state = row ? after(row, 'fail') : err(catalogErrors.IMPORT_NOT_FOUND());
        if (state.ok) await repo.updateImport(ctx, importId, { state: state.value });
        return state;
      });
    try {
      const done = await withBook<Report | undefined>(run, importId, (compare) =>
        run.inTx(async (ctx) => {
          const row = await repo.lockImport(ctx, importId);
          if (!row) return err(catalogErrors.IMPORT_NOT_FOUND());
          if (row.state === 'committed') return ok(undefined); // a repeated run
          return commit(ctx, row, compare);
        }),
      );
      if (!done.ok) await giveBack();
      return done;
    } catch (cause) {
      if (!run.goesBack()) await giveBack();
      throw cause;
    }
  },
});

/**
 * Imports a workbook in the caller’s transaction, or only checks it: for the command line and for
 * setting up a plant. Refuses with every fault named by its cell.
 */
export async function importWorkbook(
  ctx: Ctx,
  bytes: Uint8Array,
  options: { readonly dryRun: boolean; readonly note: string },
): Promise<Result<Report>> {
  const faults = new Faults();
  const book = await readWorkbook(bytes, faults);
  if (!book.ok) return book;
  const plan = await planImport(ctx, book.value, faults, options.dryRun ? 'look' : 'write');
  if (!options.dryRun && faults.count === 0) await applyPlan(ctx, plan, options.note);
  return ok(reportOf(faults, plan));
}
