import type { XmlOptions } from '@zaizao/epcis/xml';
import { EPC_FORMATS, type EpcFormat } from './format.ts';
import { header, JSON_TYPES, type Request, wish, XML_TYPES } from './message.ts';
import { EpcisProblem } from './problem.ts';

/** The form of an answer. */
export type Media = 'json' | 'xml';

/** The newest version that we speak; XML can also be had in 1.2. */
export const VERSION = '2.0.0';
export const OLDEST = '1.2.0';

/** The form to answer in; JSON unless the caller would rather have XML and it can be had. */
export function mediaOf(request: Request, hasXml: boolean): Media {
  const accept = header(request, 'accept');
  if (accept === undefined || accept.trim() === '') return 'json';
  const json = wish(accept, JSON_TYPES);
  const xml = hasXml ? wish(accept, XML_TYPES) : 0;
  if (json === 0 && xml === 0) {
    const known = hasXml ? 'application/json and application/xml' : 'application/json';
    throw new EpcisProblem('NotAcceptableException', `${known} can be had`);
  }
  return xml > json ? 'xml' : 'json';
}

const VERSION_TEXT = /^\d+(?:\.\d+){0,3}$/;

function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < 4; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function bound(request: Request, name: string): string | undefined {
  const value = header(request, name)?.trim();
  if (value === undefined || value === '') return undefined;
  if (VERSION_TEXT.test(value)) return value;
  throw new EpcisProblem('NotAcceptableException', `${name}: a version such as ${VERSION}`);
}

/**
 * The version to answer in: the newest one that lies between what `GS1-EPCIS-Min` and `-Max` ask, and that the form has.
 */
export function versionOf(request: Request, media: Media): '2.0' | '1.2' {
  const fits = (family: string, version: string): boolean => {
    const low = bound(request, `gs1-${family}-min`);
    const high = bound(request, `gs1-${family}-max`);
    const isAbove = low === undefined || compareVersions(version, low) >= 0;
    return isAbove && (high === undefined || compareVersions(version, pad(high)) <= 0);
  };
  if (fits('epcis', VERSION) && fits('cbv', VERSION)) return '2.0';
  if (media === 'xml' && fits('epcis', OLDEST) && fits('cbv', OLDEST)) return '1.2';
  const known = media === 'xml' ? `${OLDEST} and ${VERSION}` : VERSION;
  throw new EpcisProblem('NotAcceptableException', `version ${known} can be had`);
}

/** `2` and `2.0` as an upper bound let every release of theirs in. */
function pad(version: string): string {
  return version.split('.').length < 3 ? `${version}.99` : version;
}

/** `GS1-EPCIS-Version` and `GS1-CBV-Version` of what is sent: nothing newer than we know. */
export function checkSentVersion(request: Request): void {
  for (const name of ['gs1-epcis-version', 'gs1-cbv-version']) {
    const version = bound(request, name);
    if (version === undefined) continue;
    if (compareVersions(version, '2.999') > 0 || compareVersions(version, '1.0') < 0) {
      throw new EpcisProblem('NotAcceptableException', `${name} ${version} is not supported`);
    }
  }
}

export function epcFormat(request: Request): EpcFormat {
  const wanted = header(request, 'gs1-epc-format') ?? 'Always_GS1_Digital_Link';
  const format = EPC_FORMATS.find((f) => f === wanted);
  if (format) return format;
  throw new EpcisProblem('NotAcceptableException', `GS1-EPC-Format: ${EPC_FORMATS.join(', ')}`);
}

/** The values of GS1-CBV-XML-Format, with the spelling that each leads to. */
const CBV_FORMATS: Readonly<Record<string, NonNullable<XmlOptions['cbv']>>> = {
  No_Preference: 'web',
  Always_Web_URI: 'web',
  Always_URN: 'urn',
  // Terms are kept as words of the vocabulary, whichever way they were spelt.
  Never_Translates: 'web',
};

export function cbvFormat(request: Request): NonNullable<XmlOptions['cbv']> {
  const wanted = header(request, 'gs1-cbv-xml-format') ?? 'No_Preference';
  const format = Object.hasOwn(CBV_FORMATS, wanted) ? CBV_FORMATS[wanted] : undefined;
  if (format) return format;
  const known = Object.keys(CBV_FORMATS).join(', ');
  throw new EpcisProblem('NotAcceptableException', `GS1-CBV-XML-Format: ${known}`);
}
