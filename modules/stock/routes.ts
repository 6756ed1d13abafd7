import { cutPage } from '@zaizao/platform/db';
import { type Route, route } from '@zaizao/platform/http';
import { ok } from '@zaizao/platform/kernel';
import * as c from './contract.ts';
import { listMissingRows } from './repo/settled.ts';
import { listStocktakeRows } from './repo/stocktake.ts';
import { close } from './service/close.ts';
import { remaining, scan, start, step } from './service/count.ts';
import { differencesPage, missingView, stocktakeOf, stocktakeView } from './service/views.ts';

export const routes: readonly Route[] = [
  route(c.startStocktake, (ctx, { body }) => start(ctx, body)),
  route(c.listStocktakes, async (ctx, { query }) => {
    const cut = cutPage(await listStocktakeRows(ctx, query), query.limit, (s) => [s.id]);
    return ok({ ...cut, items: cut.items.map(stocktakeView) });
  }),
  route(c.getStocktake, async (ctx, { params }) => {
    const found = await stocktakeOf(ctx, params.stocktakeId);
    return found.ok ? ok(stocktakeView(found.value)) : found;
  }),
  route(c.scanStock, (ctx, { params, body }) => scan(ctx, params.stocktakeId, body)),
  route(c.listRemaining, (ctx, { params, query }) => remaining(ctx, params.stocktakeId, query)),
  route(c.listDifferences, (ctx, { params, query }) =>
    differencesPage(ctx, params.stocktakeId, query),
  ),
  route(c.finishCounting, (ctx, { params, version }) =>
    step(ctx, params.stocktakeId, version, 'finish'),
  ),
  route(c.resumeCounting, (ctx, { params, version }) =>
    step(ctx, params.stocktakeId, version, 'resume'),
  ),
  route(c.cancelStocktake, (ctx, { params, version }) =>
    step(ctx, params.stocktakeId, version, 'cancel'),
  ),
  route(c.closeStocktake, (ctx, { params, body, version }) =>
    close(ctx, params.stocktakeId, version, body.settlements),
  ),
  route(c.listMissing, async (ctx, { query }) => {
    const cut = cutPage(await listMissingRows(ctx, query), query.limit, (m) => [m.id]);
    return ok({ ...cut, items: cut.items.map(missingView) });
  }),
];
