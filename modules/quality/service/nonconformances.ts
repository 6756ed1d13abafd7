import { bizStep, disposition as cbv, objectEvent } from '@zaizao/epcis';
import { defectsOf } from '@zaizao/modules/catalog';
import { getCore } from '@zaizao/modules/cores';
import { getComponent, scrapComponent } from '@zaizao/modules/dismantling';
import { findThing, record } from '@zaizao/modules/ledger';
import { allocateCode, defaultSite } from '@zaizao/modules/parties';
import { getUnit, moveUnit } from '@zaizao/modules/production';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result, type Text, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type disposeNonconformance,
  type NonconformanceView,
  type openNonconformance,
  qualityErrors,
} from '../contract.ts';
import {
  type NonconformanceEvent,
  type NonconformanceState,
  nonconformanceMachine,
} from '../domain/nonconformance-machine.ts';
import * as repo from '../repo/nonconformance.ts';
import type { NonconformanceRow, PartRef } from '../repo/tables.ts';
import { findTest } from '../repo/test.ts';
import { standing, testView } from './test-views.ts';

const STATES: Record<NonconformanceState, Text> = {
  opened: text('已登记', 'opened'),
  contained: text('已围堵', 'contained'),
  dispositioned: text('已处置', 'dispositioned'),
  'cause-found': text('已查明原因', 'cause found'),
  corrected: text('已纠正', 'corrected'),
  verified: text('已验证', 'verified'),
  closed: text('已关闭', 'closed'),
};

export interface ToOpen {
  readonly subject: Pick<NonconformanceView['subject'], 'kind' | 'id' | 'code'>;
  readonly part?: PartRef;
  readonly source: NonconformanceRow['source'];
  readonly testId?: string;
  /** A code of the catalogue’s defects or of a characteristic, or words. */
  readonly defect: string;
  readonly defectName?: Text;
  readonly description: string;
  readonly severity: NonconformanceRow['severity'];
  readonly quantity?: number;
}

/** Opens a nonconformance about a thing or the process; tells whoever listens. */
export async function open(ctx: Ctx, n: ToOpen): Promise<Result<{ id: string; code: string }>> {
  const id = newId('ncr', ctx.now.getTime());
  const code = await allocateCode(ctx, 'nonconformance');
  await repo.insertNonconformance(ctx, {
    id,
    code,
    subject_kind: n.subject.kind,
    subject_id: n.subject.id,
    subject_code: n.subject.code,
    part: n.part ?? null,
    source: n.source,
    test_id: n.testId ?? null,
    defect: n.defect,
    defect_name: n.defectName ?? text(n.defect, n.defect),
    description: n.description,
    severity: n.severity,
    quantity: n.quantity ?? 1,
  });
  await repo.insertStep(ctx, id, { event: 'open', to: 'opened', note: n.description });
  await ctx.publish('quality.nonconformance-opened', id, {
    nonconformanceId: id,
    subjectKind: n.subject.kind,
    subjectId: n.subject.id,
    severity: n.severity,
  });
  return ok({ id, code });
}

/** A person opens one, about a thing that was scanned or about the process. */
export async function openByHand(
  ctx: Ctx,
  input: z.output<(typeof openNonconformance)['body']>,
): Promise<Result<NonconformanceView>> {
  const subject = await subjectOf(ctx, input.thing);
  if (!subject.ok) return subject;
  const { part, productId, ...about } = subject.value;
  const known = productId ? await defectsOf(ctx, productId) : undefined;
  const defect = known?.find((d) => d.code === input.defect);
  const made = await open(ctx, {
    subject: about,
    ...(part ? { part } : {}),
    source: input.source,
    defect: input.defect,
    ...(defect ? { defectName: defect.name } : {}),
    description: input.description,
    severity: input.severity,
    quantity: input.quantity,
  });
  return made.ok ? nonconformanceView(ctx, made.value.id) : made;
}

type Subject = ToOpen['subject'] & { part?: PartRef; productId?: string };

