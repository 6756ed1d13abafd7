import { canonicalLinkOf, formatDigitalLink, parseElementString } from '@zaizao/gs1';

/** What a scanner or a finger may have given. */
export type Scanned =
  | { readonly by: 'epc'; readonly epc: string }
  | { readonly by: 'code'; readonly key: string; readonly typed: string };

/** A code as people type it: spaces and dashes do not matter, nor do small letters. */
export function codeKey(code: string): string {
  return code
    .normalize('NFKC')
    .replace(/[\s\-_–—]/g, '')
    .toUpperCase();
}

/**
 * Reads a scan: an EPC URN, a Digital Link of any host (our own labels are such links), a GS1 element
 * string as DataMatrix readers send it, or else a code.
 */
export function readScan(scanned: string): Scanned {
  const text = scanned.trim();
  const link = canonicalLinkOf(text);
  if (link.ok) return { by: 'epc', epc: link.value };
  const elements = elementLink(text);
  if (elements !== undefined) return { by: 'epc', epc: elements };
  if (/^(?:https?:|urn:)/i.test(text)) return { by: 'epc', epc: text };
  return { by: 'code', key: codeKey(text), typed: text };
}

/** Readers put a symbology identifier before, and the FNC1 character between, GS1 elements. */
function elementLink(text: string): string | undefined {
  const looksLikeElements = /^(?:\]\w\d|\(\d{2,4}\))/.test(text) || text.startsWith('\u001d');
  if (!looksLikeElements) return undefined;
  const parsed = parseElementString(text.replace(/^\]\w\d/, ''));
  if (!parsed.ok) return undefined;
  const link = formatDigitalLink(parsed.value);
  if (!link.ok) return undefined;
  const canonical = canonicalLinkOf(link.value);
  return canonical.ok ? canonical.value : undefined;
}
