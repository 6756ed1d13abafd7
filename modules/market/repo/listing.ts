import { jsonb, literally, newestFirst } from '@zaizao/platform/db';
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

/** One condition a word: as typed, or bare, anywhere in what a listing is found by. */
function matches(typed: string | undefined) {
  const like = (word: string) => `%${literally(word)}%`;
  return searchWords(typed ?? '').map(
    ({ word, bare }) => sql<boolean>`(search like ${like(word)} or search like ${like(bare)})`,
  );
}

/** Open listings of every seller, newest first; words match anywhere in number, OE number or name. */
export function searchOpen(ctx: Pick<PublicCtx, 'tx'>, s: Search): Promise<ListingRow[]> {
  let q = db(ctx).selectFrom('market.listing').selectAll().where('state', '=', 'open');
  if (s.goodsClass) q = q.where('goods_class', '=', s.goodsClass);
  for (const found of matches(s.q)) q = q.where(found);
  return newestFirst(q, s).execute();
}

export function ownListings(
  ctx: Ctx,
  f: {
    state?: ListingTable['state'] | undefined;
    q?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<ListingRow[]> {
  let q = db(ctx).selectFrom('market.listing').selectAll().where('org_id', '=', ctx.org.no);
  if (f.state) q = q.where('state', '=', f.state);
  for (const found of matches(f.q)) q = q.where(found);
  return newestFirst(q, f).execute();
}

/** The parts of this seller that are offered now. */
export async function offeredParts(ctx: Ctx): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('market.listing')
    .select('part_id')
    .distinct()
    .where('org_id', '=', ctx.org.no)
    .where('state', 'in', ['open', 'reserved'])
    .execute();
  return rows.map((r) => r.part_id);
}

/** What the open listings of a part are found by, anew; the serial is each listing's own. */
export async function renumber(
  ctx: Ctx,
  partId: string,
  numbers: readonly string[],
  search: (serial: string) => string,
): Promise<void> {
  const rows = await db(ctx)
    .selectFrom('market.listing')
    .select(['id', 'serial'])
    .where('org_id', '=', ctx.org.no)
    .where('part_id', '=', partId)
    .where('state', 'in', ['open', 'reserved'])
    .execute();
  for (const { id, serial } of rows) {
    await db(ctx)
      .updateTable('market.listing')
      .set({ numbers: [...numbers], search: search(serial) })
      .where('org_id', '=', ctx.org.no)
      .where('id', '=', id)
      .execute();
  }
}
