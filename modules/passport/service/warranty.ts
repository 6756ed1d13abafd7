import { saleOfUnit } from '@zaizao/modules/market';
import type { Ctx } from '@zaizao/platform/http';
import { lastDayOfMonths } from '@zaizao/platform/kernel';
import type { PassportFacts } from '../contract.ts';

/**
 * The warranty that the seller gave with a unit's newest sale, once the order is confirmed. It begins
 * on the day the unit is put in service.
 */
export async function warrantyOf(
  ctx: Ctx,
  unitId: string,
): Promise<PassportFacts['warranty'] | undefined> {
  const order = await saleOfUnit(ctx, unitId);
  const line = order?.lines.find((l) => l.unitId === unitId);
  if (!line || order?.state === 'placed') return undefined;
  const { warrantyMonths: months, installed } = line;
  return {
    months,
    ...(installed ? { from: installed.at, until: lastDayOfMonths(installed.at, months) } : {}),
  };
}
