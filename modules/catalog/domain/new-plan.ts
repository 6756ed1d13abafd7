import type { Text } from '@zaizao/platform/kernel';
import { compareDecimals } from './decimal.ts';
import type { Limit } from './judge.ts';

/** One test of the new product: what it must meet, and where that is written. */
export interface NewTest {
  /** The code of our own test that answers to it. */
  readonly code: string;
  readonly name: Text;
  readonly unit: string;
  readonly condition: string;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly source: string;
}

/** A test of ours, as planned or as it was done. */
export interface PlannedTest {
  readonly code: string;
  readonly unit: string;
  readonly limits: readonly {
    readonly level: Limit['level'];
    readonly min?: string | undefined;
    readonly max?: string | undefined;
  }[];
}

export interface Shortfall {
  readonly code: string;
  readonly name: Text;
  /** Not tested by us, measured in another unit, or held against a wider limit. */
  readonly kind: 'missing' | 'unit' | 'looser';
  readonly asked: Ends;
  readonly ours?: Ends | undefined;
}

interface Ends {
  readonly unit: string;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
}

/**
 * What our test plan lacks against the new product's (IN-15: the plan of the remanufactured product
 * contains the one of the new). A limit of a single customer does not count, because it binds only that
 * customer's units; of the others the narrowest end counts. No shortfall: our plan covers the new one.
 */
export function shortfalls(asked: readonly NewTest[], own: readonly PlannedTest[]): Shortfall[] {
  const byCode = new Map(own.map((o) => [o.code, o]));
  return asked.flatMap((a): Shortfall[] => {
    const ends: Ends = { unit: a.unit, min: a.min, max: a.max };
    const base = { code: a.code, name: a.name, asked: ends };
    const mine = byCode.get(a.code);
    if (!mine) return [{ ...base, kind: 'missing' }];
    const ours = narrowest(mine);
    if (mine.unit !== a.unit) return [{ ...base, kind: 'unit', ours }];
    const isLooser =
      (a.max !== undefined && (ours.max === undefined || compareDecimals(ours.max, a.max) > 0)) ||
      (a.min !== undefined && (ours.min === undefined || compareDecimals(ours.min, a.min) < 0));
    return isLooser ? [{ ...base, kind: 'looser', ours }] : [];
  });
}

function narrowest({ unit, limits }: PlannedTest): Ends {
  let min: string | undefined;
  let max: string | undefined;
  for (const l of limits) {
    if (l.level === 'customer') continue;
    if (l.min !== undefined && (min === undefined || compareDecimals(l.min, min) > 0)) min = l.min;
    if (l.max !== undefined && (max === undefined || compareDecimals(l.max, max) < 0)) max = l.max;
  }
  return { unit, min, max };
}
