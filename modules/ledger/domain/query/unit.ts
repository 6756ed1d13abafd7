/** Units that convert into one another, by UN/CEFACT Recommendation 20 code: value × factor + offset in the SI unit. */
const DIMENSIONS: readonly Readonly<Record<string, readonly [factor: number, offset?: number]>>[] =
  [
    { KEL: [1], CEL: [1, 273.15], FAH: [5 / 9, 459.67 * (5 / 9)], A48: [5 / 9] }, // temperature
    {
      ...{ KGM: [1], GRM: [1e-3], MGM: [1e-6], MC: [1e-9], TNE: [1e3], KTN: [1e6] },
      ...{ LBR: [0.45359237], ONZ: [0.028349523125] },
    },
    {
      ...{ MTR: [1], MMT: [1e-3], CMT: [1e-2], DMT: [0.1], KMT: [1e3], '4H': [1e-6], C45: [1e-9] },
      ...{ INH: [0.0254], FOT: [0.3048], YRD: [0.9144], SMI: [1609.344], NMI: [1852] },
    },
    { MTK: [1], MMK: [1e-6], CMK: [1e-4], KMK: [1e6], INK: [0.00064516], FTK: [0.09290304] },
    {
      ...{ MTQ: [1], LTR: [1e-3], MLT: [1e-6], CLT: [1e-5], DLT: [1e-4], HLT: [0.1], MMQ: [1e-9] },
      ...{ CMQ: [1e-6], DMQ: [1e-3], GLL: [0.003785411784], INQ: [1.6387064e-5] },
    },
    {
      ...{ PAL: [1], A97: [100], KPA: [1e3], MPA: [1e6], BAR: [1e5], MBR: [100] },
      ...{ ATM: [101325], PS: [6894.757293168] },
    },
    { SEC: [1], C26: [1e-3], B98: [1e-6], MIN: [60], HUR: [3600], DAY: [86400], WEE: [604800] },
    { MTS: [1], KMH: [1 / 3.6], HM: [0.44704], KNT: [1852 / 3600], C16: [1e-3] },
    { MSK: [1], K40: [9.80665], A76: [1e-2] },
    { JOU: [1], KJO: [1e3], '3B': [1e6], WHR: [3600], KWH: [3.6e6], MWH: [3.6e9] },
    { WTT: [1], C31: [1e-3], KWT: [1e3], MAW: [1e6], HJ: [735.49875], BHP: [745.699872] },
    { VLT: [1], '2Z': [1e-3], D82: [1e-6], KVT: [1e3] },
    { AMP: [1], '4K': [1e-3], B84: [1e-6], B22: [1e3] },
    { OHM: [1], E45: [1e-3], B49: [1e3], B75: [1e6] },
    { FAR: [1], '4O': [1e-6], C41: [1e-9], '4T': [1e-12] },
    { HTZ: [1], KHZ: [1e3], MHZ: [1e6], A86: [1e9], RPM: [1 / 60], RPS: [1] },
    { NEW: [1], B47: [1e3], B73: [1e6] },
    { NU: [1], B48: [1e3], D83: [1e-3], B74: [1e6] },
    { C81: [1], DD: [Math.PI / 180], D61: [Math.PI / 10800], D62: [Math.PI / 648000] },
    { P1: [0.01], C62: [1], '59': [1e-6], NX: [1e-3] },
    { A23: [1e3], KMQ: [1], GL: [1], GM: [1e-3], A93: [1e-3] },
  ];

const PLACE = new Map(
  DIMENSIONS.flatMap((units, dimension) =>
    Object.entries(units).map(([code, [factor, offset = 0]]) => [
      code,
      { dimension, factor, offset },
    ]),
  ),
);

/** A value in another unit of the same dimension; undefined when the units do not convert. */
export function convert(value: number, from: string, to: string): number | undefined {
  if (from === to) return value;
  const a = PLACE.get(from);
  const b = PLACE.get(to);
  if (!a || !b || a.dimension !== b.dimension) return undefined;
  return (value * a.factor + a.offset - b.offset) / b.factor;
}

/** Equal to twelve digits: a converted value carries the rounding of its factor. */
export function sameNumber(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b), 1e-9);
}
