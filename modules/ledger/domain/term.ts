const CBV = /^(?:https?:\/\/ref\.gs1\.org\/cbv\/[A-Za-z]+-|urn:epcglobal:cbv:[a-z]+:)(.+)$/;

/** A vocabulary word without the ways CBV 1.2 and 2.0 write it out; other vocabularies stay URIs. */
export function bareWord(term: string): string {
  return CBV.exec(term)?.[1] ?? term;
}
