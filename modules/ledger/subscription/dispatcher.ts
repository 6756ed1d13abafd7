import { transact } from '@zaizao/platform/db';
import type { App, OrgRef } from '@zaizao/platform/http';
import { newId } from '@zaizao/platform/kernel';
import {
  claimDue,
  claimLetters,
  type DeadLetter,
  findSubscription,
  insertLetter,
  type Progress,
  type Subscription,
  saveProgress,
  settleLetter,
} from '../repo/subscription.ts';
import { type Installment, nextInstallment } from '../service/standing-query.ts';
import { type Message, messageOf, type Outcome, send } from './delivery.ts';
import { nextTime, ScheduleFault } from './schedule.ts';
import { inOrganisation } from './work.ts';

const POLL_MS = 500;
/** Nobody else takes a subscription for this long; longer than any single delivery can last. */
const CLAIM_MS = 60_000;
/** Work on one subscription before others have a turn. */
const TURN_MS = 20_000;
const WIDTH = 4;

/** 5 s, 10 s, … up to an hour; after the last one the delivery is a dead letter. */
const FIRST_WAIT_MS = 5_000;
const MOST_WAIT_MS = 3_600_000;
const MOST_ATTEMPTS = 12;
/** A subscription whose deliveries all die is stopped until its owner looks at it. */
const MOST_FAILURES = 3;
const MOST_BATCH = 100;

/** Delivers what standing queries have to tell: in order, each at least once, none for ever. */
export class Dispatcher {
  readonly #app: App;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(app: App) {
    this.#app = app;
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.run()
        .catch((cause: unknown) => {
          if (!this.#stopped)
            this.#app.log.error({ err: cause }, 'subscriptions could not be served');
        })
        .finally(() => {
          if (!this.#stopped) this.start();
        });
    }, POLL_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running.catch(() => undefined);
  }

  /**
   * Does everything that is due now; returns how many subscriptions and letters that were. One run
   * waits for the one before it, which may be at work on what the caller wants done.
   */
  run(): Promise<number> {
    const next = this.#running.catch(() => undefined).then(() => this.#serveDue());
    this.#running = next;
    return next;
  }

  async #serveDue(): Promise<number> {
    const { db, clock } = this.#app;
    const now = clock.now();
    const until = new Date(now.getTime() + CLAIM_MS);
    const due = await transact(db, { kind: 'system' }, (tx) => claimDue(tx, now, until, WIDTH));
    const letters = await transact(db, { kind: 'system' }, (tx) => claimLetters(tx, now, WIDTH));
    await Promise.all([
      ...due.map((s) => this.#guarded(s.org_id, (org) => this.#serve(org, s))),
      ...letters.map((l) => this.#guarded(l.org_id, (org) => this.#again(org, l))),
    ]);
    return due.length + letters.length;
  }

  async #guarded(no: number, work: (org: OrgRef) => Promise<void>): Promise<void> {
    const org = await this.#app.organisation(no);
    if (!org) return;
    await work(org).catch((cause: unknown) => {
      // Its claim runs out, and then it is tried again.
      if (!this.#stopped) this.#app.log.error({ err: cause, org: no }, 'a subscription failed');
    });
  }

  /** Delivers installment after installment until nothing is left, one fails, or its turn is over. */
  async #serve(org: OrgRef, first: Subscription): Promise<void> {
    const started = performance.now();
    let s: Subscription = first;
    for (;;) {
      const step = await this.#step(org, s);
      const isDone = step.isDone || this.#stopped || performance.now() - started > TURN_MS;
      await inOrganisation(this.#app, org, async (ctx) => {
        if (step.letter) await insertLetter(ctx.tx, org.no, step.letter);
        await saveProgress(ctx.tx, org.no, s.subscription_id, { ...step.progress, isDone });
      });
      if (isDone) return;
      s = after(s, step.progress);
    }
  }

  async #step(org: OrgRef, s: Subscription): Promise<Step> {
    const from = Number(s.last_seq);
    const told = await inOrganisation(this.#app, org, async (ctx) => {
      const upTo = s.pending_to === null ? undefined : Number(s.pending_to);
      const found = await nextInstallment(ctx, s.query_name, from, s.batch, upTo);
      const to = found.kind === 'events' ? found.toSeq : from;
      const id = `${s.subscription_id}.${from + 1}-${to}`;
      return { found, message: await messageOf(ctx, s, found, id) };
    });
    const now = this.#app.clock.now();
    if (told.found.kind === 'events' && told.found.events.length === 0) {
      const isSilent = s.schedule === null || !s.report_if_empty;
      if (isSilent) return quiet(s, told.found, now);
    }
    const outcome = await send(this.#app, s, told.message);
    return stepAfter(s, told.found, told.message, outcome, this.#app.clock.now());
  }

  /** Another attempt at a dead letter, because its owner asked for it. */
  async #again(org: OrgRef, letter: DeadLetter): Promise<void> {
    const app = this.#app;
    const told = await inOrganisation(app, org, async (ctx) => {
      const s = await findSubscription(ctx.tx, org.no, letter.subscription_id);
      if (!s) return undefined;
      const from = Number(letter.from_seq) - 1;
      const most = Math.max(1, letter.event_count);
      const to = Number(letter.to_seq);
      const found = await nextInstallment(ctx, s.query_name, from, most, to);
      return { s, message: await messageOf(ctx, s, found, letter.delivery_id) };
    });
    const outcome: Outcome = told
      ? await send(app, told.s, told.message)
      : { kind: 'failed', problem: 'the subscription is gone' };
    await inOrganisation(app, org, (ctx) =>
      settleLetter(ctx.tx, org.no, letter.letter_id, {
        state: outcome.kind === 'taken' ? 'delivered' : 'waiting',
        problem: problemOf(outcome),
      }),
    );
  }
}

