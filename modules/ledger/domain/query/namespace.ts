/** Prefixes that queries may use without declaring them: the standard's and our own. */
export const STANDARD_NAMESPACES: ReadonlyMap<string, string> = new Map([
  ['epcis', 'https://ref.gs1.org/epcis/'],
  ['cbv', 'https://ref.gs1.org/cbv/'],
  ['cbvmda', 'urn:epcglobal:cbv:mda:'],
  ['gs1', 'https://gs1.org/voc/'],
  ['zz', 'https://ns.zaizao.dev/'],
]);
