import { jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import type { Text } from '@zaizao/platform/kernel';
import { actorOf, db, type StudyTable } from './tables.ts';

export type StudyRow = StudyTable;

export async function insertStudy(
  ctx: Ctx,
  s: Pick<
    StudyTable,
    | 'id'
    | 'kind'
    | 'part'
    | 'core_id'
    | 'title'
    | 'problem'
    | 'words'
    | 'seed'
    | 'iterations'
    | 'job'
  >,
): Promise<StudyRow> {
  return db(ctx)
    .insertInto('dismantling.study')
    .values({
      ...s,
      part: jsonb(s.part),
      problem: jsonb(s.problem),
      words: jsonb(s.words),
      org_id: ctx.org.no,
      state: 'queued',
      result: null,
      failure: null,
      made_by: actorOf(ctx),
      made_at: ctx.now,
      ended_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function findStudy(ctx: Ctx, id: string): Promise<StudyRow | undefined> {
  return db(ctx)
    .selectFrom('dismantling.study')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Keeps the answer of a study that still waits for one. */
export async function endStudy(
  ctx: Ctx,
  id: string,
  end: { result: unknown } | { failure: Text },
): Promise<void> {
  await db(ctx)
    .updateTable('dismantling.study')
    .set({
      ...('result' in end
        ? { state: 'done' as const, result: jsonb(end.result) }
        : { state: 'failed' as const, failure: jsonb(end.failure) }),
      ended_at: ctx.now,
    })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .execute();
}

export function listStudyRows(
  ctx: Ctx,
  f: { kind?: 'line' | 'crew' | undefined; cursor?: string | undefined; limit: number },
): Promise<StudyRow[]> {
  let q = db(ctx).selectFrom('dismantling.study').selectAll().where('org_id', '=', ctx.org.no);
  if (f.kind) q = q.where('kind', '=', f.kind);
  return newestFirst(q, f).execute();
}
