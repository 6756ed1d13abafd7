import { at, type Report } from './issue.ts';
import { isJsonObject, type JsonValue } from './json.ts';
import { EPCIS_CONTEXT_ALIASES, type Prefixes, STANDARD_PREFIXES } from './names.ts';

/** Terms of the EPCIS 2.0 context that are protected: a document may not give them another meaning. */
const PROTECTED_TERMS: ReadonlySet<string> = new Set(
  `id type baseURL ObjectEvent AggregationEvent TransformationEvent AssociationEvent TransactionEvent Collection
  member eventTime recordTime eventTimeZoneOffset action certificationInfo bizStep disposition bizLocation readPoint
  transformationID epcList sourceList destinationList persistentDisposition quantity epcClass uom quantityList
  bizTransactionList parentID childEPCs childQuantityList inputEPCList outputEPCList inputQuantityList
  outputQuantityList sensorElementList errorDeclaration eventID creationDate sender receiver instanceIdentifier
  schemaVersion ilmd EPCISDocument EPCISQueryDocument epcisHeader masterData vocabularyList epcisBody queryResults
  subscriptionID queryName resultsBody eventList children`.split(/\s+/),
);

/** Checks a JSON-LD context: its form, and that it leaves the protected terms alone. */
export function checkContext(
  context: JsonValue | undefined,
  path: string,
  report: Report,
  needsEpcis: boolean,
): void {
  if (context === null) report(path, 'WRONG_TYPE', 'must be an address or an object');
  const parts = [context ?? []].flat();
  const named = parts.some(
    (part) => typeof part === 'string' && EPCIS_CONTEXT_ALIASES.includes(part),
  );
  if (needsEpcis && !named) {
    report(path, 'CONTEXT_MISSING', `the context must name ${EPCIS_CONTEXT_ALIASES[0]}`);
  }
  parts.forEach((part, index) => {
    if (typeof part === 'string') return;
    const here = Array.isArray(context) ? at(path, index) : path;
    if (!isJsonObject(part)) {
      report(here, 'WRONG_TYPE', 'must be an address or an object');
      return;
    }
    for (const [term, definition] of Object.entries(part)) {
      const standard = STANDARD_PREFIXES.get(term);
      const changed = standard === undefined ? PROTECTED_TERMS.has(term) : definition !== standard;
      if (changed) {
        report(at(here, term), 'PROTECTED_TERM_REDEFINED', `“${term}” has a fixed meaning`);
      }
    }
  });
}

/** A name that is a full URI rather than a prefixed one. */
function isAbsolute(name: string): boolean {
  return /^(?:[A-Za-z][\w+.-]*:\/\/|urn:)/.test(name);
}

/** No event needs more; a guard against stack exhaustion by hostile input. */
const MAX_DEPTH = 100;

/** Every prefixed field name, at any depth, must have its prefix declared: nothing is fetched to find it. */
export function checkPrefixes(
  value: JsonValue | undefined,
  prefixes: Prefixes,
  path: string,
  report: Report,
  depth = 0,
): void {
  if (depth > MAX_DEPTH) {
    report(path, 'NESTED_TOO_DEEP', 'nested too deeply');
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      checkPrefixes(item, prefixes, at(path, index), report, depth + 1);
    });
  }
  if (!isJsonObject(value)) return;
  for (const [name, member] of Object.entries(value)) {
    if (name === '@context') continue;
    const colon = name.indexOf(':');
    if (colon > 0 && !prefixes.has(name.slice(0, colon)) && !isAbsolute(name)) {
      report(
        at(path, name),
        'PREFIX_UNDECLARED',
        `prefix “${name.slice(0, colon)}” is not in the context`,
      );
    }
    if (typeof member === 'object') {
      checkPrefixes(member, prefixes, at(path, name), report, depth + 1);
    }
  }
}
