/** What is offered: listed by a seller, found by a buyer. */
import { endpoint, fen, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './permissions.ts';
import { PartRef } from './shared.ts';

/** The five classes of goods: every listing says which it is (MK-05). */
export const GoodsClass = z.enum([
  'reman-new',
  'direct-reuse',
  'remanufacturable',
  'market-new',
  'second-hand',
]);

export const ListingView = z.object({
  id: z.string(),
  code: z.string(),
  state: z.enum(['open', 'reserved', 'sold', 'withdrawn']),
  seller: z.object({ id: z.string(), name: z.string(), simulated: z.boolean() }),
  unitId: z.string(),
  serial: z.string(),
  epc: z.string(),
  part: PartRef,
  numbers: z.array(z.string()),
  life: z.number().int(),
  goodsClass: GoodsClass,
  priceFen: fen,
  depositFen: fen,
  warrantyMonths: z.number().int(),
  /** Beside the months, whichever ends first. */
  warrantyKm: z.number().int().optional(),
  /** What it covers and what not, in the seller's words. */
  warrantyTerms: z.string(),
  certificateCode: z.string().optional(),
  listedAt: instant,
});

export const listingId = z.object({ listingId: id('list') });

export const searchStorefront = endpoint({
  id: 'market.searchStorefront',
  method: 'GET',
  path: '/api/v1/market/storefront',
  title: text('商城搜索（型号、OE 号、名称）', 'Search the storefront'),
  access: 'public',
  bucket: 'public',
  query: pageQuery.extend({
    q: z.string().trim().max(60).optional(),
    goodsClass: GoodsClass.optional(),
  }),
  response: page(ListingView),
});

export const getListing = endpoint({
  id: 'market.getListing',
  method: 'GET',
  path: '/api/v1/market/storefront/:listingId',
  title: text('查看商品', 'See a listing'),
  access: 'public',
  bucket: 'public',
  params: listingId,
  response: ListingView,
});

export const listListings = endpoint({
  id: 'market.listListings',
  method: 'GET',
  path: '/api/v1/market/listings',
  title: text('我的上架商品', 'Own listings'),
  access: perm('market.listing:read'),
  query: pageQuery.extend({
    state: z.enum(['open', 'reserved', 'sold', 'withdrawn']).optional(),
    /** Number, serial or name, however typed; also of what was sold or withdrawn long ago. */
    q: z.string().trim().max(60).optional(),
  }),
  response: page(ListingView),
});

export const listUnit = endpoint({
  id: 'market.listUnit',
  method: 'POST',
  path: '/api/v1/market/listings',
  title: text('产品上架', 'List a unit'),
  access: perm('market.listing:edit'),
  body: z.object({
    unitId: id('unit'),
    priceFen: fen,
    goodsClass: GoodsClass,
    warrantyMonths: z.number().int().min(0).max(120),
    warrantyKm: z.number().int().min(1).max(5_000_000).optional(),
    warrantyTerms: line(600, 0).default(''),
  }),
  response: ListingView,
  status: 201,
});

export const withdrawListing = endpoint({
  id: 'market.withdrawListing',
  method: 'POST',
  path: '/api/v1/market/listings/:listingId/withdrawal',
  title: text('下架', 'Withdraw a listing'),
  access: perm('market.listing:edit'),
  params: listingId,
  response: ListingView,
});
