import { allocateCode } from '@zaizao/modules/parties';
import { stationsOf } from '@zaizao/modules/production';
import { cutPage } from '@zaizao/platform/db';
import type { Ctx, OrgRef } from '@zaizao/platform/http';
import { err, mulDiv, newId, ok, type Result, type Text, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type answerRequest,
  type listOffers,
  type listRequests,
  type makeOffer,
  type OfferView,
  planningErrors,
  type RequestView,
  type requestCapacity,
} from '../contract.ts';
import { type RequestEvent, type RequestState, requestMachine } from '../domain/machines.ts';
import * as repo from '../repo/capacity.ts';
import { insertClosure } from '../repo/resource.ts';

type Offer = z.input<typeof OfferView>;
type Request = z.input<typeof RequestView>;

const OFFER_STATES: Record<repo.OfferRow['state'], Text> = {
  open: text('开放', 'open'),
  taken: text('订满', 'fully taken'),
  withdrawn: text('撤回', 'withdrawn'),
};
const REQUEST_STATES: Record<RequestState, Text> = {
  asked: text('待答复', 'asked'),
  countered: text('供方另有方案', 'countered'),
  accepted: text('已接受', 'accepted'),
  declined: text('已谢绝', 'declined'),
  withdrawn: text('已撤回', 'withdrawn'),
  done: text('已完成', 'done'),
};

async function offerView(ctx: Ctx, o: repo.OfferRow): Promise<Offer> {
  return {
    id: o.id,
    code: o.code,
    state: o.state,
    provider: { id: o.provider_id, name: o.provider.name, simulated: o.provider.simulated },
    own: o.org_id === ctx.org.no,
    stationKind: o.station_kind,
    title: o.title,
    capability: o.capability,
    region: o.region,
    from: o.from_at.toISOString(),
    to: o.to_at.toISOString(),
    minutes: o.minutes,
    minutesLeft: o.minutes_left,
    priceFen: String(o.price_fen),
    madeAt: o.made_at.toISOString(),
    version: o.version,
  };
}

export async function offersPage(
  ctx: Ctx,
  query: z.output<(typeof listOffers)['query']>,
): Promise<Result<{ items: Offer[]; next?: string }>> {
  const cut = cutPage(await repo.listOfferRows(ctx, query), query.limit, (o) => [o.id]);
  return ok({ ...cut, items: await Promise.all(cut.items.map((o) => offerView(ctx, o))) });
}

/** Puts idle capacity in the common window of this installation. */
export async function offerCapacity(
  ctx: Ctx,
  body: z.output<(typeof makeOffer)['body']>,
): Promise<Result<Offer>> {
  const [from, to] = [new Date(body.from), new Date(body.to)];
  if (to <= from) return err(planningErrors.CLOSURE_SPAN());
  const row = await repo.insertOffer(ctx, {
    id: newId('cap', ctx.now.getTime()),
    code: await allocateCode(ctx, 'capacity-offer'),
    state: 'open',
    provider_id: ctx.org.id,
    provider: { name: ctx.org.name, simulated: ctx.org.simulated },
    station_kind: body.stationKind,
    title: body.title,
    capability: body.capability,
    region: body.region,
    from_at: from,
    to_at: to,
    minutes: body.minutes,
    minutes_left: body.minutes,
    price_fen: BigInt(body.priceFen),
    made_at: ctx.now,
  });
  return ok(await offerView(ctx, row));
}

export async function takeBackOffer(ctx: Ctx, offerId: string): Promise<Result<Offer>> {
  const offer = await repo.lockOffer(ctx, offerId);
  if (!offer) return err(planningErrors.CAPACITY_OFFER_NOT_FOUND());
  if (offer.state !== 'open') return offerState(ctx, offer);
  const row = await repo.updateOffer(ctx, offerId, { state: 'withdrawn' });
  return ok(await offerView(ctx, row ?? offer));
}

function offerState(ctx: Ctx, o: repo.OfferRow) {
  return err(
    planningErrors.CAPACITY_OFFER_STATE({ code: o.code, state: OFFER_STATES[o.state][ctx.lang] }),
  );
}

