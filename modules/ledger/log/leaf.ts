import {
  type EpcisEvent,
  type JsonObject as EpcisJsonObject,
  hasLossless,
  ZAIZAO_CONTEXT,
} from '@zaizao/epcis';
import {
  type CommittedGroups,
  commitEvents,
  createLeaf,
  type JsonObject,
  type JsonValue,
} from '@zaizao/tlog';
import type { AcceptedEvent } from '../domain/accept.ts';
import { hashNameOf } from '../domain/event-digest.ts';
import { stampOf } from '../domain/micros.ts';
import { touchedBy } from '../domain/thing-role.ts';

/** What the log entry of an event is made of, as it can travel between threads. */
export interface LeafSource {
  /** The stored event as JSON. */
  readonly event: string;
  /** The context in force, as JSON. */
  readonly context: string;
  /** Hex digits of the event hash. */
  readonly hash: string;
  readonly recordUs: number;
  readonly eventId: string;
  readonly organisation: string;
  readonly secret: Uint8Array;
}

export interface MadeLeaf {
  readonly entry: Uint8Array;
  /** Canonical identifiers of what the event touches. */
  readonly things: readonly string[];
}

/** The context read last: nearly all events of an organisation have the same. */
let lastContext: { readonly text: string; readonly value: JsonValue } | undefined;

function contextOf(text: string): JsonValue {
  if (lastContext?.text !== text) lastContext = { text, value: JSON.parse(text) as JsonValue };
  return lastContext.value;
}

/** The event as the leaf commits to it: with its context, which says what prefixes mean. */
export function committedEvent(source: Pick<LeafSource, 'event' | 'context'>): JsonObject {
  // Both are jsonb in the database.
  const event = JSON.parse(source.event) as JsonObject;
  return { ...event, '@context': contextOf(source.context) };
}

const OWN_CONTEXT = JSON.stringify(ZAIZAO_CONTEXT);

/**
 * The groups of the log entries of events that are not stored yet; their record times come later.
 *
 * @param accepted with their whole events, as they were accepted in this thread
 * @param secrets 32 bytes to each
 * @param isJson the events are what JSON was parsed to: what would be read from their text again
 */
export function groupsOfAll(
  accepted: readonly AcceptedEvent[],
  secrets: Uint8Array,
  isJson: boolean,
): CommittedGroups {
  return commitEvents(
    accepted.map(({ event, json, contextJson = OWN_CONTEXT, hash }, i) => {
      const parsed = event as unknown as EpcisJsonObject; // an event's fields are JSON
      const isSame = isJson && !hasLossless(parsed);
      return {
        event: (isSame ? parsed : JSON.parse(json)) as JsonObject,
        context: contextOf(contextJson),
        ...{ eventHash: hashNameOf(hash), secret: secrets.subarray(32 * i, 32 * i + 32) },
      };
    }),
  );
}

/** Makes the log entry of a stored event; the same source gives the same bytes. */
export function leafFrom(source: LeafSource): MadeLeaf {
  const event = committedEvent(source);
  const record = {
    event,
    eventHash: hashNameOf(source.hash),
    recordTime: stampOf(source.recordUs),
    eventID: source.eventId,
    organisation: source.organisation,
  };
  const { entry } = createLeaf(record, new Uint8Array(source.secret));
  const touched = touchedBy(event as unknown as EpcisEvent); // validated before it was stored
  return { entry, things: [...new Set(touched.map((t) => t.thing))] };
}
