/** Steps before production, driven through the endpoints, for the tests of this module. */
import type { z } from 'zod';
import { listComponents } from '../dismantling/contract.ts';
import * as inspection from '../inspection/contract.ts';
import { cleanedAt, instrument, type Plant, stockedCore, tornDown } from '../testing-plant.ts';
import * as c from './contract.ts';

type Row = z.output<typeof inspection.CharacteristicRow>;
export type Order = z.output<typeof c.OrderView>;

const byKind = new Map<string, string>();

/** A value inside every limit of the characteristic. */
function goodValue({ limits }: Row): string {
  const low = Math.max(...limits.map((l) => Number(l.min ?? -1e9)));
  const high = Math.min(...limits.map((l) => Number(l.max ?? 1e9)));
  if (low > -1e9 && high < 1e9) return String((low + high) / 2);
  return String(low > -1e9 ? low + 1 : high < 1e9 ? Math.min(high, 0) : 0);
}

/** Inspects a clean component and decides; `good: false` finds it damaged, to be restored. */
export async function decided(p: Plant, componentId: string, good = true) {
  const started = await p.owner.ok(inspection.startInspection, { body: { componentId } });
  const params = { inspectionId: started.id };
  const values = [];
  for (const row of started.rows) {
    const kind = row.instrumentKind;
    if (kind && !byKind.has(kind)) byKind.set(kind, await instrument(p, kind));
    const instrumentId = kind ? byKind.get(kind) : undefined;
    values.push({
      ...{ characteristicId: row.id, value: goodValue(row), unit: row.unit },
      ...(instrumentId ? { instrumentId } : {}),
    });
  }
  if (values.length > 0) {
    await p.owner.ok(inspection.recordMeasurements, { params, body: { values } });
  }
  await p.owner.ok(inspection.recordVisual, { params, body: { good } });
  return p.owner.ok(inspection.decideDisposition, {
    params,
    body: { disposition: good ? 'reuse' : 'remanufacture' },
  });
}

/** A core torn down into its components. */
export async function torn(p: Plant, more: object = {}) {
  const core = await stockedCore(p, more);
  await tornDown(p, core.id);
  return core;
}

/** The components of a core by position. */
export async function componentsOf(p: Plant, coreId: string) {
  const all = await p.owner.ok(listComponents, { query: { coreId, limit: 200 } });
  return new Map(all.items.flatMap((x) => (x.pos === undefined ? [] : [[x.pos, x] as const])));
}

/** The operation of an order that is to be done next. */
export function nextOf(order: Order) {
  const open = order.operations.filter((o) => o.state !== 'done' && o.state !== 'failed');
  const next = open.sort((a, b) => a.seq - b.seq || a.round - b.round)[0];
  if (!next) throw new Error(`${order.code} has nothing open`);
  return next;
}

/** Starts and finishes the operations of an order while `which` says so. */
export async function work(
  p: Plant,
  order: Order,
  which: (o: Order['operations'][number]) => boolean = () => true,
): Promise<Order> {
  let now = order;
  while (now.operations.some((o) => o.state === 'waiting') && which(nextOf(now))) {
    const params = { operationId: nextOf(now).id };
    await p.owner.ok(c.startOperation, { params, body: {} });
    now = await p.owner.ok(c.finishOperation, { params, body: {} });
  }
  return now;
}

/** An assembly order with every slot filled by new parts but those of `keep`. */
export async function filled(p: Plant, keep: ReadonlyMap<number, string> = new Map()) {
  let order = await p.owner.ok(c.releaseAssembly, { body: { partId: p.starterId } });
  const params = { orderId: order.id };
  for (const { pos } of order.slots) {
    const componentId = keep.get(pos);
    const body = componentId ? { pos, componentId } : { pos, newLot: `N-${pos}` };
    order = await p.owner.ok(c.fillSlot, { params, body });
  }
  return order;
}

/** The ring gear of a fresh core, accepted: by position. */
export async function acceptedRing(p: Plant): Promise<Map<number, string>> {
  const core = await torn(p);
  const [ring] = await cleanedAt(p, core.id, 50);
  if (!ring) throw new Error('cleaned above');
  await decided(p, ring.id);
  return new Map([[50, ring.id]]);
}

/** A unit, assembled and waiting for its test. */
export async function born(p: Plant, keep?: ReadonlyMap<number, string>) {
  const order = await filled(p, keep ?? (await acceptedRing(p)));
  await work(p, order, (o) => o.stationKind === 'forming' || o.stationKind === 'assembly');
  return p.owner.ok(c.assembleUnit, { params: { orderId: order.id }, body: {} });
}
