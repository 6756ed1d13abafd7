import { bizStep, disposition as cbv, objectEvent } from '@zaizao/epcis';
import { bomOf, type Characteristic, characteristicsOf, judge } from '@zaizao/modules/catalog';
import { getCore } from '@zaizao/modules/cores';
import {
  type Component,
  getComponent,
  moveComponent,
  scrapComponent,
} from '@zaizao/modules/dismantling';
import { requireInstrument } from '@zaizao/modules/instruments';
import { record } from '@zaizao/modules/ledger';
import { allocateCode, defaultSite, todayOf } from '@zaizao/modules/parties';
import { requireFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type decideDisposition,
  type InspectionView,
  inspectionErrors,
  type recordMeasurements,
  type recordNdt,
} from './contract.ts';
import { type Evidence, propose } from './domain/propose.ts';
import * as repo from './repo.ts';

type View = z.input<typeof InspectionView>;

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
  const id = newId('insp', ctx.now.getTime());
  await repo.insertInspection(ctx, {
    id,
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
  return view(ctx, id);
}

async function policyOf(ctx: Ctx, productId: string, c: Component): Promise<Evidence['policy']> {
  const bom = await bomOf(ctx, productId);
  const item = bom.ok ? bom.value.items.find((i) => i.pos === c.pos) : undefined;
  return item?.policy ?? 'extra';
}

/** The characteristics of the product that are measured on this component. */
async function characteristics(ctx: Ctx, i: repo.InspectionRow): Promise<Characteristic[]> {
  const all = await characteristicsOf(ctx, i.product_id, await todayOf(ctx));
  if (!all.ok) return [];
  const component = await getComponent(ctx, i.component_id);
  const pos = component.ok ? component.value.pos : null;
  const partId = i.component.part.id;
  return all.value.filter(
    (x) => x.componentId === partId || (x.componentPos !== undefined && x.componentPos === pos),
  );
}

async function openInspection(ctx: Ctx, id: string): Promise<Result<repo.InspectionRow>> {
  const i = await repo.findInspection(ctx, id, true);
  if (!i) return err(inspectionErrors.INSPECTION_NOT_FOUND());
  return i.state === 'open' ? ok(i) : err(inspectionErrors.INSPECTION_DECIDED());
}

/** Writes measured values; each is judged by the limits in force today, whose versions it keeps. */
export async function measure(
  ctx: Ctx,
  inspectionId: string,
  input: z.output<(typeof recordMeasurements)['body']>,
): Promise<Result<View>> {
  const i = await openInspection(ctx, inspectionId);
  if (!i.ok) return i;
  const known = await characteristics(ctx, i.value);
  for (const v of input.values) {
    const x = known.find((k) => k.id === v.characteristicId);
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
      if (!v.instrumentId) {
        const kind = x.instrumentKind;
        return err(inspectionErrors.INSPECTION_INSTRUMENT_MISSING({ name, kind }));
      }
      const instrument = await requireInstrument(ctx, v.instrumentId, await todayOf(ctx));
      if (!instrument.ok) return instrument;
      if (instrument.value.kind !== x.instrumentKind) {
        const { code, kind: given } = instrument.value;
        const kind = x.instrumentKind;
        return err(inspectionErrors.INSPECTION_INSTRUMENT_KIND({ name, kind, code, given }));
      }
    }
    const judged = judge(v.value, x.limits);
    await repo.insertMeasurement(ctx, inspectionId, {
      characteristic_id: x.id,
      code: x.code,
      value: v.value,
      unit: v.unit,
      instrument_id: v.instrumentId ?? null,
      verdict: judged.verdict,
      judged: [...judged.levels],
    });
  }
  return view(ctx, inspectionId);
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
  return view(ctx, inspectionId);
}

export async function setVisual(
  ctx: Ctx,
  inspectionId: string,
  good: boolean,
  note: string | undefined,
): Promise<Result<View>> {
  const i = await openInspection(ctx, inspectionId);
  if (!i.ok) return i;
  await repo.saveVisual(ctx, inspectionId, good, note ?? null);
  return view(ctx, inspectionId);
}

/** A person decides; a decision that differs from the proposal says why. The component moves on. */
export async function decide(
  ctx: Ctx,
  inspectionId: string,
  input: z.output<(typeof decideDisposition)['body']>,
): Promise<Result<View>> {
  const found = await openInspection(ctx, inspectionId);
  if (!found.ok) return found;
  const i = found.value;
  const shown = await view(ctx, inspectionId);
  if (!shown.ok) return shown;
  const { rows, ndt } = shown.value;
  const evidence = evidenceOf(i, shown.value);
  const proposal = propose(evidence);
  const unmeasured = rows.filter((r) => r.value === undefined);
  if (unmeasured.length > 0 && input.disposition !== 'recycle') {
    const names = unmeasured.map((r) => r.name[ctx.lang]).join(', ');
    return err(inspectionErrors.INSPECTION_INCOMPLETE({ names }));
  }
  const differs = input.disposition !== proposal.disposition;
  if (differs && !input.overrideReason) return err(inspectionErrors.INSPECTION_OVERRIDE_REASON());
  const hard = proposal.rule === 'crack' || proposal.rule === 'always-replace';
  if (hard && input.disposition === 'reuse')
    return err(inspectionErrors.INSPECTION_REUSE_REFUSED());
  const site = await defaultSite(ctx);
  const measured = rows.filter((r) => r.value !== undefined);
  const recorded = await record(ctx, [
    objectEvent({
      eventTime: ctx.now,
      action: 'OBSERVE',
      epcList: [i.component.epc],
      bizStep: bizStep.inspecting,
      disposition: input.disposition === 'reuse' ? cbv.conformant : cbv.nonConformant,
      readPoint: site.epc,
      bizLocation: site.epc,
      zz: {
        inspection: i.code,
        dispositionDecided: input.disposition,
        rule: differs ? 'override' : proposal.rule,
        reason: input.overrideReason ?? proposal.reason.zh,
        characteristics: measured.map((r) => `${r.code}=${r.value}${r.unit}:${r.verdict}`),
        ndt: ndt.map((n) => `${n.method}:${n.indication ? (n.kind ?? 'indication') : 'clear'}`),
      },
    }),
  ]);
  if (!recorded.ok) return recorded;
  const moved = await moveOn(ctx, i, input.disposition, input.overrideReason ?? proposal.reason.zh);
  if (!moved.ok) return moved;
  await repo.saveDecision(ctx, inspectionId, {
    proposal,
    disposition: input.disposition,
    overrideReason: differs ? (input.overrideReason ?? null) : null,
    eventId: recorded.value[0]?.eventId ?? '',
  });
  await ctx.publish('inspection.component-dispositioned', i.component_id, {
    componentId: i.component_id,
    disposition: input.disposition,
  });
  return view(ctx, inspectionId);
}