async function subjectOf(ctx: Ctx, scanned: string | undefined): Promise<Result<Subject>> {
  if (scanned === undefined) return ok({ kind: 'process', id: '', code: '' });
  const thing = await findThing(ctx, scanned);
  const unknown = err(qualityErrors.NONCONFORMANCE_SUBJECT({ code: scanned }));
  if (!thing) return unknown;
  const { kind, ref: id, code } = thing;
  if (kind === 'unit') {
    const unit = await getUnit(ctx, id);
    if (!unit.ok) return unit;
    const { part } = unit.value;
    return ok({ kind, id, code, part, productId: part.id });
  }
  if (kind === 'component' || kind === 'lot') {
    const component = await getComponent(ctx, id);
    if (!component.ok) return component;
    const core = await getCore(ctx, component.value.core_id);
    const productId = core.ok ? core.value.part_id : null;
    return ok({ kind, id, code, part: component.value.part, ...(productId ? { productId } : {}) });
  }
  if (kind === 'core') {
    const core = await getCore(ctx, id);
    if (!core.ok) return core;
    const { part } = core.value;
    return ok({ kind, id, code, ...(part ? { part, productId: part.id } : {}) });
  }
  return unknown;
}

/** One step of the way; refuses what the machine does not know. */
export async function advance(
  ctx: Ctx,
  nonconformanceId: string,
  event: NonconformanceEvent,
  step: { note: string; set: Parameters<typeof repo.moveNonconformance>[2]['set'] },
): Promise<Result<NonconformanceView>> {
  const found = await locked(ctx, nonconformanceId, event);
  if (!found.ok) return found;
  await repo.moveNonconformance(ctx, found.value.row, { ...step, event, to: found.value.to });
  return nonconformanceView(ctx, nonconformanceId);
}

async function locked(
  ctx: Ctx,
  nonconformanceId: string,
  event: NonconformanceEvent,
): Promise<Result<{ row: NonconformanceRow; to: NonconformanceState }>> {
  const row = await repo.findNonconformance(ctx, nonconformanceId, true);
  if (!row) return err(qualityErrors.NONCONFORMANCE_NOT_FOUND());
  const to = nonconformanceMachine.next(row.state, event);
  const { code, state } = row;
  if (!to) return err(qualityErrors.NONCONFORMANCE_STATE({ code, state: STATES[state][ctx.lang] }));
  return ok({ row, to });
}

type Decision = z.output<(typeof disposeNonconformance)['body']>;

/**
 * Decides what happens to the thing, and lets it happen: scrap destroys it, a concession lets a unit
 * pass although a plant or customer limit failed. What fails a national limit gets no concession.
 */
export async function dispose(
  ctx: Ctx,
  nonconformanceId: string,
  d: Decision,
): Promise<Result<NonconformanceView>> {
  const found = await locked(ctx, nonconformanceId, 'dispose');
  if (!found.ok) return found;
  const { row } = found.value;
  if (d.disposition === 'concession' && !d.reference) {
    return err(qualityErrors.CONCESSION_REFERENCE());
  }
  const set = {
    disposition: d.disposition,
    disposition_reason: d.reason,
    reference: d.reference ?? null,
  };
  const note = `${d.disposition}: ${d.reason}`;
  await repo.moveNonconformance(ctx, row, { event: 'dispose', to: found.value.to, note, set });
  const done =
    d.disposition === 'concession'
      ? await concede(ctx, row, d)
      : d.disposition === 'scrap'
        ? await scrap(ctx, row, d.reason)
        : ok(undefined);
  return done.ok ? nonconformanceView(ctx, nonconformanceId) : done;
}

