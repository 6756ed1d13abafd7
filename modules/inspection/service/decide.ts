import { bizStep, disposition as cbv, objectEvent } from '@zaizao/epcis';
import { moveComponent, scrapComponent } from '@zaizao/modules/dismantling';
import { record } from '@zaizao/modules/ledger';
import { defaultSite } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { type decideDisposition, inspectionErrors } from '../contract.ts';
import { type Disposition, type Proposal, propose } from '../domain/propose.ts';
import * as repo from '../repo.ts';
import { openInspection } from './inspect.ts';
import { evidenceOf, type Found, gather, type View, viewOf } from './view.ts';

type Decision = z.output<(typeof decideDisposition)['body']>;

/** Why a decision cannot stand on what was found; nothing when it can. */
function refusal(ctx: Ctx, found: Found, input: Decision, proposal: Proposal) {
  const measured = new Set(found.values.map((m) => m.characteristic_id));
  const unmeasured = found.known.filter((x) => !measured.has(x.id));
  if (unmeasured.length > 0 && input.disposition !== 'recycle') {
    const names = unmeasured.map((x) => x.name[ctx.lang]).join(', ');
    return inspectionErrors.INSPECTION_INCOMPLETE({ names });
  }
  if (input.disposition !== proposal.disposition && !input.overrideReason) {
    return inspectionErrors.INSPECTION_OVERRIDE_REASON();
  }
  const hard = proposal.rule === 'crack' || proposal.rule === 'always-replace';
  return hard && input.disposition === 'reuse'
    ? inspectionErrors.INSPECTION_REUSE_REFUSED()
    : undefined;
}

/** A person decides; a decision that differs from the proposal says why. The component moves on. */
export async function decide(
  ctx: Ctx,
  inspectionId: string,
  input: Decision,
): Promise<Result<View>> {
  const open = await openInspection(ctx, inspectionId);
  if (!open.ok) return open;
  const found = await gather(ctx, open.value);
  const proposal = propose(evidenceOf(found));
  const refused = refusal(ctx, found, input, proposal);
  if (refused) return err(refused);
  const differs = input.disposition !== proposal.disposition;
  const rule = differs ? 'override' : proposal.rule;
  const reason = input.overrideReason ?? proposal.reason.zh;
  const recorded = await record(ctx, [
    await inspected(ctx, found, input.disposition, rule, reason),
  ]);
  if (!recorded.ok) return recorded;
  const { component_id: componentId } = open.value;
  const moved = await moveOn(ctx, componentId, input.disposition, reason);
  if (!moved.ok) return moved;
  const decided = await repo.saveDecision(ctx, inspectionId, {
    proposal,
    disposition: input.disposition,
    overrideReason: differs ? (input.overrideReason ?? null) : null,
    eventId: recorded.value[0]?.eventId ?? '',
  });
  await ctx.publish('inspection.component-dispositioned', componentId, {
    componentId,
    disposition: input.disposition,
  });
  return ok(viewOf({ ...found, inspection: decided }));
}

async function inspected(
  ctx: Ctx,
  { inspection, known, values, ndt }: Found,
  disposition: Disposition,
  rule: string,
  reason: string,
) {
  const site = await defaultSite(ctx);
  const measured = new Map(values.map((m) => [m.characteristic_id, m]));
  return objectEvent({
    eventTime: ctx.now,
    action: 'OBSERVE',
    epcList: [inspection.component.epc],
    bizStep: bizStep.inspecting,
    disposition: disposition === 'reuse' ? cbv.conformant : cbv.nonConformant,
    readPoint: site.epc,
    bizLocation: site.epc,
    zz: {
      inspection: inspection.code,
      dispositionDecided: disposition,
      rule,
      reason,
      characteristics: known.flatMap(({ id, code, unit }) => {
        const m = measured.get(id);
        return m ? [`${code}=${m.value}${unit}:${m.verdict}`] : [];
      }),
      ndt: ndt.map((n) => `${n.method}:${n.indication ? (n.kind ?? 'indication') : 'clear'}`),
    },
  });
}

async function moveOn(
  ctx: Ctx,
  componentId: string,
  disposition: Disposition,
  reason: string,
): Promise<Result<unknown>> {
  const moved = await moveComponent(ctx, componentId, 'inspect');
  if (!moved.ok) return moved;
  if (disposition === 'recycle') return scrapComponent(ctx, componentId, reason);
  return moveComponent(ctx, componentId, disposition === 'reuse' ? 'accept' : 'send-to-restore');
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
