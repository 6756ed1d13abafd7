import { endpoint, fen, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm, stationKind, version } from './shared.ts';

export const getCapacity = endpoint({
  id: 'planning.getCapacity',
  method: 'GET',
  path: '/api/v1/planning/capacity',
  title: text('负荷与产能', 'Load against capacity'),
  access: perm('planning.capacity:read'),
  query: z.object({ weeks: z.coerce.number().int().min(1).max(12).default(4) }),
  response: z.object({
    weeks: z.array(z.string()),
    stations: z.array(
      z.object({
        id: z.string(),
        code: z.string(),
        name: z.string(),
        kind: z.string(),
        /** Seconds by week: open, planned, and not yet planned (its share of its kind). */
        open: z.array(z.number()),
        planned: z.array(z.number()),
        unplanned: z.array(z.number()),
      }),
    ),
    /** Work of kinds that no station in use has. */
    homeless: z.array(z.object({ kind: z.string(), seconds: z.number() })),
  }),
});

const OfferState = z.enum(['open', 'taken', 'withdrawn']);

export const OfferView = z.object({
  id: z.string(),
  code: z.string(),
  state: OfferState,
  provider: z.object({ id: z.string(), name: z.string(), simulated: z.boolean() }),
  own: z.boolean(),
  stationKind: z.string(),
  title: z.string(),
  capability: z.string(),
  region: z.string(),
  from: instant,
  to: instant,
  minutes: z.number().int(),
  minutesLeft: z.number().int(),
  /** For one hour. */
  priceFen: fen,
  madeAt: instant,
  version,
});

const offerId = z.object({ offerId: id('cap') });
const requestId = z.object({ requestId: id('creq') });

export const listOffers = endpoint({
  id: 'planning.listOffers',
  method: 'GET',
  path: '/api/v1/planning/offers',
  title: text('闲置产能', 'Idle capacity on offer'),
  access: perm('planning.capacity:read'),
  query: pageQuery.extend({
    stationKind: stationKind.optional(),
    own: z.enum(['yes', 'no']).optional(),
    state: OfferState.optional(),
  }),
  response: page(OfferView),
});

export const makeOffer = endpoint({
  id: 'planning.makeOffer',
  method: 'POST',
  path: '/api/v1/planning/offers',
  title: text('发布闲置产能', 'Offer idle capacity'),
  access: perm('planning.capacity:offer'),
  body: z.object({
    stationKind,
    title: line(80),
    capability: line(500, 0).default(''),
    region: line(80, 0).default(''),
    from: instant,
    to: instant,
    minutes: z.number().int().min(10).max(100_000),
    priceFen: fen.refine((v) => !v.startsWith('-')),
  }),
  response: OfferView,
  status: 201,
});

export const withdrawOffer = endpoint({
  id: 'planning.withdrawOffer',
  method: 'POST',
  path: '/api/v1/planning/offers/:offerId/withdrawal',
  title: text('撤回闲置产能', 'Withdraw an offer of capacity'),
  access: perm('planning.capacity:offer'),
  params: offerId,
  response: OfferView,
});

const RequestState = z.enum([
  ...(['asked', 'countered', 'accepted', 'declined', 'withdrawn', 'done'] as const),
]);

export const RequestView = z.object({
  id: z.string(),
  offerId: z.string(),
  offerCode: z.string(),
  stationKind: z.string(),
  /** Which side the reader is on. */
  side: z.enum(['provider', 'buyer']),
  provider: z.string(),
  buyer: z.string(),
  state: RequestState,
  minutes: z.number().int(),
  priceFen: fen,
  totalFen: fen,
  from: instant,
  to: instant,
  revisions: z.array(
    z.object({ by: z.enum(['provider', 'buyer']), text: z.string(), at: instant }),
  ),
  stationId: z.string().optional(),
  madeAt: instant,
  version,
});

const terms = z.object({
  minutes: z.number().int().min(10).max(100_000),
  from: instant,
  to: instant,
  /** What is to be made and how, in this side's version. */
  specification: line(2000),
});

export const requestCapacity = endpoint({
  id: 'planning.requestCapacity',
  method: 'POST',
  path: '/api/v1/planning/offers/:offerId/requests',
  title: text('请求产能', 'Request capacity'),
  access: perm('planning.capacity:offer'),
  params: offerId,
  body: terms,
  response: RequestView,
  status: 201,
});

export const listRequests = endpoint({
  id: 'planning.listRequests',
  method: 'GET',
  path: '/api/v1/planning/requests',
  title: text('产能请求', 'Requests for capacity'),
  access: perm('planning.capacity:read'),
  query: pageQuery.extend({ state: RequestState.optional() }),
  response: page(RequestView),
});

export const answerRequest = endpoint({
  id: 'planning.answerRequest',
  method: 'POST',
  path: '/api/v1/planning/requests/:requestId/answer',
  title: text('答复产能请求', 'Answer a request for capacity'),
  access: perm('planning.capacity:offer'),
  params: requestId,
  body: z.discriminatedUnion('answer', [
    /** The station that is kept free for it. */
    z.object({ answer: z.literal('accept'), stationId: id('station') }),
    z.object({ answer: z.literal('decline'), reason: line(300) }),
    terms.extend({
      answer: z.literal('counter'),
      stationId: id('station'),
      priceFen: fen.refine((v) => !v.startsWith('-')),
    }),
  ]),
  response: RequestView,
});

export const agreeRequest = endpoint({
  id: 'planning.agreeRequest',
  method: 'POST',
  path: '/api/v1/planning/requests/:requestId/agreement',
  title: text('同意供方的方案', 'Agree to the provider’s proposal'),
  access: perm('planning.capacity:offer'),
  params: requestId,
  response: RequestView,
});

export const withdrawRequest = endpoint({
  id: 'planning.withdrawRequest',
  method: 'POST',
  path: '/api/v1/planning/requests/:requestId/withdrawal',
  title: text('撤回产能请求', 'Withdraw a request for capacity'),
  access: perm('planning.capacity:offer'),
  params: requestId,
  response: RequestView,
});

export const finishRequest = endpoint({
  id: 'planning.finishRequest',
  method: 'POST',
  path: '/api/v1/planning/requests/:requestId/completion',
  title: text('完成代工', 'Record that the work for others is done'),
  access: perm('planning.capacity:offer'),
  params: requestId,
  response: RequestView,
});
