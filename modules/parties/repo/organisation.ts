import { literally } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { CodeKind } from '../domain/codes.ts';
import type { OrganisationRow, Tables } from './tables.ts';

const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

export function findOrganisation(ctx: Ctx): Promise<OrganisationRow | undefined> {
  return db(ctx)
    .selectFrom('parties.organisation')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .executeTakeFirst();
}

/** Adds the row if another transaction has not; either way the row stands afterwards. */
export async function insertOrganisation(ctx: Ctx, row: OrganisationRow): Promise<void> {
  await db(ctx)
    .insertInto('parties.organisation')
    .values(row)
    .onConflict((c) => c.column('org_id').doNothing())
    .execute();
}

/** False when the row has moved on from `version`. */
export async function updateOrganisation(
  ctx: Ctx,
  version: number,
  set: Partial<OrganisationRow>,
): Promise<boolean> {
  const r = await db(ctx)
    .updateTable('parties.organisation')
    .set({ ...set, version: version + 1, updated_at: ctx.now })
    .where('org_id', '=', ctx.org.no)
    .where('version', '=', version)
    .executeTakeFirst();
  return r.numUpdatedRows === 1n;
}

/** Whether another organisation of the installation has this prefix. The table is published. */
export async function prefixTaken(ctx: Ctx, prefix: string): Promise<boolean> {
  const r = await db(ctx)
    .selectFrom('parties.organisation')
    .select('org_id')
    .where('gs1_prefix', '=', prefix)
    .where('org_id', '<>', ctx.org.no)
    .executeTakeFirst();
  return r !== undefined;
}

/** A published organisation by its id. */
export function organisationById(ctx: Ctx, id: string): Promise<OrganisationRow | undefined> {
  return db(ctx)
    .selectFrom('parties.organisation')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
}

export function directory(
  ctx: Ctx,
  filter: { q?: string | undefined; kind?: string | undefined },
  after: readonly [string, string] | undefined,
  limit: number,
): Promise<OrganisationRow[]> {
  return db(ctx)
    .selectFrom('parties.organisation')
    .selectAll()
    .where('org_id', '<>', ctx.org.no)
    .where(
      sql<boolean>`(${filter.q ?? null}::text is null or name ilike '%' || ${literally(filter.q ?? '')} || '%')`,
    )
    .where(sql<boolean>`(${filter.kind ?? null}::text is null or kind = ${filter.kind ?? null})`)
    .where(sql<boolean>`(${after?.[0] ?? null}::text is null
      or (name, id) > (${after?.[0] ?? null}::text, ${after?.[1] ?? null}::text))`)
    .orderBy('name')
    .orderBy('id')
    .limit(limit + 1)
    .execute();
}

/** Takes the next `n` numbers of a kind; returns the last. Holds the counter until the commit. */
export async function takeNumbers(ctx: Ctx, kind: CodeKind, n: number): Promise<bigint> {
  const r = await sql<{ last: bigint }>`
    insert into parties.counter as c (org_id, kind, last) values (${ctx.org.no}, ${kind}, ${n})
    on conflict (org_id, kind) do update set last = c.last + excluded.last
    returning last`.execute(ctx.tx);
  return r.rows[0]?.last ?? 0n;
}

/** Whether any code was ever given out under the organisation’s prefix. */
export async function anyCodeIssued(ctx: Ctx): Promise<boolean> {
  const r = await db(ctx)
    .selectFrom('parties.counter')
    .select('last')
    .where('org_id', '=', ctx.org.no)
    .where('kind', 'in', ['core', 'component', 'lot', 'unit', 'site'])
    .executeTakeFirst();
  return r !== undefined;
}
