import { bizStep, disposition, EPCIS_CONTEXT } from '@zaizao/epcis';
import { decodeCursor, encodeCursor } from '@zaizao/platform/db';
import type { Caller, Ctx, RawRoute } from '@zaizao/platform/http';
import { ok, text } from '@zaizao/platform/kernel';
import { ledgerPermission } from '../contract.ts';
import { distinctThings, distinctValues } from '../repo/query.ts';
import { answerQuery, restOf } from './events.ts';
import { type EpcFormat, inFormat, Untranslatable } from './format.ts';
import { epcFormat, nextLink, type Reply, type Request, resource } from './http.ts';
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

/** Words of the vocabulary and whatever else was captured, in one order. */
function words(known: readonly string[], column: 'type' | 'biz_step' | 'disposition') {
  return async (ctx: Ctx, after: string, limit: number) => {
    const used = await distinctValues(ctx.tx, ctx.org.no, column, after, limit);
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
    members: (ctx, after, limit) => distinctThings(ctx.tx, ctx.org.no, after, limit),
    identifiers: true,
  },
  {
    ...{ name: 'bizSteps', zh: '业务步骤', en: 'Business steps', parameter: 'EQ_bizStep' },
    ...{ members: words(Object.values(bizStep), 'biz_step'), identifiers: false },
  },
  {
    ...{ name: 'bizLocations', zh: '业务地点', en: 'Locations', parameter: 'EQ_bizLocation' },
    members: (ctx, after, limit) =>
      distinctValues(ctx.tx, ctx.org.no, 'biz_location', after, limit),
    identifiers: true,
  },
  {
    ...{ name: 'readPoints', zh: '读取点', en: 'Read points', parameter: 'EQ_readPoint' },
    members: (ctx, after, limit) => distinctValues(ctx.tx, ctx.org.no, 'read_point', after, limit),
    identifiers: true,
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
    ...{ id: 'epcis.root', url: '/epcis', title: text('EPCIS 接口', 'EPCIS'), read },
    get: async (_request, reply) => reply.send(collectionOf(TOP_LEVEL)),
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
        ...{ id: `epcis.${collection.name}.member`, url: `${url}/*`, title, read },
        get: (request, reply, caller) => showMember(collection, request, reply, caller),
      }),
    ];
  }),
  ...resource({
    ...{ id: 'epcis.nextPageToken', url: '/epcis/nextPageToken/:token', read },
    title: text('翻页标记', 'Page token'),
    // A token holds its place itself; there is nothing to forget.
    remove: async (_request, reply) => reply.status(204).send(),
  }),
];

async function listMembers(collection: Collection, request: Request, reply: Reply, caller: Caller) {
  const parameters = queryOf(request, ['perPage', 'nextPageToken']);
  const perPage = pageSize(parameters);
  const token = parameters.get('nextPageToken')?.[0];
  const [after] = token === undefined ? [''] : (decodeCursor(token) ?? []);
  if (typeof after !== 'string') throw new EpcisProblem('QueryParameterException', 'nextPageToken');
  const found = await caller.inOrg(async (ctx) =>
    ok(await collection.members(ctx, after, perPage + 1)),
  );
  const members = found.ok ? found.value : [];
  const shown = members.slice(0, perPage);
  const last = shown.at(-1);
  if (members.length > perPage && last !== undefined) {
    const next = encodeCursor([last]);
    reply.headers(nextLink(request, caller, next, caller.app.clock.now()));
  }
  const format = epcFormat(request);
  const told = collection.identifiers ? shown.map((id) => asAsked(id, format)) : shown;
  return reply.send(collectionOf(told));
}

/** Lists show canonical identifiers; as URN only those whose company prefix can be told. */
function asAsked(id: string, format: EpcFormat): string {
  try {
    return inFormat(id, format);
  } catch (e) {
    if (e instanceof Untranslatable) return id;
    throw e;
  }
}

async function showMember(collection: Collection, request: Request, reply: Reply, caller: Caller) {
  const rest = restOf(request, `/epcis/${collection.name}/`);
  const events = /^(.+)\/events$/.exec(rest)?.[1];
  if (events === undefined) {
    queryOf(request, []);
    return reply.send(collectionOf(['events']));
  }
  const parameters = queryOf(request);
  if (parameters.has(collection.parameter)) {
    throw new EpcisProblem('QueryParameterException', `${collection.parameter} is in the path`);
  }
  const bound = new Map([...parameters, [collection.parameter, [events]]]);
  return answerQuery(request, reply, caller, bound);
}
