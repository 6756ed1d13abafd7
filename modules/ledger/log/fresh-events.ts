import type { App } from '@zaizao/platform/http';
import type { AcceptedEvent } from '../domain/accept.ts';

/** A stored event whose commitments are made already, so that the sequencer need not read it back. */
export interface FreshEvent {
  readonly seq: number;
  readonly recordUs: number;
  readonly eventId: string;
  readonly isErrorDeclaration: boolean;
  readonly groups: Uint8Array;
  readonly things: readonly string[];
}

/** About a kilobyte each. What does not fit is read from the table. */
const MOST = 40_000;

/** Committed events that wait for the sequencer of this process, by organisation, in order. */
export class FreshEvents {
  readonly #queues = new Map<number, FreshEvent[]>();
  readonly #most: number;
  #count = 0;

  constructor(most = MOST) {
    this.#most = most;
  }

  add(org: number, events: readonly FreshEvent[]): void {
    const queue = this.#queues.get(org) ?? [];
    const last = queue.at(-1);
    const follows = !last || !events[0] || events[0].seq === last.seq + 1;
    if (!follows || this.#count + events.length > this.#most) return;
    queue.push(...events);
    this.#queues.set(org, queue);
    this.#count += events.length;
  }

  /** The events from number `seq` on, as many as are here without a gap; those before are dropped. */
  from(org: number, seq: number, limit: number): readonly FreshEvent[] {
    const queue = this.#queues.get(org) ?? [];
    const old = queue.findIndex((e) => e.seq >= seq);
    const stale = old < 0 ? queue.length : old;
    queue.splice(0, stale);
    this.#count -= stale;
    if (queue.length === 0) this.#queues.delete(org);
    return queue[0]?.seq === seq ? queue.slice(0, limit) : [];
  }
}

const waiting = new WeakMap<App, FreshEvents>();

export function freshEventsOf(app: App): FreshEvents {
  let events = waiting.get(app);
  if (!events) {
    events = new FreshEvents();
    waiting.set(app, events);
  }
  return events;
}

/** Hands committed events on to the sequencer; those without commitments it reads itself. */
export function offerFresh(
  app: App,
  org: number,
  { firstSeq, firstUs }: { readonly firstSeq: number; readonly firstUs: number },
  stored: readonly AcceptedEvent[],
): void {
  if (!stored.every((a) => a.committed)) return;
  const events = stored.flatMap((a, i): FreshEvent[] => {
    if (!a.committed) return [];
    return [
      {
        ...{ seq: firstSeq + i, recordUs: firstUs + i, eventId: a.eventId },
        isErrorDeclaration: a.event.errorDeclaration !== undefined,
        groups: a.committed.groups,
        things: [...new Set(a.things.map((t) => t.thing))],
      },
    ];
  });
  freshEventsOf(app).add(org, events);
}
