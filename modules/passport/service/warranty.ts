import type { Ctx } from '@zaizao/platform/http';
import type { Text } from '@zaizao/platform/kernel';
import type { PassportFacts } from '../contract.ts';
import { addMonths } from '../domain/warranty.ts';
import * as repo from '../repo.ts';

export interface Warranty {
  readonly unitId: string;
  readonly months: number;
  /** First day, `YYYY-MM-DD`; absent until the product is in its buyer's hands. */
  readonly from?: string | undefined;
  readonly terms?: Text | undefined;
}

/** What the passport says of the warranty of a unit, as the seller set it. */
export async function warrantyOf(
  ctx: Ctx,
  unitId: string,
): Promise<PassportFacts['warranty'] | undefined> {
  const row = await repo.findWarranty(ctx, unitId);
  if (!row) return undefined;
  const { months, starts_on: from, terms } = row;
  return {
    months,
    ...(from ? { from, until: addMonths(from, months) } : {}),
    ...(terms ? { terms } : {}),
  };
}

export async function storeWarranty(ctx: Ctx, warranty: Warranty): Promise<void> {
  await repo.saveWarranty(ctx, {
    unit_id: warranty.unitId,
    months: warranty.months,
    starts_on: warranty.from ?? null,
    terms: warranty.terms ?? null,
  });
}
