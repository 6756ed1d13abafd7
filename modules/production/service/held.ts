import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import { productionErrors } from '../contract.ts';
import { updateUnit } from '../repo/unit.ts';
import { getUnit } from './units.ts';

/** Says where a unit stands; who found it there records that in the ledger. */
export async function putUnit(ctx: Ctx, unitId: string, place: string): Promise<Result<undefined>> {
  const unit = await getUnit(ctx, unitId, true);
  if (!unit.ok) return unit;
  const put = await updateUnit(ctx, unitId, unit.value.state, { place });
  return put ? ok(undefined) : err(productionErrors.UNIT_NOT_FOUND());
}
