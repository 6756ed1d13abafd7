import { jsonb } from '@zaizao/platform/db';
import type { Ctx, PublicCtx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import {
  type CredentialKind,
  type CredentialRow,
  db,
  type PublishedRow,
  type StatusListRow,
  tables,
} from './tables.ts';

/** All credentials of a passport of one kind, newest first. */
export function credentialsOf(
  ctx: Ctx,
  epc: string,
  kind: CredentialKind = 'passport',
): Promise<CredentialRow[]> {
  return db(ctx)
    .selectFrom('passport.credential')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('epc', '=', epc)
    .where('kind', '=', kind)
    .orderBy('version', 'desc')
    .execute();
}

export function findCredential(ctx: Ctx, id: string): Promise<CredentialRow | undefined> {
  return db(ctx)
    .selectFrom('passport.credential')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The newest credentials of some passports. */
export async function newestCredentials(
  ctx: Ctx,
  epcs: readonly string[],
): Promise<Map<string, CredentialRow>> {
  if (epcs.length === 0) return new Map();
  const rows = await db(ctx)
    .selectFrom('passport.credential')
    .selectAll()
    .distinctOn('epc')
    .where('org_id', '=', ctx.org.no)
    .where('kind', '=', 'passport')
    .where('epc', 'in', [...epcs])
    .orderBy('epc')
    .orderBy('version', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.epc, row]));
}

export async function insertCredential(
  ctx: Ctx,
  row: Omit<CredentialRow, 'org_id' | 'issued_at' | 'revoked_at' | 'revoked_for'>,
): Promise<void> {
  await db(ctx)
    .insertInto('passport.credential')
    .values({
      ...row,
      credential: jsonb(row.credential),
      forms: jsonb(row.forms),
      org_id: ctx.org.no,
      issued_at: ctx.now,
      revoked_at: null,
      revoked_for: null,
    })
    .execute();
}

export async function markRevoked(ctx: Ctx, id: string, reason: string): Promise<void> {
  await db(ctx)
    .updateTable('passport.credential')
    .set({ revoked_at: ctx.now, revoked_for: reason })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute();
}

export function newestStatusList(ctx: Ctx): Promise<StatusListRow | undefined> {
  return db(ctx)
    .selectFrom('passport.status_list')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .orderBy('list', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export function findStatusList(ctx: Ctx, list: number): Promise<StatusListRow | undefined> {
  return db(ctx)
    .selectFrom('passport.status_list')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('list', '=', list)
    .executeTakeFirst();
}

export async function saveStatusList(
  ctx: Ctx,
  row: Omit<StatusListRow, 'org_id' | 'updated_at'>,
): Promise<void> {
  const set = {
    next_index: row.next_index,
    bits: Buffer.from(row.bits),
    credential: jsonb(row.credential),
    updated_at: ctx.now,
  };
  await db(ctx)
    .insertInto('passport.status_list')
    .values({ ...set, org_id: ctx.org.no, list: row.list, issuer: row.issuer })
    .onConflict((c) => c.columns(['org_id', 'list']).doUpdateSet(set))
    .execute();
}

/** The newest credential of a passport of one kind, revoked or not. */
export function publicCredentialOf(
  ctx: PublicCtx,
  { org_id, epc }: Pick<PublishedRow, 'org_id' | 'epc'>,
  kind: CredentialKind = 'passport',
): Promise<CredentialRow | undefined> {
  return tables(ctx.tx)
    .selectFrom('passport.credential')
    .selectAll()
    .where('org_id', '=', org_id)
    .where('epc', '=', epc)
    .where('kind', '=', kind)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export function publicCredential(ctx: PublicCtx, id: string): Promise<CredentialRow | undefined> {
  return tables(ctx.tx)
    .selectFrom('passport.credential')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
}

export function publicStatusList(
  ctx: PublicCtx,
  org: number,
  list: number,
): Promise<StatusListRow | undefined> {
  return tables(ctx.tx)
    .selectFrom('passport.status_list')
    .selectAll()
    .where('org_id', '=', org)
    .where('list', '=', list)
    .executeTakeFirst();
}

/** A status list by the DID of its issuer. */
export function publicStatusListOf(
  ctx: PublicCtx,
  issuer: string,
  list: number,
): Promise<StatusListRow | undefined> {
  return tables(ctx.tx)
    .selectFrom('passport.status_list')
    .selectAll()
    .where('issuer', '=', issuer)
    .where('list', '=', list)
    .executeTakeFirst();
}

/** The credentials in force whose proof names a key, oldest first. */
export function inForceBy(ctx: Ctx, method: string): Promise<CredentialRow[]> {
  return db(ctx)
    .selectFrom('passport.credential')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`credential #>> '{proof,verificationMethod}' = ${method}`)
    .orderBy('issued_at')
    .execute();
}

/** Every status list of the organisation. */
export function statusLists(ctx: Ctx): Promise<StatusListRow[]> {
  return db(ctx)
    .selectFrom('passport.status_list')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .orderBy('list')
    .execute();
}

export interface KeyUse {
  readonly method: string;
  readonly n: number;
  readonly first: Date;
}

/** How often each key signed a credential, and when first. */
export async function keyUses(ctx: Ctx): Promise<KeyUse[]> {
  const { rows } = await sql<KeyUse>`
    select credential #>> '{proof,verificationMethod}' as method, count(*)::int as n,
           min(issued_at) as first
    from passport.credential where org_id = ${ctx.org.no} group by 1`.execute(ctx.tx);
  return rows;
}
