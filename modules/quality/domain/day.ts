const DAY_MS = 86_400_000;

/**
 * The instant at which a calendar day begins in a zone.
 * @param day `YYYY-MM-DD` @param later days to add
 */
export function startOfDay(day: string, zone: string, later: number): Date {
  const asUtc = new Date(Date.parse(`${day}T00:00:00Z`) + later * DAY_MS);
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).formatToParts(asUtc);
  const of = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
  return new Date(2 * asUtc.getTime() - local);
}
