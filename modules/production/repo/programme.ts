import { jsonb, oldestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { actorOf, db, type ProgrammeTable, type ProgrammeVersionTable } from './tables.ts';

export type ProgrammeRow = ProgrammeTable;
export type VersionRow = ProgrammeVersionTable;

export function insertProgramme(
  ctx: Ctx,
  p: Omit<ProgrammeTable, 'org_id' | 'created_at'>,
): Promise<ProgrammeRow> {
  return db(ctx)
    .insertInto('production.nc_programme')
    .values({ ...p, org_id: ctx.org.no, created_at: ctx.now })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function findProgramme(ctx: Ctx, id: string, lock = false) {
  const q = db(ctx)
    .selectFrom('production.nc_programme')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id);
  return (lock ? q.forUpdate() : q).executeTakeFirst();
}

export function listProgrammeRows(
  ctx: Ctx,
  f: { stepCode?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<ProgrammeRow[]> {
  let q = db(ctx)
    .selectFrom('production.nc_programme')
    .selectAll()
    .where('org_id', '=', ctx.org.no);
  if (f.stepCode) q = q.where('step_code', '=', f.stepCode);
  return oldestFirst(q, f).execute();
}

export async function insertVersion(
  ctx: Ctx,
  v: Pick<
    ProgrammeVersionTable,
    'programme_id' | 'no' | 'low' | 'high' | 'parameters' | 'file_sha256' | 'note'
  >,
): Promise<void> {
  await db(ctx)
    .insertInto('production.nc_version')
    .values({
      ...v,
      parameters: jsonb(v.parameters),
      org_id: ctx.org.no,
      made_at: ctx.now,
      made_by: actorOf(ctx),
    })
    .execute();
}

/** All versions of these programmes, the newest first. */
export async function versionsOf(ctx: Ctx, programmeIds: readonly string[]): Promise<VersionRow[]> {
  if (programmeIds.length === 0) return [];
  return db(ctx)
    .selectFrom('production.nc_version')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('programme_id', 'in', programmeIds)
    .orderBy('programme_id')
    .orderBy('no', 'desc')
    .execute();
}
