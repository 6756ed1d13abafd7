import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { SiteRow, Tables } from './tables.ts';

const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

export function findSite(ctx: Ctx, siteId: string): Promise<SiteRow | undefined> {
  return db(ctx)
    .selectFrom('parties.site')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', siteId)
    .executeTakeFirst();
}

export function findDefaultSite(ctx: Ctx): Promise<SiteRow | undefined> {
  return db(ctx)
    .selectFrom('parties.site')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('is_default', '=', true)
    .executeTakeFirst();
}

export function sitesAfter(ctx: Ctx, after: string | undefined, limit: number): Promise<SiteRow[]> {
  return db(ctx)
    .selectFrom('parties.site')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where(sql<boolean>`(${after ?? null}::text is null or code > ${after ?? null}::text)`)
    .orderBy('code')
    .limit(limit + 1)
    .execute();
}

export async function insertSite(ctx: Ctx, row: SiteRow): Promise<void> {
  await db(ctx).insertInto('parties.site').values(row).execute();
}

export async function updateSite(
  ctx: Ctx,
  siteId: string,
  version: number,
  set: Partial<SiteRow>,
): Promise<boolean> {
  const r = await db(ctx)
    .updateTable('parties.site')
    .set({ ...set, version: version + 1 })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', siteId)
    .where('version', '=', version)
    .executeTakeFirst();
  return r.numUpdatedRows === 1n;
}

/** Takes the default mark from whichever site has it. */
export async function clearDefaultSite(ctx: Ctx): Promise<void> {
  await db(ctx)
    .updateTable('parties.site')
    .set((e) => ({ is_default: false, version: e('version', '+', 1) }))
    .where('org_id', '=', ctx.org.no)
    .where('is_default', '=', true)
    .execute();
}
