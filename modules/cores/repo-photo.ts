import { jsonb } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { PartRef } from './repo.ts';

interface KnownTable {
  org_id: number;
  photo: string;
  core_id: string;
  part_id: string;
  part: PartRef;
  family: string;
  learnt_at: Date;
}

interface VectorTable {
  org_id: number;
  photo: string;
  version: number;
  vector: number[];
  made_at: Date;
}

/** What was said of a photo; families and parts by their codes and ids. */
export interface Saying {
  photos: number;
  cores: number;
  families: number;
  tried: number;
  right: number;
  guesses: { family: string; confidence: number; similarity: number; parts: PartRef[] }[];
}

interface RecognitionTable {
  org_id: number;
  photo: string;
  job_id: string;
  result: Saying | null;
  asked_at: Date;
}

type Tables = {
  'cores.known_photo': KnownTable;
  'cores.photo_vector': VectorTable;
  'cores.recognition': RecognitionTable;
};
const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

/** Remembers what photos show; those known before stay as they are. Returns the fresh ones. */
export async function learnPhotos(
  ctx: Ctx,
  photos: readonly string[],
  of: { coreId: string; part: PartRef; family: string },
): Promise<string[]> {
  if (photos.length === 0) return [];
  const rows = await db(ctx)
    .insertInto('cores.known_photo')
    .values(
      photos.map((photo) => ({
        ...{ org_id: ctx.org.no, photo, core_id: of.coreId, part_id: of.part.id },
        ...{ part: jsonb(of.part), family: of.family, learnt_at: ctx.now },
      })),
    )
    .onConflict((c) => c.columns(['org_id', 'photo']).doNothing())
    .returning('photo')
    .execute();
  return rows.map((r) => r.photo);
}

/** A core was graded anew as another part: its photos show that one. */
export async function relearnPhotos(
  ctx: Ctx,
  coreId: string,
  part: PartRef,
  family: string,
): Promise<void> {
  await db(ctx)
    .updateTable('cores.known_photo')
    .set({ part_id: part.id, part: jsonb(part), family })
    .where('org_id', '=', ctx.org.no)
    .where('core_id', '=', coreId)
    .execute();
}

export async function vectorOf(
  ctx: Ctx,
  photo: string,
  version: number,
): Promise<Float32Array | undefined> {
  const row = await db(ctx)
    .selectFrom('cores.photo_vector')
    .select('vector')
    .where('org_id', '=', ctx.org.no)
    .where('photo', '=', photo)
    .where('version', '=', version)
    .executeTakeFirst();
  return row && Float32Array.from(row.vector);
}

export async function saveVector(
  ctx: Ctx,
  photo: string,
  version: number,
  vector: Float32Array,
): Promise<void> {
  await sql`insert into cores.photo_vector (org_id, photo, version, vector, made_at)
    select ${ctx.org.no}, ${photo}, ${version}, array(select x::real from
      json_array_elements_text(${JSON.stringify([...vector])}::json) as x), ${ctx.now}
    on conflict do nothing`.execute(ctx.tx);
}

export interface KnownRow {
  photo: string;
  core_id: string;
  part: PartRef;
  family: string;
  vector: number[];
}

/** The newest known photos with their numbers. */
export async function knownPhotos(ctx: Ctx, version: number, limit: number): Promise<KnownRow[]> {
  const r = await sql<KnownRow>`
    select k.photo, k.core_id, k.part, k.family, v.vector from cores.known_photo k
    join cores.photo_vector v on v.org_id = k.org_id and v.photo = k.photo and v.version = ${version}
    where k.org_id = ${ctx.org.no} order by k.learnt_at desc, k.photo limit ${limit}`.execute(
    ctx.tx,
  );
  return r.rows;
}

/** The core whose photo it is, as far as it is one. */
export async function coreOfPhoto(ctx: Ctx, photo: string): Promise<string | undefined> {
  const r = await sql<{ id: string }>`select id from cores.core
    where org_id = ${ctx.org.no} and ${photo} = any (photos) order by id desc limit 1`.execute(
    ctx.tx,
  );
  return r.rows[0]?.id;
}

export async function askRecognition(ctx: Ctx, photo: string, jobId: string): Promise<void> {
  await db(ctx)
    .insertInto('cores.recognition')
    .values({ org_id: ctx.org.no, photo, job_id: jobId, result: null, asked_at: ctx.now })
    .onConflict((c) =>
      c
        .columns(['org_id', 'photo'])
        .doUpdateSet({ job_id: jobId, result: null, asked_at: ctx.now }),
    )
    .execute();
}

export async function saveRecognition(ctx: Ctx, photo: string, result: Saying): Promise<void> {
  await db(ctx)
    .updateTable('cores.recognition')
    .set({ result: jsonb(result) })
    .where('org_id', '=', ctx.org.no)
    .where('photo', '=', photo)
    .execute();
}

export function findRecognition(ctx: Ctx, photo: string): Promise<RecognitionTable | undefined> {
  return db(ctx)
    .selectFrom('cores.recognition')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('photo', '=', photo)
    .executeTakeFirst();
}
