import { jsonb } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { NoticeRow, ProgrammeRow, Tables } from './tables.ts';

const db = (ctx: { tx: Ctx['tx'] }) => ctx.tx.withTables<Tables>();

/** The programme of a part on a day: the latest begun, and of those the highest version. */
export function programmeOn(
  ctx: Ctx,
  partId: string,
  day: string,
): Promise<ProgrammeRow | undefined> {
  return db(ctx)
    .selectFrom('catalog.programme')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', '=', partId)
    .where(
      sql<boolean>`(valid_from <= ${day}::date and (valid_to is null or valid_to >= ${day}::date))`,
    )
    .orderBy('valid_from', 'desc')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export function findProgramme(ctx: Ctx, programmeId: string): Promise<ProgrammeRow | undefined> {
  return db(ctx)
    .selectFrom('catalog.programme')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', programmeId)
    .executeTakeFirst();
}

export function programmesOf(ctx: Ctx, partId: string): Promise<ProgrammeRow[]> {
  return db(ctx)
    .selectFrom('catalog.programme')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', '=', partId)
    .orderBy('code')
    .orderBy('version', 'desc')
    .execute();
}

export async function insertProgramme(ctx: Ctx, row: ProgrammeRow): Promise<void> {
  await db(ctx)
    .insertInto('catalog.programme')
    .values({
      ...row,
      quota: jsonb(row.quota),
      criteria: jsonb(row.criteria),
      grades: jsonb(row.grades),
    })
    .execute();
}

export async function insertNotice(ctx: Ctx, row: NoticeRow): Promise<void> {
  await db(ctx)
    .insertInto('catalog.notice')
    .values({ ...row, body: jsonb(row.body) })
    .execute();
}

/** Published rules in force on a day, of every organisation or of one number. */
export function noticesOn(
  ctx: { tx: Ctx['tx'] },
  filter: { norm?: string | undefined; family?: string | undefined; day: string },
  after: string | undefined,
  limit: number,
): Promise<NoticeRow[]> {
  return db(ctx)
    .selectFrom('catalog.notice as n')
    .selectAll()
    .where(sql<boolean>`(n.valid_from <= ${filter.day}::date
      and (n.valid_to is null or n.valid_to >= ${filter.day}::date))`)
    .where(sql<boolean>`(${filter.norm ?? null}::text is null or n.norm = ${filter.norm ?? null})`)
    .where(
      sql<boolean>`(${filter.family ?? null}::text is null or n.family = ${filter.family ?? null})`,
    )
    .where(
      // a later rule of the same organisation for the same part takes its place
      sql<boolean>`not exists (select 1 from catalog.notice m where m.org_id = n.org_id
        and m.norm = n.norm and m.valid_from <= ${filter.day}::date
        and (m.valid_from, m.programme_id) > (n.valid_from, n.programme_id))`,
    )
    .where(
      sql<boolean>`(${after ?? null}::text is null or n.programme_id < ${after ?? null}::text)`,
    )
    .orderBy('n.programme_id', 'desc')
    .limit(limit + 1)
    .execute();
}
