import { type UnitWork, workOfUnits } from '@zaizao/modules/production';
import type { Ctx } from '@zaizao/platform/http';
import { DIRECT_RATES } from '../contract.ts';
import { warrantyOf } from '../repo/effect.ts';

const SECONDS_PER_HOUR = 3600;

/** The direct cost of one unit, in fen; made up as the figure of its product is. */
export interface DirectCost {
  readonly newPartsFen: bigint;
  readonly coresFen: bigint;
  readonly labourFen: bigint;
  readonly energyFen: bigint;
  /** Of this unit's own claims so far. */
  readonly warrantyFen: bigint;
  readonly totalFen: bigint;
  /** Mass of its new parts, and of those whose price is known: what is not priced is missing from the cost. */
  readonly newG: number;
  readonly pricedG: number;
  /** Operations, and how many of them have a meter reading. */
  readonly operations: number;
  readonly measured: number;
}

/** The direct cost of certain units, each for itself, at the assumed rates of work and electricity. */
export async function directCosts(
  ctx: Ctx,
  unitIds: readonly string[],
): Promise<Map<string, DirectCost>> {
  const work = await workOfUnits(ctx, unitIds);
  const warranty = await warrantyOf(ctx, unitIds);
  return new Map([...work].map(([id, w]) => [id, costOf(w, warranty.get(id) ?? 0n)]));
}

function costOf(w: UnitWork, warrantyFen: bigint): DirectCost {
  const { labourFenPerHour, energyFenPerKwh } = DIRECT_RATES;
  const parts = {
    newPartsFen: w.newPartsFen,
    coresFen: w.coresFen,
    labourFen: BigInt(Math.round((w.seconds / SECONDS_PER_HOUR) * labourFenPerHour)),
    energyFen: BigInt(Math.round(w.kwh * energyFenPerKwh)),
    warrantyFen,
  };
  const { newG, pricedG, operations, measured } = w;
  const totalFen = Object.values(parts).reduce((n, fen) => n + fen, 0n);
  return { ...parts, totalFen, newG, pricedG, operations, measured };
}
