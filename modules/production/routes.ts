import { allocateCode, organisationOf } from '@zaizao/modules/parties';
import { cutPage } from '@zaizao/platform/db';
import { type Route, route } from '@zaizao/platform/http';
import { addDays, dayIn, newId, ok } from '@zaizao/platform/kernel';
import * as c from './contract.ts';
import { countOpen, listOrderRows, queueRows } from './repo/order.ts';
import { insertStation, listStationRows, type StationRow } from './repo/station.ts';
import { listUnitRows, stationLoad, unitCounts, unitsByDay } from './repo/unit.ts';
import { assemble } from './service/assembly.ts';
import { exchange, exchangeViews } from './service/exchanges.ts';
import { fourROf } from './service/four-r.ts';
import { onTimeOf } from './service/on-time.ts';
import { failOne, finishOne, pauseOne, startOne } from './service/operations.ts';
import {
  dateOne,
  operationView,
  orderView,
  releaseAssemblyOrder,
  releaseRestoreOrder,
  releaseReworkOrder,
  stationNames,
} from './service/orders.ts';
import { pack, parcelBySscc, parcelOfUnit } from './service/parcels.ts';
import { chooseFor, programmesPage, recordProgramme, recordVersion } from './service/programmes.ts';
import { cancel, empty, fill } from './service/slots.ts';
import { getUnit, moveUnit, unitSummary, unitView } from './service/units.ts';

const stationView = ({ id, code, name, kind, line }: StationRow) => ({
  id,
  code,
  name,
  kind,
  line,
});

/** The days of which output is told one by one. */
const DAYS_SHOWN = 60;

export const routes: readonly Route[] = [
  route(c.listStations, async (ctx, { query }) => {
    const cut = cutPage(await listStationRows(ctx, query), query.limit, (s) => [s.id]);
    return ok({ ...cut, items: cut.items.map(stationView) });
  }),
  route(c.addStation, async (ctx, { body }) => {
    const code = await allocateCode(ctx, 'station');
    const id = newId('station', ctx.now.getTime());
    return ok(stationView(await insertStation(ctx, { id, code, ...body })));
  }),
  route(c.releaseRestore, (ctx, { body }) => releaseRestoreOrder(ctx, body.componentId, body)),
  route(c.releaseAssembly, (ctx, { body }) =>
    releaseAssemblyOrder(ctx, body.partId, body, body.extraSteps),
  ),
  route(c.releaseRework, (ctx, { body }) =>
    releaseReworkOrder(ctx, body.unitId, body.instruction, body),
  ),
  route(c.dateOrder, (ctx, { params, body }) => dateOne(ctx, params.orderId, body)),
  route(c.listProgrammes, (ctx, { query }) => programmesPage(ctx, query)),
  route(c.addProgramme, (ctx, { body }) => recordProgramme(ctx, body)),
  route(c.addProgrammeVersion, (ctx, { params, body }) =>
    recordVersion(ctx, params.programmeId, body),
  ),
  route(c.chooseProgramme, (ctx, { params, body }) => chooseFor(ctx, params.operationId, body)),
  route(c.cancelOrder, (ctx, { params }) => cancel(ctx, params.orderId)),
  route(c.getOrder, (ctx, { params }) => orderView(ctx, params.orderId)),
  route(c.listOrders, async (ctx, { query }) => {
    const { zone } = await organisationOf(ctx);
    const cut = cutPage(await listOrderRows(ctx, query, zone), query.limit, (w) => [w.id]);
    const items = cut.items.map((w) => ({
      id: w.id,
      code: w.code,
      kind: w.kind,
      state: w.state,
      product: w.product,
      about: w.component?.code ?? w.product.number,
      priority: w.priority,
      ...(w.due_at ? { dueAt: w.due_at.toISOString() } : {}),
      createdAt: w.created_at.toISOString(),
      ...(w.finished_at ? { finishedAt: w.finished_at.toISOString() } : {}),
    }));
    return ok({ ...cut, items });
  }),
  route(c.operationQueue, async (ctx, { query }) => {
    const rows = await queueRows(ctx, query);
    const cut = cutPage(rows, query.limit, ({ operation: o }) => [
      o.planned_start ? o.planned_start.getTime() : 'unplanned',
      o.id,
    ]);
    const named = await stationNames(ctx);
    return ok({ ...cut, items: cut.items.map((x) => operationView(x.operation, x.order, named)) });
  }),
  route(c.startOperation, (ctx, { params, body }) =>
    startOne(ctx, params.operationId, body.stationId),
  ),
  route(c.pauseOperation, (ctx, { params, body }) =>
    pauseOne(ctx, params.operationId, body.paused),
  ),
  route(c.finishOperation, (ctx, { params, body }) => finishOne(ctx, params.operationId, body)),
  route(c.failOperation, (ctx, { params, body }) => failOne(ctx, params.operationId, body)),
  route(c.fillSlot, (ctx, { params, body }) => fill(ctx, params.orderId, body)),
  route(c.emptySlot, (ctx, { params, body }) => empty(ctx, params.orderId, body.pos)),
  route(c.assembleUnit, (ctx, { params, body }) => assemble(ctx, params.orderId, body.note)),
  route(c.exchangePart, (ctx, { params, body }) => exchange(ctx, params.orderId, body)),
  route(c.listExchanges, (ctx, { params }) => exchangeViews(ctx, params.unitId)),
  route(c.packUnit, (ctx, { params, body }) => pack(ctx, params.unitId, body)),
  route(c.getParcel, async (ctx, { params }) => {
    const unit = await getUnit(ctx, params.unitId);
    if (!unit.ok) return unit;
    const parcel = await parcelOfUnit(ctx, params.unitId);
    return ok(parcel ? { parcel } : {});
  }),
  route(c.readParcel, async (ctx, { params }) => {
    const parcel = await parcelBySscc(ctx, params.sscc);
    if (!parcel.ok) return parcel;
    const unit = await getUnit(ctx, parcel.value.unitId);
    return unit.ok ? ok({ ...parcel.value, serial: unit.value.serial }) : unit;
  }),
  route(c.fourR, (ctx, { query }) => fourROf(ctx, query)),
  route(c.getUnitView, async (ctx, { params }) => {
    const unit = await getUnit(ctx, params.unitId);
    return unit.ok ? ok(await unitView(ctx, unit.value)) : unit;
  }),
  route(c.listUnits, async (ctx, { query }) => {
    const { zone } = await organisationOf(ctx);
    const cut = cutPage(await listUnitRows(ctx, query, zone), query.limit, (u) => [u.id]);
    return ok({ ...cut, items: cut.items.map(unitSummary) });
  }),
  route(c.releaseUnit, async (ctx, { params, body }) => {
    const place = body.place === undefined ? {} : { place: body.place };
    const unit = await moveUnit(ctx, params.unitId, 'release', place);
    return unit.ok ? ok(await unitView(ctx, unit.value)) : unit;
  }),
  route(c.onTime, async (ctx, { query }) => ok(await onTimeOf(ctx, query.weeks))),
  route(c.workInProgress, async (ctx) => {
    const { zone } = await organisationOf(ctx);
    const load = await stationLoad(ctx);
    const today = dayIn(zone, ctx.now);
    return ok({
      byStation: load.map((s) => ({
        stationKind: s.station_kind,
        waiting: s.waiting,
        ready: s.ready,
        running: s.running,
      })),
      openOrders: await countOpen(ctx),
      today,
      units: await unitCounts(ctx),
      assembledByDay: await unitsByDay(ctx, zone, addDays(today, 1 - DAYS_SHOWN)),
    });
  }),
];
