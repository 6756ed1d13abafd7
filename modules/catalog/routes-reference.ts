import { type Route, route } from '@zaizao/platform/http';
import * as c from './contract/reference.ts';
import { issueNewPlan, issuePackage, newPlanView, packageView } from './service/reference.ts';

/** The new product that ours is measured by, and the package it leaves in. */
export const referenceRoutes: readonly Route[] = [
  route(c.getNewPlan, (ctx, { params }) => newPlanView(ctx, params.partId)),
  route(c.setNewPlan, (ctx, { params, version, body }) =>
    issueNewPlan(ctx, params.partId, version, body),
  ),
  route(c.getPackage, (ctx, { params }) => packageView(ctx, params.partId)),
  route(c.setPackage, (ctx, { params, version, body }) =>
    issuePackage(ctx, params.partId, version, body),
  ),
];
