/** Times of day in a zone, as the browser's date-and-time field holds them: `2026-03-02T09:30`. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** An instant as it is said in a zone. */
export function localOfInstant(zone: string, instant: string | Date): string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      ...({ year: 'numeric', month: '2-digit', day: '2-digit' } as const),
      ...({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const),
    });
    formats.set(zone, format);
  }
  return format.format(new Date(instant)).replace(' ', 'T');
}

/** The instant of a local time, or undefined while it is not complete. In a skipped hour, the hour after. */
export function instantOfLocal(zone: string, local: string | undefined): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(local ?? '')) return undefined;
  const wanted = Date.parse(`${(local ?? '').slice(0, 16)}:00Z`);
  if (Number.isNaN(wanted)) return undefined;
  let at = wanted;
  // The offset is that of the instant itself: twice is enough across any change of clocks.
  for (let n = 0; n < 2; n++) {
    at += wanted - Date.parse(`${localOfInstant(zone, new Date(at))}:00Z`);
  }
  return new Date(at).toISOString();
}
