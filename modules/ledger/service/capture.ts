import type { Caller, Ctx } from '@zaizao/platform/http';
import { newId, ok } from '@zaizao/platform/kernel';
import type { EventFault, PreparedCapture } from '../domain/prepare.ts';
import { insertJobs, putNamespaces, putVocabulary } from '../repo/capture.ts';
import { learnPrefixes } from '../repo/company-prefix.ts';
import type { PlainCapture } from './plain-reading.ts';
import { NotPlain, storePlain } from './plain-store.ts';
import { type Outcome, storeBatches } from './store.ts';

export { sentence } from '../domain/accept.ts';

export type Behaviour = 'rollback' | 'proceed';

/** What was read: every event by itself, or of a plain document all of them together. */
export type Content =
  | { readonly kind: 'prepared'; readonly prepared: PreparedCapture }
  | {
      readonly kind: 'plain';
      readonly plain: PlainCapture;
      /** Reads it once more, event by event. */
      readonly whole: () => Promise<PreparedCapture>;
    };

/** A document to be stored under the id of its capture job. */
interface Capture {
  readonly captureId: string;
  readonly content: Content;
  /** Company prefixes that its EPC URNs name. */
  readonly prefixes: readonly string[];
  readonly behaviour: Behaviour;
  /** The time that the request of a simulated organisation claims. */
  readonly toldTime: string | undefined;
  /** Body of the problem that a job tells of a fault. */
  readonly errorOf: (fault: EventFault) => unknown;
}

/** Events in one transaction: bounds how long others wait for the organisation's clock. */
const MOST_EVENTS = 10_000;

interface Waiting extends Capture {
  readonly caller: Caller;
  readonly done: PromiseWithResolvers<void>;
}

/** Captures that wait for the one before them, by organisation and person. */
const queues = new WeakMap<object, Map<string, Waiting[]>>();

/**
 * Stores a document and notes its job; returns once both are durable. Captures of one caller that
 * come while another is being written share the next transaction: numbers without gaps make an
 * organisation's writers wait for each other anyway, and so they wait for one commit instead of many.
 */
export function capture(caller: Caller, what: Capture): Promise<void> {
  const done = Promise.withResolvers<void>();
  const { app, principal } = caller;
  const org = principal.kind === 'user' || principal.kind === 'key' ? principal.org : undefined;
  const who = principal.kind === 'anonymous' ? what.captureId : principal.id;
  const key = `${org?.no} ${principal.kind} ${who} ${what.toldTime ?? ''}`;
  const queue = queues.get(app) ?? new Map<string, Waiting[]>();
  queues.set(app, queue);
  const waiting = queue.get(key);
  const job = { ...what, caller, done };
  if (waiting) waiting.push(job);
  else {
    const first = [job];
    queue.set(key, first);
    void drain(first, () => queue.delete(key));
  }
  return done.promise;
}

/** Works through a queue, which others go on filling, group by group; `close` keeps them from it at the end. */
async function drain(queue: Waiting[], close: () => void): Promise<void> {
  while (queue.length > 0) {
    let events = 0;
    const beyond = queue.findIndex(({ content }, i) => {
      events += partsOf(content).count;
      return i > 0 && events > MOST_EVENTS;
    });
    await storeGroup(queue.splice(0, beyond < 0 ? queue.length : beyond));
  }
  close();
}

async function storeGroup(group: readonly Waiting[]): Promise<void> {
  try {
    await store(group);
    for (const job of group) job.done.resolve();
  } catch (cause) {
    // What one of them made fail must not fail the others.
    for (const job of group) {
      if (group.length > 1 || job.content.kind === 'plain') await storeWhole(job);
      else job.done.reject(cause);
    }
  }
}

/** Stores one document event by event: repetitions and ids that are taken are found that way. */
async function storeWhole(job: Waiting): Promise<void> {
  const { content } = job;
  try {
    const prepared = content.kind === 'plain' ? await content.whole() : content.prepared;
    await storeGroup([{ ...job, content: { kind: 'prepared', prepared } }]);
  } catch (cause) {
    job.done.reject(cause);
  }
}

/** Organisations whose documents have to be looked at event by event. */
const notPlain = new WeakMap<object, Set<number>>();