async function moveOn(
  ctx: Ctx,
  i: repo.InspectionRow,
  disposition: repo.InspectionRow['disposition'],
  reason: string,
): Promise<Result<unknown>> {
  const inspected = await moveComponent(ctx, i.component_id, 'inspect');
  if (!inspected.ok) return inspected;
  if (disposition === 'recycle') return scrapComponent(ctx, i.component_id, reason);
  return moveComponent(ctx, i.component_id, disposition === 'reuse' ? 'accept' : 'send-to-restore');
}

function evidenceOf(i: repo.InspectionRow, v: View): Evidence {
  return {
    policy: i.policy as Evidence['policy'], // written by policyOf above
    measured: v.rows.flatMap((r) => (r.verdict ? [{ name: r.name, verdict: r.verdict }] : [])),
    ndt: v.ndt.map((n) => ({
      method: n.method,
      indication: n.indication,
      kind: n.kind as Evidence['ndt'][number]['kind'], // the contract's enumeration
    })),
    visualGood: i.visual_good,
  };
}

/** The newest decision on a component. */
export async function dispositionOf(
  ctx: Ctx,
  componentId: string,
): Promise<{ disposition: string; inspectionId: string; code: string } | undefined> {
  const decided = (await repo.inspectionsOf(ctx, componentId)).find((i) => i.state === 'decided');
  return decided?.disposition
    ? { disposition: decided.disposition, inspectionId: decided.id, code: decided.code }
    : undefined;
}

export async function view(ctx: Ctx, inspectionId: string): Promise<Result<View>> {
  const i = await repo.findInspection(ctx, inspectionId);
  if (!i) return err(inspectionErrors.INSPECTION_NOT_FOUND());
  const values = new Map(
    (await repo.measurementsOf(ctx, i.id)).map((m) => [m.characteristic_id, m]),
  );
  const rows = (await characteristics(ctx, i)).map((x): View['rows'][number] => {
    const m = values.get(x.id);
    return {
      id: x.id,
      code: x.code,
      name: x.name,
      unit: x.unit,
      method: x.method,
      ...(x.instrumentKind ? { instrumentKind: x.instrumentKind } : {}),
      condition: x.condition,
      severity: x.severity,
      basis: x.basis,
      limits: m ? m.judged : x.limits.map(({ validFrom: _, ...limit }) => limit),
      ...(m
        ? {
            value: m.value,
            verdict: m.verdict,
            measuredAt: m.at.toISOString(),
            measuredBy: m.by_whom,
            ...(m.instrument_id ? { instrumentId: m.instrument_id } : {}),
          }
        : {}),
    };
  });
  const ndt = (await repo.ndtOf(ctx, i.id)).map((n): View['ndt'][number] => ({
    method: n.method,
    indication: n.indication,
    ...(n.kind ? { kind: n.kind } : {}),
    ...(n.place ? { place: n.place } : {}),
    ...(n.size_mm ? { sizeMm: n.size_mm } : {}),
    ...(n.photo ? { photo: n.photo } : {}),
    ...(n.instrument_id ? { instrumentId: n.instrument_id } : {}),
    ...(n.note ? { note: n.note } : {}),
    at: n.at.toISOString(),
    by: n.by_whom,
  }));
  const base = {
    id: i.id,
    code: i.code,
    state: i.state,
    round: i.round,
    component: i.component,
    policy: i.policy,
    rows,
    ndt,
    visualGood: i.visual_good,
    ...(i.visual_note ? { visualNote: i.visual_note } : {}),
    startedAt: i.started_at.toISOString(),
    ...(i.event_id ? { eventId: i.event_id } : {}),
  };
  const decision =
    i.disposition && i.reason && i.decided_at
      ? {
          disposition: i.disposition,
          rule: i.rule ?? '',
          reason: i.reason,
          ...(i.override_reason ? { overrideReason: i.override_reason } : {}),
          by: i.decided_by ?? '',
          at: i.decided_at.toISOString(),
        }
      : undefined;
  const draft: View = {
    ...base,
    proposal: i.proposal ?? { disposition: 'reuse', rule: '', reason: { zh: '', en: '' } },
  };
  return ok({
    ...draft,
    proposal: i.proposal ?? propose(evidenceOf(i, draft)),
    ...(decision ? { decision } : {}),
  });
}
