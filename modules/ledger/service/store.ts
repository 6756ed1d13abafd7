import { randomFillSync } from 'node:crypto';
import type { Ctx } from '@zaizao/platform/http';
import type { AcceptedEvent } from '../domain/accept.ts';
import { LINK_KIND, OWN_NODE } from '../domain/link.ts';
import { ROLE_NUMBER } from '../domain/thing-role.ts';
import { offerFresh } from '../log/fresh-events.ts';
import { wakeLog } from '../log/sequencer.ts';
import {
  type EventRows,
  eventsOfIds,
  holdClock,
  insertEvents,
  insertLinks,
  insertThings,
  type KnownEvent,
  type LinkRows,
  type ThingRows,
  takeNumbers,
} from '../repo/event.ts';
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
  for (let at = 0; at < fresh.length; at += CHUNK) {
    const chunk = fresh.slice(at, at + CHUNK);
    const place = { firstSeq: first.firstSeq + at, firstUs: first.firstUs + at };
    const { events, things, links } = rowsOf(chunk, place.firstSeq);
    await insertEvents(tx, org.no, place, events);
    await insertThings(tx, org.no, things);
    await insertLinks(tx, org.no, links);
  }
  const stored = fresh.map(({ event }) => event);
  await shareStored(ctx, stored, first.firstSeq);
  ctx.afterCommit(() => {
    offerFresh(app, org.no, first, stored);
    wakeLog(app);
  });
  return first.firstUs;
}

/** The rows of events numbered from `firstSeq` on, in columns. */
function rowsOf(fresh: readonly Fresh[], firstSeq: number) {
  const hashes = Buffer.from(fresh.map(({ event }) => event.hash).join(''), 'hex');
  const secrets = randomFillSync(Buffer.alloc(32 * fresh.length));
  const things = { thing: [], eventUs: [], seq: [], role: [] } as Growing<ThingRows>; // empty yet
  const links = {
    ...{ thing: [], side: [], node: [], eventUs: [], seq: [], kind: [] },
  } as Growing<LinkRows>; // as above
  for (const [i, { event }] of fresh.entries()) {
    const seq = firstSeq + i;
    if (event.committed) secrets.set(event.committed.secret, 32 * i);
    for (const { thing, role } of event.things) {
      things.thing.push(thing);
      things.eventUs.push(event.eventUs);
      things.seq.push(seq);
      things.role.push(ROLE_NUMBER[role]);
    }
    for (const { thing, side, node, kind } of event.links) {
      links.thing.push(thing);
      links.side.push(side);
      links.node.push(node === OWN_NODE ? `e:${seq}` : node);
      links.eventUs.push(event.eventUs);
      links.seq.push(seq);
      links.kind.push(LINK_KIND[kind]);
    }
  }
  const of = <T>(value: (event: AcceptedEvent) => T) => fresh.map(({ event }) => value(event));
  const events: EventRows = {
    ...{ hashes, secrets },
    eventId: of((e) => e.eventId),
    declaredUs: of((e) => e.declaredUs),
    eventUs: of((e) => e.eventUs),
    type: of((e) => e.columns.type),
    action: of((e) => e.columns.action),
    bizStep: of((e) => e.columns.bizStep),
    disposition: of((e) => e.columns.disposition),
    readPoint: of((e) => e.columns.readPoint),
    bizLocation: of((e) => e.columns.bizLocation),
    events: of((e) => e.json).join('\n'),
    contexts: unlessNone(of((e) => e.contextJson)),
    captureId: unlessNone(fresh.map((f) => f.captureId)),
  };
  return { events, things, links };
}

type Growing<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

function unlessNone<T>(values: readonly (T | undefined)[]) {
  return values.some((value) => value !== undefined) ? values : undefined;
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
