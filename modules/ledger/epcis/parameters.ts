import { ParameterFault, type Parameters, parseQuery } from '../domain/query/parse.ts';
import type { Query } from '../domain/query/query.ts';
import { knownNamespaces } from '../service/named-query.ts';
import { header, type Request } from './message.ts';
import { EpcisProblem } from './problem.ts';

const DEFAULT_PAGE = 30;
const MAX_PAGE = 1_000;

/** Parameters of the address, lists taken apart at `|`. With `known`, any other is refused. */
export function queryOf(request: Request, known?: readonly string[]): Parameters {
  const search = request.url.split('?')[1] ?? '';
  const parameters = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(search)) {
    if (name === 'lang') continue;
    if (name.includes('\0') || value.includes('\0')) {
      throw new EpcisProblem('QueryParameterException', 'a parameter holds a null character');
    }
    if (known && !known.includes(name)) {
      throw new EpcisProblem('QueryParameterException', `unknown parameter ${name}`);
    }
    parameters.set(name, [...(parameters.get(name) ?? []), ...value.split('|')]);
  }
  return parameters;
}

/** `perPage`, 30 by default; more than a page can hold is cut, as the standard lets a server do. */
export function pageSize(parameters: Parameters): number {
  const values = parameters.get('perPage');
  if (values === undefined) return DEFAULT_PAGE;
  if (values.length !== 1 || !/^[1-9]\d{0,8}$/.test(values[0] ?? '')) {
    throw new EpcisProblem('QueryParameterException', `perPage ${values.join('|')}`);
  }
  return Math.min(Number(values[0]), MAX_PAGE);
}

/** The prefixes that `GS1-Extensions` declares. */
export function extensionsOf(request: Request): { prefix: string; namespace: string }[] {
  return (header(request, 'gs1-extensions') ?? '').split(',').flatMap((pair) => {
    const [prefix = '', namespace = ''] = pair.trim().split(/=(.*)/s);
    const isGood = /^[A-Za-z][\w.-]{0,60}$/.test(prefix) && namespace !== '';
    return isGood ? [{ prefix, namespace: namespace.slice(0, 500) }] : [];
  });
}

/** Namespaces of the prefixes in parameter names: the request's own, then those the ledger has seen. */
export function prefixesOf(
  request: Request,
  seen: readonly { prefix: string; namespace: string }[],
): Map<string, string> {
  const prefixes = knownNamespaces(seen);
  for (const { prefix, namespace } of extensionsOf(request)) prefixes.set(prefix, namespace);
  return prefixes;
}

/** The query of these parameters; the paging ones are left out. */
export function simpleEventQuery(
  parameters: Parameters,
  prefixes: ReadonlyMap<string, string>,
): Query {
  const own = new Map([...parameters].filter(([n]) => n !== 'perPage' && n !== 'nextPageToken'));
  try {
    return parseQuery(own, prefixes);
  } catch (e) {
    if (e instanceof ParameterFault) throw new EpcisProblem('QueryParameterException', e.message);
    throw e;
  }
}
