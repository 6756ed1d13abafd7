import { isJsonObject, type JsonObject, type JsonValue, LosslessNumber } from '@zaizao/epcis';
import { STANDARD_NAMESPACES } from '../domain/query/namespace.ts';
import { ParameterFault, type Parameters, parseQuery } from '../domain/query/parse.ts';
import type { Query } from '../domain/query/query.ts';
import type { NamedQuery } from '../repo/named-query.ts';

type QueryJson = JsonObject | NamedQuery['query'];

/** Numbers as JavaScript has them: a query compares, it does not keep digits. */
export function plainJson(value: JsonValue | undefined): unknown {
  if (value instanceof LosslessNumber) return Number(value.text);
  if (Array.isArray(value)) return value.map(plainJson);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plainJson(v)]));
}

/** The parameters of a query written as JSON. */
export function parametersOf(query: QueryJson): Parameters {
  const parameters = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(query)) {
    if (name === '@context') continue;
    const values = (Array.isArray(value) ? value : [value]).map((v: unknown) => {
      if (v === null) return ''; // EXISTS_… takes null
      const isScalar = ['string', 'number', 'boolean'].includes(typeof v);
      if (!isScalar && !(v instanceof LosslessNumber)) throw new ParameterFault(`value of ${name}`);
      return String(v);
    });
    if (values.some((v) => v.includes('\0'))) throw new ParameterFault(`value of ${name}`);
    parameters.set(name, values);
  }
  return parameters;
}

/** Prefixes that the query declares itself come first. */
export function withContext(
  prefixes: ReadonlyMap<string, string>,
  query: QueryJson,
): Map<string, string> {
  const all = new Map(prefixes);
  for (const part of [query['@context'] ?? []].flat()) {
    if (typeof part !== 'object' || part === null) continue;
    for (const [prefix, namespace] of Object.entries(part)) {
      if (typeof namespace === 'string') all.set(prefix, namespace);
    }
  }
  return all;
}

/** The prefixes of an organisation: the standard's, then those its documents declared. */
export function knownNamespaces(
  seen: readonly { prefix: string; namespace: string }[],
): Map<string, string> {
  const prefixes = new Map(STANDARD_NAMESPACES);
  for (const { prefix, namespace } of seen) {
    if (!prefixes.has(prefix)) prefixes.set(prefix, namespace);
  }
  return prefixes;
}

/**
 * A named query, parsed.
 *
 * @throws ParameterFault
 */
export function parseNamed(query: QueryJson, prefixes: ReadonlyMap<string, string>): Query {
  return parseQuery(parametersOf(query), withContext(prefixes, query));
}

/** Parameters that order or count, which a standing query cannot have: it is told what is new, once. */
export function standingFault(query: QueryJson): string | undefined {
  const name = ['orderBy', 'orderDirection', 'eventCountLimit', 'maxEventCount'].find(
    (n) => query[n] !== undefined,
  );
  return name && `a query with ${name} cannot be subscribed to`;
}
