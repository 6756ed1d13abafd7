import { randomFillSync } from 'node:crypto';
import type { Ctx } from '@zaizao/platform/http';
import { type AcceptedEvent, rowsOf } from '../domain/accept.ts';
import { wakeLog } from '../log/sequencer.ts';
import {
  eventsOfIds,
  holdClock,
  insertEvents,
  type KnownEvent,
  takeNumbers,
} from '../repo/event.ts';
import { shareStored } from './share.ts';

/** What became of one event. */
export type Outcome =
  | { readonly kind: 'stored'; readonly recordUs: number }
  /** The organisation has exactly this event. */
  | { readonly kind: 'known'; readonly recordUs: number }
  /** Its id stands for another content. */
  | { readonly kind: 'taken' };

/** Rows to one statement: bounds the memory of one parameter. */
const CHUNK = 2_000;

/** Stores accepted events in the caller's transaction; repetitions are recognised, not stored again. */
export async function storeEvents(
  ctx: Ctx,
  accepted: readonly AcceptedEvent[],
  captureId?: string,
): Promise<Outcome[]> {
  const { tx, org, now } = ctx;
  const named = accepted.filter((a) => a.named);
  let known: readonly KnownEvent[] = [];
  if (named.length > 0) {
    await holdClock(tx, org.no);
    known = await eventsOfIds(tx, org.no, [...new Set(named.map((a) => a.eventId))]);
  }
  const history = new Register(known);
  const outcomes = accepted.map((a) => (a.named ? history.check(a) : undefined));
  const fresh = accepted.filter((_, i) => outcomes[i] === undefined);
  const recordUs = await insert(ctx, fresh, now.getTime() * 1000, captureId);
  if (fresh.length > 0) ctx.afterCommit(() => wakeLog(ctx.app));
  let next = 0;
  const done = outcomes.map((outcome): Outcome => {
    return outcome ?? { kind: 'stored', recordUs: recordUs + next++ };
  });
  // A repetition within the batch got its place before the first one's record time was known.
  return done.map((outcome, i) => {
    if (outcome.kind !== 'known' || outcome.recordUs !== 0) return outcome;
    const first = accepted.findIndex((a) => keyOf(a) === keyOf(accepted[i]));
    return { kind: 'known', recordUs: done[first]?.kind === 'stored' ? done[first].recordUs : 0 };
  });
}

function keyOf(a: AcceptedEvent | undefined): string {
  return `${a?.declaredUs} ${a?.eventId}`;
}

async function insert(
  ctx: Ctx,
  fresh: readonly AcceptedEvent[],
  nowUs: number,
  captureId: string | undefined,
): Promise<number> {
  const { tx, org } = ctx;
  if (fresh.length === 0) return 0;
  const first = await takeNumbers(tx, org.no, fresh.length, nowUs);
  const random = randomFillSync(Buffer.alloc(32 * fresh.length));
  for (let at = 0; at < fresh.length; at += CHUNK) {
    const chunk = fresh.slice(at, at + CHUNK);
    const secrets = chunk.map((_, i) => random.toString('hex', 32 * (at + i), 32 * (at + i + 1)));
    const place = { firstSeq: first.firstSeq + at, firstUs: first.firstUs + at };
    const { events, things, links } = rowsOf(chunk, place, secrets);
    await insertEvents(tx, org.no, captureId, events, things, links);
  }
  await shareStored(ctx, fresh, first.firstSeq);
  return first.firstUs;
}

/** The ids that are taken, by earlier events and by earlier ones of the same batch. */
class Register {
  readonly #known = new Map<string, { readonly hash: string; readonly recordUs: number }>();
  readonly #hashOf = new Map<string, string>();

  constructor(known: readonly KnownEvent[]) {
    for (const k of known) {
      const key = `${k.declared_us} ${k.event_id}`;
      this.#known.set(key, { hash: k.hash, recordUs: Number(k.record_us) });
      this.#hashOf.set(k.event_id, k.hash);
    }
  }

  /** Undefined: store it. An error declaration repeats its event's id and content, with its own time. */
  check(a: AcceptedEvent): Outcome | undefined {
    const hash = this.#hashOf.get(a.eventId);
    if (hash !== undefined && hash !== a.hash) return { kind: 'taken' };
    const same = this.#known.get(keyOf(a));
    if (same) return { kind: 'known', recordUs: same.recordUs };
    this.#known.set(keyOf(a), { hash: a.hash, recordUs: 0 });
    this.#hashOf.set(a.eventId, a.hash);
    return undefined;
  }
}
