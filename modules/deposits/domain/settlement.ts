import { DAY_MS, mulDiv } from '@zaizao/platform/kernel';

export interface Split {
  readonly creditFen: bigint;
  readonly forfeitFen: bigint;
}

/**
 * How a deposit divides when its core is graded: the grade's percentage comes back, rounded half up,
 * the rest is kept. Both parts are never negative and always add up to the deposit.
 */
export function splitDeposit(amountFen: bigint, pct: number): Split {
  const share = BigInt(Math.round(Math.min(100, Math.max(0, pct)) * 100));
  const creditFen = mulDiv(amountFen, share, 10_000n);
  return { creditFen, forfeitFen: amountFen - creditFen };
}

/**
 * Value of returned cores under a quota: up to `fullPct` of the purchases at full value, the next
 * `halfPct` at half, the rest at the basic value.
 * @see CoremanNet, frequently asked questions: 110 % full, next 10 % half, rest basic value
 */
export function quotaValue(
  bought: number,
  returned: number,
  valueFen: bigint,
  basicFen: bigint,
  fullPct = 110,
  halfPct = 10,
): bigint {
  const fullCap = Math.floor((bought * fullPct) / 100);
  const halfCap = Math.floor((bought * (fullPct + halfPct)) / 100) - fullCap;
  const full = Math.min(returned, fullCap);
  const half = Math.min(returned - full, halfCap);
  const rest = returned - full - half;
  return (
    BigInt(full) * valueFen + mulDiv(BigInt(half) * valueFen, 1n, 2n) + BigInt(rest) * basicFen
  );
}

/**
 * The last day on which a core may come back, `YYYY-MM-DD`: the window counted from the start day,
 * or, for programmes that start at month end, from the last day of that month.
 */
export function lastDay(startDay: string, windowDays: number, fromMonthEnd: boolean): string {
  const start = new Date(`${startDay}T00:00:00Z`);
  if (fromMonthEnd) {
    start.setUTCMonth(start.getUTCMonth() + 1, 0);
    // Windows of whole years or months count by the calendar: twelve months after 31 January end on 31 January.
    if (windowDays % 365 === 0) {
      return new Date(
        Date.UTC(start.getUTCFullYear() + windowDays / 365, start.getUTCMonth() + 1, 0),
      )
        .toISOString()
        .slice(0, 10);
    }
  }
  return new Date(start.getTime() + windowDays * DAY_MS).toISOString().slice(0, 10);
}
