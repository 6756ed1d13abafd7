import { mulDiv } from '@zaizao/platform/kernel';

export type Grade = 'A' | 'B' | 'C' | 'R';
export const GRADES: readonly Grade[] = ['A', 'B', 'C', 'R'];

/** One position of a bill of material as far as its cost matters; shares are whole percent. */
export interface CostedItem {
  readonly qty: number;
  readonly newPriceFen: bigint;
  readonly replacePct: number;
  readonly restorePct: number;
}

export interface ValuationInput {
  readonly items: readonly CostedItem[];
  /** Works price of the remanufactured product. */
  readonly sellFen: bigint;
  readonly creditFen: bigint;
  readonly scrapFen: bigint;
  /** Labour, energy and overhead of one unit. */
  readonly conversionFen: bigint;
  /** Chance that the core can be remanufactured, whole percent. */
  readonly yieldPct: number;
}

export interface Valuation {
  readonly expectedSalesFen: bigint;
  readonly expectedMaterialFen: bigint;
  readonly expectedConversionFen: bigint;
  readonly expectedScrapFen: bigint;
  readonly creditFen: bigint;
  readonly marginFen: bigint;
}

/**
 * Material of restoring (wire, plating, consumables) is about a tenth of the new part where the plant
 * has no figure of its own (assumption); its labour and energy are in the conversion.
 */
const RESTORE_SHARE = 10n;

/**
 * What buying one core is expected to bring (value analysis, RL-07):
 * yield × (sale − new parts − restoring − conversion) + (1 − yield) × scrap − credit.
 */
export function valueCore(v: ValuationInput): Valuation {
  const y = BigInt(v.yieldPct);
  const share = (fen: bigint) => mulDiv(fen, y, 100n);
  let material = 0n;
  for (const i of v.items) {
    const each = i.newPriceFen * BigInt(i.qty);
    material += mulDiv(each, BigInt(i.replacePct), 100n);
    material += mulDiv(each, BigInt(i.restorePct), 100n * RESTORE_SHARE);
  }
  const expectedSalesFen = share(v.sellFen);
  const expectedMaterialFen = share(material);
  const expectedConversionFen = share(v.conversionFen);
  const expectedScrapFen = mulDiv(v.scrapFen, 100n - y, 100n);
  return {
    expectedSalesFen,
    expectedMaterialFen,
    expectedConversionFen,
    expectedScrapFen,
    creditFen: v.creditFen,
    marginFen:
      expectedSalesFen +
      expectedScrapFen -
      expectedMaterialFen -
      expectedConversionFen -
      v.creditFen,
  };
}
