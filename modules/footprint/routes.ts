import { type Route, route } from '@zaizao/platform/http';
import { ok } from '@zaizao/platform/kernel';
import * as c from './contract.ts';
import { effectView, scenarioView } from './service/effect.ts';
import { allFactors, factorsVersion } from './service/factors.ts';

export const routes: readonly Route[] = [
  route(c.listFactors, async () => ok({ version: factorsVersion, items: allFactors() })),
  route(c.effect, (ctx, { query }) => effectView(ctx, query)),
  route(c.scenario, async (_ctx, { query }) => scenarioView(query)),
];
