import { bomOf, pricesOf } from '@zaizao/modules/catalog';
import type { Ctx } from '@zaizao/platform/http';
import { type Valuation, valueCore } from '../domain/valuation.ts';
import { type CoreRow, saveValuation } from '../repo.ts';

const DEFAULT_YIELD_PCT = 92; // starters: 8 % of cores are not rebuildable (plant A, assumption)
const DEFAULT_CONVERSION_FEN = 2500n; // labour, energy, overhead of a small electrical unit (assumption)

/** Reckons what buying a core is worth and keeps the figures with it. */
export async function reckonValue(ctx: Ctx, core: CoreRow, creditFen: bigint): Promise<void> {
  if (!core.part_id) return;
  const bom = await bomOf(ctx, core.part_id);
  const prices = await pricesOf(ctx, core.part_id);
  const sellFen = prices['ex-works'] ?? prices['reman-retail'];
  if (!bom.ok || sellFen === undefined) return;
  const figures = valueCore({
    items: bom.value.items.map((i) => ({
      qty: i.qty,
      newPriceFen: i.part.newPriceFen ?? 0n,
      replacePct: Math.round(i.replacePct ?? 0),
      restorePct: Math.round(i.restorePct ?? 0),
    })),
    sellFen,
    creditFen,
    scrapFen: prices.scrap ?? 0n,
    conversionFen: DEFAULT_CONVERSION_FEN,
    yieldPct: DEFAULT_YIELD_PCT,
  });
  await saveValuation(ctx, core.id, asJson(figures));
}

function asJson(v: Valuation): Record<keyof Valuation, string> {
  return {
    expectedSalesFen: String(v.expectedSalesFen),
    expectedMaterialFen: String(v.expectedMaterialFen),
    expectedConversionFen: String(v.expectedConversionFen),
    expectedScrapFen: String(v.expectedScrapFen),
    creditFen: String(v.creditFen),
    marginFen: String(v.marginFen),
  };
}
