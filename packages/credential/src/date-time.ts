const DATE_TIME =
  /^(-?[1-9]\d{4,}|-?\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/**
 * Milliseconds since the epoch of an XML Schema `dateTimeStamp` (time zone required), or null when
 * the text is none or names a day that the calendar lacks. Digits beyond the millisecond are cut.
 */
export function dateTimeMillis(text: string): number | null {
  const match = DATE_TIME.exec(text);
  if (!match) return null;
  const [, year = '', month, day, hour, minute, second, fraction = '', zone = 'Z'] = match;
  const numbers = [month, day, hour, minute, second].map(Number);
  const [mon = 0, dom = 0, h = 0, m = 0, s = 0] = numbers;
  if (h > 23 || m > 59 || s > 59) return null;
  const local = new Date(0);
  local.setUTCFullYear(Number(year), mon - 1, dom);
  local.setUTCHours(h, m, s, Number(fraction.padEnd(3, '0').slice(0, 3)));
  if (local.getUTCMonth() !== mon - 1 || local.getUTCDate() !== dom) return null;
  const [zoneHours = 0, zoneMinutes = 0] = zone === 'Z' ? [] : zone.slice(1).split(':').map(Number);
  const offset = (zoneHours * 60 + zoneMinutes) * 60_000;
  return local.getTime() - (zone.startsWith('-') ? -offset : offset);
}
