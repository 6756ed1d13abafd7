import { bizStep, disposition, EPCIS_CONTEXT, queryParameterFault } from '@zaizao/epcis';
import { xmlElement, xmlTextElement } from '@zaizao/epcis/xml';
import type { Caller, Ctx, RawRoute } from '@zaizao/platform/http';
import { ok, text } from '@zaizao/platform/kernel';
import { ledgerPermission } from '../contract.ts';
import { parseQuery } from '../domain/query/parse.ts';
import { bareWord } from '../domain/term.ts';
import { knownPrefixes } from '../repo/company-prefix.ts';
import { distinctThings, distinctValues } from '../repo/query.ts';
import { ownAndShared } from '../repo/seen.ts';
import { runQuery } from '../service/query.ts';
import { answerQuery, restOf } from './events.ts';
import { type EpcFormat, inFormat, Untranslatable } from './format.ts';
import { resource } from './http.ts';
import type { Reply, Request } from './message.ts';
import { epcFormat, mediaOf } from './negotiate.ts';
import { endToken, nextLink, placeOf } from './page-token.ts';
import { pageSize, queryOf } from './parameters.ts';
import { EpcisProblem } from './problem.ts';

const read = ledgerPermission('ledger.event:read');

const EVENT_TYPES = [
  ...['AggregationEvent', 'AssociationEvent', 'ObjectEvent', 'TransactionEvent'],
  'TransformationEvent',
];

interface Collection {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  /** The parameter that a member of the collection stands for. */
  readonly parameter: string;
  /** Members after one already shown. */
  readonly members: (ctx: Ctx, after: string, limit: number) => Promise<string[]>;
  readonly identifiers: boolean;
}

/** What events have in a column, one's own and those that others share. */
function seenValues(column: Parameters<typeof distinctValues>[2]) {
  return async (ctx: Ctx, after: string, limit: number) =>
    distinctValues(ctx.tx, await ownAndShared(ctx.tx, ctx.org.no), column, after, limit);
}

/** Words of the vocabulary and whatever else is in the events, in one order. */
function words(known: readonly string[], column: 'type' | 'biz_step' | 'disposition') {
  const seen = seenValues(column);
  return async (ctx: Ctx, after: string, limit: number) => {
    const used = await seen(ctx, after, limit);
    return [...new Set([...known.filter((w) => w > after), ...used])].sort().slice(0, limit);
  };
}

const COLLECTIONS: readonly Collection[] = [
  {
    ...{ name: 'eventTypes', zh: '事件类型', en: 'Event types', parameter: 'eventType' },
    ...{ members: words(EVENT_TYPES, 'type'), identifiers: false },
  },
  {
    ...{ name: 'epcs', zh: '物品标识', en: 'Things', parameter: 'MATCH_anyEPC' },
    members: async (ctx, after, limit) =>
      distinctThings(ctx.tx, await ownAndShared(ctx.tx, ctx.org.no), after, limit),
    identifiers: true,
  },
  {
    ...{ name: 'bizSteps', zh: '业务步骤', en: 'Business steps', parameter: 'EQ_bizStep' },
    ...{ members: words(Object.values(bizStep), 'biz_step'), identifiers: false },
  },
  {
    ...{ name: 'bizLocations', zh: '业务地点', en: 'Locations', parameter: 'EQ_bizLocation' },
    ...{ members: seenValues('biz_location'), identifiers: true },
  },
  {
    ...{ name: 'readPoints', zh: '读取点', en: 'Read points', parameter: 'EQ_readPoint' },
    ...{ members: seenValues('read_point'), identifiers: true },
  },
  {
    ...{ name: 'dispositions', zh: '状态', en: 'Dispositions', parameter: 'EQ_disposition' },
    ...{ members: words(Object.values(disposition), 'disposition'), identifiers: false },
  },
];

const TOP_LEVEL = ['events', ...COLLECTIONS.map((c) => c.name), 'capture', 'queries'];

function collectionOf(member: readonly string[]) {
  return { '@context': EPCIS_CONTEXT, type: 'Collection', member };
}

