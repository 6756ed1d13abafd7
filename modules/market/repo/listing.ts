import { decodeCursor, jsonb } from '@zaizao/platform/db';
import type { Ctx, PublicCtx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import { searchWords } from '../domain/search-text.ts';
import { db, type ListingTable } from './tables.ts';

export type ListingRow = ListingTable;

export function insertListing(
  ctx: Ctx,
  l: Omit<ListingTable, 'org_id' | 'state' | 'listed_at' | 'version'>,
): Promise<ListingRow> {
  return db(ctx)
    .insertInto('market.listing')
    .values({
      ...l,
      seller: jsonb(l.seller),
      part: jsonb(l.part),
      org_id: ctx.org.no,
      state: 'open',
      listed_at: ctx.now,
      version: 1,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** A published listing of any seller. */
export function findPublished(
  ctx: Pick<PublicCtx, 'tx'>,
  id: string,
): Promise<ListingRow | undefined> {
  return db(ctx).selectFrom('market.listing').selectAll().where('id', '=', id).executeTakeFirst();
}

export function lockListing(ctx: Ctx, id: string): Promise<ListingRow | undefined> {
  return db(ctx)
    .selectFrom('market.listing')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export function openListingOf(ctx: Ctx, unitId: string): Promise<ListingRow | undefined> {
  return db(ctx)
    .selectFrom('market.listing')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('unit_id', '=', unitId)
    .where('state', 'in', ['open', 'reserved'])
    .executeTakeFirst();
}

export function moveListing(
  ctx: Ctx,
  id: string,
  from: ListingTable['state'],
  to: ListingTable['state'],
): Promise<ListingRow | undefined> {
  return db(ctx)
    .updateTable('market.listing')
    .set({ state: to, version: sql<number>`version + 1` })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('state', '=', from)
    .returningAll()
    .executeTakeFirst();
}

interface Search {
  q?: string | undefined;
  goodsClass?: ListingTable['goods_class'] | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Open listings of every seller, newest first; words match anywhere in number, OE number or name. */
export function searchOpen(ctx: Pick<PublicCtx, 'tx'>, s: Search): Promise<ListingRow[]> {
  const after = s.cursor === undefined ? undefined : decodeCursor(s.cursor)?.[0];
  let q = db(ctx).selectFrom('market.listing').selectAll().where('state', '=', 'open');
  if (after !== undefined) q = q.where('id', '<', String(after));
  if (s.goodsClass) q = q.where('goods_class', '=', s.goodsClass);
  const like = (word: string) => `%${word.replace(/[\\%_]/g, '\\$&')}%`;
  for (const { word, bare } of searchWords(s.q ?? '')) {
    q = q.where((e) => e.or([e('search', 'like', like(word)), e('search', 'like', like(bare))]));
  }
  return q
    .orderBy('id', 'desc')
    .limit(s.limit + 1)
    .execute();
}

export function ownListings(
  ctx: Ctx,
  f: { state?: ListingTable['state'] | undefined; cursor?: string | undefined; limit: number },
): Promise<ListingRow[]> {
  const after = f.cursor === undefined ? undefined : decodeCursor(f.cursor)?.[0];
  let q = db(ctx).selectFrom('market.listing').selectAll().where('org_id', '=', ctx.org.no);
  if (after !== undefined) q = q.where('id', '<', String(after));
  if (f.state) q = q.where('state', '=', f.state);
  return q
    .orderBy('id', 'desc')
    .limit(f.limit + 1)
    .execute();
}
