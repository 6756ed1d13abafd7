/** Calendar days, written `YYYY-MM-DD`: which day an instant is on in a zone, when a day begins, how days are counted. */

/** The length of most days. Days of a zone that moves its clocks differ: count those by `addDays`. */
export const DAY_MS = 86_400_000;

export const DEFAULT_ZONE = 'Asia/Shanghai';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of an instant in a zone. */
export function dayIn(zone: string, at: Date | number): string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
    formats.set(zone, format);
  }
  return format.format(at);
}

/** The instant at which a day begins in a zone, in milliseconds: the first whose day it is. */
export function midnightOf(zone: string, day: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  // Zones lie within 14 hours of UTC and change by whole quarters of an hour.
  let low = utc - 15 * 3_600_000;
  let high = utc + 15 * 3_600_000;
  while (high - low > MINUTE_MS) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS;
    if (dayIn(zone, middle) >= day) high = middle;
    else low = middle;
  }
  return high;
}

const MINUTE_MS = 60_000;

/** The calendar day so many days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * The last day of a period of whole months that begins on a day: the day before the same day of the
 * later month, or its last day where the month is shorter.
 */
export function lastDayOfMonths(from: string, months: number): string {
  const [year = 0, month = 1, day = 1] = from.split('-').map(Number);
  const target = new Date(Date.UTC(year, month - 1 + months, 1));
  const daysThere = new Date(
    Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0),
  ).getUTCDate();
  target.setUTCDate(Math.min(day, daysThere + 1));
  target.setUTCDate(target.getUTCDate() - 1);
  return target.toISOString().slice(0, 10);
}

/** Calendar days, both included. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

/** The last so many weeks, oldest first. A week begins on Monday; the last one ends on the day given. */
export function weeksTo(day: string, count: number): DaySpan[] {
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const monday = addDays(day, -sinceMonday);
  return Array.from({ length: count }, (_, i) => {
    const from = addDays(monday, -7 * (count - 1 - i));
    return { from, to: i === count - 1 ? day : addDays(from, 6) };
  });
}
