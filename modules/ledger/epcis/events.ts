import {
  type EpcisEvent,
  isJsonObject,
  JSON_ONLY_RULES,
  type JsonValue,
  queryDocumentOf,
  stringifyJson,
  validateEvent,
} from '@zaizao/epcis';
import { decodeCursor, encodeCursor } from '@zaizao/platform/db';
import type { Caller, Ctx, RawRoute } from '@zaizao/platform/http';
import { err, ok, text } from '@zaizao/platform/kernel';
import { ledgerErrors, ledgerPermission } from '../contract.ts';
import { acceptEvent } from '../domain/accept.ts';
import { stampOf } from '../domain/micros.ts';
import type { Parameters } from '../domain/query/parse.ts';
import { namespacesOf } from '../repo/capture.ts';
import type { Position } from '../repo/query.ts';
import { ownAndShared } from '../repo/seen.ts';
import { eventsOfId } from '../repo/story.ts';
import { sentence } from '../service/capture.ts';
import { runQuery, seenEvent } from '../service/query.ts';
import { storeEvents } from '../service/store.ts';
import { parseBody } from './capture.ts';
import { type EpcFormat, eventInFormat, Untranslatable } from './format.ts';
import { CAPTURE_BYTES, epcFormat, nextLink, type Reply, type Request, resource } from './http.ts';
import { pageSize, prefixesOf, queryOf, simpleEventQuery } from './parameters.ts';
import { EpcisProblem } from './problem.ts';

const read = ledgerPermission('ledger.event:read');
const write = ledgerPermission('ledger.event:capture');

export const eventRoutes: readonly RawRoute[] = [
  ...resource({
    ...{ id: 'epcis.events', url: '/epcis/events', title: text('事件查询', 'Events') },
    ...{ read, write, bodyLimit: CAPTURE_BYTES + 1024 * 1024 },
    get: (request, reply, caller) => answerQuery(request, reply, caller, queryOf(request)),
    post: postEvent,
  }),
  ...resource({
    ...{ id: 'epcis.event', url: '/epcis/events/*', title: text('单个事件', 'One event'), read },
    get: getEvent,
  }),
];

/** Runs a query and answers with one page of it as an EPCIS query document. */
export async function answerQuery(
  request: Request,
  reply: Reply,
  caller: Caller,
  parameters: Parameters,
  named: { queryName?: string; prefixes?: ReadonlyMap<string, string> } = {},
) {
  const format = epcFormat(request);
  const perPage = pageSize(parameters);
  const token = tokenOf(parameters);
  const run = await caller.inOrg(async (ctx: Ctx) => {
    const seen = prefixesOf(request, await namespacesOf(ctx.tx, ctx.org.no));
    const prefixes = new Map([...seen, ...(named.prefixes ?? [])]);
    const query = simpleEventQuery(parameters, prefixes);
    return ok(await runQuery(ctx, query, { perPage, ...token, shared: true }));
  });
  if (!run.ok) throw new Error(run.error.code);
  const page = run.value;
  if (page.kind === 'too-large') throw new EpcisProblem('QueryTooLargeException');
  if (page.kind === 'too-complex') throw new EpcisProblem('QueryTooComplexException');
  if (page.next) {
    const { us, seq, owner } = page.next;
    const taken = (token?.taken ?? 0) + page.events.length;
    const next = encodeCursor([us, seq, taken, ...(owner === undefined ? [] : [owner])]);
    reply.headers(nextLink(request, caller, next, caller.app.clock.now()));
  }
  const creationDate = caller.app.clock.now();
  const events = page.events.map((event) => translated(event, format));
  return sendJson(
    reply,
    queryDocumentOf(events, {
      creationDate,
      ...(named.queryName ? { queryName: named.queryName } : {}),
    }),
  );
}

function tokenOf(parameters: Parameters): { after: Position; taken: number } | undefined {
  const token = parameters.get('nextPageToken')?.[0];
  if (token === undefined) return undefined;
  const [us, seq, taken, owner] = decodeCursor(token) ?? [];
  if (![us, seq, taken, owner ?? 0].every(Number.isSafeInteger)) {
    throw new EpcisProblem('QueryParameterException', 'nextPageToken');
  }
  const after = {
    ...{ us: Number(us), seq: Number(seq) },
    ...(owner === undefined ? {} : { owner: Number(owner) }),
  };
  return { after, taken: Number(taken) };
}

function translated(event: EpcisEvent, format: EpcFormat): EpcisEvent {
  try {
    return eventInFormat(event, format);
  } catch (e) {
    if (e instanceof Untranslatable) throw new EpcisProblem('NotAcceptableException', e.message);
    throw e;
  }
}

function sendJson(reply: Reply, body: object) {
  // The document types only name what is JSON anyway; the digits of large decimals are kept.
  return reply.type('application/json').send(stringifyJson(body as unknown as JsonValue));
}

/** The rest of the path behind a wildcard, decoded; identifiers may bring their slashes plain. */
export function restOf(request: Request, prefix: string): string {
  const path = request.url.split('?')[0] ?? '';
  try {
    return decodeURIComponent(path.slice(prefix.length));
  } catch {
    throw new EpcisProblem('NoSuchResourceException', 'malformed address');
  }
}

async function getEvent(request: Request, reply: Reply, caller: Caller) {
  queryOf(request, []);
  const id = restOf(request, '/epcis/events/');
  const format = epcFormat(request);
  const found = await caller.inOrg(async (ctx) => {
    const rows = await eventsOfId(ctx.tx, await ownAndShared(ctx.tx, ctx.org.no), id);
    return ok(await Promise.all(rows.map((row) => seenEvent(ctx, row))));
  });
  if (!found.ok || found.value.length === 0) throw new EpcisProblem('NoSuchResourceException', id);
  const events = found.value.map(({ event, context }) =>
    translated({ ...event, '@context': context }, format),
  );
  return sendJson(reply, queryDocumentOf(events, { creationDate: caller.app.clock.now() }));
}

async function postEvent(request: Request, reply: Reply, caller: Caller) {
  const { json, isXml } = parseBody(request);
  const valid = validateEvent(json, undefined, isXml ? { tolerate: JSON_ONLY_RULES } : {});
  if (!valid.ok) {
    const issue = valid.errors[0];
    throw new EpcisProblem('ValidationException', `${issue?.path} ${issue?.message}`.trim());
  }
  const nowUs = caller.app.clock.now().getTime() * 1000;
  const made = acceptEvent(valid.value, undefined, nowUs, (ni) => ({ id: ni, named: true }));
  if ('reason' in made) throw new EpcisProblem('ValidationException', sentence(made));
  const stored = await caller.inOrg(async (ctx) => {
    const [outcome] = await storeEvents(ctx, [made]);
    return outcome?.kind === 'stored'
      ? ok(outcome.recordUs)
      : err(ledgerErrors.LEDGER_EVENT_ID_TAKEN({ id: made.eventId }));
  });
  if (!stored.ok) throw new EpcisProblem('ResourceAlreadyExistsException', made.eventId);
  const location = `${caller.app.config.publicUrl}/epcis/events/${encodeURIComponent(made.eventId)}`;
  const body = isJsonObject(json) ? json : {};
  const recordTime = stampOf(stored.value);
  reply.status(201).header('location', location);
  return sendJson(reply, { ...body, eventID: made.eventId, recordTime });
}
