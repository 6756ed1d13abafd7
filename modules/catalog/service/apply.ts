import { lockName } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { newId } from '@zaizao/platform/kernel';
import { normaliseNumber } from '../domain/number.ts';
import { writeJoins, writeRemovals } from '../repo/dismantle.ts';
import { partsByNorms } from '../repo/part.ts';
import { insertNotice, insertProgramme } from '../repo/programme.ts';
import { idsByNorm, loadContains, loadRows, partsByGtins } from '../repo/snapshot.ts';
import type { CriterionJson, GradeJson, ProgrammeRow } from '../repo/tables.ts';
import * as write from '../repo/write.ts';
import { compare, type ImportPlan, type Standing } from '../workbook/compare.ts';
import type { Faults } from '../workbook/faults.ts';
import { type Named, namedIn } from '../workbook/named.ts';
import type { Workbook } from '../workbook/read.ts';
import { type Row, SHEETS, type Value } from '../workbook/sheets.ts';

const norm = (v: Value) => normaliseNumber(String(v ?? ''));

/**
 * Compares a workbook with the catalogue of the organisation. Whoever means to write holds the
 * catalogue’s lock from here to the commit, so that the comparison stays true.
 */
export async function planImport(
  ctx: Ctx,
  book: Workbook,
  faults: Faults,
  intent: 'look' | 'write',
): Promise<ImportPlan> {
  return compare(book, await standingFor(ctx, namedIn(book), intent), faults);
}

/** What a workbook is compared with; whoever means to write holds the catalogue’s lock from here on. */
export async function standingFor(
  ctx: Ctx,
  { numbers, gtins, hasBom }: Named,
  intent: 'look' | 'write',
): Promise<Standing> {
  if (intent === 'write') await lockName(ctx.tx, ctx.org.no, 'catalog');
  const ids = [...(await idsByNorm(ctx, numbers)).values()];
  return {
    rows: await loadRows(ctx, ids),
    contains: hasBom ? await loadContains(ctx) : [],
    gtins: await partsByGtins(ctx, gtins),
  };
}

/** Writes what a faultless plan says, in the caller’s transaction: all of it or nothing. */
export async function applyPlan(ctx: Ctx, plan: ImportPlan, note: string): Promise<void> {
  const rows = plan.write;
  await write.writeSources(ctx, rows.sources);
  await write.writeFacts(ctx, rows.facts);
  await write.writeParts(ctx, rows.parts);
  const named = new Set<string>();
  for (const sheet of SHEETS) {
    for (const column of sheet.columns.filter((c) => c.part)) {
      for (const row of rows[sheet.key]) named.add(norm(row[column.key]));
    }
  }
  const ids = await idsByNorm(ctx, [...named]);
  const idOf = (number: Value): string => {
    const id = ids.get(norm(number));
    if (id === undefined) throw new Error(`part ${number} passed the checks and does not exist`);
    return id;
  };
  await write.writeNumbers(ctx, rows.numbers, idOf);
  await write.writeLinks(ctx, rows.links);
  await write.writeBoms(ctx, rows.bom, idOf, note);
  await write.writeRoutes(ctx, rows.route, idOf, note);
  await writeJoins(ctx, rows.joins, idOf, note);
  await writeRemovals(ctx, rows.removal, idOf, note);
  const purposed: (Row & { readonly purpose: string })[] = [
    ...rows.characteristics.map((r) => ({ ...r, purpose: 'inspection' })),
    ...rows.tests.map((r) => ({ ...r, purpose: r.also_inspection === true ? 'both' : 'test' })),
  ];
  await write.writeCharacteristics(ctx, purposed, idOf);
  const touched = [...rows.bom, ...purposed].map((r: Row) => idOf(r.product));
  await write.bindComponents(ctx, [...new Set(touched)]);
  await write.writeLimits(ctx, rows.limits, idOf);
  await writeProgrammes(ctx, plan, idOf);
  await write.writeDefects(ctx, rows.defects, idOf);
  await write.writePrices(ctx, rows.prices, idOf);
}

async function writeProgrammes(ctx: Ctx, plan: ImportPlan, idOf: write.IdOf): Promise<void> {
  for (const row of plan.write.programmes) {
    const mine = (r: Row) =>
      norm(r.product) === norm(row.product) &&
      r.programme === row.code &&
      r.version === row.version;
    const programme: ProgrammeRow = {
      org_id: ctx.org.no,
      id: newId('prog', ctx.now.getTime()),
      part_id: idOf(row.product),
      code: String(row.code),
      version: Number(row.version),
      valid_from: String(row.valid_from),
      valid_to: row.valid_to === undefined ? null : String(row.valid_to),
      window_days: Number(row.window_days),
      start_event: row.start_event as ProgrammeRow['start_event'], // a choice of its column
      quota: {
        ...(row.quota_full_pct === undefined ? {} : { fullPct: Number(row.quota_full_pct) }),
        ...(row.quota_half_pct === undefined ? {} : { halfPct: Number(row.quota_half_pct) }),
        ...(row.quota_months === undefined ? {} : { months: Number(row.quota_months) }),
      },
      deposit_fen: BigInt(write.fenOf(row.deposit_cny) ?? '0'),
      criteria: plan.write.criteria.filter(mine).map(criterionOf),
      grades: plan.write.grades.filter(mine).map(gradeOf),
      basis: String(row.basis ?? ''),
      created_at: ctx.now,
    };
    await insertProgramme(ctx, programme);
    await publish(ctx, programme, row.product);
  }
}

function criterionOf(r: Row): CriterionJson {
  return {
    code: String(r.code),
    zh: String(r.text_zh),
    en: String(r.text_en),
    failsTo: r.fails_to as CriterionJson['failsTo'], // a choice of its column
    basis: String(r.basis ?? ''),
  };
}

function gradeOf(r: Row): GradeJson {
  return {
    grade: r.grade as GradeJson['grade'], // a choice of its column
    zh: String(r.text_zh),
    en: String(r.text_en),
    pct: Number(r.deposit_pct),
    creditFen: write.fenOf(r.credit_cny) ?? '0',
    basis: String(r.basis ?? ''),
  };
}

/** The rules as suppliers see them, before they bring a core. */
async function publish(ctx: Ctx, p: ProgrammeRow, number: Value): Promise<void> {
  const [part] = await partsByNorms(ctx, [norm(number)]);
  if (!part) return;
  await insertNotice(ctx, {
    org_id: ctx.org.no,
    programme_id: p.id,
    org_name: ctx.org.name,
    part_number: part.number,
    norm: part.norm,
    part_zh: part.name_zh,
    part_en: part.name_en,
    family: part.family,
    valid_from: p.valid_from,
    valid_to: p.valid_to,
    body: {
      code: p.code,
      version: p.version,
      windowDays: p.window_days,
      startEvent: p.start_event,
      quota: p.quota,
      depositFen: p.deposit_fen.toString(),
      criteria: p.criteria,
      grades: p.grades,
    },
  });
}
