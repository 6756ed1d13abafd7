import type { Context } from './model.ts';

/** The pinned EPCIS 2.0 context; it is known here and never fetched. */
export const EPCIS_CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** Every address under which the EPCIS 2.0 context has been published. */
export const EPCIS_CONTEXT_ALIASES: readonly string[] = [
  EPCIS_CONTEXT,
  'https://ref.gs1.org/standards/epcis/epcis-context.jsonld',
  'https://gs1.github.io/EPCIS/epcis-context.jsonld',
];

/** Zaizao's own vocabulary: fields and terms that EPCIS and CBV do not have. */
export const ZAIZAO_NAMESPACE = 'https://ns.zaizao.dev/';

/** Context of the events that Zaizao writes. */
export const ZAIZAO_CONTEXT: Context = [EPCIS_CONTEXT, { zz: ZAIZAO_NAMESPACE }];

/** Prefix to namespace. */
export type Prefixes = ReadonlyMap<string, string>;

/** Prefixes that the EPCIS 2.0 context defines and protects. */
export const STANDARD_PREFIXES: Prefixes = new Map([
  ['epcis', 'https://ref.gs1.org/epcis/'],
  ['cbv', 'https://ref.gs1.org/cbv/'],
  ['cbvmda', 'urn:epcglobal:cbv:mda:'],
  ['gs1', 'https://gs1.org/voc/'],
  ['rdfs', 'http://www.w3.org/2000/01/rdf-schema#'],
  ['owl', 'http://www.w3.org/2002/07/owl#'],
  ['xsd', 'http://www.w3.org/2001/XMLSchema#'],
  ['dcterms', 'http://purl.org/dc/terms/'],
]);

/** The standard prefixes that also stand in values (CBV 2.0 section 8.9); the others only name fields. */
const NAMING_ONLY: ReadonlySet<string> = new Set(['cbvmda', 'rdfs', 'owl', 'xsd', 'dcterms']);

/** Hashes are also made of events that nobody has validated: what is no context declares nothing. */
function definitionsIn(context: Context | undefined): [string, string][] {
  const parts: readonly unknown[] = [context].flat();
  return parts.flatMap((part) => {
    if (typeof part !== 'object' || part === null) return [];
    return Object.entries(part).flatMap(([term, definition]): [string, string][] =>
      typeof definition === 'string' && !term.startsWith('@') ? [[term, definition]] : [],
    );
  });
}

/** Contexts come as one shared object for many events; their prefixes are worked out once. */
const known = new WeakMap<object, Prefixes>();

function prefixesIn(context: Context): Prefixes {
  if (typeof context !== 'object' || context === null) return STANDARD_PREFIXES;
  const remembered = known.get(context);
  if (remembered) return remembered;
  const definitions = definitionsIn(context);
  const prefixes =
    definitions.length === 0 ? STANDARD_PREFIXES : new Map([...STANDARD_PREFIXES, ...definitions]);
  known.set(context, prefixes);
  return prefixes;
}

/**
 * The prefixes that hold for an event, from the document's context and the event's own, later ones winning. Remote
 * contexts other than the pinned one contribute nothing: they are not fetched.
 */
export function prefixesOf(outer?: Context, own?: Context): Prefixes {
  if (own === undefined) return outer === undefined ? STANDARD_PREFIXES : prefixesIn(outer);
  if (outer === undefined) return prefixesIn(own);
  return new Map([...prefixesIn(outer), ...definitionsIn(own)]);
}

/** `{namespace}local` of a field name; names without prefix, and undeclared prefixes, stay as they are. */
export function expandName(name: string, prefixes: Prefixes): string {
  const colon = name.indexOf(':');
  if (colon < 0) return name;
  const namespace = prefixes.get(name.slice(0, colon));
  if (namespace !== undefined) return `{${namespace}}${name.slice(colon + 1)}`;
  const end = Math.max(name.lastIndexOf('/'), name.lastIndexOf('#')) + 1;
  return end > 0 && end < name.length ? `{${name.slice(0, end)}}${name.slice(end)}` : name;
}

/** A value such as `cbv:BizStep-packing` written out; anything without a declared prefix stays as it is. */
export function expandValue(value: string, prefixes: Prefixes): string {
  const colon = value.indexOf(':');
  if (colon < 0) return value;
  const prefix = value.slice(0, colon);
  const namespace = prefixes.get(prefix);
  if (namespace === undefined) return value;
  if (NAMING_ONLY.has(prefix) && namespace === STANDARD_PREFIXES.get(prefix)) return value;
  return namespace + value.slice(colon + 1);
}
