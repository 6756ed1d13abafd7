import { isJsonObject, type JsonObject } from '@zaizao/epcis';
import type { Caller, RawRoute } from '@zaizao/platform/http';
import { ok, text } from '@zaizao/platform/kernel';
import { ledgerPermission } from '../contract.ts';
import { stampOf } from '../domain/micros.ts';
import { findQuery } from '../repo/named-query.ts';
import {
  deleteSubscription,
  findSubscription,
  listSubscriptions,
  type Subscription,
} from '../repo/subscription.ts';
import { plainJson } from '../service/named-query.ts';
import { SubscriptionFault, scheduleOf, subscribe, type Wish } from '../service/subscription.ts';
import { parseBody } from './capture.ts';
import { EPC_FORMATS, type EpcFormat } from './format.ts';
import { resource } from './http.ts';
import type { Reply, Request } from './message.ts';
import { epcFormat } from './negotiate.ts';
import { nextLink, placeOf } from './page-token.ts';
import { pageSize, queryOf } from './parameters.ts';
import { EpcisProblem } from './problem.ts';

const read = ledgerPermission('ledger.event:read');
const write = ledgerPermission('ledger.subscription:manage');

const ADDRESS = '/epcis/queries/:queryName/subscriptions';

/** `/epcis/queries/{name}/subscriptions`: webhooks. */
export const subscriptionRoutes: readonly RawRoute[] = [
  ...resource({
    ...{ id: 'epcis.subscriptions', url: ADDRESS, read, write },
    title: text('订阅', 'Subscriptions'),
    ...{ get: showSubscriptions, post: makeSubscription },
  }),
  ...resource({
    ...{ id: 'epcis.subscription', url: `${ADDRESS}/:subscriptionID`, read, write },
    title: text('订阅', 'A subscription'),
    ...{ get: showSubscription, remove: dropSubscription },
    discover: async (request, caller) => {
      const { min_record_us } = await mustFind(request, caller);
      return { 'gs1-query-min-record-time': stampOf(Number(min_record_us)) };
    },
  }),
];

/** Gives the faults of subscriptions the standard's exceptions. */
export async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (e) {
    if (!(e instanceof SubscriptionFault)) throw e;
    const exception = {
      'no-query': 'NoSuchNameException',
      controls: 'SubscriptionControlsException',
      dest: 'ValidationException',
      'not-permitted': 'SubscriptionControlsException',
      taken: 'ResourceAlreadyExistsException',
    } as const;
    throw new EpcisProblem(exception[e.kind], e.message);
  }
}

interface Params {
  readonly queryName: string;
  readonly subscriptionID: string;
}

function paramsOf(request: Request): Params {
  return request.params as Params; // the routes name them
}

function flag(body: JsonObject, name: string): boolean {
  const value = body[name] ?? false;
  if (typeof value === 'boolean') return value;
  throw new EpcisProblem('SubscriptionControlsException', `${name} is true or false`);
}

function optional(body: JsonObject, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new EpcisProblem('ValidationException', `${name} is a text`);
}

function formatOf(wanted: string | undefined): EpcFormat | undefined {
  const format = EPC_FORMATS.find((f) => f === wanted);
  if (wanted === undefined || format) return format;
  throw new EpcisProblem('ValidationException', `epcFormat is one of ${EPC_FORMATS.join(', ')}`);
}

const FIELDS: ReadonlySet<string> = new Set([
  ...['dest', 'signatureToken', 'signatureType', 'stream', 'schedule', 'reportIfEmpty'],
  ...['initialRecordTime', 'epcFormat', 'mediaType', '@context'],
]);

