import type { XmlOptions } from '@zaizao/epcis/xml';
import { EPC_FORMATS, type EpcFormat } from './format.ts';
import { EpcisProblem } from './problem.ts';
import { header, type Request } from './request.ts';

/** The form of an answer. */
export type Media = 'json' | 'xml';

/** The newest version that we speak; XML can also be had in 1.2. */
export const VERSION = '2.0.0';
export const OLDEST = '1.2.0';

const JSON_TYPES = ['application/json', 'application/ld+json', 'application/problem+json'];
const XML_TYPES = ['application/xml', 'text/xml', 'application/problem+xml'];

/** How much the caller wants one of these types, 0 to 1, by the most specific range that fits. */
function wish(accept: string, types: readonly string[]): number {
  let best = 0;
  let precision = -1;
  for (const part of accept.split(',')) {
    const [range = '', ...parameters] = part.split(';').map((p) => p.trim().toLowerCase());
    const fits = types.some(
      (type) => range === type || range === '*/*' || range === `${type.split('/')[0]}/*`,
    );
    const detail = range === '*/*' ? 0 : range.endsWith('/*') ? 1 : 2;
    if (!fits || detail < precision) continue;
    const q = parameters.find((p) => p.startsWith('q='));
    const weight = q === undefined ? 1 : Number(q.slice(2));
    const value = Number.isFinite(weight) ? Math.min(Math.max(weight, 0), 1) : 0;
    best = detail === precision ? Math.max(best, value) : value;
    precision = detail;
  }
  return best;
}

/** Whether a refusal is better told in XML. */
export function prefersXml(request: Request): boolean {
  const accept = header(request, 'accept') ?? '*/*';
  return wish(accept, XML_TYPES) > wish(accept, JSON_TYPES);
}

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
