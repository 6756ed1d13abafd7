import { associationEvent, bizStep } from '@zaizao/epcis';
import { getCore } from '@zaizao/modules/cores';
import { record } from '@zaizao/modules/ledger';
import { defaultSite } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { type exchangePart, productionErrors, type UnitView } from '../contract.ts';
import * as repo from '../repo/exchange.ts';
import * as orders from '../repo/order.ts';
import { type FillRow, fillsOf, type SlotRow, slotsOf, type UnitRow } from '../repo/unit.ts';
import { orderNotFound } from './orders.ts';
import { fillNew, fillWith, takeOut } from './slots.ts';
import { getUnit, requireUnit, unitView } from './units.ts';

type Input = z.output<(typeof exchangePart)['body']>;

/**
 * Takes a piece out of a unit in rework and puts another in its place. The component that comes out must
 * be cleaned and inspected again; the ledger hears of both, so that genealogy says until when the old one
 * was in and since when the new one is. The unit keeps its identity.
 */
export async function exchange(
  ctx: Ctx,
  orderId: string,
  input: Input,
): Promise<Result<z.input<typeof UnitView>>> {
  const w = await orders.findOrder(ctx, orderId, true);
  if (!w) return err(orderNotFound());
  const isOpen = w.state === 'released' || w.state === 'started';
  if (w.kind !== 'rework' || !isOpen || !w.unit_id) {
    return err(productionErrors.EXCHANGE_NOT_REWORK({ code: w.code }));
  }
  const unit = await requireUnit(ctx, w.unit_id, 'rework');
  if (!unit.ok) return unit;
  const u = unit.value;
  const slot = (await slotsOf(ctx, u.order_id)).find((s) => s.pos === input.pos);
  if (!slot) return err(productionErrors.SLOT_UNKNOWN({ pos: input.pos }));
  const out = (await fillsOf(ctx, u.order_id)).filter(
    (f) => f.pos === input.pos && isMeant(f, input.takeOut),
  );
  if (out.length === 0) return err(productionErrors.EXCHANGE_PIECE({ pos: input.pos }));
  const taken = await takeOut(ctx, out);
  if (!taken.ok) return taken;
  const put = await putIn(ctx, u, slot, input, pieces(out));
  if (!put.ok) return put;
  const told = await recordExchange(ctx, u, w.code, input, out, put.value);
  if (!told.ok) return told;
  await repo.insertExchange(ctx, {
    unit_id: u.id,
    order_id: orderId,
    pos: slot.pos,
    part: slot.part,
    qty: pieces(out),
    taken_out: out.map(pieceOf),
    put_in: put.value.map(pieceOf),
    reason: input.reason,
  });
  return remade(ctx, u);
}

const pieces = (fills: readonly FillRow[]) => fills.reduce((n, f) => n + f.qty, 0);

function isMeant(f: FillRow, which: string | undefined): boolean {
  return which === undefined || [f.component_id, f.component?.code, f.lot].includes(which);
}

function pieceOf(f: FillRow): repo.ExchangedPiece {
  return {
    origin: f.origin,
    qty: f.qty,
    massG: Number(f.mass_g),
    ...(f.component_id ? { componentId: f.component_id } : {}),
    ...(f.component ? { code: f.component.code } : {}),
    ...(f.lot ? { lot: f.lot } : {}),
  };
}

/** Fills the gap with as many pieces as came out; refused when the component has fewer. */
async function putIn(
  ctx: Ctx,
  u: UnitRow,
  slot: SlotRow,
  input: Input,
  missing: number,
): Promise<Result<FillRow[]>> {
  const before = new Set((await fillsOf(ctx, u.order_id)).map((f) => f.id));
  const done = input.componentId
    ? await fillWith(ctx, u.order_id, slot, input.componentId, undefined, missing)
    : await fillNew(ctx, u.order_id, slot, input.newLot ?? '', missing, missing);
  if (!done.ok) return done;
  const fresh = (await fillsOf(ctx, u.order_id)).filter((f) => !before.has(f.id));
  if (pieces(fresh) < missing) {
    const positions = `${slot.pos} ${slot.part.name[ctx.lang]}`;
    return err(productionErrors.SLOTS_OPEN({ positions }));
  }
  return ok(fresh);
}

async function recordExchange(
  ctx: Ctx,
  u: UnitRow,
  order: string,
  input: Input,
  out: readonly FillRow[],
  put: readonly FillRow[],
): Promise<Result<unknown>> {
  const site = await defaultSite(ctx);
  const lots = (fills: readonly FillRow[]) =>
    fills.flatMap((f) => (f.lot ? `${f.pos}:${f.lot}` : [])).join(' ') || undefined;
  const epcs = (fills: readonly FillRow[]) => fills.flatMap((f) => f.component?.epc ?? []);
  const base = {
    ...{ eventTime: ctx.now, parentID: u.epc, readPoint: site.epc, bizLocation: site.epc },
    zz: {
      ...{ workOrder: order, position: input.pos, reason: input.reason },
      ...{ lotTakenOut: lots(out), lotPutIn: lots(put) },
    },
  };
  const side = (
    action: 'ADD' | 'DELETE',
    step: typeof bizStep.removing | typeof bizStep.installing,
    children: string[],
  ) =>
    children.length > 0
      ? [associationEvent({ ...base, action, bizStep: step, childEPCs: children })]
      : [];
  const events = [
    ...side('DELETE', bizStep.removing, epcs(out)),
    ...side('ADD', bizStep.installing, epcs(put)),
  ];
  return events.length > 0 ? record(ctx, events) : ok(undefined);
}

/** The unit as it is now: what it weighs, and the cores whose components are in it. */
async function remade(ctx: Ctx, u: UnitRow): Promise<Result<z.input<typeof UnitView>>> {
  const fills = await fillsOf(ctx, u.order_id);
  if (!fills.some((f) => f.component)) return err(productionErrors.UNIT_WITHOUT_CORE());
  const cores: UnitRow['previous_cores'] = [];
  for (const id of new Set(fills.flatMap((f) => f.component?.coreId ?? []))) {
    const core = await getCore(ctx, id);
    if (!core.ok) return core;
    cores.push({ id, code: core.value.code, epc: core.value.epc });
  }
  const massG = fills.reduce((n, f) => n + Number(f.mass_g), 0);
  await repo.updateMade(ctx, u.id, massG, cores);
  const now = await getUnit(ctx, u.id);
  return now.ok ? ok(await unitView(ctx, now.value)) : now;
}

export async function exchangeViews(ctx: Ctx, unitId: string) {
  const unit = await getUnit(ctx, unitId);
  if (!unit.ok) return unit;
  const items = (await repo.exchangesOf(ctx, unitId)).map((x) => ({
    id: x.id,
    orderId: x.order_id,
    pos: x.pos,
    part: x.part,
    takenOut: x.taken_out,
    putIn: x.put_in,
    reason: x.reason,
    by: x.by_whom,
    at: x.at.toISOString(),
  }));
  return ok({ items });
}
