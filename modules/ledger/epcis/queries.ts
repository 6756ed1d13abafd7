import { isJsonObject, type JsonObject, type JsonValue, LosslessNumber } from '@zaizao/epcis';
import type { Caller, RawRoute } from '@zaizao/platform/http';
import { err, ok, text } from '@zaizao/platform/kernel';
import { ledgerErrors, ledgerPermission } from '../contract.ts';
import { ParameterFault, type Parameters, parseQuery } from '../domain/query/parse.ts';
import { namespacesOf } from '../repo/capture.ts';
import {
  deleteQuery,
  findQuery,
  insertQuery,
  listQueries,
  type NamedQuery,
} from '../repo/named-query.ts';
import { parseBody } from './capture.ts';
import { answerQuery } from './events.ts';
import { resource } from './http.ts';
import { nextLink, placeOf } from './page-token.ts';
import { pageSize, prefixesOf, queryOf } from './parameters.ts';
import { EpcisProblem } from './problem.ts';
import { header, type Reply, type Request } from './request.ts';

const read = ledgerPermission('ledger.event:read');
const write = ledgerPermission('ledger.event:capture');

/** `/epcis/queries`: parameters of SimpleEventQuery kept under a name. */
export const queryRoutes: readonly RawRoute[] = [
  ...resource({
    ...{ id: 'epcis.queries', url: '/epcis/queries', read, write },
    title: text('命名查询', 'Named queries'),
    ...{ get: showQueries, post: makeQuery },
  }),
  ...resource({
    ...{ id: 'epcis.query', url: '/epcis/queries/:queryName', read, write },
    title: text('命名查询', 'A named query'),
    ...{ get: showQuery, remove: dropQuery },
  }),
  ...resource({
    ...{ id: 'epcis.queryEvents', url: '/epcis/queries/:queryName/events', read },
    title: text('命名查询的事件', 'Events of a named query'),
    get: runNamed,
  }),
];

const NAME = /^[A-Za-z0-9][\w.~-]{0,99}$/;

function nameIn(request: Request): string {
  return (request.params as { queryName: string }).queryName; // the route names it
}

async function makeQuery(request: Request, reply: Reply, caller: Caller) {
  const { json, isXml } = parseBody(request);
  const name = isJsonObject(json) ? json.name : undefined;
  const query = isJsonObject(json) ? json.query : undefined;
  if (isXml || typeof name !== 'string' || !NAME.test(name) || !isJsonObject(query)) {
    throw new EpcisProblem('QueryValidationException', 'send {"name": …, "query": {…}}');
  }
  const made = await caller.inOrg(async (ctx) => {
    const prefixes = prefixesOf(request, await namespacesOf(ctx.tx, ctx.org.no));
    check(query, prefixes);
    const row = { name, query: plain(query) as NamedQuery['query'] }; // an object stays one
    const inserted = await insertQuery(ctx.tx, ctx.org.no, row, ctx.now.getTime() * 1000);
    return inserted ? ok() : err(ledgerErrors.LEDGER_EVENT_ID_TAKEN({ id: name })); // only to undo
  });
  if (!made.ok) throw new EpcisProblem('ResourceAlreadyExistsException', name);
  const location = `${caller.app.config.publicUrl}/epcis/queries/${encodeURIComponent(name)}`;
  return reply
    .status(201)
    .header('location', location)
    .send({ name, query: plain(query) });
}

function check(query: JsonObject, prefixes: ReadonlyMap<string, string>): void {
  try {
    parseQuery(parametersOf(query), withContext(prefixes, query));
  } catch (e) {
    if (!(e instanceof ParameterFault)) throw e;
    throw new EpcisProblem('QueryValidationException', e.message);
  }
}

/** Numbers as JavaScript has them: a query compares, it does not keep digits. */
function plain(value: JsonValue | undefined): unknown {
  if (value instanceof LosslessNumber) return Number(value.text);
  if (Array.isArray(value)) return value.map(plain);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]));
}

/** The parameters of a query written as JSON. */
function parametersOf(query: JsonObject | NamedQuery['query']): Parameters {
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
function withContext(
  prefixes: ReadonlyMap<string, string>,
  query: JsonObject | NamedQuery['query'],
) {
  const all = new Map(prefixes);
  for (const part of [query['@context'] ?? []].flat()) {
    if (typeof part !== 'object' || part === null) continue;
    for (const [prefix, namespace] of Object.entries(part)) {
      if (typeof namespace === 'string') all.set(prefix, namespace);
    }
  }
  return all;
}

async function mustFind(caller: Caller, name: string): Promise<NamedQuery> {
  if (name === 'SimpleEventQuery') return { name, query: {} };
  const found = await caller.inOrg(async (ctx) => ok(await findQuery(ctx.tx, ctx.org.no, name)));
  if (!found.ok || !found.value) throw new EpcisProblem('NoSuchNameException', name);
  return found.value;
}

async function showQuery(request: Request, reply: Reply, caller: Caller) {
  queryOf(request, []);
  const { name, query } = await mustFind(caller, nameIn(request));
  return reply.send({ name, query });
}

async function showQueries(request: Request, reply: Reply, caller: Caller) {
  const parameters = queryOf(request, ['perPage', 'nextPageToken']);
  const perPage = pageSize(parameters);
  const found = await caller.inOrg(async (ctx) => {
    const [after = ''] = (await placeOf(ctx, parameters)) ?? [];
    return ok(await listQueries(ctx.tx, ctx.org.no, String(after), perPage + 1));
  });
  const queries = found.ok ? found.value : [];
  const shown = queries.slice(0, perPage);
  const last = shown.at(-1);
  if (queries.length > perPage && last) reply.headers(nextLink(request, caller, [last.name]));
  return reply.send(shown);
}

async function dropQuery(request: Request, reply: Reply, caller: Caller) {
  const name = nameIn(request);
  const gone = await caller.inOrg(async (ctx) => ok(await deleteQuery(ctx.tx, ctx.org.no, name)));
  if (!gone.ok || !gone.value) throw new EpcisProblem('NoSuchNameException', name);
  return reply.status(204).send();
}

async function runNamed(request: Request, reply: Reply, caller: Caller) {
  if (header(request, 'upgrade') !== undefined) {
    throw new EpcisProblem('NotAcceptableException', 'events are given on request only');
  }
  const { name, query } = await mustFind(caller, nameIn(request));
  const paging = queryOf(request, ['perPage', 'nextPageToken']);
  const parameters = new Map([...parametersOf(query), ...paging]);
  return answerQuery(request, reply, caller, parameters, {
    queryName: name,
    prefixes: withContext(new Map(), query),
  });
}
