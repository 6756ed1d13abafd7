import fc from 'fast-check';
import { expect, test } from 'vitest';
import { valueCore } from './valuation.ts';

const base = {
  items: [
    { qty: 2, newPriceFen: 1000n, replacePct: 100, restorePct: 0 },
    { qty: 1, newPriceFen: 3000n, replacePct: 0, restorePct: 50 },
  ],
  ...{ sellFen: 13_000n, creditFen: 2000n, scrapFen: 1100n, conversionFen: 2500n, yieldPct: 90 },
};

test('golden: sale, new parts, restoring, conversion and scrap, each by its chance', () => {
  expect(valueCore(base)).toEqual({
    expectedSalesFen: 11_700n,
    expectedMaterialFen: 1935n, // 90 % of 2000 new and 150 for restoring
    expectedConversionFen: 2250n,
    expectedScrapFen: 110n,
    creditFen: 2000n,
    marginFen: 5625n,
  });
});

test('what is paid more for the core is gained less, to the fen', () => {
  const fen = fc.bigInt({ min: 0n, max: 10n ** 9n });
  fc.assert(
    fc.property(fen, fen, (a, b) => {
      const margin = (creditFen: bigint) => valueCore({ ...base, creditFen }).marginFen;
      expect(margin(a) - margin(a + b)).toBe(b);
    }),
  );
});
