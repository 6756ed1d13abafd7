import { type EpcisEvent, ZAIZAO_CONTEXT } from '@zaizao/epcis';
import { commitEvent, createLeaf, type JsonObject, type JsonValue } from '@zaizao/tlog';
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

/** The groups of the log entry of an event that is not stored yet; its record time comes later. */
export function groupsOf(
  { json, contextJson = OWN_CONTEXT, hash }: Pick<AcceptedEvent, 'json' | 'contextJson' | 'hash'>,
  secret: Uint8Array,
): Uint8Array {
  const event = committedEvent({ event: json, context: contextJson });
  return commitEvent(event, hashNameOf(hash), secret);
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
