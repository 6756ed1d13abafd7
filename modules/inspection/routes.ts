import { cutPage } from '@zaizao/platform/db';
import { type Route, route } from '@zaizao/platform/http';
import { ok } from '@zaizao/platform/kernel';
import * as c from './contract.ts';
import { figureRows, listInspectionRows } from './repo.ts';
import { decide } from './service/decide.ts';
import { addNdt, measure, setVisual, startInspectionOf } from './service/inspect.ts';
import { view } from './service/view.ts';

export const routes: readonly Route[] = [
  route(c.startInspection, (ctx, { body }) => startInspectionOf(ctx, body.componentId)),
  route(c.getInspection, (ctx, { params }) => view(ctx, params.inspectionId)),
  route(c.listInspections, async (ctx, { query }) => {
    const cut = cutPage(await listInspectionRows(ctx, query), query.limit, (i) => [i.id]);
    const items = cut.items.map((i) => ({
      id: i.id,
      code: i.code,
      state: i.state,
      round: i.round,
      componentId: i.component_id,
      componentCode: i.component.code,
      part: i.component.part,
      ...(i.disposition ? { disposition: i.disposition } : {}),
      ...(i.rule ? { rule: i.rule } : {}),
      startedAt: i.started_at.toISOString(),
    }));
    return ok({ ...cut, items });
  }),
  route(c.recordMeasurements, (ctx, { params, body }) => measure(ctx, params.inspectionId, body)),
  route(c.recordNdt, (ctx, { params, body }) => addNdt(ctx, params.inspectionId, body)),
  route(c.recordVisual, (ctx, { params, body }) =>
    setVisual(ctx, params.inspectionId, body.good, body.note),
  ),
  route(c.decideDisposition, (ctx, { params, body }) => decide(ctx, params.inspectionId, body)),
  route(c.dispositionFigures, async (ctx) => ok({ rows: await figureRows(ctx) })),
];
