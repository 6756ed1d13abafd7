import type { Ctx } from '@zaizao/platform/http';
import { newId } from '@zaizao/platform/kernel';
import { microsOf } from '../domain/micros.ts';
import { findQuery } from '../repo/named-query.ts';
import {
  clockOf,
  countSubscriptions,
  findSubscription,
  insertSubscription,
  lastSeqBefore,
  type Subscription,
} from '../repo/subscription.ts';
import {
  nextTime,
  SCHEDULE_FIELDS,
  type Schedule,
  ScheduleFault,
} from '../subscription/schedule.ts';
import { type SignatureKind, sealSecret } from '../subscription/signature.ts';
import { TargetRefused, targetOf } from '../subscription/target.ts';
import { standingFault } from './named-query.ts';

/** Webhooks of one organisation. */
const MOST = 100;

/** A subscription as somebody asks for it. */
export interface Wish {
  readonly dest: string;
  readonly stream: boolean;
  readonly schedule: Schedule | undefined;
  readonly reportIfEmpty: boolean;
  readonly initialRecordTime: string | undefined;
  readonly secret: string | undefined;
  readonly signature: Exclude<SignatureKind, 'none'>;
  readonly epcFormat: string;
  readonly media: 'json' | 'xml';
  /** Wanted id, as SOAP callers name their subscriptions themselves. */
  readonly id?: string;
}

/** Why a subscription was not made. */
export class SubscriptionFault extends Error {
  readonly kind: 'no-query' | 'controls' | 'dest' | 'not-permitted' | 'taken';

  constructor(kind: SubscriptionFault['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** What a schedule given from outside says; anything else in it is refused. */
export function scheduleOf(value: unknown): Schedule {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SubscriptionFault('controls', 'schedule is an object');
  }
  const schedule: Record<string, string> = {};
  for (const [name, field] of Object.entries(value)) {
    if (!SCHEDULE_FIELDS.some((known) => known === name)) {
      throw new SubscriptionFault('controls', `schedule has no ${name}`);
    }
    if (typeof field !== 'string' && typeof field !== 'number') {
      throw new SubscriptionFault('controls', `${name} of the schedule is a text`);
    }
    schedule[name] = String(field);
  }
  return schedule;
}

/**
 * When a standing query runs first: at once, or by its schedule. Exactly one of both must be asked for.
 *
 * @throws SubscriptionFault
 */
export function firstTime(
  { stream, schedule }: Pick<Wish, 'stream' | 'schedule'>,
  now: Date,
): Date {
  if (stream === (schedule !== undefined)) {
    throw new SubscriptionFault('controls', 'give either stream: true or a schedule');
  }
  if (schedule === undefined) return now;
  try {
    return nextTime(schedule, now);
  } catch (e) {
    if (e instanceof ScheduleFault) throw new SubscriptionFault('controls', e.message);
    throw e;
  }
}

/** Where a standing query begins: after everything recorded before a time, or before now. */
export async function beginning(
  ctx: Ctx,
  initialRecordTime: string | undefined,
): Promise<{ us: number; seq: number }> {
  const clock = await clockOf(ctx.tx, ctx.org.no);
  if (initialRecordTime === undefined) return { us: ctx.now.getTime() * 1000, seq: clock.lastSeq };
  const us = microsOf(initialRecordTime);
  if (us === undefined) {
    throw new SubscriptionFault('controls', 'initialRecordTime is no time with a zone');
  }
  return { us, seq: await lastSeqBefore(ctx.tx, ctx.org.no, us) };
}

/** Checks that a query can stand: it exists, and neither orders nor counts. */
export async function checkStanding(ctx: Ctx, queryName: string): Promise<void> {
  const query = await findQuery(ctx.tx, ctx.org.no, queryName);
  if (!query) throw new SubscriptionFault('no-query', queryName);
  const fault = standingFault(query.query);
  if (fault !== undefined) throw new SubscriptionFault('not-permitted', fault);
}

/**
 * Makes a webhook.
 *
 * @throws SubscriptionFault
 */
export async function subscribe(ctx: Ctx, queryName: string, wish: Wish): Promise<Subscription> {
  const { tx, org, now } = ctx;
  await checkStanding(ctx, queryName);
  if ((await countSubscriptions(tx, org.no)) >= MOST) {
    throw new SubscriptionFault('not-permitted', `at most ${MOST} subscriptions`);
  }
  const dest = destOf(wish.dest);
  const next_at = firstTime(wish, now);
  const { us, seq } = await beginning(ctx, wish.initialRecordTime);
  const { secret } = wish;
  if (secret !== undefined && (secret.length < 8 || secret.length > 512)) {
    throw new SubscriptionFault('controls', 'signatureToken has 8 to 512 characters');
  }
  const id = wish.id ?? newId('subscription', now.getTime());
  if (await findSubscription(tx, org.no, id)) throw new SubscriptionFault('taken', id);
  await insertSubscription(tx, org.no, {
    ...{ subscription_id: id, query_name: queryName, dest, next_at },
    schedule: wish.schedule ?? null,
    report_if_empty: wish.reportIfEmpty,
    signature: secret === undefined ? 'none' : wish.signature,
    sealed_secret: secret === undefined ? null : sealSecret(ctx.app.config.secret, id, secret),
    ...{ epc_format: wish.epcFormat, media: wish.media },
    ...{ created_us: now.getTime() * 1000, initial_us: us, last_seq: seq },
  });
  const made = await findSubscription(tx, org.no, id);
  if (!made) throw new Error('the subscription was not kept');
  return made;
}

function destOf(text: string): string {
  try {
    return targetOf(text).toString();
  } catch (e) {
    if (e instanceof TargetRefused) throw new SubscriptionFault('dest', e.message);
    throw e;
  }
}