async function concede(ctx: Ctx, row: NonconformanceRow, d: Decision): Promise<Result<unknown>> {
  if (row.subject_kind !== 'unit' || !row.test_id) return ok();
  const test = await findTest(ctx, row.test_id);
  const shown = await testView(ctx, row.test_id);
  if (!test || !shown.ok) return err(qualityErrors.TEST_NOT_FOUND());
  const s = standing(test, shown.value.rows);
  if (!s.nationalMet) {
    const national = s.failed.filter((f) =>
      f.judged.some((l) => l.level === 'national' && !l.pass),
    );
    const names = national.map((f) => f.name[ctx.lang]).join(', ') || '—';
    return err(qualityErrors.CONCESSION_NATIONAL({ names }));
  }
  const unit = await getUnit(ctx, row.subject_id);
  if (!unit.ok) return unit;
  const site = await defaultSite(ctx);
  const recorded = await record(ctx, [
    objectEvent({
      eventTime: ctx.now,
      action: 'OBSERVE',
      epcList: [unit.value.epc],
      bizStep: bizStep.inspecting,
      disposition: cbv.conformant,
      readPoint: site.epc,
      bizLocation: site.epc,
      zz: { concession: row.code, reference: d.reference, reason: d.reason, test: test.code },
    }),
  ]);
  if (!recorded.ok) return recorded;
  // Taken back from rework as it is, and passed by the person who signs for it.
  const back = await moveUnit(ctx, row.subject_id, 'rework-done');
  return back.ok ? moveUnit(ctx, row.subject_id, 'test-pass') : back;
}

async function scrap(ctx: Ctx, row: NonconformanceRow, reason: string): Promise<Result<unknown>> {
  if (row.subject_kind === 'component' || row.subject_kind === 'lot') {
    return scrapComponent(ctx, row.subject_id, reason);
  }
  if (row.subject_kind !== 'unit') return ok();
  const unit = await moveUnit(ctx, row.subject_id, 'scrap');
  if (!unit.ok) return unit;
  const site = await defaultSite(ctx);
  return record(ctx, [
    objectEvent({
      eventTime: ctx.now,
      action: 'DELETE',
      epcList: [unit.value.epc],
      bizStep: bizStep.destroying,
      disposition: cbv.destroyed,
      readPoint: site.epc,
      zz: { reason, nonconformance: row.code, massGram: Number(unit.value.mass_g) },
    }),
  ]);
}

/** Nonconformances of a thing whose fate is not decided yet. */
export async function undecidedOf(ctx: Ctx, subjectId: string): Promise<NonconformanceRow[]> {
  const all = await repo.nonconformancesOf(ctx, subjectId);
  return all.filter((n) => n.state === 'opened' || n.state === 'contained');
}

export function nonconformanceSummary(n: NonconformanceRow) {
  return {
    id: n.id,
    code: n.code,
    state: n.state,
    subject: { kind: n.subject_kind, id: n.subject_id, code: n.subject_code },
    ...(n.part ? { part: n.part } : {}),
    source: n.source,
    defect: n.defect,
    defectName: n.defect_name,
    severity: n.severity,
    quantity: n.quantity,
    ...(n.disposition ? { disposition: n.disposition } : {}),
    openedAt: n.opened_at.toISOString(),
    openedBy: n.opened_by,
    ...(n.closed_at ? { closedAt: n.closed_at.toISOString() } : {}),
  };
}

export async function nonconformanceView(
  ctx: Ctx,
  nonconformanceId: string,
): Promise<Result<NonconformanceView>> {
  const n = await repo.findNonconformance(ctx, nonconformanceId);
  if (!n) return err(qualityErrors.NONCONFORMANCE_NOT_FOUND());
  const steps = await repo.stepsOf(ctx, n.id);
  return ok({
    ...nonconformanceSummary(n),
    description: n.description,
    ...(n.test_id ? { testId: n.test_id } : {}),
    ...(n.containment ? { containment: n.containment } : {}),
    ...(n.disposition_reason ? { dispositionReason: n.disposition_reason } : {}),
    ...(n.reference ? { reference: n.reference } : {}),
    ...(n.cause_category ? { causeCategory: n.cause_category } : {}),
    ...(n.cause ? { cause: n.cause } : {}),
    ...(n.action ? { action: n.action } : {}),
    ...(n.action_owner ? { actionOwner: n.action_owner } : {}),
    ...(n.action_due ? { actionDue: n.action_due } : {}),
    ...(n.evidence ? { evidence: n.evidence } : {}),
    next: nonconformanceMachine.events(n.state),
    history: steps.map((s) => ({
      event: s.event,
      to: s.to_state,
      note: s.note,
      by: s.by_whom,
      at: s.at.toISOString(),
    })),
  });
}
