import { bizStep, bizTransactionType, disposition } from '@zaizao/epcis';
import { getProgramme, gradeBy, type Programme } from '@zaizao/modules/catalog';
import { adoptFile, requireFile, type StoredFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result, type Text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { coreErrors, type gradeCore } from '../contract.ts';
import type { Grade } from '../domain/valuation.ts';
import { type CoreRow, insertCredit, insertGrading, updateCore } from '../repo.ts';
import { getCore, moveCore, recordCore, requireCore } from './door.ts';
import { reckonValue } from './value.ts';
import { stateName } from './views.ts';

const PHOTOS = {
  front: { zh: '正面', en: 'the front' },
  side: { zh: '侧面', en: 'the side' },
  nameplate: { zh: '铭牌', en: 'the nameplate' },
} as const satisfies Record<string, Text>;

/** Grades a core by its programme’s criteria, with photos; the reasons are the criteria not met. */
export async function gradeByCriteria(
  ctx: Ctx,
  coreId: string,
  input: z.output<(typeof gradeCore)['body']>,
): Promise<Result<CoreRow>> {
  const core = await requireCore(ctx, coreId, 'received', 'disputed');
  if (!core.ok) return core;
  if (!core.value.programme_id) return err(coreErrors.CORE_NOT_IDENTIFIED());
  const photos = await checkPhotos(ctx, input.photos);
  if (!photos.ok) return photos;
  const programme = await getProgramme(ctx, core.value.programme_id);
  if (!programme.ok) return programme;
  const judged = judge(ctx, programme.value, input.answers);
  if (!judged.ok) return judged;
  const { grade, answers, failed, reasons } = judged.value;
  // a core that settles a deposit is paid there
  const creditFen = core.value.by_deposit ? 0n : programme.value.grades[grade].creditFen;
  await insertGrading(ctx, {
    id: newId('grad', ctx.now.getTime()),
    coreId,
    programmeId: programme.value.id,
    programmeVersion: programme.value.version,
    grade,
    creditFen,
    answers,
    reasons,
    photos: input.photos,
    note: input.note ?? null,
  });
  const graded = await moveCore(ctx, coreId, 'grade', {
    grade,
    credit_fen: creditFen,
    reasons,
    graded_at: ctx.now,
    photos: [...new Set([...core.value.photos, ...photos.value.map((f) => f.sha256)])],
  });
  if (!graded.ok) return graded;
  await reckonValue(ctx, graded.value, creditFen);
  await showSupplier(ctx, graded.value, photos.value);
  const recorded = await recordCore(ctx, graded.value, 'OBSERVE', {
    bizStep: bizStep.inspecting,
    disposition: grade === 'R' ? disposition.nonConformant : disposition.conformant,
    bizTransactionList: [
      { type: bizTransactionType.rma, bizTransaction: `urn:zaizao:rma:${core.value.code}` },
    ],
    zz: {
      grade,
      programme: `${programme.value.code}/${programme.value.version}`,
      criteriaNotMet: failed.join(' ') || undefined,
      photos: photos.value.map((f) => f.sha256).join(' '),
    },
  });
  if (!recorded.ok) return recorded;
  await ctx.publish('cores.core-graded', coreId, {
    coreId,
    grade,
    at: ctx.now.toISOString(),
  });
  return graded;
}

interface Judged {
  readonly grade: Grade;
  readonly answers: Record<string, boolean>;
  /** Codes of the criteria not met, and their texts. */
  readonly failed: readonly string[];
  readonly reasons: Text[];
}

/** The grade that the answers give by a programme: each of its criteria is answered, and no other. */
function judge(
  ctx: Ctx,
  programme: Programme,
  given: z.output<(typeof gradeCore)['body']>['answers'],
): Result<Judged> {
  const textOf = (code: string) => programme.criteria.find((c) => c.code === code)?.text;
  const unknown = given.find((a) => textOf(a.criterion) === undefined);
  if (unknown) return err(coreErrors.CORE_CRITERION_UNKNOWN({ criterion: unknown.criterion }));
  const answers = Object.fromEntries(given.map((a) => [a.criterion, a.met]));
  const grading = gradeBy(answers, programme);
  const texts = (codes: readonly string[]) => codes.flatMap((code) => textOf(code) ?? []);
  if (!grading.complete) {
    const criteria = texts(grading.missing).map((c) => c[ctx.lang]);
    return err(coreErrors.CORE_CRITERION_UNANSWERED({ criteria: criteria.join('、') }));
  }
  const { grade, failed } = grading;
  return ok({ grade, answers, failed, reasons: texts(failed) });
}

async function checkPhotos(
  ctx: Ctx,
  photos: { front?: string | undefined; side?: string | undefined; nameplate?: string | undefined },
): Promise<Result<StoredFile[]>> {
  const missing = (Object.keys(PHOTOS) as (keyof typeof PHOTOS)[]).filter((k) => !photos[k]); // keys of a literal
  if (missing.length > 0) {
    const names = missing.map((k) => PHOTOS[k][ctx.lang]).join(ctx.lang === 'zh' ? '、' : ', ');
    return err(coreErrors.CORE_PHOTO_MISSING({ missing: names }));
  }
  const shas = [photos.front, photos.side, photos.nameplate].filter((s) => s !== undefined);
  const files: StoredFile[] = [];
  for (const sha of shas) {
    const file = await requireFile(ctx, sha, { image: true });
    if (!file.ok) return file;
    files.push(file.value);
  }
  return ok(files);
}

/** The supplier sees what the grade was judged by: the photos become its own too. */
async function showSupplier(ctx: Ctx, core: CoreRow, photos: readonly StoredFile[]): Promise<void> {
  const supplier =
    core.supplier_org === null ? undefined : await ctx.app.organisation(core.supplier_org);
  if (!supplier) return;
  await ctx.inOrg(supplier, 'cores.show-grading-photos', async (there) => {
    for (const file of photos) await adoptFile(there, file);
    return ok(undefined);
  });
}

/**
 * The core came back for a deposit: its worth is credited there and never paid here as well.
 * Refused when it was paid already.
 */
export async function creditByDeposit(ctx: Ctx, coreId: string): Promise<Result<CoreRow>> {
  const core = await getCore(ctx, coreId, true);
  if (!core.ok) return core;
  if (core.value.credited_at) return err(coreErrors.CORE_CREDIT_GIVEN());
  const marked = await updateCore(ctx, coreId, core.value.state, {
    by_deposit: true,
    ...(core.value.grade ? { credit_fen: 0n } : {}),
  });
  return marked ? ok(marked) : err(coreErrors.CORE_NOT_FOUND());
}

/** Gives the credit of a graded core once, whatever the order and number of tries. */
export async function giveCreditOnce(ctx: Ctx, coreId: string): Promise<Result<CoreRow>> {
  const core = await getCore(ctx, coreId, true);
  if (!core.ok) return core;
  const { state, grade, credit_fen: amountFen, code } = core.value;
  if (!grade || amountFen === null || state === 'disputed') {
    return err(coreErrors.CORE_STATE({ code, state: stateName(state)[ctx.lang] }));
  }
  if (core.value.by_deposit) return err(coreErrors.CORE_CREDIT_BY_DEPOSIT({ code }));
  const supplierId = core.value.supplier_id;
  if (!(await insertCredit(ctx, { coreId, amountFen, supplierId }))) {
    return err(coreErrors.CORE_CREDIT_GIVEN());
  }
  const credited = await updateCore(ctx, coreId, state, { credited_at: ctx.now });
  if (!credited) return err(coreErrors.CORE_CREDIT_GIVEN());
  await ctx.publish('cores.core-credited', coreId, { coreId, amountFen: String(amountFen) });
  return ok(credited);
}
