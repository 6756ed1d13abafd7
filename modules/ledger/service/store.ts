import { randomFillSync } from 'node:crypto';
import type { Ctx } from '@zaizao/platform/http';
import type { AcceptedEvent } from '../domain/accept.ts';
import { offerFresh } from '../log/fresh-events.ts';
import { wakeLog } from '../log/sequencer.ts';
import {
  eventsOfIds,
  holdClock,
  insertEvents,
  type KnownEvent,
  takeNumbers,
} from '../repo/event.ts';
import { columnsOf } from '../repo/event-columns.ts';
import { shareStored } from './share.ts';

/** What became of one event. */
export type Outcome =
  | { readonly kind: 'stored'; readonly recordUs: number }
  /** The organisation has exactly this event. */
  | { readonly kind: 'known'; readonly recordUs: number }
  /** Its id stands for another content. */
  | { readonly kind: 'taken' }
  /** It would have been stored, had its batch been. */
  | { readonly kind: 'left-out' };

/** Events that came together. */
interface Batch {
  readonly accepted: readonly AcceptedEvent[];
  readonly captureId?: string;
  /** Nothing of the batch is stored when one of its ids is taken. */
  readonly whole?: boolean;
}

/** Rows to one statement: bounds the memory of one parameter. */
const CHUNK = 4_000;

/** Stores accepted events in the caller's transaction; repetitions are recognised, not stored again. */
export async function storeEvents(
  ctx: Ctx,
  accepted: readonly AcceptedEvent[],
): Promise<readonly Outcome[]> {
  const [outcomes = []] = await storeBatches(ctx, [{ accepted }]);
  return outcomes;
}

/** As {@link storeEvents}, several batches in their order with the same few statements. */
export async function storeBatches(
  ctx: Ctx,
  batches: readonly Batch[],
): Promise<readonly (readonly Outcome[])[]> {
  const { tx, org, now } = ctx;
  const ids = new Set<string>();
  for (const { accepted } of batches) for (const a of accepted) if (a.named) ids.add(a.eventId);
  let known: readonly KnownEvent[] = [];
  if (ids.size > 0) {
    await holdClock(tx, org.no);
    known = await eventsOfIds(tx, org.no, [...ids]);
  }
  const register = new Register(known);
  const verdicts = batches.map((batch) => register.admit(batch));
  const fresh: Fresh[] = [];
  for (const [b, { accepted, captureId }] of batches.entries()) {
    for (const [i, event] of accepted.entries()) {
      if (verdicts[b]?.[i]?.kind === 'fresh') fresh.push({ event, captureId });
    }
  }
  let next = await insert(ctx, fresh, now.getTime() * 1000);
  const given = new Map<string, number>();
  return batches.map(({ accepted }, b) =>
    accepted.map((event, i): Outcome => {
      const verdict = verdicts[b]?.[i] ?? { kind: 'left-out' };
      if (verdict.kind === 'fresh') {
        given.set(keyOf(event), next);
        return { kind: 'stored', recordUs: next++ };
      }
      // The first one of the same may have come with it, and has its record time only now.
      return verdict.kind === 'known'
        ? { kind: 'known', recordUs: verdict.recordUs ?? given.get(keyOf(event)) ?? 0 }
        : verdict;
    }),
  );
}

function keyOf({ declaredUs, eventId }: Pick<AcceptedEvent, 'declaredUs' | 'eventId'>): string {
  return `${declaredUs} ${eventId}`;
}

interface Fresh {
  readonly event: AcceptedEvent;
  readonly captureId: string | undefined;
}

/** Writes events under the organisation's next numbers; returns the record time of the first. */
async function insert(ctx: Ctx, fresh: readonly Fresh[], nowUs: number): Promise<number> {
  const { tx, org, app } = ctx;
  if (fresh.length === 0) return 0;
  const first = await takeNumbers(tx, org.no, fresh.length, nowUs);
  for (let at = 0; at < fresh.length; ) {
    const captureId = fresh[at]?.captureId;
    const other = fresh.findIndex((f, i) => i > at && f.captureId !== captureId);
    const to = Math.min(at + CHUNK, other < 0 ? fresh.length : other);
    const events = fresh.slice(at, to).map(({ event }) => event);
    const secrets = randomFillSync(Buffer.alloc(32 * events.length));
    for (const [i, { committed }] of events.entries()) {
      if (committed) secrets.set(committed.secret, 32 * i);
    }
    const place = { firstSeq: first.firstSeq + at, firstUs: first.firstUs + at };
    await insertEvents(tx, org.no, place, columnsOf(events, secrets), captureId);
    at = to;
  }
  const stored = fresh.map(({ event }) => event);
  await shareStored(ctx, stored, first.firstSeq);
  ctx.afterCommit(() => {
    offerFresh(app, org.no, first, stored);
    wakeLog(app);
  });
  return first.firstUs;
}

type Verdict =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'taken' }
  | { readonly kind: 'left-out' }
  | { readonly kind: 'known'; readonly recordUs: number | undefined };

/** The ids that are taken, by earlier events and by earlier ones of the same transaction. */
class Register {
  /** Record times by id and declaration; undefined for those not stored yet. */
  readonly #known = new Map<string, number | undefined>();
  readonly #hashOf = new Map<string, string>();

  constructor(known: readonly KnownEvent[]) {
    for (const { declared_us, event_id, record_us, hash } of known) {
      this.#known.set(
        keyOf({ declaredUs: Number(declared_us), eventId: event_id }),
        Number(record_us),
      );
      this.#hashOf.set(event_id, hash);
    }
  }

  /** What becomes of a batch; its fresh events count for the batches after it. */
  admit({ accepted, whole }: Batch): Verdict[] {
    const added = new Set<string>();
    const hashOf = new Map<string, string>();
    const verdicts = accepted.map((a): Verdict => {
      if (!a.named) return { kind: 'fresh' };
      const hash = this.#hashOf.get(a.eventId) ?? hashOf.get(a.eventId);
      if (hash !== undefined && hash !== a.hash) return { kind: 'taken' };
      const key = keyOf(a);
      if (this.#known.has(key)) return { kind: 'known', recordUs: this.#known.get(key) };
      if (added.has(key)) return { kind: 'known', recordUs: undefined };
      added.add(key);
      // An error declaration repeats its event's id and content, with its own time.
      hashOf.set(a.eventId, a.hash);
      return { kind: 'fresh' };
    });
    if (whole && verdicts.some((v) => v.kind === 'taken')) {
      return verdicts.map((v) => (v.kind === 'fresh' ? { kind: 'left-out' } : v));
    }
    for (const key of added) this.#known.set(key, undefined);
    for (const [id, hash] of hashOf) this.#hashOf.set(id, hash);
    return verdicts;
  }
}
