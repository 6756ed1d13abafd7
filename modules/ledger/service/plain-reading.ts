import { type CommittedGroups, thingKeys } from '@zaizao/tlog';
import type { PreparedCapture } from '../domain/prepare.ts';
import type { CommittedEvents } from '../log/fresh-events.ts';
import { buffersOf, columnsOf, type EventColumns } from '../repo/event-columns.ts';

/**
 * A document whose events can be stored as they are, one like the other: all are valid, each names
 * itself by an id that comes once, none declares another wrong, none hands a thing over. Everything
 * that can be computed without the database is, and in the form that the database and the log take.
 */
export interface PlainCapture extends Pick<PreparedCapture, 'vocabulary' | 'namespaces' | 'count'> {
  readonly columns: EventColumns;
  readonly committed: CommittedEvents;
}

export function isPlain({ accepted, faults }: PreparedCapture): boolean {
  if (faults.length > 0 || accepted.length === 0) return false;
  const ids = new Set<string>();
  for (const { event, eventId, declaredUs, named } of accepted) {
    if (!named || declaredUs !== 0 || event.destinationList || eventId.includes('\n')) return false;
    ids.add(eventId);
  }
  return ids.size === accepted.length;
}

export function plainCapture(
  { accepted, vocabulary, namespaces, count }: PreparedCapture,
  secrets: Uint8Array,
  { bytes: groups, ends: groupEnds }: CommittedGroups,
): PlainCapture {
  const things: string[] = [];
  const keyEnds = accepted.map((a) => {
    for (const thing of new Set(a.things.map((t) => t.thing))) things.push(thing);
    return 32 * things.length;
  });
  const committed = { groups, groupEnds, eventIds: accepted.map((a) => a.eventId).join('\n') };
  return {
    ...{ vocabulary, namespaces, count, columns: columnsOf(accepted, secrets) },
    committed: { ...committed, keys: thingKeys(things), keyEnds },
  };
}

/** The memory that a plain document lies in, to be handed over to another thread. */
export function plainBuffers({ columns, committed }: PlainCapture): ArrayBuffer[] {
  return [...buffersOf(columns), committed.groups.buffer, committed.keys.buffer];
}
