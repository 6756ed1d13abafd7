import { randomBytes } from 'node:crypto';
import { httpErrors } from '@zaizao/platform/contract';
import { cutPage, decodeCursor } from '@zaizao/platform/db';
import { type Ctx, type Route, route } from '@zaizao/platform/http';
import { type AppError, err, ok, type Result } from '@zaizao/platform/kernel';
import { stampOf } from '../domain/micros.ts';
import { ParameterFault } from '../domain/query/parse.ts';
import { namespacesOf } from '../repo/capture.ts';
import { deleteQuery, insertQuery, listQueries, type NamedQuery } from '../repo/named-query.ts';
import {
  clockOf,
  type DeadLetter,
  decideLetter,
  deleteSubscription,
  findLetter,
  listLetters,
  listSubscriptions,
  resumeSubscription,
  type Subscription,
  waitingLetters,
} from '../repo/subscription.ts';
import { knownNamespaces, parseNamed } from '../service/named-query.ts';
import { SubscriptionFault, subscribe } from '../service/subscription.ts';
import {
  createNamedQuery,
  createWebhook,
  dismissLetter,
  listDeadLetters,
  listNamedQueries,
  listWebhooks,
  removeNamedQuery,
  removeWebhook,
  resendLetter,
  resumeWebhook,
  subscriptionErrors,
} from './contract.ts';

const done = { ok: true } as const;

/** The text at the front of a cursor; a refusal when it is none of ours. */
function startOf(cursor: string | undefined): Result<string | undefined> {
  if (cursor === undefined) return ok(undefined);
  const [after] = decodeCursor(cursor) ?? [];
  return typeof after === 'string' ? ok(after) : err(httpErrors.CURSOR_INVALID());
}

/** What the page of queries asks for, as parameters of SimpleEventQuery. */
function queryOf(fields: {
  readonly eventTypes?: readonly string[] | undefined;
  readonly bizSteps?: readonly string[] | undefined;
  readonly dispositions?: readonly string[] | undefined;
  readonly things?: readonly string[] | undefined;
  readonly readPoints?: readonly string[] | undefined;
}): NamedQuery['query'] {
  const all: Readonly<Record<string, readonly string[] | undefined>> = {
    eventType: fields.eventTypes,
    EQ_bizStep: fields.bizSteps,
    EQ_disposition: fields.dispositions,
    MATCH_anyEPC: fields.things,
    EQ_readPoint: fields.readPoints,
  };
  return Object.fromEntries(Object.entries(all).filter(([, v]) => v !== undefined && v.length > 0));
}

function view(s: Subscription, letters: ReadonlyMap<string, number>, lastSeq: number) {
  const isRetrying = s.state === 'active' && s.attempts > 0;
  const isActive = s.state === 'active';
  return {
    ...{ id: s.subscription_id, queryName: s.query_name, dest: s.dest, signature: s.signature },
    ...{ media: s.media, reportIfEmpty: s.report_if_empty, attempts: s.attempts },
    ...(s.schedule === null ? {} : { schedule: s.schedule }),
    state: isRetrying ? ('retrying' as const) : s.state,
    waitingLetters: letters.get(s.subscription_id) ?? 0,
    behind: Math.max(0, lastSeq - Number(s.last_seq)),
    ...(s.last_problem === null ? {} : { problem: s.last_problem }),
    createdAt: stampOf(Number(s.created_us)),
    ...(s.last_notified_at ? { lastNotifiedAt: s.last_notified_at.toISOString() } : {}),
    ...(isActive && (isRetrying || s.schedule) ? { nextAt: s.next_at.toISOString() } : {}),
  };
}

function letterView(l: DeadLetter) {
  return {
    ...{
      id: l.letter_id,
      subscriptionId: l.subscription_id,
      queryName: l.query_name,
      dest: l.dest,
    },
    ...{ deliveryId: l.delivery_id, eventCount: l.event_count, attempts: l.attempts },
    ...{ problem: l.problem, version: l.version, deadAt: l.dead_at.toISOString() },
    state: l.state === 'waiting' && l.retry_at ? ('sending' as const) : l.state,
  };
}

function refusalOf(e: SubscriptionFault): AppError {
  if (e.kind === 'no-query') return subscriptionErrors.LEDGER_QUERY_NOT_FOUND();
  return subscriptionErrors.LEDGER_SUBSCRIPTION_INVALID({ problem: e.message });
}

