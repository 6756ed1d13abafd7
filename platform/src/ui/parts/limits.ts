/** One set of limits that a value is held against: the national, the plant's, the customer's. */
export interface Limit {
  readonly name: string;
  readonly low?: number | string | undefined;
  readonly high?: number | string | undefined;
}

export type LimitState = 'within' | 'near' | 'out';

/** Share of the band next to a limit that counts as near it. */
const NEAR = 0.1;

/** Where a value stands against one limit; the limits themselves are within. */
export function judge(value: number, limit: Limit): LimitState {
  const low = limit.low === undefined ? undefined : Number(limit.low);
  const high = limit.high === undefined ? undefined : Number(limit.high);
  if ((low !== undefined && value < low) || (high !== undefined && value > high)) return 'out';
  if (low === undefined || high === undefined) return 'within';
  const margin = (high - low) * NEAR;
  return value < low + margin || value > high - margin ? 'near' : 'within';
}

/** The worst of several limits. */
export function judgeAll(value: number, limits: readonly Limit[]): LimitState {
  const states = limits.map((l) => judge(value, l));
  return states.includes('out') ? 'out' : states.includes('near') ? 'near' : 'within';
}

/** The scale that shows every limit and the value, with air at both ends. */
export function scaleOf(
  value: number | undefined,
  limits: readonly Limit[],
): readonly [number, number] {
  const marks = limits
    .flatMap((l) => [l.low, l.high])
    .filter((v) => v !== undefined)
    .map(Number);
  if (value !== undefined) marks.push(value);
  if (marks.length === 0) return [0, 1];
  const [low, high] = [Math.min(...marks), Math.max(...marks)];
  const span = high - low || Math.abs(high) || 1;
  // one-sided limits get room on the open side, so that the allowed band can be seen
  return [low - span * 0.25, high + span * 0.25];
}
