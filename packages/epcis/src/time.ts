const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|([+-])(\d\d):(\d\d))$/;

/** A moment with all its digits: milliseconds since 1970 and whatever stands after them. */
interface Moment {
  readonly milliseconds: number;
  /** Fourth decimal of the second and further, without trailing zeros. */
  readonly finer: string;
}

/** Texts read lately: an event's time is looked at when it is validated, hashed and indexed. */
const recent = new Map<string, Moment>();
const MOST_RECENT = 2_000;
/** Longer ones may be anything. */
const LONGEST_KEPT = 40;

function momentOf(text: string): Moment | undefined {
  const known = recent.get(text);
  if (known) return known;
  const moment = readMoment(text);
  if (recent.size >= MOST_RECENT) recent.clear();
  if (moment && text.length <= LONGEST_KEPT) recent.set(text, moment);
  return moment;
}

function readMoment(text: string): Moment | undefined {
  const match = DATE_TIME.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', , sign, zoneHours, zoneMinutes] =
    match;
  const fields = [year, month, day, hour, minute, second].map(Number);
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = fields;
  const daysInMonth = new Date(Date.UTC(y, mo, 0)).getUTCDate();
  if (mo < 1 || mo > 12 || d < 1 || d > daysInMonth || h > 23 || mi > 59 || s > 59) {
    return undefined;
  }
  const zone = Number(zoneHours ?? 0) * 60 + Number(zoneMinutes ?? 0);
  if (zone > 14 * 60 || Number(zoneMinutes ?? 0) > 59) return undefined;
  const offset = (sign === '-' ? -zone : zone) * 60_000;
  const base = new Date(0);
  base.setUTCFullYear(y, mo - 1, d);
  base.setUTCHours(h, mi, s, Number(fraction.slice(0, 3).padEnd(3, '0')));
  return {
    milliseconds: base.getTime() - offset,
    finer: fraction.slice(3).replace(/0+$/, ''),
  };
}

/** Whether the text is an `xsd:dateTimeStamp`: date, time and zone, any number of decimals. */
export function isDateTimeStamp(text: string): boolean {
  return momentOf(text) !== undefined;
}

/**
 * The moment in UTC with exactly three decimals, rounded half up at the fourth (a `Date` would truncate); text that is
 * no `xsd:dateTimeStamp` comes back unchanged.
 */
export function canonicalTime(text: string): string {
  const moment = momentOf(text);
  if (!moment) return text;
  const roundUp = moment.finer.charAt(0) >= '5' ? 1 : 0;
  return new Date(moment.milliseconds + roundUp).toISOString();
}

/** Order of two moments, to the last decimal given; undefined when one of them is no `xsd:dateTimeStamp`. */
export function compareTimes(left: string, right: string): number | undefined {
  const a = momentOf(left);
  const b = momentOf(right);
  if (!a || !b) return undefined;
  if (a.milliseconds !== b.milliseconds) return a.milliseconds - b.milliseconds;
  return a.finer < b.finer ? -1 : a.finer > b.finer ? 1 : 0;
}
