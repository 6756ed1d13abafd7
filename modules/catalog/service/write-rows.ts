import { httpErrors } from '@zaizao/platform/contract';
import { lockName } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { type AppError, err, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { catalogErrors } from '../errors.ts';
import * as parts from '../repo/part.ts';
import * as plan from '../repo/plan.ts';
import { yuan } from '../repo/snapshot.ts';
import type { PartRow, RevisionRow } from '../repo/tables.ts';
import { type Fault, Faults } from '../workbook/faults.ts';
import { workbookOf } from '../workbook/read.ts';
import type { Row, SheetKey, Value } from '../workbook/sheets.ts';
import { applyPlan, planImport } from './apply.ts';

export type Body<E extends { body: z.ZodType }> = z.output<E['body']>;

/**
 * Writes rows through the importer’s own checks, so that a form and a workbook obey one law.
 * @param pathOf where in the request a fault of a row belongs
 */
export async function writeRows(
  ctx: Ctx,
  rows: ReadonlyMap<SheetKey, readonly Row[]>,
  note: string,
  pathOf: (fault: Fault) => string = (f) => `body/${f.cell.split('/')[0]}`,
): Promise<Result<undefined>> {
  const faults = new Faults(50);
  const found = await planImport(ctx, workbookOf(rows), faults, 'write');
  if (faults.count > 0) return err(refusal(ctx, faults, pathOf));
  await applyPlan(ctx, found, note);
  return ok();
}

function refusal(ctx: Ctx, faults: Faults, pathOf: (fault: Fault) => string): AppError {
  const first = faults.kept[0]?.message[ctx.lang] ?? '';
  const details = faults.kept.map((f) => ({ path: pathOf(f), code: f.code, message: f.message }));
  return catalogErrors.CATALOG_REFUSED({ count: faults.count, first }, details);
}

/** Faults of the lines of a list: `body/items/2/pos`. */
export const inList = (list: string) => (f: Fault) => {
  const [column = '', line = '1'] = f.cell.split('/');
  return `body/${list}/${Number(line) - 1}/${column}`;
};

export const optional = (text: string): Value => (text === '' ? undefined : text);
export const cny = (fen: string | undefined): Value => (fen === undefined ? undefined : yuan(fen));

export async function find(ctx: Ctx, partId: string): Promise<Result<PartRow>> {
  const row = await parts.findPart(ctx, partId);
  return row ? ok(row) : err(catalogErrors.PART_NOT_FOUND());
}

/** Refuses when somebody issued a newer version since the caller looked. */
export async function follows(
  ctx: Ctx,
  partId: string,
  doc: RevisionRow['doc'],
  version: number,
): Promise<Result<PartRow>> {
  const part = await find(ctx, partId);
  if (!part.ok) return part;
  await lockName(ctx.tx, ctx.org.no, 'catalog');
  const now = await plan.revisionOf(ctx, partId, doc);
  return (now?.version ?? 0) === version ? part : err(httpErrors.STALE_VERSION());
}

export const newestOf = (versions: readonly { readonly version: number }[]) =>
  versions.reduce((most, x) => Math.max(most, x.version), 0);
