import { isJsonObject, type JsonObject } from '@zaizao/epcis';
import type { Caller, RawRoute } from '@zaizao/platform/http';
import { err, ok, text } from '@zaizao/platform/kernel';
import { ledgerErrors, ledgerPermission } from '../contract.ts';
import { stampOf } from '../domain/micros.ts';
import { ParameterFault } from '../domain/query/parse.ts';
import { namespacesOf, putNamespaces } from '../repo/capture.ts';
import {
  deleteQuery,
  findQuery,
  insertQuery,
  listQueries,
  type NamedQuery,
} from '../repo/named-query.ts';
import { parametersOf, parseNamed, plainJson, withContext } from '../service/named-query.ts';
import { beginning, checkStanding, firstTime } from '../service/subscription.ts';
import { SCHEDULE_FIELDS, type Schedule } from '../subscription/schedule.ts';
import { socketsOf } from '../subscription/sockets.ts';
import { admit, isUpgrade, UPGRADE_TICKET } from '../subscription/upgrade.ts';
import { parseBody } from './capture.ts';
import { answerQuery } from './events.ts';
import { resource } from './http.ts';
import { header, type Reply, type Request } from './message.ts';
import { epcFormat } from './negotiate.ts';
import { nextLink, placeOf } from './page-token.ts';
import { extensionsOf, pageSize, prefixesOf, queryOf } from './parameters.ts';
import { EpcisProblem } from './problem.ts';
import { refusing } from './subscriptions.ts';

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
    ...{ id: 'epcis.queryEvents', url: '/epcis/queries/:queryName/events', read, xml: true },
    title: text('命名查询的事件', 'Events of a named query'),
    get: runNamed,
  }),
];

/** The query that every repository has; it takes its parameters when it is run. */
const STANDARD_QUERY = 'SimpleEventQuery';
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
  if (name === STANDARD_QUERY) throw new EpcisProblem('ResourceAlreadyExistsException', name);
  const made = await caller.inOrg(async (ctx) => {
    const prefixes = prefixesOf(request, await namespacesOf(ctx.tx, ctx.org.no));
    check(query, prefixes);
    await putNamespaces(ctx.tx, ctx.org.no, extensionsOf(request));
    const row = { name, query: plainJson(query) as NamedQuery['query'] }; // an object stays one
    const inserted = await insertQuery(ctx.tx, ctx.org.no, row, ctx.now.getTime() * 1000);
    return inserted ? ok() : err(ledgerErrors.LEDGER_EVENT_ID_TAKEN({ id: name })); // only to undo
  });
  if (!made.ok) throw new EpcisProblem('ResourceAlreadyExistsException', name);
  const location = `${caller.app.config.publicUrl}/epcis/queries/${encodeURIComponent(name)}`;
  return reply
    .status(201)
    .header('location', location)
    .send({ name, query: plainJson(query) });
}

function check(query: JsonObject, prefixes: ReadonlyMap<string, string>): void {
  try {
    parseNamed(query, prefixes);
  } catch (e) {
    if (!(e instanceof ParameterFault)) throw e;
    throw new EpcisProblem('QueryValidationException', e.message);
  }
}

async function mustFind(caller: Caller, name: string): Promise<NamedQuery> {
  if (name === STANDARD_QUERY) return { name, query: {} };
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

/** Parameters of a websocket: how it is told, from when on. */
const LISTENING = [...SCHEDULE_FIELDS, 'stream', 'reportIfEmpty', 'initialRecordTime'];

async function runNamed(request: Request, reply: Reply, caller: Caller) {
  if (header(request, 'upgrade') !== undefined) return listen(request, reply, caller);
  const paging = queryOf(request, ['perPage', 'nextPageToken', ...LISTENING]);
  const asked = LISTENING.find((name) => paging.has(name));
  if (asked !== undefined) {
    const detail = `${asked} needs an upgrade to a websocket`;
    throw new EpcisProblem('SubscriptionControlsException', detail);
  }
  const { name, query } = await mustFind(caller, nameIn(request));
  const parameters = new Map([...parametersOf(query), ...paging]);
  return answerQuery(request, reply, caller, parameters, {
    queryName: name,
    prefixes: withContext(new Map(), query),
  });
}

/** Admits a websocket; the upgrade itself happens outside of the request (`subscription/upgrade.ts`). */
async function listen(request: Request, reply: Reply, caller: Caller) {
  if (!isUpgrade(request.headers)) {
    throw new EpcisProblem(
      'NotAcceptableException',
      'only an upgrade to a websocket is known here',
    );
  }
  const parameters = queryOf(request, LISTENING);
  const one = (name: string): string | undefined => parameters.get(name)?.join('|');
  const fields = SCHEDULE_FIELDS.flatMap((f) => (parameters.has(f) ? [[f, one(f) ?? '']] : []));
  const schedule = fields.length === 0 ? undefined : (Object.fromEntries(fields) as Schedule); // names and texts
  const { app } = caller;
  const format = epcFormat(request);
  const queryName = nameIn(request);
  const stream = booleanOf('stream', one('stream'));
  const reportIfEmpty = booleanOf('reportIfEmpty', one('reportIfEmpty'));
  const listening = await refusing(() =>
    caller.inOrg(async (ctx) => {
      await checkStanding(ctx, queryName);
      firstTime({ stream, schedule }, ctx.now);
      const { us, seq } = await beginning(ctx, one('initialRecordTime'));
      return ok({ org: ctx.org, us, seq });
    }),
  );
  if (!listening.ok) throw new Error(listening.error.code);
  const { org, us, seq: fromSeq } = listening.value;
  if (socketsOf(app).isFull(org.no)) {
    throw new EpcisProblem('SubscriptionControlsException', 'too many websockets are open');
  }
  const ticket = admit({ org, queryName, schedule, reportIfEmpty, format, fromSeq });
  return reply
    .status(204)
    .headers({ [UPGRADE_TICKET]: ticket, 'gs1-query-min-record-time': stampOf(us) })
    .send();
}

function booleanOf(name: string, value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true' || value === '') return true;
  throw new EpcisProblem('SubscriptionControlsException', `${name} is true or false`);
}
