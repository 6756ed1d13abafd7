import { cutPage } from '@zaizao/platform/db';
import { type Route, route } from '@zaizao/platform/http';
import { err, ok } from '@zaizao/platform/kernel';
import * as c from './contract.ts';
import { findMine, listClaimRows } from './repo/claim.ts';
import { claimView, sellerView, sellerViews } from './service/claim-views.ts';
import { bookCost, file, judge, receive, remedy, withdraw } from './service/claims.ts';

export const claimRoutes: readonly Route[] = [
  route(c.fileClaim, (ctx, { params, body }) => file(ctx, params.orderId, body)),
  route(c.listMyClaims, async (ctx, { query }) => {
    const cut = cutPage(await listClaimRows(ctx, 'buyer_org', query), query.limit, (x) => [x.id]);
    return ok({ ...cut, items: cut.items.map(claimView) });
  }),
  route(c.getMyClaim, async (ctx, { params }) => {
    const mine = await findMine(ctx, params.claimId);
    return mine ? ok(claimView(mine)) : err(c.claimErrors.CLAIM_NOT_FOUND());
  }),
  route(c.withdrawClaim, (ctx, { params }) => withdraw(ctx, params.claimId)),
  route(c.listClaims, async (ctx, { query }) => {
    const cut = cutPage(await listClaimRows(ctx, 'org_id', query), query.limit, (x) => [x.id]);
    return ok({ ...cut, items: await sellerViews(ctx, cut.items) });
  }),
  route(c.getClaim, (ctx, { params }) => sellerView(ctx, params.claimId)),
  route(c.receiveClaimed, (ctx, { params }) => receive(ctx, params.claimId)),
  route(c.judgeClaim, (ctx, { params, body }) => judge(ctx, params.claimId, body)),
  route(c.remedyClaim, (ctx, { params, body }) => remedy(ctx, params.claimId, body)),
  route(c.bookClaimCost, (ctx, { params, body }) => bookCost(ctx, params.claimId, body)),
];
