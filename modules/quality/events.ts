import { getUnit } from '@zaizao/modules/production';
import type { Ctx, Subscriber } from '@zaizao/platform/http';
import { ok, type Result } from '@zaizao/platform/kernel';
import { beginRun, claimOfUnit, endRun, saveClaim } from './repo/effect.ts';

const textOf = (x: unknown) => (typeof x === 'string' ? x : '');

/** When it happened; what was published before events said so happened when it is heard. */
function timeOf(ctx: Ctx, at: unknown): Date {
  const ms = Date.parse(textOf(at));
  return Number.isNaN(ms) ? ctx.now : new Date(ms);
}

/** A unit begins to run when it enters service, and ends when it comes home. */
async function followUnit(
  ctx: Ctx,
  { unitId, event, at }: Readonly<Record<string, unknown>>,
): Promise<Result<undefined>> {
  if (event !== 'enter-service' && event !== 'return') return ok(undefined);
  const id = textOf(unitId);
  const when = timeOf(ctx, at);
  if (event === 'enter-service') {
    const unit = await getUnit(ctx, id);
    if (unit.ok) await beginRun(ctx, { unitId: id, partId: unit.value.part_id, at: when });
    return ok(undefined);
  }
  const claim = await claimOfUnit(ctx, id);
  await endRun(ctx, id, when, claim?.verdict === 'no-fault' ? 'no-fault' : 'end-of-life');
  return ok(undefined);
}

const VERDICTS = ['fault', 'no-fault', 'excluded'] as const;

/** A warranty claim was judged, or its cost is known: a confirmed fault ends the unit's run. */
async function followClaim(
  ctx: Ctx,
  p: Readonly<Record<string, unknown>>,
): Promise<Result<undefined>> {
  const verdict = VERDICTS.find((v) => v === p.verdict);
  if (!verdict) return ok(undefined);
  const unitId = textOf(p.unitId);
  const unit = await getUnit(ctx, unitId);
  if (!unit.ok) return ok(undefined); // goods of another kind
  const reportedAt = timeOf(ctx, p.reportedAt);
  await saveClaim(ctx, {
    claim_id: textOf(p.claimId),
    unit_id: unitId,
    part_id: unit.value.part_id,
    reported_at: reportedAt,
    verdict,
    cost_fen: BigInt(/^\d+$/.test(textOf(p.costFen)) ? textOf(p.costFen) : '0'),
  });
  if (verdict === 'fault') await endRun(ctx, unitId, reportedAt, 'fault');
  return ok(undefined);
}

export const subscribers: readonly Subscriber[] = [
  { name: 'quality.follow-unit', topic: 'production.unit-moved', handle: followUnit },
  { name: 'quality.follow-claim', topic: 'market.claim-judged', handle: followClaim },
];
