/** When a standing query runs, as the standard writes it: `{ "hour": "1", "minute": "5" }`. */
export interface Schedule {
  readonly second?: string;
  readonly minute?: string;
  readonly hour?: string;
  readonly dayOfMonth?: string;
  readonly month?: string;
  readonly dayOfWeek?: string;
}

/** Its fields, from fine to coarse, with what they may be. */
const FIELDS = [
  ['second', 0, 59],
  ['minute', 0, 59],
  ['hour', 0, 23],
  ['dayOfMonth', 1, 31],
  ['month', 1, 12],
  ['dayOfWeek', 1, 7],
] as const;

type Field = (typeof FIELDS)[number][0];

export const SCHEDULE_FIELDS: readonly Field[] = FIELDS.map(([name]) => name);

/** A schedule that cannot be read. */
export class ScheduleFault extends Error {}

/** Schedules are read in the plants' time zone, which has no summer time. */
const ZONE_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
/** A date that comes at all comes within two leap years. */
const MOST_DAYS = 8 * 366 + 1;

/** `5`, `[1-5]` or `1-5`, `0/15`, `*`, and lists of them. */
function numbersOf(name: string, text: string, low: number, high: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (const element of text.split(',')) {
    const match = /^\s*(?:\*|(\d{1,2})|\[?(\d{1,2})-(\d{1,2})\]?)(?:\/(\d{1,2}))?\s*$/.exec(
      element,
    );
    if (!match) throw new ScheduleFault(`${name} “${element}” is no number, range or list`);
    const [, one, from, to, step] = match;
    const isOne = one !== undefined && step === undefined;
    const first = Number(one ?? from ?? low);
    const last = isOne ? first : Number(to ?? high);
    const by = Number(step ?? 1);
    if (first < low || last > high || first > last || by < 1) {
      throw new ScheduleFault(`${name} “${element}” lies outside ${low} to ${high}`);
    }
    for (let n = first; n <= last; n += by) found.add(n);
  }
  return found;
}

/**
 * The next instant of a schedule, after another. Fields finer than the finest one given are at their first value, so that
 * `hour 1, minute 5` is once a day; coarser ones may be anything.
 *
 * @throws ScheduleFault for a field that cannot be read, or a date that never comes
 * @see EPCIS 2.0 (ISO/IEC 19987) section 8.2.5.3
 */
export function nextTime(schedule: Schedule, after: Date): Date {
  const finest = FIELDS.findIndex(([name]) => schedule[name] !== undefined);
  if (finest < 0) throw new ScheduleFault('a schedule has at least one field');
  const allowed = new Map<Field, ReadonlySet<number>>();
  FIELDS.forEach(([name, low, high], i) => {
    const text = schedule[name];
    // Days of the week and of the month are equally coarse.
    const isFiner = i < Math.min(finest, 3);
    allowed.set(
      name,
      isFiner && text === undefined ? new Set([low]) : numbersOf(name, text ?? '*', low, high),
    );
  });
  const fits = (name: Field, value: number): boolean => allowed.get(name)?.has(value) === true;
  const start = after.getTime() + ZONE_MS + 1_000;
  const firstDay = Math.floor(start / DAY_MS) * DAY_MS;
  for (let n = 0; n < MOST_DAYS; n++) {
    const day = new Date(firstDay + n * DAY_MS);
    const weekday = day.getUTCDay() === 0 ? 7 : day.getUTCDay();
    const isDay =
      fits('month', day.getUTCMonth() + 1) &&
      fits('dayOfMonth', day.getUTCDate()) &&
      fits('dayOfWeek', weekday);
    if (!isDay) continue;
    const from = n === 0 ? Math.floor((start - firstDay) / 1_000) : 0;
    const second = timeOfDay(allowed, from);
    if (second !== undefined) return new Date(day.getTime() + second * 1_000 - ZONE_MS);
  }
  throw new ScheduleFault('this date never comes');
}

/** The first second of a day, from one on, that the schedule allows. */
function timeOfDay(
  allowed: ReadonlyMap<Field, ReadonlySet<number>>,
  from: number,
): number | undefined {
  const ordered = (name: Field): number[] => [...(allowed.get(name) ?? [])].sort((a, b) => a - b);
  for (const hour of ordered('hour')) {
    if (hour * 3600 + 3599 < from) continue;
    for (const minute of ordered('minute')) {
      if (hour * 3600 + minute * 60 + 59 < from) continue;
      for (const second of ordered('second')) {
        const time = hour * 3600 + minute * 60 + second;
        if (time >= from) return time;
      }
    }
  }
  return undefined;
}
