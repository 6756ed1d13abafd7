import { literally } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { NumberLink } from '../domain/interchange.ts';
import type { LinkRow, NumberRow, PartRow, Tables } from './tables.ts';

const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

const parts = (ctx: Ctx) =>
  db(ctx).selectFrom('catalog.part').selectAll().where('org_id', '=', ctx.org.no);

export function findPart(ctx: Ctx, partId: string): Promise<PartRow | undefined> {
  return parts(ctx).where('id', '=', partId).executeTakeFirst();
}

export function partByNorm(ctx: Ctx, norm: string): Promise<PartRow | undefined> {
  return parts(ctx).where('norm', '=', norm).executeTakeFirst();
}

export function partByGtin(ctx: Ctx, gtin: string): Promise<PartRow | undefined> {
  return parts(ctx).where('gtin', '=', gtin).executeTakeFirst();
}

export async function partsByIds(ctx: Ctx, ids: readonly string[]): Promise<PartRow[]> {
  return ids.length === 0
    ? []
    : parts(ctx)
        .where('id', 'in', [...ids])
        .execute();
}

export async function partsByNorms(ctx: Ctx, norms: readonly string[]): Promise<PartRow[]> {
  return norms.length === 0
    ? []
    : parts(ctx)
        .where('norm', 'in', [...norms])
        .execute();
}

export interface PartFilter {
  readonly q?: string | undefined;
  readonly kind?: string | undefined;
  readonly family?: string | undefined;
  readonly active?: 'yes' | 'no' | undefined;
}

/** Parts in order of number; `q` is found in number, names and the numbers others use. */
export function partsAfter(
  ctx: Ctx,
  filter: PartFilter,
  norm: string,
  after: readonly [string, string] | undefined,
  limit: number,
): Promise<PartRow[]> {
  const q = filter.q?.trim() ? literally(filter.q.trim()) : null;
  const active = filter.active === undefined ? null : filter.active === 'yes';
  return parts(ctx)
    .where(
      sql<boolean>`(${q}::text is null or name_zh ilike '%' || ${q} || '%'
        or name_en ilike '%' || ${q} || '%' or (${norm} <> '' and (norm like ${norm} || '%'
        or exists (select 1 from catalog.part_number n where n.org_id = part.org_id
          and n.part_id = part.id and n.norm like ${norm} || '%'))))`,
    )
    .where(sql<boolean>`(${filter.kind ?? null}::text is null or kind = ${filter.kind ?? null})`)
    .where(
      sql<boolean>`(${filter.family ?? null}::text is null or family = ${filter.family ?? null})`,
    )
    .where(sql<boolean>`(${active}::boolean is null or active = ${active})`)
    .where(
      sql<boolean>`(${after?.[0] ?? null}::text is null
        or (number, id) > (${after?.[0] ?? null}::text, ${after?.[1] ?? null}::text))`,
    )
    .orderBy('number')
    .orderBy('id')
    .limit(limit + 1)
    .execute();
}

export async function updatePart(
  ctx: Ctx,
  partId: string,
  version: number,
  set: Partial<PartRow>,
): Promise<boolean> {
  const r = await db(ctx)
    .updateTable('catalog.part')
    .set({ ...set, version: version + 1, updated_at: ctx.now })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', partId)
    .where('version', '=', version)
    .executeTakeFirst();
  return r.numUpdatedRows === 1n;
}

/** The numbers of some parts. */
export async function numbersOf(ctx: Ctx, partIds: readonly string[]): Promise<NumberRow[]> {
  if (partIds.length === 0) return [];
  return db(ctx)
    .selectFrom('catalog.part_number')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('part_id', 'in', [...partIds])
    .orderBy('part_id')
    .orderBy('kind')
    .orderBy('norm')
    .execute();
}

/** Who carries any of these numbers. */
export async function carriersOf(ctx: Ctx, norms: readonly string[]): Promise<NumberRow[]> {
  if (norms.length === 0) return [];
  return db(ctx)
    .selectFrom('catalog.part_number')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('norm', 'in', [...norms])
    .orderBy('norm')
    .orderBy('part_id')
    .execute();
}

/** Replaces the numbers of a part that others use. */
export async function replaceNumbers(
  ctx: Ctx,
  partId: string,
  rows: readonly NumberRow[],
): Promise<void> {
  await db(ctx)
    .deleteFrom('catalog.part_number')
    .where('org_id', '=', ctx.org.no)
    .where('part_id', '=', partId)
    .execute();
  if (rows.length > 0)
    await db(ctx)
      .insertInto('catalog.part_number')
      .values([...rows])
      .execute();
}

/** Links that touch any of the numbers, from either end. */
export async function linksTouching(ctx: Ctx, norms: readonly string[]): Promise<LinkRow[]> {
  if (norms.length === 0) return [];
  return db(ctx)
    .selectFrom('catalog.number_link')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where((e) => e.or([e('from_norm', 'in', [...norms]), e('to_norm', 'in', [...norms])]))
    .orderBy('from_norm')
    .orderBy('to_norm')
    .execute();
}

export function asNumberLink(r: LinkRow): NumberLink {
  return {
    from: r.from_norm,
    to: r.to_norm,
    relation: r.relation,
    needsCoding: r.needs_coding,
    vinBound: r.vin_bound,
  };
}

export async function removeLink(
  ctx: Ctx,
  key: Pick<LinkRow, 'from_norm' | 'to_norm' | 'relation'>,
): Promise<boolean> {
  const r = await db(ctx)
    .deleteFrom('catalog.number_link')
    .where('org_id', '=', ctx.org.no)
    .where('from_norm', '=', key.from_norm)
    .where('to_norm', '=', key.to_norm)
    .where('relation', '=', key.relation)
    .executeTakeFirst();
  return r.numDeletedRows === 1n;
}
