import { bomOf, type Characteristic, judge } from '@zaizao/modules/catalog';
import { getCore } from '@zaizao/modules/cores';
import { type Component, getComponent } from '@zaizao/modules/dismantling';
import { requireInstrument } from '@zaizao/modules/instruments';
import type { InstrumentView } from '@zaizao/modules/instruments/contract';
import { allocateCode, todayOf } from '@zaizao/modules/parties';
import { requireFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { inspectionErrors, type recordMeasurements, type recordNdt } from '../contract.ts';
import type { Evidence } from '../domain/propose.ts';
import * as repo from '../repo.ts';
import { characteristics, gather, type View, viewOf } from './view.ts';

type Values = z.output<(typeof recordMeasurements)['body']>['values'];

/** Opens an inspection of a clean (or freshly restored) component. */
export async function startInspectionOf(ctx: Ctx, componentId: string): Promise<Result<View>> {
  const component = await getComponent(ctx, componentId, true);
  if (!component.ok) return component;
  const c = component.value;
  if (c.state !== 'cleaned' && c.state !== 'restored') {
    return err(inspectionErrors.INSPECTION_NOT_CLEAN({ code: c.code }));
  }
  const before = await repo.inspectionsOf(ctx, componentId);
  if (before.some((i) => i.state === 'open')) {
    return err(inspectionErrors.INSPECTION_OPEN({ code: c.code }));
  }
  const core = await getCore(ctx, c.core_id);
  if (!core.ok) return core;
  const productId = core.value.part_id ?? c.part_id;
  const inspection = await repo.insertInspection(ctx, {
    id: newId('insp', ctx.now.getTime()),
    code: await allocateCode(ctx, 'inspection'),
    round: before.length + 1,
    component_id: c.id,
    component: {
      id: c.id,
      code: c.code,
      epc: c.epc,
      part: c.part,
      qty: c.qty,
      massG: Number(c.mass_g),
      coreId: c.core_id,
      coreCode: c.core_code,
    },
    product_id: productId,
    policy: await policyOf(ctx, productId, c),
  });
  return ok(viewOf(await gather(ctx, inspection)));
}

async function policyOf(ctx: Ctx, productId: string, c: Component): Promise<Evidence['policy']> {
  const bom = await bomOf(ctx, productId);
  const item = bom.ok ? bom.value.items.find((i) => i.pos === c.pos) : undefined;
  return item?.policy ?? 'extra';
}

/** An inspection that still takes findings, locked. */
export async function openInspection(ctx: Ctx, id: string): Promise<Result<repo.InspectionRow>> {
  const i = await repo.findInspection(ctx, id, true);
  if (!i) return err(inspectionErrors.INSPECTION_NOT_FOUND());
  return i.state === 'open' ? ok(i) : err(inspectionErrors.INSPECTION_DECIDED());
}

/** The instruments that values name, by id; each once. */
async function instrumentsOf(
  ctx: Ctx,
  values: Values,
): Promise<Result<ReadonlyMap<string, InstrumentView>>> {
  const known = new Map<string, InstrumentView>();
  for (const id of new Set(values.flatMap((v) => v.instrumentId ?? []))) {
    const instrument = await requireInstrument(ctx, id, await todayOf(ctx));
    if (!instrument.ok) return instrument;
    known.set(id, instrument.value);
  }
  return ok(known);
}

/** A value as it is kept, or why it cannot be taken. */
function judged(
  ctx: Ctx,
  v: Values[number],
  x: Characteristic | undefined,
  instruments: ReadonlyMap<string, InstrumentView>,
): Result<repo.NewMeasurement> {
  if (!x) {
    return err(inspectionErrors.INSPECTION_CHARACTERISTIC_UNKNOWN({ code: v.characteristicId }));
  }
  const name = x.name[ctx.lang];
  if (v.unit !== x.unit) {
    return err(inspectionErrors.INSPECTION_UNIT({ name, expected: x.unit, given: v.unit }));
  }
  if (x.unit === 'bool' && v.value !== '0' && v.value !== '1') {
    return err(inspectionErrors.INSPECTION_YES_NO({ name }));
  }
  if (x.instrumentKind) {
    const kind = x.instrumentKind;
    const instrument = v.instrumentId ? instruments.get(v.instrumentId) : undefined;
    if (!instrument) return err(inspectionErrors.INSPECTION_INSTRUMENT_MISSING({ name, kind }));
    if (instrument.kind !== kind) {
      const { code, kind: given } = instrument;
      return err(inspectionErrors.INSPECTION_INSTRUMENT_KIND({ name, kind, code, given }));
    }
  }
  const verdict = judge(v.value, x.limits);
  return ok({
    characteristic_id: x.id,
    code: x.code,
    value: v.value,
    unit: v.unit,
    instrument_id: v.instrumentId ?? null,
    verdict: verdict.verdict,
    judged: [...verdict.levels],
  });
}

/** Writes measured values; each is judged by the limits in force today, whose versions it keeps. */
export async function measure(
  ctx: Ctx,
  inspectionId: string,
  { values }: { readonly values: Values },
): Promise<Result<View>> {
  const i = await openInspection(ctx, inspectionId);
  if (!i.ok) return i;
  const known = await characteristics(ctx, i.value);
  const instruments = await instrumentsOf(ctx, values);
  if (!instruments.ok) return instruments;
  const kept: repo.NewMeasurement[] = [];
  for (const v of values) {
    const x = known.find((k) => k.id === v.characteristicId);
    const one = judged(ctx, v, x, instruments.value);
    if (!one.ok) return one;
    kept.push(one.value);
  }
  await repo.insertMeasurements(ctx, inspectionId, kept);
  return ok(viewOf(await gather(ctx, i.value, known)));
}

export async function addNdt(
  ctx: Ctx,
  inspectionId: string,
  input: z.output<(typeof recordNdt)['body']>,
): Promise<Result<View>> {
  const i = await openInspection(ctx, inspectionId);
  if (!i.ok) return i;
  if (input.photo) {
    const file = await requireFile(ctx, input.photo, { image: true });
    if (!file.ok) return file;
  }
  if (input.instrumentId) {
    const instrument = await requireInstrument(ctx, input.instrumentId, await todayOf(ctx));
    if (!instrument.ok) return instrument;
  }
  await repo.insertNdt(ctx, inspectionId, {
    method: input.method,
    indication: input.indication,
    kind: input.kind ?? null,
    place: input.place ?? null,
    size_mm: input.sizeMm ?? null,
    photo: input.photo ?? null,
    instrument_id: input.instrumentId ?? null,
    note: input.note ?? null,
  });
  return ok(viewOf(await gather(ctx, i.value)));
}

export async function setVisual(
  ctx: Ctx,
  inspectionId: string,
  good: boolean,
  note: string | undefined,
): Promise<Result<View>> {
  const i = await openInspection(ctx, inspectionId);
  if (!i.ok) return i;
  return ok(
    viewOf(await gather(ctx, await repo.saveVisual(ctx, inspectionId, good, note ?? null))),
  );
}
