import { cutPage } from '@zaizao/platform/db';
import { type Route, route } from '@zaizao/platform/http';
import { ok } from '@zaizao/platform/kernel';
import * as c from './contract.ts';
import { listCleaningRows, runningCount } from './repo/cleaning.ts';
import { componentCounts, listComponentRows } from './repo/component.ts';
import { listTeardownRows, openTeardownCount } from './repo/teardown.ts';
import { planRoutes } from './routes-plan.ts';
import { batchView, finishBatch, startBatch } from './service/cleaning.ts';
import { componentView, getComponent, scrap } from './service/components.ts';
import { finish, recordPosition, start, view } from './service/teardown.ts';

export const routes: readonly Route[] = [
  route(c.startTeardown, (ctx, { body }) => start(ctx, body)),
  route(c.getTeardown, (ctx, { params }) => view(ctx, params.teardownId)),
  route(c.listTeardowns, async (ctx, { query }) => {
    const cut = cutPage(await listTeardownRows(ctx, query), query.limit, (t) => [t.id]);
    const items = cut.items.map((t) => ({
      id: t.id,
      code: t.code,
      state: t.state,
      coreId: t.core_id,
      coreCode: t.core_code,
      part: t.part,
      startedAt: t.started_at.toISOString(),
      ...(t.finished_at ? { finishedAt: t.finished_at.toISOString() } : {}),
    }));
    return ok({ ...cut, items });
  }),
  route(c.recordLine, (ctx, { params, body }) => recordPosition(ctx, params.teardownId, body)),
  route(c.finishTeardown, (ctx, { params, body }) => finish(ctx, params.teardownId, body)),
  route(c.listComponents, async (ctx, { query }) => {
    const cut = cutPage(await listComponentRows(ctx, query), query.limit, (x) => [x.id]);
    return ok({ ...cut, items: cut.items.map(componentView) });
  }),
  route(c.getComponentView, async (ctx, { params }) => {
    const found = await getComponent(ctx, params.componentId);
    return found.ok ? ok(componentView(found.value)) : found;
  }),
  route(c.scrapComponent, async (ctx, { params, body }) => {
    const gone = await scrap(ctx, params.componentId, body.reason);
    return gone.ok ? ok(componentView(gone.value)) : gone;
  }),
  route(c.startCleaning, (ctx, { body }) => startBatch(ctx, body)),
  route(c.finishCleaning, (ctx, { params, body }) => finishBatch(ctx, params.batchId, body)),
  route(c.getCleaning, (ctx, { params }) => batchView(ctx, params.batchId)),
  route(c.dismantlingFigures, async (ctx) =>
    ok({
      components: await componentCounts(ctx),
      openTeardowns: await openTeardownCount(ctx),
      runningBatches: await runningCount(ctx),
    }),
  ),
  route(c.listCleaning, async (ctx, { query }) => {
    const cut = cutPage(await listCleaningRows(ctx, query), query.limit, (b) => [b.id]);
    const items = cut.items.map((b) => ({
      id: b.id,
      code: b.code,
      method: b.method,
      state: b.state,
      ...(b.machine ? { machine: b.machine } : {}),
      parameters: b.parameters,
      consumption: b.consumption,
      count: b.component_ids.length,
      startedAt: b.started_at.toISOString(),
      ...(b.finished_at ? { finishedAt: b.finished_at.toISOString() } : {}),
    }));
    return ok({ ...cut, items });
  }),
  ...planRoutes,
];
