import { jsonb, oldestFirst } from '@zaizao/platform/db';
import type { Ctx, PublicCtx } from '@zaizao/platform/http';
import type { Disclosure } from '@zaizao/tlog';
import { sql } from 'kysely';
import { type DisclosureRow, db, type IssuerKeyRow, tables, type UnsignedRow } from './tables.ts';

export function issuerKeys(ctx: Ctx, did: string): Promise<IssuerKeyRow[]> {
  return db(ctx)
    .selectFrom('passport.issuer_key')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('did', '=', did)
    .orderBy('made_at', 'desc')
    .execute();
}

export async function insertIssuerKey(
  ctx: Ctx,
  key: Pick<IssuerKeyRow, 'fragment' | 'did' | 'public_key' | 'custody' | 'name'>,
): Promise<void> {
  const fresh = { retired_at: null, revoked_at: null, revoked_from: null, revoked_for: null };
  await db(ctx)
    .insertInto('passport.issuer_key')
    .values({ ...key, ...fresh, org_id: ctx.org.no, made_at: ctx.now })
    .execute();
}

export async function retireKeys(ctx: Ctx, did: string): Promise<void> {
  await db(ctx)
    .updateTable('passport.issuer_key')
    .set({ retired_at: ctx.now })
    .where('org_id', '=', ctx.org.no)
    .where('did', '=', did)
    .where('retired_at', 'is', null)
    .execute();
}

/** Every key a DID ever had, oldest first. */
export function publicKeys(ctx: PublicCtx, did: string): Promise<IssuerKeyRow[]> {
  return tables(ctx.tx)
    .selectFrom('passport.issuer_key')
    .selectAll()
    .where('did', '=', did)
    .orderBy('made_at')
    .execute();
}

/** Takes a key back; false when that was done before. */
export async function revokeIssuerKey(
  ctx: Ctx,
  fragment: string,
  from: Date,
  reason: string,
): Promise<boolean> {
  const done = await db(ctx)
    .updateTable('passport.issuer_key')
    .set({
      revoked_at: ctx.now,
      revoked_from: from,
      revoked_for: reason,
      retired_at: sql<Date>`coalesce(retired_at, ${ctx.now})`,
    })
    .where('org_id', '=', ctx.org.no)
    .where('fragment', '=', fragment)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

// ── What anyone may see of a key's events ───────────────────────────────────

export async function saveKeyDisclosure(
  ctx: Ctx,
  row: { fragment: string; event_id: string; record_time: string; opened: Disclosure },
): Promise<void> {
  await db(ctx)
    .insertInto('passport.key_disclosure')
    .values({ ...row, opened: jsonb(row.opened), org_id: ctx.org.no })
    .execute();
}

export function publicKeyDisclosures(
  ctx: PublicCtx,
  org: number,
  fragment: string,
): Promise<DisclosureRow[]> {
  return tables(ctx.tx)
    .selectFrom('passport.key_disclosure')
    .select(['event_id', 'record_time', 'opened'])
    .where('org_id', '=', org)
    .where('fragment', '=', fragment)
    .execute();
}

// ── What waits for a signature made outside ─────────────────────────────────

export async function saveUnsigned(
  ctx: Ctx,
  row: Omit<UnsignedRow, 'org_id' | 'made_at'>,
): Promise<void> {
  const { id, kind, subject, ...rest } = row;
  const set = { ...rest, document: jsonb(rest.document), id, made_at: ctx.now };
  await db(ctx)
    .insertInto('passport.unsigned')
    .values({ ...set, kind, subject, org_id: ctx.org.no })
    .onConflict((c) => c.columns(['org_id', 'kind', 'subject']).doUpdateSet(set))
    .execute();
}

export function unsignedOf(
  ctx: Ctx,
  kind: UnsignedRow['kind'],
  subject: string,
): Promise<UnsignedRow | undefined> {
  return db(ctx)
    .selectFrom('passport.unsigned')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .executeTakeFirst();
}

export function findUnsigned(ctx: Ctx, id: string): Promise<UnsignedRow | undefined> {
  return db(ctx)
    .selectFrom('passport.unsigned')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function dropUnsigned(ctx: Ctx, ids?: readonly string[]): Promise<void> {
  let q = db(ctx).deleteFrom('passport.unsigned').where('org_id', '=', ctx.org.no);
  if (ids) q = q.where('id', 'in', [...ids]);
  if (!ids || ids.length > 0) await q.execute();
}

/** Conformity credentials before the passports that name them, status lists last. */
export function listUnsigned(
  ctx: Ctx,
  f: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<UnsignedRow[]> {
  const q = db(ctx).selectFrom('passport.unsigned').selectAll().where('org_id', '=', ctx.org.no);
  return oldestFirst(q, f).execute();
}

export async function countUnsigned(ctx: Ctx): Promise<number> {
  const row = await db(ctx)
    .selectFrom('passport.unsigned')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('org_id', '=', ctx.org.no)
    .executeTakeFirst();
  return row?.n ?? 0;
}

export function publicKey(
  ctx: PublicCtx,
  org: number,
  fragment: string,
): Promise<IssuerKeyRow | undefined> {
  return tables(ctx.tx)
    .selectFrom('passport.issuer_key')
    .selectAll()
    .where('org_id', '=', org)
    .where('fragment', '=', fragment)
    .executeTakeFirst();
}
