import { commitGroups, saltsFrom } from './commitment.ts';
import type { JsonObject } from './json.ts';
import { assembleLeaf, encodeGroups } from './leaf.ts';
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
 * The part of a log entry that takes the work, made before the event has a record time: salted
 * commitments to all its groups. The secret (32 random bytes, kept with the event) is needed to show
 * any part of the event later.
 */
export function commitEvent(event: JsonObject, eventHash: string, secret: Uint8Array): Uint8Array {
  return encodeGroups(commitGroups(event, eventHash, saltsFrom(secret)));
}

/**
 * Makes the log entry of an event and its leaf hash. The same record and secret give the same leaf,
 * byte for byte, which is how a ledger is audited.
 */
export function createLeaf(
  record: EventRecord,
  secret: Uint8Array,
): { readonly entry: Uint8Array; readonly leafHash: Uint8Array } {
  const { recordTime, eventID, organisation, event } = record;
  const isErrorDeclaration = event.errorDeclaration !== undefined;
  const head = { recordTime, eventID, organisation, isErrorDeclaration };
  const entry = assembleLeaf(head, commitEvent(event, record.eventHash, secret));
  return { entry, leafHash: hashLeaf(entry) };
}