function requestView(ctx: Ctx, r: repo.RequestRow): Request {
  return {
    id: r.id,
    offerId: r.offer_id,
    offerCode: r.offer_code,
    stationKind: r.station_kind,
    side: r.buyer_org === ctx.org.no ? 'buyer' : 'provider',
    provider: r.provider_name,
    buyer: r.buyer_name,
    state: r.state,
    minutes: r.minutes,
    priceFen: String(r.price_fen),
    totalFen: String(mulDiv(r.price_fen, BigInt(r.minutes), 60n)),
    from: r.from_at.toISOString(),
    to: r.to_at.toISOString(),
    revisions: r.revisions,
    // Which bench of the provider it is concerns the provider.
    ...(r.station_id && r.buyer_org !== ctx.org.no ? { stationId: r.station_id } : {}),
    madeAt: r.made_at.toISOString(),
    version: r.version,
  };
}

/** Asks another plant for some of what it offers, with what is to be made. */
export async function ask(
  ctx: Ctx,
  offerId: string,
  body: z.output<(typeof requestCapacity)['body']>,
): Promise<Result<Request>> {
  const seen = await repo.findAnyOffer(ctx, offerId);
  const provider = seen && (await ctx.app.organisation(seen.org_id));
  if (!seen || !provider) return err(planningErrors.CAPACITY_OFFER_NOT_FOUND());
  if (seen.org_id === ctx.org.no) return err(planningErrors.CAPACITY_OFFER_OWN());
  const buyer = ctx.org;
  const row = await ctx.inOrg(provider, 'planning.request-capacity', (there) =>
    askAt(there, buyer, offerId, body),
  );
  return row.ok ? ok(requestView(ctx, row.value)) : row;
}

async function askAt(
  there: Ctx,
  buyer: OrgRef,
  offerId: string,
  body: z.output<(typeof requestCapacity)['body']>,
): Promise<Result<repo.RequestRow>> {
  const offer = await repo.lockOffer(there, offerId);
  if (!offer) return err(planningErrors.CAPACITY_OFFER_NOT_FOUND());
  if (offer.state !== 'open') return offerState(there, offer);
  const fits = fit(offer, body.minutes, new Date(body.from), new Date(body.to));
  if (!fits.ok) return fits;
  const row = await repo.insertRequest(there, {
    id: newId('creq', there.now.getTime()),
    offer_id: offerId,
    buyer_org: buyer.no,
    buyer_id: buyer.id,
    buyer_name: buyer.name,
    provider_name: there.org.name,
    offer_code: offer.code,
    station_kind: offer.station_kind,
    state: 'asked',
    minutes: body.minutes,
    price_fen: offer.price_fen,
    from_at: new Date(body.from),
    to_at: new Date(body.to),
    revisions: [{ by: 'buyer', text: body.specification, at: there.now.toISOString() }],
    station_id: null,
    made_at: there.now,
  });
  await there.publish('planning.capacity-requested', row.id, { requestId: row.id });
  return ok(row);
}

function fit(o: repo.OfferRow, minutes: number, from: Date, to: Date): Result<unknown> {
  if (minutes > o.minutes_left)
    return err(planningErrors.CAPACITY_OFFER_SHORT({ left: o.minutes_left }));
  const room = (to.getTime() - from.getTime()) / 60_000;
  if (from < o.from_at || to > o.to_at || room < minutes)
    return err(planningErrors.CAPACITY_OFFER_WINDOW());
  return ok();
}

export async function requestsPage(
  ctx: Ctx,
  query: z.output<(typeof listRequests)['query']>,
): Promise<Result<{ items: Request[]; next?: string }>> {
  const cut = cutPage(await repo.listRequestRows(ctx, query), query.limit, (r) => [r.id]);
  return ok({ ...cut, items: cut.items.map((r) => requestView(ctx, r)) });
}

/** Finds a request and goes to where it is kept, as the side that may take this step. */
async function atProvider(
  ctx: Ctx,
  requestId: string,
  side: 'provider' | 'buyer',
  reason: string,
  step: (there: Ctx, r: repo.RequestRow) => Promise<Result<repo.RequestRow>>,
): Promise<Result<Request>> {
  const seen = await repo.findRequest(ctx, requestId);
  const mine = side === 'buyer' ? seen?.buyer_org === ctx.org.no : seen?.org_id === ctx.org.no;
  if (!seen || !mine) return err(planningErrors.CAPACITY_REQUEST_NOT_FOUND());
  const work = async (there: Ctx) => {
    const row = await repo.lockRequest(there, requestId);
    return row ? step(there, row) : err(planningErrors.CAPACITY_REQUEST_NOT_FOUND());
  };
  const provider = side === 'buyer' ? await ctx.app.organisation(seen.org_id) : undefined;
  const done = provider ? await ctx.inOrg(provider, reason, work) : await work(ctx);
  return done.ok ? ok(requestView(ctx, done.value)) : done;
}

