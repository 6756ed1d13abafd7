import type { App } from '@zaizao/platform/http';
import { thingKeys } from '@zaizao/tlog';
import type { AcceptedEvent } from '../domain/accept.ts';

/** A stored event whose commitments are made already, so that the sequencer need not read it back. */
export interface FreshEvent {
  readonly seq: number;
  readonly recordUs: number;
  readonly eventId: string;
  readonly isErrorDeclaration: boolean;
  readonly groups: Uint8Array;
  /** Keys of what it touches, 32 bytes each. */
  readonly keys: Uint8Array;
}

/** What the log entries of a document's events are made of; none is an error declaration. */
export interface CommittedEvents {
  /** One a line. */
  readonly eventIds: string;
  /** Groups of the log entries, one behind the other. */
  readonly groups: Uint8Array<ArrayBuffer>;
  readonly groupEnds: readonly number[];
  /** Keys of what each event touches, 32 bytes each. */
  readonly keys: Uint8Array<ArrayBuffer>;
  readonly keyEnds: readonly number[];
}

interface Place {
  readonly firstSeq: number;
  readonly firstUs: number;
}

/** Events with numbers in a row; made into single ones when they are asked for. */
interface Run {
  readonly firstSeq: number;
  readonly count: number;
  readonly events: () => readonly FreshEvent[];
}

/** About a kilobyte each. What does not fit is read from the table. */
const MOST = 40_000;

/** Committed events that wait for the sequencer of this process, by organisation, in order. */
export class FreshEvents {
  readonly #queues = new Map<number, Run[]>();
  readonly #most: number;
  #count = 0;

  constructor(most = MOST) {
    this.#most = most;
  }

  add(org: number, run: Run): void {
    const queue = this.#queues.get(org) ?? [];
    const last = queue.at(-1);
    const follows = !last || run.firstSeq === last.firstSeq + last.count;
    if (!follows || this.#count + run.count > this.#most) return;
    queue.push(run);
    this.#queues.set(org, queue);
    this.#count += run.count;
  }

  /** The events from number `seq` on, as many as are here without a gap; whole runs before are dropped. */
  from(org: number, seq: number, limit: number): readonly FreshEvent[] {
    const queue = this.#queues.get(org) ?? [];
    while (queue[0] && queue[0].firstSeq + queue[0].count <= seq) {
      this.#count -= queue.shift()?.count ?? 0;
    }
    if (queue.length === 0) this.#queues.delete(org);
    const [first] = queue;
    if (!first || first.firstSeq > seq) return [];
    const found: FreshEvent[] = [];
    for (const run of queue) {
      if (found.length >= limit) break;
      const events = run.events();
      const from = Math.max(0, seq - run.firstSeq);
      for (const event of events.slice(from, from + limit - found.length)) found.push(event);
    }
    return found;
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
  { firstSeq, firstUs }: Place,
  stored: readonly AcceptedEvent[],
): void {
  if (!stored.every((a) => a.committed)) return;
  const events = () =>
    stored.flatMap((a, i): FreshEvent[] => {
      if (!a.committed) return [];
      return [
        {
          ...{ seq: firstSeq + i, recordUs: firstUs + i, eventId: a.eventId },
          isErrorDeclaration: a.event.errorDeclaration !== undefined,
          groups: a.committed.groups,
          keys: thingKeys([...new Set(a.things.map((t) => t.thing))]),
        },
      ];
    });
  freshEventsOf(app).add(org, { firstSeq, count: stored.length, events });
}

/** As {@link offerFresh}, of a whole document that was read in a thread. */
export function offerCommitted(
  app: App,
  org: number,
  { firstSeq, firstUs }: Place,
  { eventIds, groups, groupEnds, keys, keyEnds }: CommittedEvents,
): void {
  const events = () =>
    eventIds.split('\n').map(
      (eventId, i): FreshEvent => ({
        ...{ seq: firstSeq + i, recordUs: firstUs + i, eventId, isErrorDeclaration: false },
        groups: groups.subarray(groupEnds[i - 1] ?? 0, groupEnds[i]),
        keys: keys.subarray(keyEnds[i - 1] ?? 0, keyEnds[i]),
      }),
    );
  freshEventsOf(app).add(org, { firstSeq, count: groupEnds.length, events });
}
