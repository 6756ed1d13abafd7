import { newestFirst } from '@zaizao/platform/db';
import type { Ctx, PublicCtx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import { type AccessRow, db, type SettingRow, tables } from './tables.ts';

export async function insertAccess(
  ctx: Ctx,
  row: Omit<AccessRow, 'org_id' | 'made_at' | 'withdrawn_at' | 'uses' | 'last_used_at'>,
): Promise<AccessRow> {
  return db(ctx)
    .insertInto('passport.access')
    .values({
      ...row,
      org_id: ctx.org.no,
      made_at: ctx.now,
      withdrawn_at: null,
      uses: 0,
      last_used_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

interface AccessFilter {
  readonly epc?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Newest first; of one product, also those that hold for all. */
export function listAccess(ctx: Ctx, f: AccessFilter): Promise<AccessRow[]> {
  let q = db(ctx).selectFrom('passport.access').selectAll().where('org_id', '=', ctx.org.no);
  const { epc } = f;
  if (epc !== undefined) q = q.where((e) => e.or([e('epc', '=', epc), e('epc', 'is', null)]));
  return newestFirst(q, f).execute();
}

export function findAccess(ctx: Ctx, id: string): Promise<AccessRow | undefined> {
  return db(ctx)
    .selectFrom('passport.access')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function withdrawAccess(ctx: Ctx, id: string): Promise<AccessRow | undefined> {
  return db(ctx)
    .updateTable('passport.access')
    .set({ withdrawn_at: ctx.now })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

/** What is open to an organisation, or by a link, for a product now. */
export function accessFor(
  ctx: Ctx,
  epc: string,
  by: { readonly org?: number | undefined; readonly token?: string | undefined },
): Promise<AccessRow[]> {
  return db(ctx)
    .selectFrom('passport.access')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', ctx.now)
    .where((e) => e.or([e('epc', '=', epc), e('epc', 'is', null)]))
    .where((e) =>
      e.or([e('partner_org', '=', by.org ?? -1), e('token_sha256', '=', by.token ?? '')]),
    )
    .execute();
}

export async function noteUse(ctx: Ctx, id: string): Promise<void> {
  await db(ctx)
    .updateTable('passport.access')
    .set({ uses: sql<number>`uses + 1`, last_used_at: ctx.now })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .execute();
}

// ── Settings ────────────────────────────────────────────────────────────────

export function publicSetting(ctx: PublicCtx, org: number): Promise<SettingRow | undefined> {
  return tables(ctx.tx)
    .selectFrom('passport.setting')
    .selectAll()
    .where('org_id', '=', org)
    .executeTakeFirst();
}

/** False when the version is not the one named. */
export async function saveSetting(ctx: Ctx, version: number, bpn: string | null): Promise<boolean> {
  const set = { bpn, updated_at: ctx.now };
  if (version === 0) {
    const made = await db(ctx)
      .insertInto('passport.setting')
      .values({ ...set, org_id: ctx.org.no, version: 1 })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst();
    return (made.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }
  const done = await db(ctx)
    .updateTable('passport.setting')
    .set({ ...set, version: version + 1 })
    .where('org_id', '=', ctx.org.no)
    .where('version', '=', version)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}
