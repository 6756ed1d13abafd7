import { lockName } from '@zaizao/platform/db';
import { requireFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type addSample,
  type listSamples,
  MOST_SAMPLES_EACH,
  sampleErrors,
} from '../contract/sample.ts';
import { catalogErrors } from '../errors.ts';
import { findPart } from '../repo/part.ts';
import { programmesOf } from '../repo/programme.ts';
import { deleteSample, insertSample, type SampleRow, samplesOf } from '../repo/sample.ts';

type View = z.input<(typeof listSamples)['response']>['items'][number];

const sampleView = (r: SampleRow): View => ({
  id: r.id,
  programme: r.programme_code,
  criterion: r.criterion_code,
  shows: r.shows,
  sha256: r.sha256,
});

export async function sampleViews(ctx: Ctx, partId: string): Promise<Result<{ items: View[] }>> {
  if (!(await findPart(ctx, partId))) return err(catalogErrors.PART_NOT_FOUND());
  return ok({ items: (await samplesOf(ctx, partId)).map(sampleView) });
}

/** A picture of what a question means. */
interface CriterionSample {
  readonly criterion: string;
  /** The criterion met, or not met. */
  readonly shows: 'good' | 'bad';
  readonly sha256: string;
}

/** The sample pictures of one programme of a part, whatever its version. */
export async function criterionSamples(
  ctx: Ctx,
  partId: string,
  programmeCode: string,
): Promise<CriterionSample[]> {
  return (await samplesOf(ctx, partId))
    .filter((r) => r.programme_code === programmeCode)
    .map(({ criterion_code, shows, sha256 }) => ({ criterion: criterion_code, shows, sha256 }));
}

/** Puts a stored picture beside a question that some version of the programme asks. */
export async function addSampleTo(
  ctx: Ctx,
  partId: string,
  s: z.output<(typeof addSample)['body']>,
): Promise<Result<View>> {
  if (!(await findPart(ctx, partId))) return err(catalogErrors.PART_NOT_FOUND());
  const isAsked = (await programmesOf(ctx, partId)).some(
    (p) => p.code === s.programme && p.criteria.some((c) => c.code === s.criterion),
  );
  if (!isAsked) {
    const { programme, criterion } = s;
    return err(sampleErrors.CRITERION_NOT_FOUND({ programme, criterion }));
  }
  const file = await requireFile(ctx, s.sha256, { image: true });
  if (!file.ok) return file;
  await lockName(ctx.tx, ctx.org.no, 'catalog.samples');
  const mine = (await samplesOf(ctx, partId)).filter(
    (r) => r.programme_code === s.programme && r.criterion_code === s.criterion,
  );
  if (mine.some((r) => r.sha256 === s.sha256)) return err(sampleErrors.SAMPLE_KNOWN());
  if (mine.length >= MOST_SAMPLES_EACH) {
    return err(sampleErrors.SAMPLE_TOO_MANY({ most: MOST_SAMPLES_EACH }));
  }
  const id = newId('sample', ctx.now.getTime());
  await insertSample(ctx, {
    ...{ id, part_id: partId, programme_code: s.programme, criterion_code: s.criterion },
    ...{ shows: s.shows, sha256: s.sha256 },
    ...{ added_by: `${ctx.principal.kind}:${ctx.principal.id}`, added_at: ctx.now },
  });
  return ok({ id, ...s });
}

export async function removeSampleOf(ctx: Ctx, id: string): Promise<Result<{ id: string }>> {
  return (await deleteSample(ctx, id)) ? ok({ id }) : err(sampleErrors.SAMPLE_NOT_FOUND());
}
