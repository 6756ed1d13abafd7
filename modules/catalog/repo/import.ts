import { jsonb } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { FactRow, ImportRow, SourceRow, Tables } from './tables.ts';

const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

export function findImport(ctx: Ctx, importId: string): Promise<ImportRow | undefined> {
  return db(ctx)
    .selectFrom('catalog.import')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', importId)
    .executeTakeFirst();
}

/** As {@link findImport}, holding the row until the transaction ends. */
export function lockImport(ctx: Ctx, importId: string): Promise<ImportRow | undefined> {
  return db(ctx)
    .selectFrom('catalog.import')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', importId)
    .forUpdate()
    .executeTakeFirst();
}

export function importsBefore(
  ctx: Ctx,
  before: number | undefined,
  limit: number,
): Promise<ImportRow[]> {
  return db(ctx)
    .selectFrom('catalog.import')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where(sql<boolean>`(${before ?? null}::int is null or no < ${before ?? null}::int)`)
    .orderBy('no', 'desc')
    .limit(limit + 1)
    .execute();
}

export async function insertImport(
  ctx: Ctx,
  row: Pick<ImportRow, 'id' | 'file_name' | 'file_sha256' | 'created_by'>,
): Promise<void> {
  await sql`insert into catalog.import (org_id, id, no, file_name, file_sha256, state, created_at,
      created_by)
    select ${ctx.org.no}, ${row.id}, coalesce(max(no), 0) + 1, ${row.file_name}, ${row.file_sha256},
      'checking', ${ctx.now}, ${row.created_by}
    from catalog.import where org_id = ${ctx.org.no}`.execute(ctx.tx);
}

export async function updateImport(
  ctx: Ctx,
  importId: string,
  set: Partial<Pick<ImportRow, 'state' | 'job' | 'committed_at'>> & { report?: object },
): Promise<void> {
  const { report, ...columns } = set;
  await db(ctx)
    .updateTable('catalog.import')
    .set((e) => ({
      ...columns,
      ...(report ? { report: jsonb(report) } : {}),
      version: e('version', '+', 1),
    }))
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', importId)
    .execute();
}

export function factsAfter(ctx: Ctx, after: string | undefined, limit: number): Promise<FactRow[]> {
  return db(ctx)
    .selectFrom('catalog.fact')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where(sql<boolean>`(${after ?? null}::text is null or key > ${after ?? null}::text)`)
    .orderBy('key')
    .limit(limit + 1)
    .execute();
}

export function sourcesAfter(
  ctx: Ctx,
  after: string | undefined,
  limit: number,
): Promise<SourceRow[]> {
  return db(ctx)
    .selectFrom('catalog.source')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where(sql<boolean>`(${after ?? null}::text is null or key > ${after ?? null}::text)`)
    .orderBy('key')
    .limit(limit + 1)
    .execute();
}

/** How many parts the organisation has. */
export async function countParts(ctx: Ctx): Promise<number> {
  const r = await sql<{ n: number }>`select count(*)::int as n from catalog.part
    where org_id = ${ctx.org.no}`.execute(ctx.tx);
  return r.rows[0]?.n ?? 0;
}
