import { disposition, transformationEvent, zaizaoBizStep } from '@zaizao/epcis';
import { getPart } from '@zaizao/modules/catalog';
import { getCore } from '@zaizao/modules/cores';
import { getComponent, moveComponent, splitLot } from '@zaizao/modules/dismantling';
import { record, registerThing } from '@zaizao/modules/ledger';
import { allocateCode, defaultSite, gs1Prefix } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { type fillSlot, type OrderView, productionErrors, type UnitView } from '../contract.ts';
import * as orders from '../repo/order.ts';
import * as repo from '../repo/unit.ts';
import { orderStateError } from './operations.ts';
import { orderNotFound, orderView } from './orders.ts';
import { unitView } from './units.ts';

type View = z.input<typeof OrderView>;

/** The id that the unit of an assembly order will have: components point at it before its birth. */
function unitIdOf(orderId: string): string {
  return orderId.replace(/^wo_/, 'unit_');
}

async function openAssembly(ctx: Ctx, orderId: string): Promise<Result<orders.OrderRow>> {
  const w = await orders.findOrder(ctx, orderId, true);
  if (w?.kind !== 'assemble') return err(orderNotFound());
  const open = (w.state === 'released' || w.state === 'started') && !w.unit_id;
  return open ? ok(w) : err(orderStateError(ctx, w));
}

/**
 * Puts an accepted component, or a lot of new parts, into its slot. A wrong, scrapped or unaccepted
 * component is refused with the reason; of a lot only what is needed is taken.
 */
export async function fill(
  ctx: Ctx,
  orderId: string,
  input: z.output<(typeof fillSlot)['body']>,
): Promise<Result<View>> {
  const w = await openAssembly(ctx, orderId);
  if (!w.ok) return w;
  const slot = (await repo.slotsOf(ctx, orderId)).find((s) => s.pos === input.pos);
  if (!slot) return err(productionErrors.SLOT_UNKNOWN({ pos: input.pos }));
  const filled = (await repo.fillsOf(ctx, orderId))
    .filter((f) => f.pos === input.pos)
    .reduce((n, f) => n + f.qty, 0);
  const missing = slot.qty - filled;
  if (missing <= 0) return err(productionErrors.SLOT_FULL({ pos: input.pos }));
  const done = input.componentId
    ? await fillWith(ctx, orderId, slot, input.componentId, input.qty, missing)
    : await fillNew(ctx, orderId, slot, input.newLot ?? '', input.qty ?? missing, missing);
  return done.ok ? orderView(ctx, orderId) : done;
}

async function fillNew(
  ctx: Ctx,
  orderId: string,
  slot: repo.SlotRow,
  lot: string,
  qty: number,
  missing: number,
): Promise<Result<undefined>> {
  if (qty > missing) return err(productionErrors.SLOT_NEW_REFUSED({ pos: slot.pos, missing }));
  await repo.insertFill(ctx, {
    order_id: orderId,
    pos: slot.pos,
    origin: 'new',
    qty,
    component_id: null,
    component: null,
    lot,
    mass_g: qty * Number(slot.piece_g),
  });
  return ok(undefined);
}

async function fillWith(
  ctx: Ctx,
  orderId: string,
  slot: repo.SlotRow,
  componentId: string,
  wanted: number | undefined,
  missing: number,
): Promise<Result<undefined>> {
  const component = await getComponent(ctx, componentId, true);
  if (!component.ok) return component;
  if (component.value.part_id !== slot.part_id) {
    const [expected, given] = [slot.part.name[ctx.lang], component.value.part.name[ctx.lang]];
    return err(productionErrors.SLOT_PART_WRONG({ pos: slot.pos, expected, given }));
  }
  const qty = Math.min(wanted ?? component.value.qty, component.value.qty, missing);
  const taken = await splitLot(ctx, componentId, qty);
  if (!taken.ok) return taken;
  const c = await moveComponent(ctx, taken.value.id, 'install', { unitId: unitIdOf(orderId) });
  if (!c.ok) return c;
  await repo.insertFill(ctx, {
    order_id: orderId,
    pos: slot.pos,
    origin: c.value.restored_times > 0 ? 'restored' : 'reused',
    qty,
    component_id: c.value.id,
    component: {
      code: c.value.code,
      epc: c.value.epc,
      coreId: c.value.core_id,
      coreCode: c.value.core_code,
      lives: c.value.lives,
    },
    lot: null,
    mass_g: Number(c.value.mass_g),
  });
  return ok(undefined);
}