/** Whether it is known that a plain document of this caller's would have to be read whole. */
export function needsWhole({ app, principal }: Caller): boolean {
  const org = principal.kind === 'user' || principal.kind === 'key' ? principal.org?.no : undefined;
  return org !== undefined && (notPlain.get(app)?.has(org) ?? false);
}

function partsOf(content: Content) {
  return content.kind === 'plain' ? content.plain : content.prepared;
}

async function store(group: readonly Waiting[]): Promise<void> {
  const [first] = group;
  if (!first) return;
  const stored = await first.caller.inOrg(async (ctx) => {
    await storeAll(ctx, group).catch((cause: unknown) => {
      if (cause instanceof NotPlain) {
        notPlain.set(ctx.app, (notPlain.get(ctx.app) ?? new Set()).add(ctx.org.no));
      }
      throw cause;
    });
    return ok();
  });
  if (!stored.ok) throw new Error(stored.error.code);
}

async function storeAll(ctx: Ctx, group: readonly Capture[]): Promise<void> {
  const { tx, org, now } = ctx;
  const us = now.getTime() * 1000;
  const results = await storeContents(ctx, group);
  for (const [i, { content, prefixes }] of group.entries()) {
    if (results[i]?.isRefused) continue;
    const { vocabulary, namespaces } = partsOf(content);
    await learnPrefixes(tx, org.no, prefixes);
    await putVocabulary(tx, org.no, vocabulary, us);
    await putNamespaces(tx, org.no, namespaces);
  }
  await insertJobs(
    tx,
    org.no,
    group.map(({ captureId, behaviour, errorOf }, i) => {
      const { faults = [], accepted = 0 } = results[i] ?? {};
      return {
        ...{ capture_id: captureId, created_us: us, finished_us: us, running: false, behaviour },
        ...{ success: faults.length === 0, errors: faults.map(errorOf) },
        ...{ accepted, rejected: faults.length },
      };
    }),
  );
  const captures = group.map(({ captureId, behaviour }, i) => {
    const { faults = [], accepted = 0 } = results[i] ?? {};
    return { captureId, behaviour, accepted, rejected: faults.length };
  });
  await ctx.audit('ledger.capture', captures[0]?.captureId ?? '', { captures });
}

interface Result {
  readonly faults: readonly EventFault[];
  readonly isRefused: boolean;
  readonly accepted: number;
}

/** Stores documents in their order; neighbours that are looked at event by event share statements. */
async function storeContents(ctx: Ctx, group: readonly Capture[]): Promise<Result[]> {
  const results: Result[] = [];
  let together: { readonly job: Capture; readonly prepared: PreparedCapture }[] = [];
  const storeTogether = async () => {
    const outcomes = await storeBatches(
      ctx,
      together.map(({ job: { behaviour, captureId }, prepared }) => {
        const whole = behaviour === 'rollback';
        const isRefused = whole && prepared.faults.length > 0;
        return { accepted: isRefused ? [] : prepared.accepted, captureId, whole };
      }),
    );
    for (const [i, { job, prepared }] of together.entries()) {
      results.push(resultOf(prepared, job.behaviour, outcomes[i] ?? []));
    }
    together = [];
  };
  for (const job of group) {
    const { content, captureId } = job;
    if (content.kind === 'prepared') together.push({ job, prepared: content.prepared });
    else {
      await storeTogether();
      await storePlain(ctx, content.plain, captureId);
      results.push({ faults: [], isRefused: false, accepted: content.plain.count });
    }
  }
  await storeTogether();
  return results;
}

/** What a job tells: its faults, and how many events were stored or known. */
function resultOf(
  prepared: PreparedCapture,
  behaviour: Behaviour,
  outcomes: readonly Outcome[],
): Result {
  const taken = prepared.accepted.flatMap((a, index): EventFault[] =>
    outcomes[index]?.kind === 'taken'
      ? [{ index, kind: 'taken', detail: `the event id ${a.eventId} has another content` }]
      : [],
  );
  const faults = [...prepared.faults, ...taken];
  const isRefused = behaviour === 'rollback' && faults.length > 0;
  return { faults, isRefused, accepted: isRefused ? 0 : prepared.accepted.length - taken.length };
}

export function newCaptureId(ctxNow: Date): string {
  return newId('capture', ctxNow.getTime());
}