async function move(
  ctx: Ctx,
  r: repo.RequestRow,
  event: RequestEvent,
  set: Omit<Parameters<typeof repo.updateRequest>[3], 'state'> = {},
): Promise<Result<repo.RequestRow>> {
  const to = requestMachine.next(r.state, event);
  const moved = to && (await repo.updateRequest(ctx, r.id, r.state, { ...set, state: to }));
  if (!moved) {
    return err(planningErrors.CAPACITY_REQUEST_STATE({ state: REQUEST_STATES[r.state][ctx.lang] }));
  }
  await ctx.publish('planning.capacity-request-moved', r.id, { requestId: r.id, state: to });
  return ok(moved);
}

/** The provider's word: yes on a station of its choice, no with a reason, or otherwise. */
export function answer(
  ctx: Ctx,
  requestId: string,
  body: z.output<(typeof answerRequest)['body']>,
): Promise<Result<Request>> {
  return atProvider(ctx, requestId, 'provider', 'planning.answer-request', async (here, r) => {
    const at = here.now.toISOString();
    if (body.answer === 'decline') {
      const revisions = [...r.revisions, { by: 'provider' as const, text: body.reason, at }];
      return move(here, r, 'decline', { revisions });
    }
    const station = (await stationsOf(here)).find((s) => s.id === body.stationId);
    if (station?.kind !== r.station_kind) return err(planningErrors.STATION_UNKNOWN());
    if (body.answer === 'accept') {
      return book(here, { ...r, station_id: station.id }, 'accept');
    }
    const offer = await repo.lockOffer(here, r.offer_id);
    if (!offer) return err(planningErrors.CAPACITY_OFFER_NOT_FOUND());
    const [from, to] = [new Date(body.from), new Date(body.to)];
    const fits = fit(offer, body.minutes, from, to);
    if (!fits.ok) return fits;
    return move(here, r, 'counter', {
      minutes: body.minutes,
      price_fen: BigInt(body.priceFen),
      from_at: from,
      to_at: to,
      station_id: station.id,
      revisions: [...r.revisions, { by: 'provider', text: body.specification, at }],
    });
  });
}

/** The bargain is made: the capacity is gone from the offer, and the station is kept free for it. */
async function book(
  here: Ctx,
  r: repo.RequestRow,
  event: 'accept' | 'agree',
): Promise<Result<repo.RequestRow>> {
  const offer = await repo.lockOffer(here, r.offer_id);
  if (!offer) return err(planningErrors.CAPACITY_OFFER_NOT_FOUND());
  if (offer.state !== 'open') return offerState(here, offer);
  if (r.minutes > offer.minutes_left) {
    return err(planningErrors.CAPACITY_OFFER_SHORT({ left: offer.minutes_left }));
  }
  const moved = await move(here, r, event, { station_id: r.station_id });
  if (!moved.ok) return moved;
  const left = offer.minutes_left - r.minutes;
  await repo.updateOffer(here, offer.id, {
    minutes_left: left,
    ...(left === 0 ? { state: 'taken' as const } : {}),
  });
  if (r.station_id) {
    await insertClosure(here, {
      id: newId('clo', here.now.getTime()),
      kind: 'station',
      subject_id: r.station_id,
      from_at: r.from_at,
      to_at: new Date(r.from_at.getTime() + r.minutes * 60_000),
      reason: `${r.buyer_name} ${r.offer_code}`,
      request_id: r.id,
    });
  }
  return moved;
}

/** The buyer agrees to what the provider proposed. */
export const agree = (ctx: Ctx, requestId: string): Promise<Result<Request>> =>
  atProvider(ctx, requestId, 'buyer', 'planning.agree-request', (there, r) =>
    book(there, r, 'agree'),
  );

export const withdraw = (ctx: Ctx, requestId: string): Promise<Result<Request>> =>
  atProvider(ctx, requestId, 'buyer', 'planning.withdraw-request', (there, r) =>
    move(there, r, 'withdraw'),
  );

/** The provider has done the work for the other organisation. */
export const finish = (ctx: Ctx, requestId: string): Promise<Result<Request>> =>
  atProvider(ctx, requestId, 'provider', 'planning.finish-request', (here, r) =>
    move(here, r, 'finish'),
  );
