import { createLeaf, type JsonObject } from '@zaizao/tlog';
import { hashNameOf } from '../domain/event-digest.ts';
import { stampOf } from '../domain/micros.ts';

/** What the log entry of an event is made of, as it can travel between threads. */
export interface LeafSource {
  /** The stored event as JSON. */
  readonly event: string;
  /** Hex digits of the event hash. */
  readonly hash: string;
  readonly recordUs: number;
  readonly eventId: string;
  readonly organisation: string;
  readonly secret: Uint8Array;
}

/** Makes the log entry of a stored event; the same source gives the same bytes. */
export function entryFrom(source: LeafSource): Uint8Array {
  const record = {
    event: JSON.parse(source.event) as JsonObject, // it is a jsonb object in the database
    eventHash: hashNameOf(source.hash),
    recordTime: stampOf(source.recordUs),
    eventID: source.eventId,
    organisation: source.organisation,
  };
  return createLeaf(record, new Uint8Array(source.secret)).entry;
}
