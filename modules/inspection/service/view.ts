import { type Characteristic, characteristicsOf } from '@zaizao/modules/catalog';
import { getComponent } from '@zaizao/modules/dismantling';
import { todayOf } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { type InspectionView, inspectionErrors } from '../contract.ts';
import { type Evidence, propose } from '../domain/propose.ts';
import * as repo from '../repo.ts';

export type View = z.input<typeof InspectionView>;

/** An inspection with what was found so far. */
export interface Found {
  readonly inspection: repo.InspectionRow;
  readonly known: readonly Characteristic[];
  /** The counting value of each characteristic: the newest. */
  readonly values: readonly repo.MeasurementRow[];
  readonly ndt: readonly repo.NdtRow[];
}

/** The characteristics of the product that are measured on this component. */
export async function characteristics(
  ctx: Ctx,
  i: repo.InspectionRow,
): Promise<readonly Characteristic[]> {
  const all = await characteristicsOf(ctx, i.product_id, await todayOf(ctx));
  if (!all.ok) return [];
  const component = await getComponent(ctx, i.component_id);
  const pos = component.ok ? component.value.pos : null;
  const partId = i.component.part.id;
  return all.value.filter(
    (x) => x.componentId === partId || (x.componentPos !== undefined && x.componentPos === pos),
  );
}

export async function gather(
  ctx: Ctx,
  inspection: repo.InspectionRow,
  known?: readonly Characteristic[],
): Promise<Found> {
  return {
    inspection,
    known: known ?? (await characteristics(ctx, inspection)),
    values: await repo.measurementsOf(ctx, inspection.id),
    ndt: await repo.ndtOf(ctx, inspection.id),
  };
}

export async function view(ctx: Ctx, inspectionId: string): Promise<Result<View>> {
  const i = await repo.findInspection(ctx, inspectionId);
  if (!i) return err(inspectionErrors.INSPECTION_NOT_FOUND());
  return ok(viewOf(await gather(ctx, i)));
}

/** What a proposal is made from. */
export function evidenceOf({ inspection, known, values, ndt }: Found): Evidence {
  const verdicts = new Map(values.map((m) => [m.characteristic_id, m.verdict]));
  return {
    policy: inspection.policy,
    measured: known.flatMap(({ id, name }) => {
      const verdict = verdicts.get(id);
      return verdict ? [{ name, verdict }] : [];
    }),
    ndt: ndt.map((n) => ({
      method: n.method,
      indication: n.indication,
      kind: n.kind ?? undefined,
    })),
    visualGood: inspection.visual_good,
  };
}

function rowsOf({ known, values }: Found): View['rows'] {
  const measured = new Map(values.map((m) => [m.characteristic_id, m]));
  return known.map((x) => {
    const m = measured.get(x.id);
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
      // a value keeps the limits it was judged by
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
}

function ndtView(n: repo.NdtRow): View['ndt'][number] {
  return {
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
  };
}

function decisionOf(i: repo.InspectionRow): Pick<View, 'decision'> {
  if (!i.disposition || !i.reason || !i.decided_at) return {};
  return {
    decision: {
      disposition: i.disposition,
      rule: i.rule ?? '',
      reason: i.reason,
      ...(i.override_reason ? { overrideReason: i.override_reason } : {}),
      by: i.decided_by ?? '',
      at: i.decided_at.toISOString(),
    },
  };
}

export function viewOf(found: Found): View {
  const i = found.inspection;
  return {
    id: i.id,
    code: i.code,
    state: i.state,
    round: i.round,
    component: i.component,
    policy: i.policy,
    rows: rowsOf(found),
    ndt: found.ndt.map(ndtView),
    visualGood: i.visual_good,
    ...(i.visual_note ? { visualNote: i.visual_note } : {}),
    startedAt: i.started_at.toISOString(),
    ...(i.event_id ? { eventId: i.event_id } : {}),
    proposal: i.proposal ?? propose(evidenceOf(found)),
    ...decisionOf(i),
  };
}
