import { isArray, isObject, type JsonObject, type JsonValue } from '@zaizao/tlog';
import { dateTimeMillis } from './date-time.ts';

/** First entry of every VCDM 2.0 `@context`. */
export const CREDENTIALS_V2 = 'https://www.w3.org/ns/credentials/v2';

/*
 * The rules of the Verifiable Credentials Data Model 2.0 that need no JSON-LD processor. Each
 * function returns what is wrong, in words; an empty list means nothing is.
 */

/** Faults of a credential's shape (VCDM 2.0 §4). Signatures and dates against the clock are elsewhere. */
export function credentialProblems(credential: JsonObject): string[] {
  return [
    ...contextProblems(credential['@context']),
    ...typeProblems(credential.type, 'VerifiableCredential'),
    ...optionalUrl(credential, 'id'),
    ...textProblems(credential, ''),
    ...issuerProblems(credential.issuer),
    ...subjectProblems(credential.credentialSubject),
    ...validityProblems(credential),
    ...parts(credential, 'credentialStatus', { id: 'optional' }),
    ...parts(credential, 'credentialSchema', { id: 'required' }),
    ...parts(credential, 'refreshService', { id: 'optional' }),
    ...parts(credential, 'termsOfUse', { id: 'optional' }),
    ...parts(credential, 'evidence', { id: 'optional' }),
    ...parts(credential, 'proof', { id: 'optional' }),
  ];
}

/** Faults of a presentation's shape (VCDM 2.0 §4.13). */
export function presentationProblems(presentation: JsonObject): string[] {
  const held = list(presentation.verifiableCredential);
  return [
    ...contextProblems(presentation['@context']),
    ...typeProblems(presentation.type, 'VerifiablePresentation'),
    ...optionalUrl(presentation, 'id'),
    ...holderProblems(presentation.holder),
    ...parts(presentation, 'proof', { id: 'optional' }),
    ...held.flatMap((credential, i) => {
      if (!isObject(credential)) return [`verifiableCredential ${i} is not an object`];
      const problems = isEnveloped(credential)
        ? envelopeProblems(credential)
        : credentialProblems(credential);
      return problems.map((problem) => `verifiableCredential ${i}: ${problem}`);
    }),
  ];
}

/** The issuer's identifier; empty when the credential has none. */
export function issuerOf({ issuer }: JsonObject): string {
  const id = isObject(issuer) ? issuer.id : issuer;
  return typeof id === 'string' ? id : '';
}

function isEnveloped({ type }: JsonObject): boolean {
  return list(type).includes('EnvelopedVerifiableCredential');
}

function envelopeProblems(credential: JsonObject): string[] {
  return [
    ...contextProblems(credential['@context']),
    ...(typeof credential.id === 'string' && credential.id.startsWith('data:')
      ? []
      : ['an enveloped credential has its content as a data: URL in "id"']),
  ];
}

function contextProblems(context: JsonValue | undefined): string[] {
  const [first, ...rest] = list(context);
  if (first !== CREDENTIALS_V2) return [`"@context" does not begin with ${CREDENTIALS_V2}`];
  return rest.flatMap((item) => {
    if (typeof item === 'string') return isUrl(item) ? [] : [`context "${item}" is not a URL`];
    return isObject(item) ? inlineContextProblems(item) : ['a context is neither URL nor object'];
  });
}

function inlineContextProblems(context: JsonObject): string[] {
  return Object.entries(context).flatMap(([term, value]) => {
    const id = isObject(value) ? value['@id'] : value;
    const bad = !term.startsWith('@') && typeof id === 'string' && /\s/.test(id);
    return bad ? [`context term "${term}" is not mapped to a URL`] : [];
  });
}

function typeProblems(type: JsonValue | undefined, required: string): string[] {
  const types = list(type);
  if (!types.every((item) => typeof item === 'string' && item !== '' && !/\s/.test(item))) {
    return ['"type" holds something other than terms and URLs'];
  }
  return types.includes(required) ? [] : [`"type" lacks ${required}`];
}

function issuerProblems(issuer: JsonValue | undefined): string[] {
  if (typeof issuer === 'string') return isUrl(issuer) ? [] : ['"issuer" is not a URL'];
  if (!isObject(issuer)) return ['"issuer" is missing'];
  return [
    ...(typeof issuer.id === 'string' && isUrl(issuer.id) ? [] : ['"issuer" has no URL as its id']),
    ...textProblems(issuer, 'issuer '),
  ];
}

function holderProblems(holder: JsonValue | undefined): string[] {
  if (holder === undefined) return [];
  const id = isObject(holder) ? holder.id : holder;
  return typeof id === 'string' && isUrl(id) ? [] : ['"holder" is not a URL'];
}

function subjectProblems(subject: JsonValue | undefined): string[] {
  const subjects = list(subject);
  if (subjects.length === 0) return ['"credentialSubject" is missing'];
  return subjects.flatMap((item) =>
    isObject(item) && Object.keys(item).length > 0
      ? optionalUrl(item, 'id')
      : ['"credentialSubject" makes no claim'],
  );
}

function validityProblems({ validFrom, validUntil }: JsonObject): string[] {
  const from = time(validFrom);
  const until = time(validUntil);
  return [
    ...(Number.isNaN(from) ? ['"validFrom" is not a dateTimeStamp'] : []),
    ...(Number.isNaN(until) ? ['"validUntil" is not a dateTimeStamp'] : []),
    ...(from !== null && until !== null && from > until
      ? ['"validUntil" is before "validFrom"']
      : []),
  ];
}

/** Null when absent, NaN when malformed. */
function time(value: JsonValue | undefined): number | null {
  if (value === undefined) return null;
  return (typeof value === 'string' ? dateTimeMillis(value) : null) ?? Number.NaN;
}

/** Members that are one or more objects with a type. */
function parts(
  credential: JsonObject,
  name: string,
  { id }: { readonly id: 'optional' | 'required' },
): string[] {
  return list(credential[name]).flatMap((part) => {
    if (!isObject(part)) return [`"${name}" is not an object`];
    const types = list(part.type);
    const typed = types.length > 0 && types.every((type) => typeof type === 'string');
    return [
      ...(typed ? [] : [`"${name}" has no type`]),
      ...(id === 'required' && part.id === undefined ? [`"${name}" has no id`] : []),
      ...optionalUrl(part, 'id').map((problem) => `"${name}": ${problem}`),
    ];
  });
}

/** `name` and `description`: text, or text with language and direction and nothing else. */
function textProblems(object: JsonObject, where: string): string[] {
  return ['name', 'description'].flatMap((member) =>
    list(object[member]).flatMap((value) => {
      const fine =
        typeof value === 'string' ||
        (isObject(value) &&
          typeof value['@value'] === 'string' &&
          Object.keys(value).every((key) => ['@value', '@language', '@direction'].includes(key)));
      return fine ? [] : [`${where}"${member}" is not a language-tagged text`];
    }),
  );
}

function optionalUrl(object: JsonObject, member: string): string[] {
  const value = object[member];
  return value === undefined || (typeof value === 'string' && isUrl(value))
    ? []
    : [`"${member}" is not a URL`];
}

function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s]+$/i.test(text);
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return isArray(value) ? value : [value];
}
