/**
 * Microseconds since 1970 as a safe integer (good until the year 2255): what the ledger orders by.
 * Finer decimals than a microsecond stay in the event itself.
 */

/** The instant of an `xsd:dateTimeStamp`; undefined when the text is none. */
export function microsOf(stamp: string): number | undefined {
  const match = /^([^.]+)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(stamp);
  if (!match) return undefined;
  const [, seconds = '', fraction = '', zone = ''] = match;
  const milliseconds = Date.parse(`${seconds}${zone}`);
  if (Number.isNaN(milliseconds)) return undefined;
  return milliseconds * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
}

/** The instant in UTC with six decimals, as record times are written. */
export function stampOf(micros: number): string {
  const milliseconds = Math.floor(micros / 1000);
  const finer = String(micros - milliseconds * 1000).padStart(3, '0');
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${finer}Z`;
}
