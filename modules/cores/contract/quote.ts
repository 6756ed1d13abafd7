/** Quotes and offers: previewed, requested, accepted, handed over; a grade disputed by its supplier. */
import { endpoint, fen, id, line, page, pageQuery } from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import {
  bilingual,
  CoreState,
  CoreView,
  CriterionView,
  coreId,
  Grade,
  PartRef,
  photos,
  Supply,
} from './core.ts';
import { corePermissions } from './permissions.ts';

const Candidate = z.object({
  part: PartRef,
  photo: sha256.optional(),
  via: z.string(),
  offers: z.array(z.object({ grade: Grade, creditFen: fen, text: bilingual })),
  programmeId: z.string(),
});

export const previewQuote = endpoint({
  id: 'cores.previewQuote',
  method: 'GET',
  path: '/api/v1/cores/quote-preview',
  title: text('按号码查询收购价', 'Look up what a core is worth by its number'),
  access: corePermissions('cores.quote:request'),
  query: z.object({ number: line(60), toOrgId: id('org').optional() }),
  response: z.object({
    candidates: z.array(Candidate.extend({ criteria: z.array(CriterionView) })),
  }),
});

const QuoteBody = z.object({
  number: line(60),
  partId: id('part').optional(),
  claimedGrade: Grade.optional(),
  photos,
  note: line(500, 0).optional(),
  ...Supply,
});

export const requestQuote = endpoint({
  id: 'cores.requestQuote',
  method: 'POST',
  path: '/api/v1/cores/quote-requests',
  title: text('向再制造厂询价', 'Ask a remanufacturer for a quote'),
  access: corePermissions('cores.quote:request'),
  body: QuoteBody.extend({ toOrgId: id('org') }),
  response: CoreView,
  status: 201,
});

export const quoteCore = endpoint({
  id: 'cores.quoteCore',
  method: 'POST',
  path: '/api/v1/cores/quotes',
  title: text('为供方的旧件报价', 'Quote for a supplier’s core'),
  access: corePermissions('cores.core:quote'),
  body: QuoteBody.extend({ supplierId: id('partner') }),
  response: CoreView,
  status: 201,
});

export const listOffers = endpoint({
  id: 'cores.listOffers',
  method: 'GET',
  path: '/api/v1/cores/my-offers',
  title: text('我卖的旧件', 'The cores that I sell'),
  access: corePermissions('cores.quote:request'),
  query: pageQuery.extend({ state: CoreState.optional() }),
  response: page(CoreView.extend({ buyer: z.string() })),
});

export const acceptQuote = endpoint({
  id: 'cores.acceptQuote',
  method: 'POST',
  path: '/api/v1/cores/my-offers/:coreId/acceptance',
  title: text('接受报价', 'Accept a quote'),
  access: corePermissions('cores.quote:request'),
  params: coreId,
  body: z.object({ accept: z.boolean(), pickUpAddress: line(200).optional() }),
  response: CoreView,
});

export const disputeGrade = endpoint({
  id: 'cores.disputeGrade',
  method: 'POST',
  path: '/api/v1/cores/my-offers/:coreId/dispute',
  title: text('对定级提出异议', 'Dispute a grade'),
  access: corePermissions('cores.quote:request'),
  params: coreId,
  body: z.object({ reason: line(500) }),
  response: CoreView,
});

/** A supplier hands its core to the carrier or collector: it is on its way. */
export const handOver = endpoint({
  id: 'cores.handOver',
  method: 'POST',
  path: '/api/v1/cores/my-offers/:coreId/hand-over',
  title: text('交货起运', 'Hand a core over for transport'),
  access: corePermissions('cores.quote:request'),
  params: coreId,
  body: z.object({ photos }),
  response: CoreView,
});
