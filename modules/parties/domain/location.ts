import { checkDigit } from '@zaizao/gs1';

/**
 * The prefix of an organisation that has none of its own yet: 952 is GS1's range for examples,
 * so nothing printed with it can be mistaken for a licensed key.
 */
export function examplePrefix(orgNo: number): string {
  return `952${String(orgNo).padStart(6, '0')}`.slice(0, 12);
}

export function isExamplePrefix(prefix: string): boolean {
  return prefix.startsWith('952');
}

/**
 * The GLN of a location under a company prefix: prefix, reference, check digit; 13 digits.
 * @param index from 0; a prefix of 12 digits has room for one location only
 * @returns undefined when the prefix has no room for the number
 */
export function glnOf(prefix: string, index: bigint): string | undefined {
  const room = 12 - prefix.length;
  const reference = room === 0 && index === 0n ? '' : index.toString();
  if (reference.length > room) return undefined;
  const body = prefix + reference.padStart(room, '0');
  return body + checkDigit(body);
}

/** SGLN as a canonical Digital Link; `extension` names a place inside the site (a station). */
export function locationLink(gln: string, extension?: string): string {
  const inside = extension === undefined ? '' : `/254/${encodeURIComponent(extension)}`;
  return `https://id.gs1.org/414/${gln}${inside}`;
}
