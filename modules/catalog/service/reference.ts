import { httpErrors } from '@zaizao/platform/contract';
import { lockName } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type getNewPlan,
  type getPackage,
  type PackageSpec,
  referenceErrors,
  type setNewPlan,
  type setPackage,
} from '../contract/reference.ts';
import { compareDecimals } from '../domain/decimal.ts';
import { type PlannedTest, type Shortfall, shortfalls } from '../domain/new-plan.ts';
import * as repo from '../repo/reference.ts';
import { getPart, testPlanOf } from './read.ts';

type PlanView = z.input<(typeof getNewPlan)['response']>;
type PackageView = z.input<(typeof getPackage)['response']>;
export type PackageSpecOf = z.output<typeof PackageSpec>;

const view = (s: Shortfall) => ({
  ...s,
  asked: { ...s.asked },
  ...(s.ours ? { ours: { ...s.ours } } : {}),
});

/** The newest plan of the new product, with what our plan of today lacks against it. */
export async function newPlanView(ctx: Ctx, partId: string): Promise<Result<PlanView>> {
  const own = await testPlanOf(ctx, partId);
  if (!own.ok) return own;
  const plan = await repo.newestPlan(ctx, partId);
  const found = shortfalls(plan?.items ?? [], own.value);
  return ok({
    version: plan?.version ?? 0,
    ...(plan ? { createdAt: plan.created_at.toISOString() } : {}),
    note: plan?.note ?? '',
    source: plan?.source ?? '',
    items: plan?.items ?? [],
    shortfalls: found.map(view),
    covered: plan !== undefined && found.length === 0,
  });
}

export interface PlanCheck {
  readonly version: number;
  readonly source: string;
  readonly tests: number;
  readonly shortfalls: readonly Shortfall[];
}

/** What a test plan lacks against the new product's; undefined while nobody has entered that one. */
export async function newPlanCheck(
  ctx: Ctx,
  partId: string,
  own: readonly PlannedTest[],
): Promise<PlanCheck | undefined> {
  const plan = await repo.newestPlan(ctx, partId);
  if (!plan) return undefined;
  const { version, source, items } = plan;
  return { version, source, tests: items.length, shortfalls: shortfalls(items, own) };
}

/** The products whose new product's plan is entered. */
export function newPlans(ctx: Ctx): Promise<string[]> {
  return repo.partsWithPlan(ctx);
}

export async function issueNewPlan(
  ctx: Ctx,
  partId: string,
  version: number,
  b: z.output<(typeof setNewPlan)['body']>,
): Promise<Result<PlanView>> {
  const part = await getPart(ctx, partId);
  if (!part.ok) return part;
  const seen = new Set<string>();
  for (const { code, min, max } of b.items) {
    if (seen.has(code)) return err(referenceErrors.NEW_PLAN_TWICE({ code }));
    seen.add(code);
    const isWrong =
      (min === undefined && max === undefined) ||
      (min !== undefined && max !== undefined && compareDecimals(min, max) > 0);
    if (isWrong) return err(referenceErrors.NEW_PLAN_ENDS({ code }));
  }
  await lockName(ctx.tx, ctx.org.no, 'catalog');
  const now = (await repo.newestPlan(ctx, partId))?.version ?? 0;
  if (now !== version) return err(httpErrors.STALE_VERSION());
  await repo.insertPlan(ctx, { part_id: partId, version: now + 1, ...b });
  return newPlanView(ctx, partId);
}

export async function packageView(ctx: Ctx, partId: string): Promise<Result<PackageView>> {
  const part = await getPart(ctx, partId);
  if (!part.ok) return part;
  const row = await repo.newestPackage(ctx, partId);
  return ok({
    version: row?.version ?? 0,
    ...(row ? { createdAt: row.created_at.toISOString(), spec: row.body } : {}),
    note: row?.note ?? '',
  });
}

/** How a product is packed today; undefined while the plant has not said. */
export async function packageOf(
  ctx: Ctx,
  partId: string,
): Promise<{ readonly version: number; readonly spec: PackageSpecOf } | undefined> {
  const row = await repo.newestPackage(ctx, partId);
  return row && { version: row.version, spec: row.body };
}

export async function issuePackage(
  ctx: Ctx,
  partId: string,
  version: number,
  { spec, note }: z.output<(typeof setPackage)['body']>,
): Promise<Result<PackageView>> {
  const part = await getPart(ctx, partId);
  if (!part.ok) return part;
  const sides = ['lengthMm', 'widthMm', 'heightMm'] as const;
  if (sides.some((s) => spec.outer[s] < spec.inner[s])) {
    return err(referenceErrors.PACKAGE_INSIDE());
  }
  const codes = spec.checks.map((c) => c.code);
  const code = codes.find((c, i) => codes.indexOf(c) !== i);
  if (code !== undefined) return err(referenceErrors.PACKAGE_CHECK_TWICE({ code }));
  await lockName(ctx.tx, ctx.org.no, 'catalog');
  const now = (await repo.newestPackage(ctx, partId))?.version ?? 0;
  if (now !== version) return err(httpErrors.STALE_VERSION());
  await repo.insertPackage(ctx, { part_id: partId, version: now + 1, body: spec, note });
  return packageView(ctx, partId);
}
