import { holds, jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx, PublicCtx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import { actorOf, type CertificateRow, type DocumentRow, db, type Tables } from './tables.ts';

export async function insertCertificate(
  ctx: Ctx,
  c: Pick<CertificateRow, 'id' | 'code' | 'unit' | 'test_id' | 'content' | 'job_id'>,
): Promise<void> {
  await db(ctx)
    .insertInto('quality.certificate')
    .values({
      ...c,
      org_id: ctx.org.no,
      state: 'making',
      unit_id: c.unit.id,
      unit: jsonb(c.unit),
      content: jsonb(c.content),
      sha256: null,
      event_id: null,
      requested_by: actorOf(ctx),
      requested_at: ctx.now,
      issued_at: null,
    })
    .execute();
}

export function findCertificate(
  ctx: Ctx,
  certificateId: string,
  lock = false,
): Promise<CertificateRow | undefined> {
  const q = db(ctx)
    .selectFrom('quality.certificate')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', certificateId);
  return (lock ? q.forUpdate() : q).executeTakeFirst();
}

export function certificateOfUnit(ctx: Ctx, unitId: string): Promise<CertificateRow | undefined> {
  return db(ctx)
    .selectFrom('quality.certificate')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('unit_id', '=', unitId)
    .executeTakeFirst();
}

/** A certificate whose making failed is asked for again: same content, a fresh job. */
export async function saveJob(ctx: Ctx, certificateId: string, jobId: string): Promise<void> {
  await db(ctx)
    .updateTable('quality.certificate')
    .set({ job_id: jobId })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', certificateId)
    .where('state', '=', 'making')
    .execute();
}

export async function saveDocument(
  ctx: Ctx,
  row: CertificateRow,
  sha256: string,
  eventId: string,
): Promise<void> {
  await db(ctx)
    .updateTable('quality.certificate')
    .set({ state: 'issued', sha256, event_id: eventId, issued_at: row.requested_at })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', row.id)
    .where('state', '=', 'making')
    .execute();
  await db(ctx)
    .insertInto('quality.certificate_document')
    .values({ org_id: ctx.org.no, certificate_id: row.id, sha256, code: row.code })
    .execute();
}

interface CertificateFilter {
  readonly unitId?: string | undefined;
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export function listCertificateRows(ctx: Ctx, f: CertificateFilter): Promise<CertificateRow[]> {
  let q = db(ctx).selectFrom('quality.certificate').selectAll().where('org_id', '=', ctx.org.no);
  if (f.unitId) q = q.where('unit_id', '=', f.unitId);
  if (f.q) q = q.where(holds(f.q, 'code', sql`unit ->> 'serial'`));
  return newestFirst(q, f).execute();
}

export async function countCertificates(ctx: Ctx, since: Date): Promise<number> {
  const r = await sql<{ count: number }>`select count(*)::int as count from quality.certificate
    where org_id = ${ctx.org.no} and issued_at >= ${since}`.execute(ctx.tx);
  return r.rows[0]?.count ?? 0;
}

/** The published way from a certificate's id, or its document's hash, to the document. */
export function publishedDocument(
  ctx: PublicCtx,
  idOrHash: string,
): Promise<DocumentRow | undefined> {
  return ctx.tx
    .withTables<Tables>()
    .selectFrom('quality.certificate_document')
    .selectAll()
    .where((e) => e.or([e('certificate_id', '=', idOrHash), e('sha256', '=', idOrHash)]))
    .limit(1)
    .executeTakeFirst();
}
