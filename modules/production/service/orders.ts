import { bomOf, getPart, type RouteStep, routeOf, stepApplies } from '@zaizao/modules/catalog';
import { getCore } from '@zaizao/modules/cores';
import { getComponent } from '@zaizao/modules/dismantling';
import { registerThing } from '@zaizao/modules/ledger';
import { allocateCode } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { type AppError, err, newId, ok, type Result, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { type OperationView, type OrderView, productionErrors } from '../contract.ts';
import * as repo from '../repo/order.ts';
import { allStations } from '../repo/station.ts';
import type { PartRef } from '../repo/tables.ts';
import { fillsOf, findUnit, insertSlots, slotsOf } from '../repo/unit.ts';
import { orderStateError } from './states.ts';
import { requireUnit } from './units.ts';

type View = z.input<typeof OrderView>;
type OpView = z.input<typeof OperationView>;

/**
 * Steps of the route that belong to an assembly order: what every unit gets whatever was found. The
 * rest is done by other modules, or by the restore orders that findings call for.
 */
const ASSEMBLY_KINDS = new Set(['forming', 'assembly', 'coating', 'labelling', 'packing']);
const DEFAULT_REWORK = 2;

function operationOf(s: RouteStep): repo.NewOperation {
  return {
    seq: s.seq,
    round: 1,
    code: s.code,
    name: s.name,
    station_kind: s.stationKind,
    station: s.station,
    std_seconds: s.stdSeconds ?? null,
    method: s.method,
    instruction: s.instruction,
    records: s.records,
    on_fail: s.onFail ?? null,
    max_rework: s.maxRework ?? DEFAULT_REWORK,
  };
}

async function partRef(ctx: Ctx, partId: string): Promise<Result<PartRef>> {
  const part = await getPart(ctx, partId);
  if (!part.ok) return part;
  const { id, number, name } = part.value;
  return ok({ id, number, name });
}

async function register(ctx: Ctx, orderId: string, code: string): Promise<Result<unknown>> {
  return registerThing(ctx, {
    kind: 'work-order',
    ref: orderId,
    epc: `https://ns.zaizao.dev/work-order/${ctx.org.no}/${code}`,
    code,
    name: text(`工单 ${code}`, `Work order ${code}`),
  });
}

/** When an order is wanted, when it may begin, how urgent it is, and for whom. */
interface Dates {
  readonly dueAt?: string | undefined;
  readonly dueFirm: boolean;
  readonly notBefore?: string | undefined;
  readonly priority: number;
  readonly customer: string;
}

function datesOf(d: Dates): Result<repo.OrderDates> {
  const due = d.dueAt ? new Date(d.dueAt) : null;
  const from = d.notBefore ? new Date(d.notBefore) : null;
  if (due && from && due <= from) return err(productionErrors.ORDER_DATES());
  return ok({
    due_at: due,
    due_firm: due !== null && d.dueFirm,
    not_before: from,
    priority: d.priority,
    customer: d.customer,
  });
}

/** Sets due date, earliest start, priority and customer of an open order; the next plan keeps to them. */
export async function dateOne(ctx: Ctx, orderId: string, input: Dates): Promise<Result<View>> {
  const w = await repo.findOrder(ctx, orderId, true);
  if (!w) return err(orderNotFound());
  if (w.state !== 'released' && w.state !== 'started') return err(orderStateError(ctx, w));
  const dates = datesOf(input);
  if (!dates.ok) return dates;
  await repo.updateOrder(ctx, orderId, w.state, dates.value);
  await ctx.publish('production.order-dated', orderId, { orderId });
  return orderView(ctx, orderId);
}

/** A component that is to be restored: the steps of its product’s route that its findings call for. */
export async function releaseRestoreOrder(
  ctx: Ctx,
  componentId: string,
  input: Dates,
): Promise<Result<View>> {
  const dates = datesOf(input);
  if (!dates.ok) return dates;
  const found = await getComponent(ctx, componentId, true);
  if (!found.ok) return found;
  const c = found.value;
  if (c.state !== 'restore') {
    return err(productionErrors.WORK_ORDER_COMPONENT_STATE({ code: c.code }));
  }
  const open = await repo.openRestoreOf(ctx, componentId);
  if (open) {
    return err(productionErrors.WORK_ORDER_COMPONENT_BUSY({ code: c.code, order: open.code }));
  }
  const core = await getCore(ctx, c.core_id);
  if (!core.ok) return core;
  const product = await partRef(ctx, core.value.part_id ?? c.part_id);
  if (!product.ok) return product;
  const route = await routeOf(ctx, product.value.id);
  const findings = { restore: c.pos === null ? [] : [c.pos] };
  const steps = route.ok
    ? route.value.steps.filter((s) => s.when !== '' && stepApplies(s.when, findings))
    : [];
  const id = newId('wo', ctx.now.getTime());
  const code = await allocateCode(ctx, 'work-order');
  await repo.insertOrder(ctx, {
    id,
    code,
    kind: 'restore',
    ...dates.value,
    product: product.value,
    product_id: product.value.id,
    component: { id: c.id, code: c.code, part: c.part },
    component_id: c.id,
    unit_id: null,
    route_version: route.ok ? route.value.version : null,
    bom_version: null,
  });
  await repo.insertOperations(ctx, id, steps.length > 0 ? steps.map(operationOf) : [plainRestore]);
  const named = await register(ctx, id, code);
  return named.ok ? orderView(ctx, id) : named;
}

/** For a position the route says nothing about. */
const plainRestore: repo.NewOperation = {
  seq: 10,
  round: 1,
  code: 'RESTORE',
  name: text('修复', 'Restore'),
  station_kind: 'forming',
  station: '',
  std_seconds: null,
  method: '',
  instruction: text(
    '按检测结果修复，完成后复检。',
    'Restore according to the findings; it is inspected again afterwards.',
  ),
  records: '',
  on_fail: null,
  max_rework: DEFAULT_REWORK,
};

/** An order to assemble one unit: its slots from the bill of material, its steps from the route. */
export async function releaseAssemblyOrder(
  ctx: Ctx,
  partId: string,
  input: Dates,
  extra: readonly ExtraStep[] = [],
): Promise<Result<View>> {
  const dates = datesOf(input);
  if (!dates.ok) return dates;
  const part = await getPart(ctx, partId);
  if (!part.ok) return part;
  const { number, name, kind } = part.value;
  if (kind !== 'product') return err(productionErrors.WORK_ORDER_PRODUCT({ number }));
  const bom = await bomOf(ctx, partId);
  if (!bom.ok) return bom;
  const route = await routeOf(ctx, partId);
  const steps = route.ok
    ? route.value.steps.filter((s) => ASSEMBLY_KINDS.has(s.stationKind) && s.when === '')
    : [];
  const id = newId('wo', ctx.now.getTime());
  const code = await allocateCode(ctx, 'work-order');
  await repo.insertOrder(ctx, {
    id,
    code,
    kind: 'assemble',
    ...dates.value,
    product: { id: partId, number, name },
    product_id: partId,
    component: null,
    component_id: null,
    unit_id: null,
    route_version: route.ok ? route.value.version : null,
    bom_version: bom.value.version,
  });
  await repo.insertOperations(ctx, id, withExtra(steps.map(operationOf), extra));
  await insertSlots(
    ctx,
    id,
    bom.value.items.map((i) => ({
      pos: i.pos,
      part: { id: i.part.id, number: i.part.number, name: i.part.name },
      part_id: i.part.id,
      qty: i.qty,
      policy: i.policy,
      piece_g: i.part.massG ?? 0,
    })),
  );
  const named = await register(ctx, id, code);
  return named.ok ? orderView(ctx, id) : named;
}

interface ExtraStep {
  readonly name: string;
  readonly stationKind: string;
  readonly stdSeconds: number;
  readonly instruction: string;
}

/** Puts a customer's own steps after the last forming or assembly step, in the order given. */
function withExtra(
  steps: readonly repo.NewOperation[],
  extra: readonly ExtraStep[],
): repo.NewOperation[] {
  const last = steps.findLast((s) => s.station_kind === 'forming' || s.station_kind === 'assembly');
  const taken = new Set(steps.map((s) => s.seq));
  let seq = last?.seq ?? 0;
  const own = extra.map((e, n): repo.NewOperation => {
    do seq++;
    while (taken.has(seq));
    return {
      ...plainRestore,
      seq,
      code: `CUSTOM${n + 1}`,
      name: text(e.name, e.name),
      station_kind: e.stationKind,
      std_seconds: e.stdSeconds,
      instruction: text(e.instruction, e.instruction),
    };
  });
  return [...steps, ...own].sort((a, b) => a.seq - b.seq);
}

/** A unit that failed its test: one free step, after which it is tested again. */
export async function releaseReworkOrder(
  ctx: Ctx,
  unitId: string,
  instruction: string,
  input: Dates,
): Promise<Result<View>> {
  const dates = datesOf(input);
  if (!dates.ok) return dates;
  const unit = await requireUnit(ctx, unitId, 'rework');
  if (!unit.ok) return unit;
  const id = newId('wo', ctx.now.getTime());
  const code = await allocateCode(ctx, 'work-order');
  await repo.insertOrder(ctx, {
    id,
    code,
    kind: 'rework',
    ...dates.value,
    product: unit.value.part,
    product_id: unit.value.part_id,
    component: null,
    component_id: null,
    unit_id: unitId,
    route_version: null,
    bom_version: null,
  });
  const step = {
    ...plainRestore,
    code: 'REWORK',
    name: text('返工', 'Rework'),
    station_kind: 'assembly',
  };
  await repo.insertOperations(ctx, id, [{ ...step, instruction: text(instruction, instruction) }]);
  const named = await register(ctx, id, code);
  return named.ok ? orderView(ctx, id) : named;
}

export function orderNotFound(): AppError {
  return productionErrors.WORK_ORDER_NOT_FOUND();
}

/** Names of the stations, for saying where the plan puts an operation. */
export async function stationNames(ctx: Ctx): Promise<ReadonlyMap<string, string>> {
  return new Map((await allStations(ctx)).map((s) => [s.id, s.name]));
}

export function operationView(
  o: repo.OperationRow,
  w: repo.OrderRow,
  stations: ReadonlyMap<string, string>,
): OpView {
  return {
    id: o.id,
    orderId: o.order_id,
    orderCode: w.code,
    seq: o.seq,
    round: o.round,
    code: o.code,
    name: o.name,
    stationKind: o.station_kind,
    station: o.station,
    ...(o.std_seconds === null ? {} : { stdSeconds: o.std_seconds }),
    method: o.method,
    instruction: o.instruction,
    records: o.records,
    state: o.state,
    ...(o.by_whom ? { by: o.by_whom } : {}),
    ...(o.started_at ? { startedAt: o.started_at.toISOString() } : {}),
    ...(o.finished_at ? { finishedAt: o.finished_at.toISOString() } : {}),
    activeSeconds: o.active_seconds,
    ...(o.state === 'started' && o.resumed_at ? { runningSince: o.resumed_at.toISOString() } : {}),
    values: o.recorded,
    consumption: o.consumption,
    ...(o.energy_kwh ? { energyKwh: o.energy_kwh } : {}),
    ...(o.defect ? { defect: o.defect } : {}),
    ...(o.note ? { note: o.note } : {}),
    ...(o.plan_id && o.planned_start && o.planned_end
      ? {
          planned: {
            planId: o.plan_id,
            start: o.planned_start.toISOString(),
            end: o.planned_end.toISOString(),
            station: stations.get(o.planned_station_id ?? '') ?? '',
          },
        }
      : {}),
    ...(o.programme ? { programme: o.programme } : {}),
    about: w.component
      ? { code: w.component.code, part: w.component.part }
      : { code: w.code, part: w.product },
  };
}

export async function orderView(ctx: Ctx, orderId: string): Promise<Result<View>> {
  const w = await repo.findOrder(ctx, orderId);
  if (!w) return err(orderNotFound());
  const operations = await repo.operationsOf(ctx, orderId);
  const fills = await fillsOf(ctx, orderId);
  const unit = w.unit_id ? await findUnit(ctx, w.unit_id) : undefined;
  const stations = operations.some((o) => o.planned_station_id)
    ? await stationNames(ctx)
    : new Map<string, string>();
  return ok({
    id: w.id,
    code: w.code,
    kind: w.kind,
    state: w.state,
    product: w.product,
    ...(w.component ? { component: w.component } : {}),
    ...(w.unit_id ? { unitId: w.unit_id } : {}),
    ...(unit ? { serial: unit.serial } : {}),
    operations: operations.map((o) => operationView(o, w, stations)),
    slots: (await slotsOf(ctx, orderId)).map((s) => {
      const mine = fills.filter((f) => f.pos === s.pos);
      return {
        pos: s.pos,
        part: s.part,
        qty: s.qty,
        filled: mine.reduce((n, f) => n + f.qty, 0),
        policy: s.policy,
        fills: mine.map((f) => ({
          origin: f.origin,
          qty: f.qty,
          ...(f.component_id ? { componentId: f.component_id } : {}),
          ...(f.component ? { code: f.component.code } : {}),
          ...(f.lot ? { lot: f.lot } : {}),
          massG: Number(f.mass_g),
        })),
      };
    }),
    ...(w.due_at ? { dueAt: w.due_at.toISOString() } : {}),
    dueFirm: w.due_firm,
    ...(w.not_before ? { notBefore: w.not_before.toISOString() } : {}),
    priority: w.priority,
    customer: w.customer,
    createdAt: w.created_at.toISOString(),
    ...(w.finished_at ? { finishedAt: w.finished_at.toISOString() } : {}),
  });
}
