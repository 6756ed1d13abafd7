import { getPart, productFamilies } from '@zaizao/modules/catalog';
import { readStored, requireFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { defineJob, type JobRun, startJob } from '@zaizao/platform/jobs';
import { err, ok, type Result, text } from '@zaizao/platform/kernel';
import { DESCRIPTOR_VERSION } from '@zaizao/vision';
import type { z } from 'zod';
import { type RecognitionView, recognitionErrors } from '../contract.ts';
import { look, tell } from '../recognition/eye.ts';
import { gradingsOf } from '../repo.ts';
import * as repo from '../repo-photo.ts';
import { getCore } from './door.ts';

type View = z.input<typeof RecognitionView>;

/** Newest confirmed photos that are compared: the thread tells every one by all others each time. */
const MOST_KNOWN = 800;
/** Below this nothing is proposed as such: cores of at least two families, some of each. */
const LEAST_CORES = 10;
/** From this confidence on the first proposal is offered as the answer. */
const SURE = 0.8;

/** What a photo shows, as numbers: stored, or looked at now and stored. */
async function seen(run: JobRun, photo: string): Promise<Float32Array | undefined> {
  const stored = await run.inTx(async (ctx) =>
    ok(await repo.vectorOf(ctx, photo, DESCRIPTOR_VERSION)),
  );
  if (!stored.ok || stored.value) return stored.ok ? stored.value : undefined;
  const bytes = await readStored(run.app, photo);
  if (!bytes) return undefined;
  const vector = await look(bytes).catch(() => undefined);
  if (vector) {
    await run.inTx(async (ctx) =>
      ok(await repo.saveVector(ctx, photo, DESCRIPTOR_VERSION, vector)),
    );
  }
  return vector;
}

/** Looks at confirmed photos that nobody has looked at. */
const learnJob = defineJob<{ photos: readonly string[] }>({
  kind: 'cores.learn-photos',
  handle: async (run, { photos }) => {
    for (const photo of photos) await seen(run, photo);
    return ok({ photos: photos.length });
  },
});

const LOOKING = text('正在看照片', 'Looking at the photo');

const tellJob = defineJob<{ photo: string }>({
  kind: 'cores.tell-photo',
  handle: async (run, { photo }) => {
    await run.progress(0.1, LOOKING);
    const vector = await seen(run, photo);
    if (!vector) return err(recognitionErrors.RECOGNITION_UNREADABLE());
    const known = await run.inTx(async (ctx) =>
      ok({
        rows: await repo.knownPhotos(ctx, DESCRIPTOR_VERSION, MOST_KNOWN),
        core: await repo.coreOfPhoto(ctx, photo),
      }),
    );
    if (!known.ok) return known;
    const { rows, core } = known.value;
    const told = await tell(
      vector,
      rows.map((r) => ({
        ...{ label: r.family, group: r.core_id, part: r.part.id },
        vector: Float32Array.from(r.vector),
      })),
      core ?? '',
    );
    const parts = new Map(rows.map((r) => [r.part.id, r.part]));
    return run.inTx(async (ctx) => {
      await repo.saveRecognition(ctx, photo, {
        photos: rows.length,
        cores: new Set(rows.map((r) => r.core_id)).size,
        families: new Set(rows.map((r) => r.family)).size,
        tried: told.tried,
        right: told.right,
        guesses: told.guesses.map((g) => ({
          ...{ family: g.label, confidence: g.confidence, similarity: g.similarity },
          parts: g.parts.flatMap((id) => parts.get(id) ?? []),
        })),
      });
      ctx.afterCommit(() => ctx.app.wake('cores.photo-told', ctx.org, { photo }));
      return ok({ photo });
    });
  },
});

/** Asks what a photo shows; the answer comes a moment later. */
export async function recognise(ctx: Ctx, photo: string): Promise<Result<View>> {
  const file = await requireFile(ctx, photo, { image: true });
  if (!file.ok) return file;
  await repo.askRecognition(ctx, photo, await startJob(ctx, tellJob, { photo }));
  return recognitionOf(ctx, photo);
}

export async function recognitionOf(ctx: Ctx, photo: string): Promise<Result<View>> {
  const row = await repo.findRecognition(ctx, photo);
  if (!row) return err(recognitionErrors.RECOGNITION_UNASKED());
  const said = row.result;
  if (!said) return ok({ photo, state: 'working', jobId: row.job_id, proposals: [] });
  const isEnough = said.cores >= LEAST_CORES && said.families >= 2;
  const [best] = said.guesses;
  const names = new Map(productFamilies().map((f) => [f.code, f.name]));
  return ok({
    photo,
    state: !isEnough ? 'too-few' : best && best.confidence >= SURE ? 'sure' : 'not-sure',
    jobId: row.job_id,
    founded: {
      ...{ photos: said.photos, cores: said.cores, families: said.families },
      ...{ tried: said.tried, right: said.right },
    },
    // of too few examples nothing is claimed
    proposals: (isEnough ? said.guesses : []).map((g) => ({
      family: { code: g.family, name: names.get(g.family) ?? text(g.family, g.family) },
      confidence: g.confidence,
      similarity: g.similarity,
      parts: g.parts,
    })),
  });
}

/** A person graded the core as this part: its front and side photos teach what the part looks like. */
export async function learnFrom(ctx: Ctx, coreId: string): Promise<Result<undefined>> {
  const core = await getCore(ctx, coreId);
  if (!core.ok || !core.value.part) return ok(undefined);
  const { part } = core.value;
  const known = await getPart(ctx, part.id);
  if (!known.ok) return ok(undefined);
  const { family } = known.value;
  const [newest] = await gradingsOf(ctx, coreId);
  const photos = [newest?.photos.front, newest?.photos.side].filter((p) => p !== undefined);
  await repo.relearnPhotos(ctx, coreId, part, family);
  const fresh = await repo.learnPhotos(ctx, [...new Set(photos)], { coreId, part, family });
  if (fresh.length > 0) await startJob(ctx, learnJob, { photos: fresh });
  return ok(undefined);
}
