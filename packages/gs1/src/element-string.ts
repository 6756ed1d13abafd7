import { applicationIdentifier, checkValue } from './application-identifier.ts';
import type { Element } from './element.ts';
import { ok, type Result, refuse } from './result.ts';

export type ElementStringErrorCode = 'ELEMENT_FORMAT' | 'ELEMENT_UNKNOWN' | 'ELEMENT_VALUE';

/** The separator FNC1 as scanners send it: group separator, ASCII 29. */
const SEPARATOR = '\u001d';

/** AIM symbology identifiers that announce GS1 data: GS1-128, DataBar, DataMatrix, QR, Dot Code. */
const SYMBOLOGY = /^\](C1|e0|d2|Q3|J1)/;

function longestIdentifier(text: string): string | undefined {
  for (const length of [2, 3, 4]) {
    const ai = text.slice(0, length);
    if (applicationIdentifier(ai)) return ai;
  }
  return undefined;
}

function checked(elements: Element[]): Result<Element[], ElementStringErrorCode> {
  for (const { ai, value } of elements) {
    const result = checkValue(ai, value);
    if (!result.ok) {
      const code = result.error.code === 'AI_UNKNOWN' ? 'ELEMENT_UNKNOWN' : 'ELEMENT_VALUE';
      return refuse(code, result.error.message);
    }
  }
  return ok(elements);
}

function parseBracketed(text: string): Result<Element[], ElementStringErrorCode> {
  const elements: Element[] = [];
  const pattern = /\((\d{2,4})\)((?:\\\(|(?!\(\d{2,4}\)).)+)/gy;
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    elements.push({ ai: match[1] ?? '', value: (match[2] ?? '').replaceAll('\\(', '(') });
    end = match.index + match[0].length;
  }
  if (end !== text.length || elements.length === 0) {
    return refuse('ELEMENT_FORMAT', `not a bracketed element string from position ${end + 1}`);
  }
  return checked(elements);
}

function parseScanned(text: string): Result<Element[], ElementStringErrorCode> {
  const elements: Element[] = [];
  // A caret is no character of GS1 data: where it leads, it stands for every FNC1.
  const sent = text.startsWith('^') ? text.replaceAll('^', SEPARATOR) : text;
  let rest = sent.replace(SYMBOLOGY, '');
  if (rest.startsWith(SEPARATOR)) rest = rest.slice(1);
  while (rest.length > 0) {
    const ai = longestIdentifier(rest);
    const definition = ai === undefined ? undefined : applicationIdentifier(ai);
    if (ai === undefined || !definition) {
      return refuse('ELEMENT_UNKNOWN', `no application identifier at “${rest.slice(0, 4)}”`);
    }
    const body = rest.slice(ai.length);
    const separator = body.indexOf(SEPARATOR);
    const available = separator < 0 ? body.length : separator;
    const length = definition.predefinedLength
      ? Math.min(definition.maxLength, available)
      : available;
    elements.push({ ai, value: body.slice(0, length) });
    rest = body.slice(length);
    if (rest.startsWith(SEPARATOR)) rest = rest.slice(1);
  }
  if (elements.length === 0) return refuse('ELEMENT_FORMAT', 'empty element string');
  return checked(elements);
}

/**
 * Parses GS1 element strings, either for people, `(01)09520123456788(21)A1`, or as a scanner sends them, with group
 * separators (ASCII 29) and an optional symbology identifier; where none can be typed, `^` leads and stands for each
 * FNC1. In a bracketed value `\\(` is a bracket that begins no identifier.
 *
 * Errors: `ELEMENT_FORMAT`, `ELEMENT_UNKNOWN` (no such application identifier), `ELEMENT_VALUE`.
 *
 * @see GS1 General Specifications, section 7.8
 */
export function parseElementString(text: string): Result<Element[], ElementStringErrorCode> {
  return text.startsWith('(') ? parseBracketed(text) : parseScanned(text);
}

/** Writes elements for people (`bracketed`) or for a data carrier (`scanned`: separators where needed). */
export function formatElementString(
  elements: readonly Element[],
  form: 'bracketed' | 'scanned' = 'bracketed',
): string {
  if (form === 'bracketed') return elements.map(({ ai, value }) => `(${ai})${value}`).join('');
  return elements
    .map(({ ai, value }, index) => {
      const last = index === elements.length - 1;
      const separator = last || applicationIdentifier(ai)?.predefinedLength ? '' : SEPARATOR;
      return ai + value + separator;
    })
    .join('');
}
