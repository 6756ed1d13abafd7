import { isJsonObject, JSON_ONLY_RULES, queryDocumentOf, validateEvent } from '@zaizao/epcis';
import type { Caller, Ctx, RawRoute } from '@zaizao/platform/http';
import { err, ok, text } from '@zaizao/platform/kernel';
import { ledgerErrors, ledgerPermission } from '../contract.ts';
import { acceptEvent } from '../domain/accept.ts';
import { stampOf } from '../domain/micros.ts';
import type { Parameters } from '../domain/query/parse.ts';
import { namespacesOf } from '../repo/capture.ts';
import { learnPrefixes } from '../repo/company-prefix.ts';
import type { Position } from '../repo/query.ts';
import { ownAndShared } from '../repo/seen.ts';
import { eventsOfId } from '../repo/story.ts';
import { sentence } from '../service/capture.ts';
import { runOrdered } from '../service/ordered-query.ts';
import { seenEvent } from '../service/query.ts';
import { storeEvents } from '../service/store.ts';
import { sendDocument, sendJson, translated } from './answer.ts';
import { parseBody } from './capture.ts';
import { CAPTURE_BYTES, resource } from './http.ts';
import type { Reply, Request } from './message.ts';
import { cbvFormat, epcFormat } from './negotiate.ts';
import { nextLink, placeOf } from './page-token.ts';
import { pageSize, prefixesOf, queryOf, simpleEventQuery } from './parameters.ts';
import { EpcisProblem } from './problem.ts';

const read = ledgerPermission('ledger.event:read');
const write = ledgerPermission('ledger.event:capture');

export const eventRoutes: readonly RawRoute[] = [
  ...resource({
    ...{ id: 'epcis.events', url: '/epcis/events', title: text('事件查询', 'Events') },
    ...{ read, write, xml: true, bodyLimit: CAPTURE_BYTES + 1024 * 1024 },
    get: (request, reply, caller) => answerQuery(request, reply, caller, queryOf(request)),
    post: postEvent,
  }),
  ...resource({
    ...{ id: 'epcis.event', url: '/epcis/events/*', title: text('单个事件', 'One event'), read },
    ...{ xml: true, get: getEvent },
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
  cbvFormat(request);
  const perPage = pageSize(parameters);
  const run = await caller.inOrg(async (ctx: Ctx) => {
    const token = positionOf(await placeOf(ctx, parameters));
    const seen = prefixesOf(request, await namespacesOf(ctx.tx, ctx.org.no));
    const prefixes = new Map([...seen, ...(named.prefixes ?? [])]);
    const query = simpleEventQuery(parameters, prefixes);
    const page = await runOrdered(ctx, query, { perPage, ...token, shared: true });
    if (page.kind === 'too-large') throw new EpcisProblem('QueryTooLargeException');
    if (page.kind === 'too-complex') throw new EpcisProblem('QueryTooComplexException');
    const taken = (token?.taken ?? 0) + page.events.length;
    return ok({ events: await translated(ctx, page.events, format), next: page.next, taken });
  });
  if (!run.ok) throw new Error(run.error.code);
  const { events, next, taken } = run.value;
  if (next) {
    const { us, seq, owner } = next;
    const place = [us, seq, taken, ...(owner === undefined ? [] : [owner])];
    reply.headers(nextLink(request, caller, place));
  }
  const creationDate = caller.app.clock.now();
  const { queryName } = named;
  const options = { creationDate, ...(queryName === undefined ? {} : { queryName }) };
  return sendDocument(request, reply, queryDocumentOf(events, options));
}

function positionOf(
  place: readonly (string | number)[] | undefined,
): { after: Position; taken: number } | undefined {
  if (place === undefined) return undefined;
  const [us, seq, taken, owner] = place.map(Number);
  if (us === undefined || seq === undefined || taken === undefined || place.some(Number.isNaN)) {
    throw new EpcisProblem('QueryParameterException', 'nextPageToken is none of ours');
  }
  return { after: { us, seq, ...(owner === undefined ? {} : { owner }) }, taken };
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

/** The id in the address. That of an `ni:` name ends in `?ver=…`, which some callers do not encode. */
function idOf(request: Request): string {
  const id = restOf(request, '/epcis/events/');
  const parameters = queryOf(request, id.startsWith('ni:') ? ['ver'] : []);
  const version = parameters.get('ver')?.[0];
  return version === undefined ? id : `${id}?ver=${version}`;
}

async function getEvent(request: Request, reply: Reply, caller: Caller) {
  const id = idOf(request);
  const format = epcFormat(request);
  cbvFormat(request);
  const found = await caller.inOrg(async (ctx) => {
    const rows = await eventsOfId(ctx.tx, await ownAndShared(ctx.tx, ctx.org.no), id);
    const seen = await Promise.all(rows.map((row) => seenEvent(ctx, row)));
    const events = seen.map(({ event, context }) => ({ ...event, '@context': context }));
    return ok(await translated(ctx, events, format));
  });
  if (!found.ok || found.value.length === 0) throw new EpcisProblem('NoSuchResourceException', id);
  const creationDate = caller.app.clock.now();
  return sendDocument(request, reply, queryDocumentOf(found.value, { creationDate }));
}

async function postEvent(request: Request, reply: Reply, caller: Caller) {
  const { json, isXml, prefixes } = parseBody(request);
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
    await learnPrefixes(ctx.tx, ctx.org.no, prefixes);
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
