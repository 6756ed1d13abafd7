import { commitGroups, saltsFrom } from './commitment.ts';
import type { JsonObject } from './json.ts';
import { encodeLeaf } from './leaf.ts';
import { hashLeaf } from './merkle.ts';

/** An accepted event as the ledger is about to store it. */
export interface EventRecord {
  readonly event: JsonObject;
  /** CBV event hash, `ni:///sha-256;…?ver=CBV2.0`. */
  readonly eventHash: string;
  readonly recordTime: string;
  readonly eventID: string;
  readonly organisation: string;
}

/**
 * Makes the log entry of an event and its leaf hash. The secret (32 random bytes, kept with the
 * event) is needed to show any part of the event later; with it the leaf can be made again, byte for
 * byte, which is how a ledger is audited.
 */
export function createLeaf(
  record: EventRecord,
  secret: Uint8Array,
): { readonly entry: Uint8Array; readonly leafHash: Uint8Array } {
  const entry = encodeLeaf({
    recordTime: record.recordTime,
    eventID: record.eventID,
    organisation: record.organisation,
    isErrorDeclaration: record.event.errorDeclaration !== undefined,
    groups: commitGroups(record.event, record.eventHash, saltsFrom(secret)),
  });
  return { entry, leafHash: hashLeaf(entry) };
}