/**
 * The moment of remanufacture: the components’ identities end in a unit with a new one. One
 * TransformationEvent links them; the unit’s life is one more than that of its oldest core.
 */
export async function assemble(
  ctx: Ctx,
  orderId: string,
  note: string | undefined,
): Promise<Result<z.input<typeof UnitView>>> {
  const w = await openAssembly(ctx, orderId);
  if (!w.ok) return w;
  const slots = await repo.slotsOf(ctx, orderId);
  const fills = await repo.fillsOf(ctx, orderId);
  const short = slots.filter(
    (s) => fills.filter((f) => f.pos === s.pos).reduce((n, f) => n + f.qty, 0) < s.qty,
  );
  if (short.length > 0) {
    const positions = short.map((s) => `${s.pos} ${s.part.name[ctx.lang]}`).join(', ');
    return err(productionErrors.SLOTS_OPEN({ positions }));
  }
  const undone = (await orders.operationsOf(ctx, orderId)).find(
    (o) => o.station_kind === 'assembly' && o.state !== 'done' && o.state !== 'failed',
  );
  if (undone) return err(productionErrors.OPERATION_ORDER({ name: undone.name[ctx.lang] }));
  const unit = await bear(ctx, w.value, fills, note);
  if (!unit.ok) return unit;
  return ok(await unitView(ctx, unit.value));
}

async function bear(
  ctx: Ctx,
  w: orders.OrderRow,
  fills: readonly repo.FillRow[],
  note: string | undefined,
): Promise<Result<repo.UnitRow>> {
  const part = await getPart(ctx, w.product_id);
  if (!part.ok) return part;
  const cores = await coresOf(ctx, fills);
  if (!cores.ok) return cores;
  const serial = await allocateCode(ctx, 'unit');
  const epc = part.value.gtin
    ? `https://id.gs1.org/01/${part.value.gtin}/21/${serial}`
    : `https://id.gs1.org/8004/${await gs1Prefix(ctx)}${serial}`;
  const life = 1 + Math.max(1, ...fills.map((f) => f.component?.lives ?? 1));
  const massG = fills.reduce((n, f) => n + Number(f.mass_g), 0);
  const id = unitIdOf(w.id);
  const site = await defaultSite(ctx);
  const recorded = await record(ctx, [
    transformationEvent({
      eventTime: ctx.now,
      transformationID: `urn:zaizao:remanufacture:${w.code}`,
      inputEPCList: fills.flatMap((f) => f.component?.epc ?? []),
      outputEPCList: [epc],
      bizStep: zaizaoBizStep.remanufacturing,
      disposition: disposition.inProgress,
      readPoint: site.epc,
      bizLocation: site.epc,
      zzIlmd: {
        lifeNumber: life,
        partNumber: part.value.number,
        previousLives: cores.value.map((c) => c.epc),
      },
      zz: {
        workOrder: w.code,
        massGram: massG,
        reused: pieces(fills, 'reused'),
        restored: pieces(fills, 'restored'),
        newParts: pieces(fills, 'new'),
        newLots: fills.filter((f) => f.lot).map((f) => `${f.pos}:${f.lot}`),
        note,
      },
    }),
  ]);
  if (!recorded.ok) return recorded;
  const unit = await repo.insertUnit(ctx, {
    id,
    serial,
    epc,
    part_id: w.product_id,
    part: w.product,
    life,
    mass_g: massG,
    order_id: w.id,
    previous_cores: cores.value,
    event_id: recorded.value[0]?.eventId ?? '',
  });
  await orders.updateOrder(ctx, w.id, w.state, { state: 'started', unit_id: id });
  const named = await registerThing(ctx, {
    kind: 'unit',
    ref: id,
    epc,
    code: serial,
    name: part.value.name,
  });
  if (!named.ok) return named;
  await ctx.publish('production.unit-assembled', id, { unitId: id });
  return ok(unit);
}

function pieces(fills: readonly repo.FillRow[], origin: repo.FillRow['origin']): number {
  return fills.reduce((n, f) => n + (f.origin === origin ? f.qty : 0), 0);
}

/** The cores that a unit’s components came out of, each once. */
async function coresOf(
  ctx: Ctx,
  fills: readonly repo.FillRow[],
): Promise<Result<repo.UnitRow['previous_cores']>> {
  const ids = new Set(fills.flatMap((f) => f.component?.coreId ?? []));
  const out: repo.UnitRow['previous_cores'] = [];
  for (const id of ids) {
    const core = await getCore(ctx, id);
    if (!core.ok) return core;
    out.push({ id, code: core.value.code, epc: core.value.epc });
  }
  return ok(out);
}