/** The top-level resources and, under each member, its events. */
export const resourceRoutes: readonly RawRoute[] = [
  ...resource({
    ...{ id: 'epcis.root', url: '/epcis', title: text('EPCIS 接口', 'EPCIS'), read, xml: true },
    get: showRoot,
  }),
  ...COLLECTIONS.flatMap((collection) => {
    const title = text(collection.zh, collection.en);
    const url = `/epcis/${collection.name}`;
    return [
      ...resource({
        ...{ id: `epcis.${collection.name}`, url, title, read },
        get: (request, reply, caller) => listMembers(collection, request, reply, caller),
      }),
      ...resource({
        ...{ id: `epcis.${collection.name}.member`, url: `${url}/*`, title, read, xml: true },
        get: (request, reply, caller) => showMember(collection, request, reply, caller),
      }),
    ];
  }),
  ...resource({
    ...{ id: 'epcis.nextPageToken', url: '/epcis/nextPageToken/:token', read },
    title: text('翻页标记', 'Page token'),
    remove: async (request, reply, caller) => {
      const { token } = request.params as { token: string }; // the route names it
      await endToken(caller, token);
      return reply.status(204).send();
    },
  }),
];

async function listMembers(collection: Collection, request: Request, reply: Reply, caller: Caller) {
  const parameters = queryOf(request, ['perPage', 'nextPageToken']);
  const perPage = pageSize(parameters);
  const format = epcFormat(request);
  const found = await caller.inOrg(async (ctx) => {
    const [after = ''] = (await placeOf(ctx, parameters)) ?? [];
    const members = await collection.members(ctx, String(after), perPage + 1);
    const prefixes = await knownPrefixes(ctx.tx, ctx.org.no);
    return ok({ members, prefixes });
  });
  const { members, prefixes } = found.ok
    ? found.value
    : { members: [], prefixes: new Set<string>() };
  const shown = members.slice(0, perPage);
  const last = shown.at(-1);
  if (members.length > perPage && last !== undefined) {
    reply.headers(nextLink(request, caller, [last]));
  }
  const told = collection.identifiers ? shown.map((id) => asAsked(id, format, prefixes)) : shown;
  return reply.send(collectionOf(told));
}

async function showRoot(request: Request, reply: Reply) {
  queryOf(request, []);
  if (mediaOf(request, true) === 'json') return reply.send(collectionOf(TOP_LEVEL));
  const members = TOP_LEVEL.map((name) => xmlTextElement('member', name)).join('');
  const root = xmlElement('epcis:Collection', members, {
    'xmlns:epcis': 'urn:epcglobal:epcis:xsd:2',
  });
  return reply.type('application/xml').send(`<?xml version="1.0" encoding="UTF-8"?>${root}`);
}

/** Lists show canonical identifiers; as URN only those whose company prefix can be told. */
function asAsked(id: string, format: EpcFormat, prefixes: ReadonlySet<string>): string {
  try {
    return inFormat(id, format, prefixes);
  } catch (e) {
    if (e instanceof Untranslatable) return id;
    throw e;
  }
}

/** Things and places are there once an event names them; words of the vocabulary always are. */
async function mustExist(collection: Collection, id: string, caller: Caller): Promise<void> {
  const query = collection.parameter;
  const wanted = id.replace(/\/$/, '');
  if (queryParameterFault(query, [wanted]) !== undefined) {
    throw new EpcisProblem('NoSuchResourceException', wanted);
  }
  const found = await caller.inOrg(async (ctx) => {
    const parameters = new Map([[query, [wanted]]]);
    const page = await runQuery(ctx, parseQuery(parameters, new Map()), {
      perPage: 1,
      shared: true,
    });
    const isWord =
      !collection.identifiers &&
      (await collection.members(ctx, '', 1_000)).includes(bareWord(wanted));
    return ok(isWord || (page.kind === 'page' && page.events.length > 0));
  });
  if (!found.ok || !found.value) throw new EpcisProblem('NoSuchResourceException', wanted);
}

async function showMember(collection: Collection, request: Request, reply: Reply, caller: Caller) {
  const rest = restOf(request, `/epcis/${collection.name}/`);
  const events = /^(.+)\/events$/.exec(rest)?.[1];
  if (events === undefined) {
    queryOf(request, []);
    mediaOf(request, false);
    await mustExist(collection, rest, caller);
    return reply.send(collectionOf(['events']));
  }
  const parameters = queryOf(request);
  if (parameters.has(collection.parameter)) {
    throw new EpcisProblem('QueryParameterException', `${collection.parameter} is in the path`);
  }
  const bound = new Map([...parameters, [collection.parameter, [events]]]);
  return answerQuery(request, reply, caller, bound);
}