interface Step {
  readonly progress: Omit<Progress, 'isDone'>;
  readonly isDone: boolean;
  readonly letter?: Parameters<typeof insertLetter>[2];
}

function after(s: Subscription, p: Omit<Progress, 'isDone'>): Subscription {
  return {
    ...s,
    last_seq: BigInt(p.lastSeq),
    min_record_us: BigInt(p.minRecordUs),
    pending_to: p.pendingTo === null ? null : BigInt(p.pendingTo),
    batch: p.batch,
    attempts: p.attempts,
    failures: p.failures,
    state: p.state,
    last_problem: p.problem,
    last_notified_at: p.notifiedAt,
    next_at: p.nextAt,
  };
}

function unchanged(s: Subscription, now: Date): Omit<Progress, 'isDone'> {
  return {
    lastSeq: Number(s.last_seq),
    minRecordUs: Number(s.min_record_us),
    pendingTo: s.pending_to === null ? null : Number(s.pending_to),
    ...{ batch: s.batch, attempts: s.attempts, failures: s.failures, state: s.state },
    ...{ problem: s.last_problem, notifiedAt: s.last_notified_at, nextAt: dueNext(s, now) },
  };
}

/** When a subscription that is served has its next turn. */
function dueNext(s: Subscription, now: Date): Date {
  if (s.schedule === null) return now;
  try {
    return nextTime(s.schedule, now);
  } catch (e) {
    if (!(e instanceof ScheduleFault)) throw e;
    return new Date(now.getTime() + MOST_WAIT_MS); // was checked when it was made
  }
}

type Events = Extract<Installment, { kind: 'events' }>;

/** Nothing matched: only the place moves on. */
function quiet(s: Subscription, found: Events, now: Date): Step {
  const progress = {
    ...unchanged(s, now),
    ...{ lastSeq: found.toSeq, minRecordUs: found.toUs, pendingTo: null },
  };
  return { progress, isDone: !found.isMore };
}

function stepAfter(
  s: Subscription,
  found: Installment,
  message: Message,
  outcome: Outcome,
  now: Date,
): Step {
  const base = unchanged(s, now);
  const moved =
    found.kind === 'events'
      ? { lastSeq: found.toSeq, minRecordUs: found.toUs, pendingTo: null }
      : { pendingTo: null };
  const isMore = found.kind === 'events' && found.isMore;
  if (outcome.kind === 'taken') {
    const batch = Math.min(MOST_BATCH, s.batch * 2);
    const fresh = { attempts: 0, failures: 0, problem: null, notifiedAt: now, batch };
    // A query that cannot be run is told once, and then tried again later.
    const nextAt = found.kind === 'events' ? base.nextAt : later(now, MOST_ATTEMPTS);
    return { progress: { ...base, ...moved, ...fresh, nextAt }, isDone: !isMore };
  }
  if (outcome.kind === 'too-large' && message.eventCount > 1) {
    const batch = Math.max(1, Math.floor(message.eventCount / 2));
    return { progress: { ...base, batch, pendingTo: null, nextAt: now }, isDone: false };
  }
  const problem = problemOf(outcome);
  const attempts = s.attempts + 1;
  if (attempts < MOST_ATTEMPTS) {
    const pendingTo = found.kind === 'events' ? found.toSeq : null;
    return {
      progress: { ...base, pendingTo, attempts, problem, nextAt: later(now, attempts) },
      isDone: true,
    };
  }
  const failures = s.failures + 1;
  const state = failures >= MOST_FAILURES ? 'stopped' : 'active';
  const letter = {
    letter_id: newId('letter', now.getTime()),
    ...{ subscription_id: s.subscription_id, query_name: s.query_name, dest: s.dest },
    ...{ delivery_id: message.id, from_seq: base.lastSeq + 1, attempts, problem, dead_at: now },
    to_seq: found.kind === 'events' ? found.toSeq : base.lastSeq,
    event_count: message.eventCount,
  };
  return {
    progress: { ...base, ...moved, attempts: 0, failures, state, problem, nextAt: now },
    isDone: state === 'stopped' || !isMore,
    letter,
  };
}

function problemOf(outcome: Outcome): string {
  if (outcome.kind === 'failed') return outcome.problem;
  return outcome.kind === 'too-large' ? 'HTTP 413 for a single event' : '';
}

/** The wait doubles with each attempt; a fifth of it is by chance, so that many do not come at once. */
function later(now: Date, attempts: number): Date {
  const wait = Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));
  return new Date(now.getTime() + wait * (0.9 + Math.random() / 5));
}

const dispatchers = new WeakMap<App, Dispatcher>();

export function dispatcherOf(app: App): Dispatcher {
  const known = dispatchers.get(app);
  if (known) return known;
  const made = new Dispatcher(app);
  dispatchers.set(app, made);
  return made;
}