function wishOf(request: Request, body: JsonObject): Wish {
  const unknown = Object.keys(body).find((name) => !FIELDS.has(name));
  if (unknown !== undefined) {
    throw new EpcisProblem('ValidationException', `a subscription has no ${unknown}`);
  }
  const signature = optional(body, 'signatureType') ?? 'hmac';
  if (signature !== 'hmac' && signature !== 'jws') {
    throw new EpcisProblem('ValidationException', 'signatureType is hmac or jws');
  }
  const media = optional(body, 'mediaType') ?? 'application/json';
  if (media !== 'application/json' && media !== 'application/xml') {
    throw new EpcisProblem(
      'ValidationException',
      'mediaType is application/json or application/xml',
    );
  }
  const dest = optional(body, 'dest');
  if (dest === undefined) throw new EpcisProblem('ValidationException', 'dest is missing');
  return {
    ...{ dest, signature },
    stream: flag(body, 'stream'),
    schedule: body.schedule === undefined ? undefined : scheduleOf(plainJson(body.schedule)),
    reportIfEmpty: flag(body, 'reportIfEmpty'),
    initialRecordTime: optional(body, 'initialRecordTime'),
    secret: optional(body, 'signatureToken'),
    epcFormat: formatOf(optional(body, 'epcFormat')) ?? epcFormat(request),
    media: media === 'application/xml' ? 'xml' : 'json',
  };
}

function bodyOf(s: Subscription) {
  return {
    ...{ subscriptionID: s.subscription_id, queryName: s.query_name, dest: s.dest },
    createdAt: stampOf(Number(s.created_us)),
    ...(s.last_notified_at ? { lastNotifiedAt: s.last_notified_at.toISOString() } : {}),
    ...(s.schedule === null ? { stream: true } : { schedule: s.schedule }),
    reportIfEmpty: s.report_if_empty,
    initialRecordTime: stampOf(Number(s.initial_us)),
    minRecordTime: stampOf(Number(s.min_record_us)),
    epcFormat: s.epc_format,
  };
}

async function makeSubscription(request: Request, reply: Reply, caller: Caller) {
  const { queryName } = paramsOf(request);
  const { json, isXml } = parseBody(request);
  if (isXml || !isJsonObject(json)) {
    throw new EpcisProblem('ValidationException', 'send {"dest": …, "stream": true}');
  }
  const made = await refusing(() =>
    caller.inOrg(async (ctx) => ok(await subscribe(ctx, queryName, wishOf(request, json)))),
  );
  if (!made.ok) throw new Error(made.error.code);
  const base = `${caller.app.config.publicUrl}/epcis/queries/${encodeURIComponent(queryName)}`;
  return reply
    .status(201)
    .header('location', `${base}/subscriptions/${made.value.subscription_id}`)
    .send(bodyOf(made.value));
}

async function mustFind(request: Request, caller: Caller): Promise<Subscription> {
  const { queryName, subscriptionID } = paramsOf(request);
  const found = await caller.inOrg(async (ctx) =>
    ok(await findSubscription(ctx.tx, ctx.org.no, subscriptionID)),
  );
  if (found.ok && found.value?.query_name === queryName) return found.value;
  throw new EpcisProblem('NoSuchNameException', `${queryName} ${subscriptionID}`);
}

async function showSubscription(request: Request, reply: Reply, caller: Caller) {
  queryOf(request, []);
  const s = await mustFind(request, caller);
  reply.header('gs1-query-min-record-time', stampOf(Number(s.min_record_us)));
  return reply.send(bodyOf(s));
}

async function showSubscriptions(request: Request, reply: Reply, caller: Caller) {
  const { queryName } = paramsOf(request);
  const parameters = queryOf(request, ['perPage', 'nextPageToken']);
  const perPage = pageSize(parameters);
  const found = await caller.inOrg(async (ctx) => {
    if (!(await findQuery(ctx.tx, ctx.org.no, queryName))) {
      throw new EpcisProblem('NoSuchNameException', queryName);
    }
    const [after = ''] = (await placeOf(ctx, parameters)) ?? [];
    return ok(await listSubscriptions(ctx.tx, ctx.org.no, queryName, String(after), perPage + 1));
  });
  const all = found.ok ? found.value : [];
  const shown = all.slice(0, perPage);
  const last = shown.at(-1);
  if (all.length > perPage && last) {
    reply.headers(nextLink(request, caller, [last.subscription_id]));
  }
  return reply.send(shown.map(bodyOf));
}

async function dropSubscription(request: Request, reply: Reply, caller: Caller) {
  const { subscription_id } = await mustFind(request, caller);
  await caller.inOrg(async (ctx) =>
    ok(await deleteSubscription(ctx.tx, ctx.org.no, subscription_id)),
  );
  return reply.status(204).send();
}