async function decide(
  ctx: Ctx,
  letterId: string,
  version: number,
  decision: Parameters<typeof decideLetter>[4],
): Promise<Result<typeof done>> {
  const { tx, org } = ctx;
  if (!(await findLetter(tx, org.no, letterId))) {
    return err(subscriptionErrors.LEDGER_LETTER_NOT_FOUND());
  }
  return (await decideLetter(tx, org.no, letterId, version, decision))
    ? ok(done)
    : err(httpErrors.STALE_VERSION());
}

/** Named queries, webhooks and what they could not deliver, for the office. */
export const standingRoutes: readonly Route[] = [
  route(listNamedQueries, async ({ tx, org }, { query }) => {
    const after = startOf(query.cursor);
    if (!after.ok) return after;
    const rows = await listQueries(tx, org.no, after.value ?? '', query.limit + 1);
    return ok(cutPage(rows, query.limit, (q) => [q.name]));
  }),
  route(createNamedQuery, async ({ tx, org, now }, { body }) => {
    const { name, ...fields } = body;
    const query = queryOf(fields);
    try {
      parseNamed(query, knownNamespaces(await namespacesOf(tx, org.no)));
    } catch (e) {
      if (!(e instanceof ParameterFault)) throw e;
      return err(subscriptionErrors.LEDGER_QUERY_INVALID({ problem: e.message }));
    }
    const isFree =
      name !== 'SimpleEventQuery' &&
      (await insertQuery(tx, org.no, { name, query }, now.getTime() * 1000));
    return isFree ? ok({ name, query }) : err(subscriptionErrors.LEDGER_QUERY_NAME_TAKEN({ name }));
  }),
  route(removeNamedQuery, async ({ tx, org }, { params }) =>
    (await deleteQuery(tx, org.no, params.queryName))
      ? ok(done)
      : err(subscriptionErrors.LEDGER_QUERY_NOT_FOUND()),
  ),
  route(listWebhooks, async ({ tx, org }, { query }) => {
    const after = startOf(query.cursor);
    if (!after.ok) return after;
    const rows = await listSubscriptions(tx, org.no, undefined, after.value ?? '', query.limit + 1);
    const letters = await waitingLetters(tx, org.no);
    const { lastSeq } = await clockOf(tx, org.no);
    const cut = cutPage(rows, query.limit, (s) => [s.subscription_id]);
    return ok({ ...cut, items: cut.items.map((s) => view(s, letters, lastSeq)) });
  }),
  route(createWebhook, async (ctx, { body }) => {
    const { queryName, dest, schedule, signature, media } = body;
    const secret = randomBytes(24).toString('base64url');
    try {
      const made = await subscribe(ctx, queryName, {
        ...{ dest, signature, media, secret, initialRecordTime: undefined },
        stream: schedule === undefined,
        schedule: schedule && filled(schedule),
        reportIfEmpty: body.reportIfEmpty ?? false,
        epcFormat: 'Always_GS1_Digital_Link',
      });
      return ok({ ...view(made, new Map(), Number(made.last_seq)), secret });
    } catch (e) {
      if (e instanceof SubscriptionFault) return err(refusalOf(e));
      throw e;
    }
  }),
  route(removeWebhook, async ({ tx, org }, { params }) =>
    (await deleteSubscription(tx, org.no, params.subscriptionId))
      ? ok(done)
      : err(subscriptionErrors.LEDGER_SUBSCRIPTION_NOT_FOUND()),
  ),
  route(resumeWebhook, async ({ tx, org, clock }, { params }) =>
    (await resumeSubscription(tx, org.no, params.subscriptionId, clock.now()))
      ? ok(done)
      : err(subscriptionErrors.LEDGER_SUBSCRIPTION_NOT_FOUND()),
  ),
  route(listDeadLetters, async ({ tx, org }, { query }) => {
    const after = startOf(query.cursor);
    if (!after.ok) return after;
    const rows = await listLetters(tx, org.no, after.value, query.limit + 1);
    const cut = cutPage(rows, query.limit, (l) => [l.letter_id]);
    return ok({ ...cut, items: cut.items.map(letterView) });
  }),
  route(resendLetter, (ctx, { params, version }) =>
    decide(ctx, params.letterId, version, { state: 'waiting', retryAt: ctx.clock.now() }),
  ),
  route(dismissLetter, (ctx, { params, version }) =>
    decide(ctx, params.letterId, version, { state: 'dismissed', retryAt: null }),
  ),
];

/** A schedule without the fields that were left empty. */
function filled(fields: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined && v !== ''));
}
