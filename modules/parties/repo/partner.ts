import { literally } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { LicenceRow, PartnerRow, Tables } from './tables.ts';

const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

export function findPartner(ctx: Ctx, partnerId: string): Promise<PartnerRow | undefined> {
  return db(ctx)
    .selectFrom('parties.partner')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', partnerId)
    .executeTakeFirst();
}

export function findPartnerOfOrg(ctx: Ctx, orgNo: number): Promise<PartnerRow | undefined> {
  return db(ctx)
    .selectFrom('parties.partner')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('linked_no', '=', orgNo)
    .executeTakeFirst();
}

export interface PartnerFilter {
  readonly q?: string | undefined;
  readonly kind?: string | undefined;
  readonly active?: 'yes' | 'no' | undefined;
}

export function partnersAfter(
  ctx: Ctx,
  filter: PartnerFilter,
  after: readonly [string, string] | undefined,
  limit: number,
): Promise<PartnerRow[]> {
  const active = filter.active === undefined ? null : filter.active === 'yes';
  return db(ctx)
    .selectFrom('parties.partner')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where(sql<boolean>`(${filter.q ?? null}::text is null
      or name ilike '%' || ${literally(filter.q ?? '')} || '%' or code ilike ${literally(filter.q ?? '')} || '%')`)
    .where(sql<boolean>`(${filter.kind ?? null}::text is null or kind = ${filter.kind ?? null})`)
    .where(sql<boolean>`(${active}::boolean is null or active = ${active})`)
    .where(sql<boolean>`(${after?.[0] ?? null}::text is null
      or (name, id) > (${after?.[0] ?? null}::text, ${after?.[1] ?? null}::text))`)
    .orderBy('name')
    .orderBy('id')
    .limit(limit + 1)
    .execute();
}

/** False when the organisation is linked to a partner already. */
export async function insertPartner(ctx: Ctx, row: PartnerRow): Promise<boolean> {
  const r = await db(ctx)
    .insertInto('parties.partner')
    .values(row)
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return (r.numInsertedOrUpdatedRows ?? 0n) === 1n;
}

export async function updatePartner(
  ctx: Ctx,
  partnerId: string,
  version: number,
  set: Partial<PartnerRow>,
): Promise<boolean> {
  const r = await db(ctx)
    .updateTable('parties.partner')
    .set({ ...set, version: version + 1 })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', partnerId)
    .where('version', '=', version)
    .executeTakeFirst();
  return r.numUpdatedRows === 1n;
}

export type HeldLicence = LicenceRow & { holder: string | null };

const licences = (ctx: Ctx) =>
  db(ctx)
    .selectFrom('parties.licence as l')
    .leftJoin('parties.partner as p', (j) =>
      j.onRef('p.org_id', '=', 'l.org_id').onRef('p.id', '=', 'l.partner_id'),
    )
    .selectAll('l')
    .select('p.name as holder')
    .where('l.org_id', '=', ctx.org.no);

export function findLicence(ctx: Ctx, licenceId: string): Promise<HeldLicence | undefined> {
  return licences(ctx).where('l.id', '=', licenceId).executeTakeFirst();
}

/** Licences of one kind of one holder; `undefined` is the organisation itself. Newest first. */
export function licencesOf(
  ctx: Ctx,
  partnerId: string | undefined,
  kind: string,
): Promise<HeldLicence[]> {
  return licences(ctx)
    .where(sql<boolean>`l.partner_id is not distinct from ${partnerId ?? null}::text`)
    .where(sql<boolean>`l.kind = ${kind}`)
    .orderBy('l.valid_from', 'desc')
    .execute();
}

export interface LicenceFilter {
  readonly partnerId?: string | undefined;
  readonly own?: 'yes' | undefined;
  readonly kind?: string | undefined;
}

export function licencesBefore(
  ctx: Ctx,
  filter: LicenceFilter,
  before: string | undefined,
  limit: number,
): Promise<HeldLicence[]> {
  const own = filter.own === 'yes';
  return licences(ctx)
    .where(sql<boolean>`(not ${own}::boolean or l.partner_id is null)`)
    .where(sql<boolean>`(${filter.partnerId ?? null}::text is null
      or l.partner_id = ${filter.partnerId ?? null}::text)`)
    .where(sql<boolean>`(${filter.kind ?? null}::text is null or l.kind = ${filter.kind ?? null})`)
    .where(sql<boolean>`(${before ?? null}::text is null or l.id < ${before ?? null}::text)`)
    .orderBy('l.id', 'desc')
    .limit(limit + 1)
    .execute();
}

export async function insertLicence(ctx: Ctx, row: LicenceRow): Promise<void> {
  await db(ctx).insertInto('parties.licence').values(row).execute();
}

export async function updateLicence(
  ctx: Ctx,
  licenceId: string,
  version: number,
  set: Partial<LicenceRow>,
): Promise<boolean> {
  const r = await db(ctx)
    .updateTable('parties.licence')
    .set({ ...set, version: version + 1 })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', licenceId)
    .where('version', '=', version)
    .executeTakeFirst();
  return r.numUpdatedRows === 1n;
}

/** Names of many partners at once, by id. */
export async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db(ctx)
    .selectFrom('parties.partner')
    .select(['id', 'name'])
    .where('org_id', '=', ctx.org.no)
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((r) => [r.id, r.name]));
}
