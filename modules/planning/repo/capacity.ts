import { jsonb, newestFirst } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { sql } from 'kysely';
import type { RequestState } from '../domain/machines.ts';
import { db, type OfferTable, type RequestTable } from './tables.ts';

export type OfferRow = OfferTable;
export type RequestRow = RequestTable;

export function insertOffer(
  ctx: Ctx,
  o: Omit<OfferTable, 'org_id' | 'version'>,
): Promise<OfferRow> {
  return db(ctx)
    .insertInto('planning.capacity_offer')
    .values({ ...o, provider: jsonb(o.provider), org_id: ctx.org.no, version: 1 })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Offers of every organisation of this installation: the table is published. */
export function listOfferRows(
  ctx: Ctx,
  f: {
    stationKind?: string | undefined;
    own?: 'yes' | 'no' | undefined;
    state?: OfferTable['state'] | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<OfferRow[]> {
  let q = db(ctx).selectFrom('planning.capacity_offer').selectAll();
  if (f.own === 'yes') q = q.where('org_id', '=', ctx.org.no);
  else if (f.own === 'no') q = q.where('org_id', '<>', ctx.org.no);
  // What others no longer offer is nobody else's business.
  q = q.where((e) => e.or([e('org_id', '=', ctx.org.no), e('state', '=', 'open')]));
  if (f.state) q = q.where('state', '=', f.state);
  if (f.stationKind) q = q.where('station_kind', '=', f.stationKind);
  return newestFirst(q, f).execute();
}

/** An offer of anybody. */
export function findAnyOffer(ctx: Ctx, id: string): Promise<OfferRow | undefined> {
  return db(ctx)
    .selectFrom('planning.capacity_offer')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
}

export function lockOffer(ctx: Ctx, id: string): Promise<OfferRow | undefined> {
  return db(ctx)
    .selectFrom('planning.capacity_offer')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export function updateOffer(
  ctx: Ctx,
  id: string,
  set: Partial<Pick<OfferTable, 'state' | 'minutes_left'>>,
): Promise<OfferRow | undefined> {
  return db(ctx)
    .updateTable('planning.capacity_offer')
    .set({ ...set, version: sql<number>`version + 1` })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

export function insertRequest(
  ctx: Ctx,
  r: Omit<RequestTable, 'org_id' | 'version'>,
): Promise<RequestRow> {
  return db(ctx)
    .insertInto('planning.capacity_request')
    .values({ ...r, revisions: jsonb(r.revisions), org_id: ctx.org.no, version: 1 })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** A request that this organisation made or got. */
export function findRequest(ctx: Ctx, id: string): Promise<RequestRow | undefined> {
  return db(ctx)
    .selectFrom('planning.capacity_request')
    .selectAll()
    .where((e) => e.or([e('org_id', '=', ctx.org.no), e('buyer_org', '=', ctx.org.no)]))
    .where('id', '=', id)
    .executeTakeFirst();
}

/** One at the provider, locked: all changes are made there. */
export function lockRequest(ctx: Ctx, id: string): Promise<RequestRow | undefined> {
  return db(ctx)
    .selectFrom('planning.capacity_request')
    .selectAll()
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export function listRequestRows(
  ctx: Ctx,
  f: { state?: RequestState | undefined; cursor?: string | undefined; limit: number },
): Promise<RequestRow[]> {
  let q = db(ctx)
    .selectFrom('planning.capacity_request')
    .selectAll()
    .where((e) => e.or([e('org_id', '=', ctx.org.no), e('buyer_org', '=', ctx.org.no)]));
  if (f.state) q = q.where('state', '=', f.state);
  return newestFirst(q, f).execute();
}

export function updateRequest(
  ctx: Ctx,
  id: string,
  from: RequestState,
  set: Partial<
    Pick<
      RequestTable,
      'state' | 'minutes' | 'price_fen' | 'from_at' | 'to_at' | 'revisions' | 'station_id'
    >
  >,
): Promise<RequestRow | undefined> {
  const { revisions, ...plain } = set;
  return db(ctx)
    .updateTable('planning.capacity_request')
    .set({
      ...plain,
      ...(revisions ? { revisions: jsonb(revisions) } : {}),
      version: sql<number>`version + 1`,
    })
    .where('org_id', '=', ctx.org.no)
    .where('id', '=', id)
    .where('state', '=', from)
    .returningAll()
    .executeTakeFirst();
}
