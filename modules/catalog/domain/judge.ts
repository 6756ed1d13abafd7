import { compareDecimals } from './decimal.ts';

export type Level = 'national' | 'enterprise' | 'customer';

/** One version of one level’s limit; ends are included. Decimal texts in the characteristic’s unit. */
export interface Limit {
  readonly level: Level;
  readonly customer?: string;
  readonly min?: string;
  readonly max?: string;
  readonly version: number;
  /** First day on which it holds, `YYYY-MM-DD`. */
  readonly validFrom: string;
  /** The standard and clause, or the document, or "assumption". */
  readonly source: string;
}

export interface LevelVerdict extends Limit {
  readonly pass: boolean;
}

export interface Judgement {
  /** All levels that apply pass; `unlimited` where no limit applies. */
  readonly verdict: 'pass' | 'fail' | 'unlimited';
  readonly levels: readonly LevelVerdict[];
  /** The narrowest ends over all levels that apply: what the person must meet. */
  readonly strictest: { readonly min?: string; readonly max?: string };
}

/**
 * Judges a measured value against every limit that applies. Limits of customers other than the
 * named one do not apply. The answer names the version of each limit it used.
 * @param value a decimal text (`'8.20'`); for yes/no characteristics `'1'` or `'0'`
 */
export function judge(
  value: string,
  limits: readonly Limit[],
  options: { readonly customer?: string } = {},
): Judgement {
  const applying = limits.filter((l) => l.level !== 'customer' || l.customer === options.customer);
  const levels = applying.map((l) => ({ ...l, pass: within(value, l) }));
  const verdict = levels.length === 0 ? 'unlimited' : levels.every((l) => l.pass) ? 'pass' : 'fail';
  return { verdict, levels, strictest: strictest(applying) };
}

function within(value: string, limit: Limit): boolean {
  if (limit.min !== undefined && compareDecimals(value, limit.min) < 0) return false;
  return limit.max === undefined || compareDecimals(value, limit.max) <= 0;
}

function strictest(limits: readonly Limit[]): Judgement['strictest'] {
  let min: string | undefined;
  let max: string | undefined;
  for (const l of limits) {
    if (l.min !== undefined && (min === undefined || compareDecimals(l.min, min) > 0)) min = l.min;
    if (l.max !== undefined && (max === undefined || compareDecimals(l.max, max) < 0)) max = l.max;
  }
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** Of all versions, the ones in force on a day: the highest version of each level and customer. */
export function limitsOn(limits: readonly Limit[], day: string): Limit[] {
  const current = new Map<string, Limit>();
  for (const l of limits) {
    if (l.validFrom > day) continue;
    const key = `${l.level}/${l.customer ?? ''}`;
    const before = current.get(key);
    if (!before || before.version < l.version) current.set(key, l);
  }
  return [...current.values()];
}
