import { disposition, transformationEvent, zaizaoBizStep } from '@zaizao/epcis';
import { getPart } from '@zaizao/modules/catalog';
import { getCore } from '@zaizao/modules/cores';
import { record, registerThing } from '@zaizao/modules/ledger';
import { allocateCode, defaultSite, gs1Prefix } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { productionErrors, type UnitView } from '../contract.ts';
import * as orders from '../repo/order.ts';
import * as repo from '../repo/unit.ts';
import { AFTER_TEST } from './operations.ts';
import { openAssembly, slotsFilled, unitIdOf } from './slots.ts';
import { unitView } from './units.ts';

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
  const filled = await slotsFilled(ctx, orderId);
  if (!filled.ok) return filled;
  const fills = filled.value;
  if (!fills.some((f) => f.component)) return err(productionErrors.UNIT_WITHOUT_CORE());
  const undone = (await orders.operationsOf(ctx, orderId)).find(
    (o) => !AFTER_TEST.has(o.station_kind) && o.state !== 'done' && o.state !== 'failed',
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
  const recorded = await recordBirth(ctx, w, fills, {
    ...{ epc, life, massG, partNumber: part.value.number },
    ...{ cores: cores.value, note },
  });
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

interface Born {
  readonly epc: string;
  readonly life: number;
  readonly massG: number;
  readonly partNumber: string;
  readonly cores: repo.UnitRow['previous_cores'];
  readonly note: string | undefined;
}

/** Tells the ledger what went into a unit and what came of it. */
async function recordBirth(
  ctx: Ctx,
  w: orders.OrderRow,
  fills: readonly repo.FillRow[],
  unit: Born,
) {
  const site = await defaultSite(ctx);
  return record(ctx, [
    transformationEvent({
      eventTime: ctx.now,
      transformationID: `urn:zaizao:remanufacture:${w.code}`,
      inputEPCList: fills.flatMap((f) => f.component?.epc ?? []),
      outputEPCList: [unit.epc],
      bizStep: zaizaoBizStep.remanufacturing,
      disposition: disposition.inProgress,
      readPoint: site.epc,
      bizLocation: site.epc,
      zzIlmd: {
        lifeNumber: unit.life,
        partNumber: unit.partNumber,
        previousLives: unit.cores.map((c) => c.epc),
      },
      zz: {
        workOrder: w.code,
        massGram: unit.massG,
        reused: pieces(fills, 'reused'),
        restored: pieces(fills, 'restored'),
        newParts: pieces(fills, 'new'),
        newLots: fills.filter((f) => f.lot).map((f) => `${f.pos}:${f.lot}`),
        note: unit.note,
      },
    }),
  ]);
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
