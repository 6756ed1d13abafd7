import { decodeCursor, jsonb, lockName, type Tx } from '@zaizao/platform/db';
import type { Ctx, PublicCtx } from '@zaizao/platform/http';
import type { Disclosure, JsonObject } from '@zaizao/tlog';
import { sql } from 'kysely';
import type { PassportFacts, PassportStatus } from './contract.ts';

export interface DocumentJson {
  readonly facts: PassportFacts;
  readonly status: PassportStatus;
}

interface PublishedTable {
  org_id: number;
  epc: string;
  unit_id: string;
  serial: string;
  document: DocumentJson;
  picture: string | null;
  version: number;
  updated_at: Date;
}

interface DisclosureTable {
  org_id: number;
  epc: string;
  event_id: string;
  record_time: string;
  opened: Disclosure;
}

interface CredentialTable {
  org_id: number;
  id: string;
  epc: string;
  version: number;
  status_list: number;
  status_index: number;
  content_hash: string;
  credential: JsonObject;
  issued_at: Date;
  revoked_at: Date | null;
  revoked_for: string | null;
}

interface StatusListTable {
  org_id: number;
  list: number;
  issuer: string;
  next_index: number;
  bits: Uint8Array;
  credential: JsonObject;
  updated_at: Date;
}

interface IssuerKeyTable {
  org_id: number;
  fragment: string;
  did: string;
  public_key: string;
  made_at: Date;
  retired_at: Date | null;
}

type Tables = {
  'passport.published': PublishedTable;
  'passport.disclosure': DisclosureTable;
  'passport.credential': CredentialTable;
  'passport.status_list': StatusListTable;
  'passport.issuer_key': IssuerKeyTable;
};

export type PublishedRow = PublishedTable;
export type CredentialRow = CredentialTable;
export type StatusListRow = StatusListTable;
export type IssuerKeyRow = IssuerKeyTable;
export type DisclosureRow = Pick<DisclosureTable, 'event_id' | 'record_time' | 'opened'>;

const tables = (tx: Tx) => tx.withTables<Tables>();
const db = (ctx: Ctx) => tables(ctx.tx);

/** One rebuild of a passport at a time, over all organisations: an EPC has one publisher. */
export async function lockPassport(ctx: Ctx, epc: string): Promise<void> {
  await lockName(ctx.tx, 0, `passport:${epc}`);
}

/** One signer of status lists and maker of keys at a time within the organisation. */
export async function lockIssuer(ctx: Ctx): Promise<void> {
  await lockName(ctx.tx, ctx.org.no, 'passport.issuer');
}

/** Whether another organisation published a passport of this thing. */
export async function publishedElsewhere(ctx: Ctx, epc: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('passport.published')
    .select('org_id')
    .where('epc', '=', epc)
    .where('org_id', '<>', ctx.org.no)
    .executeTakeFirst();
  return row !== undefined;
}

export function findPublished(ctx: Ctx, epc: string): Promise<PublishedRow | undefined> {
  return db(ctx)
    .selectFrom('passport.published')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('epc', '=', epc)
    .executeTakeFirst();
}

export function publishedOfUnit(ctx: Ctx, unitId: string): Promise<PublishedRow | undefined> {
  return db(ctx)
    .selectFrom('passport.published')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('unit_id', '=', unitId)
    .executeTakeFirst();
}

/** Writes the projection; its version counts the changes. */
export async function savePublished(
  ctx: Ctx,
  row: Omit<PublishedRow, 'org_id' | 'version' | 'updated_at'>,
): Promise<void> {
  await db(ctx)
    .insertInto('passport.published')
    .values({
      ...row,
      document: jsonb(row.document),
      org_id: ctx.org.no,
      version: 1,
      updated_at: ctx.now,
    })
    .onConflict((c) =>
      c.columns(['org_id', 'epc']).doUpdateSet({
        document: jsonb(row.document),
        picture: row.picture,
        updated_at: ctx.now,
        version: sql<number>`passport.published.version + 1`,
      }),
    )
    .execute();
}

/** Adds what may be seen of more events, and corrects what may be seen of known ones. */
export async function saveDisclosures(
  ctx: Ctx,
  epc: string,
  rows: readonly DisclosureRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into passport.disclosure (org_id, epc, event_id, record_time, opened)
    select ${ctx.org.no}, ${epc}, event_id, record_time, opened
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r (event_id text, record_time text, opened jsonb)
    on conflict (org_id, epc, event_id, record_time) do update set opened = excluded.opened
      where passport.disclosure.opened <> excluded.opened`.execute(ctx.tx);
}

interface PublishedFilter {
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export function listPublished(ctx: Ctx, f: PublishedFilter): Promise<PublishedRow[]> {
  const after = f.cursor === undefined ? undefined : decodeCursor(f.cursor)?.[0];
  let q = db(ctx).selectFrom('passport.published').selectAll().where('org_id', '=', ctx.org.no);
  if (after !== undefined) q = q.where('unit_id', '<', String(after));
  if (f.q) q = q.where('serial', 'ilike', `%${f.q.replace(/[\\%_]/g, '\\$&')}%`);
  return q
    .orderBy('unit_id', 'desc')
    .limit(f.limit + 1)
    .execute();
}

// ── Credentials ─────────────────────────────────────────────────────────────

/** All credentials of a passport, newest first. */
export function credentialsOf(ctx: Ctx, epc: string): Promise<CredentialRow[]> {
  return db(ctx)
    .selectFrom('passport.credential')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('epc', '=', epc)
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

// ── Keys ────────────────────────────────────────────────────────────────────

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
  key: Pick<IssuerKeyRow, 'fragment' | 'did' | 'public_key'>,
): Promise<void> {
  await db(ctx)
    .insertInto('passport.issuer_key')
    .values({ ...key, org_id: ctx.org.no, made_at: ctx.now, retired_at: null })
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

// ── What anyone may read ────────────────────────────────────────────────────

export function publicPassport(ctx: PublicCtx, epc: string): Promise<PublishedRow | undefined> {
  return tables(ctx.tx)
    .selectFrom('passport.published')
    .selectAll()
    .where('epc', '=', epc)
    .orderBy('org_id')
    .limit(1)
    .executeTakeFirst();
}

/** The newest credential of a passport, revoked or not. */
export function publicCredentialOf(
  ctx: PublicCtx,
  { org_id, epc }: PublishedRow,
): Promise<CredentialRow | undefined> {
  return tables(ctx.tx)
    .selectFrom('passport.credential')
    .selectAll()
    .where('org_id', '=', org_id)
    .where('epc', '=', epc)
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

export function publicDisclosures(
  ctx: PublicCtx,
  { org_id, epc }: PublishedRow,
): Promise<DisclosureRow[]> {
  return tables(ctx.tx)
    .selectFrom('passport.disclosure')
    .select(['event_id', 'record_time', 'opened'])
    .where('org_id', '=', org_id)
    .where('epc', '=', epc)
    .execute();
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

/** Every key a DID ever had, oldest first. */
export function publicKeys(ctx: PublicCtx, did: string): Promise<IssuerKeyRow[]> {
  return tables(ctx.tx)
    .selectFrom('passport.issuer_key')
    .selectAll()
    .where('did', '=', did)
    .orderBy('made_at')
    .execute();
}
