import { holds, jsonb, lockName, newestFirst } from '@zaizao/platform/db';
import type { Ctx, PublicCtx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import { type DisclosureRow, db, type PublishedRow, tables } from './tables.ts';

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
  let q = db(ctx).selectFrom('passport.published').selectAll().where('org_id', '=', ctx.org.no);
  if (f.q) q = q.where(holds(f.q, 'serial'));
  return newestFirst(q, f, 'unit_id').execute();
}

export function publicPassport(ctx: PublicCtx, epc: string): Promise<PublishedRow | undefined> {
  return tables(ctx.tx)
    .selectFrom('passport.published')
    .selectAll()
    .where('epc', '=', epc)
    .orderBy('org_id')
    .limit(1)
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

/** Which events already have their public part here: `eventId recordTime`. */
export async function disclosedKeys(ctx: Ctx, epc: string): Promise<Set<string>> {
  const rows = await db(ctx)
    .selectFrom('passport.disclosure')
    .select(['event_id', 'record_time'])
    .where('org_id', '=', ctx.org.no)
    .where('epc', '=', epc)
    .execute();
  return new Set(rows.map((row) => `${row.event_id} ${row.record_time}`));
}
