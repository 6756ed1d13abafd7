/** Kinds of things that get a short code which people read aloud, type and scan. */
export const CODE_KINDS = {
  core: 'C',
  component: 'K',
  lot: 'L',
  unit: 'U',
  'work-order': 'W',
  batch: 'B',
  teardown: 'T',
  quote: 'Q',
  pickup: 'P',
  inspection: 'I',
  test: 'TR',
  nonconformance: 'N',
  certificate: 'Z',
  listing: 'G',
  order: 'O',
  shipment: 'H',
  parcel: 'PK',
  claim: 'RC',
  stocktake: 'SK',
  deposit: 'D',
  instrument: 'M',
  site: 'S',
  station: 'ST',
  partner: 'A',
  programme: 'PR',
  plan: 'PL',
  'capacity-offer': 'CO',
} as const satisfies Record<string, string>;

export type CodeKind = keyof typeof CODE_KINDS;

const DIGITS = 7;

/** Letter and at least seven digits: `C0000042`. Longer numbers grow; they are never cut. */
export function codeOf(kind: CodeKind, n: bigint): string {
  return `${CODE_KINDS[kind]}${n.toString().padStart(DIGITS, '0')}`;
}
