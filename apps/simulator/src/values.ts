import type { Random } from './random.ts';

interface Limit {
  readonly min?: string | undefined;
  readonly max?: string | undefined;
}

/** A believable reading: inside every limit, or (when `good` is false) outside the strictest. */
export function reading(
  unit: string,
  limits: readonly Limit[],
  good: boolean,
  rng: Random,
): string {
  const mins = limits.flatMap((l) => (l.min === undefined ? [] : [Number(l.min)]));
  const maxs = limits.flatMap((l) => (l.max === undefined ? [] : [Number(l.max)]));
  const min = mins.length > 0 ? Math.max(...mins) : undefined;
  const max = maxs.length > 0 ? Math.min(...maxs) : undefined;
  if (unit === 'bool') {
    const wanted = min === 1 ? 1 : 0;
    return String(good ? wanted : 1 - wanted);
  }
  const span = (max ?? (min ?? 1) * 2) - (min ?? 0) || 1;
  const inside =
    min !== undefined && max !== undefined
      ? min + span * rng.between(0.25, 0.75)
      : max !== undefined
        ? max - Math.abs(max || 1) * rng.between(0.06, 0.3)
        : (min ?? 1) + Math.abs(min || 1) * rng.between(0.06, 0.3);
  const outside =
    max !== undefined
      ? max + Math.abs(span) * rng.between(0.05, 0.2)
      : (min ?? 1) - Math.abs(span) * rng.between(0.05, 0.2);
  const value = good ? inside : outside;
  const size = Math.abs(value);
  return value.toFixed(size < 1 ? 4 : size < 100 ? 2 : 1);
}

/** Rows that ask for what another row has measured. */
const SAME: Readonly<Record<string, string>> = { 'S-T02': 'S-T01' };

interface Asked {
  readonly id: string;
  readonly code: string;
  readonly unit: string;
  readonly limits: readonly Limit[];
  readonly instrumentKind?: string | undefined;
}

/** A reading for every row of a grid, by a calibrated instrument where one is asked for; `bad` fails. */
export async function readings(
  w: { instrument(kind: string): Promise<string> },
  rows: readonly Asked[],
  bad: string | undefined,
  rng: Random,
) {
  const values = [];
  const read = new Map<string, string>();
  for (const row of rows) {
    // one voltage held against the plant's limit and, as the standard asks, against the national one
    const same = SAME[row.code];
    const value = (same && read.get(same)) ?? reading(row.unit, row.limits, row.id !== bad, rng);
    read.set(row.code, value);
    values.push({
      characteristicId: row.id,
      value,
      unit: row.unit,
      ...(row.instrumentKind ? { instrumentId: await w.instrument(row.instrumentKind) } : {}),
    });
  }
  return values;
}
