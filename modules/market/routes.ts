import { cutPage } from '@zaizao/platform/db';
import { type Ctx, publicRoute, type Route, route } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import * as c from './contract.ts';
import { findPublished, ownListings, searchOpen } from './repo/listing.ts';
import { findPurchase, findSale, listOrderRows, type OrderRow } from './repo/order.ts';
import { listForSale, listingView, withdraw } from './service/listings.ts';
import { margins, marginsByWeek } from './service/margins.ts';
import { orderView } from './service/order-step.ts';
import { answerOrder, pay, pick, ship, takeBack } from './service/orders.ts';
import { confirmDelivered, install, place, sendCoreBack } from './service/purchases.ts';

function found(row: OrderRow | undefined): Result<ReturnType<typeof orderView>> {
  return row ? ok(orderView(row)) : err(c.marketErrors.ORDER_NOT_FOUND());
}

type OrderQuery = Parameters<typeof listOrderRows>[2];

async function orders(ctx: Ctx, side: 'org_id' | 'buyer_org', query: OrderQuery) {
  const cut = cutPage(await listOrderRows(ctx, side, query), query.limit, (o) => [o.id]);
  return ok({ ...cut, items: cut.items.map(orderView) });
}

export const routes: readonly Route[] = [
  publicRoute(c.searchStorefront, async (ctx, { query }) => {
    const cut = cutPage(await searchOpen(ctx, query), query.limit, (l) => [l.id]);
    return ok({ ...cut, items: cut.items.map(listingView) });
  }),
  publicRoute(c.getListing, async (ctx, { params }) => {
    const listing = await findPublished(ctx, params.listingId);
    return listing ? ok(listingView(listing)) : err(c.marketErrors.LISTING_NOT_FOUND());
  }),
  route(c.listListings, async (ctx, { query }) => {
    const cut = cutPage(await ownListings(ctx, query), query.limit, (l) => [l.id]);
    return ok({ ...cut, items: cut.items.map(listingView) });
  }),
  route(c.listUnit, (ctx, { body }) => listForSale(ctx, body)),
  route(c.withdrawListing, (ctx, { params }) => withdraw(ctx, params.listingId)),
  route(c.placePurchase, (ctx, { body }) => place(ctx, body)),
  route(c.listPurchases, (ctx, { query }) => orders(ctx, 'buyer_org', query)),
  route(c.getPurchase, async (ctx, { params }) => found(await findPurchase(ctx, params.orderId))),
  route(c.confirmDelivery, (ctx, { params }) => confirmDelivered(ctx, params.orderId)),
  route(c.recordInstallation, (ctx, { params, body }) => install(ctx, params.orderId, body)),
  route(c.returnCore, (ctx, { params, body }) => sendCoreBack(ctx, params.orderId, body)),
  route(c.listSales, (ctx, { query }) => orders(ctx, 'org_id', query)),
  route(c.getSale, async (ctx, { params }) => found(await findSale(ctx, params.orderId))),
  route(c.confirmSale, (ctx, { params, body }) => answerOrder(ctx, params.orderId, body.accept)),
  route(c.recordPayment, (ctx, { params, body }) => pay(ctx, params.orderId, body.reference)),
  route(c.pickOrder, (ctx, { params, body }) => pick(ctx, params.orderId, body.serials)),
  route(c.shipOrder, (ctx, { params, body }) => ship(ctx, params.orderId, body)),
  route(c.receiveReturn, (ctx, { body }) => takeBack(ctx, body.unitId)),
  route(c.listMargins, async (ctx, { query }) => ok(await margins(ctx, query))),
  route(c.marginFigures, async (ctx, { query }) => ok(await marginsByWeek(ctx, query.weeks))),
];
