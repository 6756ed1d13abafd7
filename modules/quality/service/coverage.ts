import {
  getPart,
  newPlanCheck,
  newPlans,
  type PlanCheck,
  type PlannedTest,
  type Shortfall,
  testPlanOf,
} from '@zaizao/modules/catalog';
import { todayOf } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { type CoverageView, qualityErrors, type releasePlan } from '../contract.ts';
import * as repo from '../repo/effect.ts';

type View = z.input<typeof CoverageView>;

/** Whether a release speaks of every shortfall there is: by test and kind of lack. */
function covers(release: repo.ReleaseRow | undefined, short: readonly Shortfall[]): boolean {
  const spoken = new Set(release?.shortfalls.map((s) => `${s.code} ${s.kind}`));
  return short.every((s) => spoken.has(`${s.code} ${s.kind}`));
}

export interface Standing {
  readonly check: PlanCheck;
  readonly release: repo.ReleaseRow | undefined;
  /** Units so tested may be certified: nothing is lacking, or quality released what is. */
  readonly free: boolean;
}

/** How a test plan stands against the new product's; undefined while that one is not entered. */
export async function standingOf(
  ctx: Ctx,
  partId: string,
  own: readonly PlannedTest[],
): Promise<Standing | undefined> {
  const check = await newPlanCheck(ctx, partId, own);
  if (!check) return undefined;
  const release = await repo.releaseOn(ctx, partId, check.version, await todayOf(ctx));
  const holds = release && covers(release, check.shortfalls);
  const free = check.shortfalls.length === 0 || holds === true;
  return { check, release: holds && check.shortfalls.length > 0 ? release : undefined, free };
}

export function releaseView(r: repo.ReleaseRow) {
  return {
    id: r.id,
    planVersion: r.plan_version,
    shortfalls: r.shortfalls.map(shortfallView),
    reason: r.reason,
    approvedBy: r.approved_by,
    validTo: r.valid_to,
    by: r.by_whom,
    at: r.at.toISOString(),
  };
}

export function shortfallView({ asked, ours, ...s }: Shortfall) {
  return { ...s, asked: { ...asked }, ...(ours ? { ours: { ...ours } } : {}) };
}

async function coverageOf(ctx: Ctx, partId: string): Promise<Result<View | undefined>> {
  const part = await getPart(ctx, partId);
  if (!part.ok) return part;
  const own = await testPlanOf(ctx, partId);
  if (!own.ok) return own;
  const standing = await standingOf(ctx, partId, own.value);
  if (!standing) return ok(undefined);
  const { check, release, free } = standing;
  const { id, number, name } = part.value;
  return ok({
    part: { id, number, name },
    planVersion: check.version,
    source: check.source,
    asked: check.tests,
    ours: own.value.length,
    shortfalls: check.shortfalls.map(shortfallView),
    covered: check.shortfalls.length === 0,
    free,
    ...(release ? { release: releaseView(release) } : {}),
  });
}

/** Every product whose new product's plan is entered, with what ours lacks today. */
export async function coverage(ctx: Ctx, partId: string | undefined) {
  const items: View[] = [];
  for (const id of partId ? [partId] : await newPlans(ctx)) {
    const one = await coverageOf(ctx, id);
    if (!one.ok) return one;
    if (one.value) items.push(one.value);
  }
  return ok({ items });
}

/** Quality lets units be certified although the plan lacks something: named, with a reason and an end. */
export async function release(
  ctx: Ctx,
  b: z.output<(typeof releasePlan)['body']>,
): Promise<Result<View>> {
  const now = await coverageOf(ctx, b.partId);
  if (!now.ok) return now;
  if (!now.value) return err(qualityErrors.PLAN_UNKNOWN());
  if (now.value.covered) return err(qualityErrors.PLAN_COVERED());
  if (b.validTo < (await todayOf(ctx))) return err(qualityErrors.PLAN_RELEASE_PAST());
  const id = newId('rel', ctx.now.getTime());
  await repo.insertRelease(ctx, {
    id,
    part_id: b.partId,
    plan_version: now.value.planVersion,
    shortfalls: now.value.shortfalls,
    reason: b.reason,
    approved_by: b.approvedBy,
    valid_to: b.validTo,
  });
  await ctx.audit('quality.release-plan', b.partId, { release: id, reason: b.reason });
  const after = await coverageOf(ctx, b.partId);
  if (!after.ok) return after;
  return after.value ? ok(after.value) : err(qualityErrors.PLAN_UNKNOWN());
}
