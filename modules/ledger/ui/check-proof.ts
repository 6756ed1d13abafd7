import {
  attempt,
  canonicalJson,
  type Disclosure,
  fromBase64,
  hashLeaf,
  type JsonObject,
  kOfN,
  parseVerifierKey,
  verifyDisclosure,
  verifyTlogProof,
} from '@zaizao/tlog';
import type { EventProof, StoryEvent } from '../contract.ts';

export interface Check {
  readonly id: 'signature' | 'opening' | 'content';
  readonly ok: boolean;
  readonly reason?: string;
}

/**
 * Verifies an event against the log, here and now, trusting nothing but the log's public key: the leaf
 * is in the signed tree; what was opened fits the leaf; the event shown is what was opened.
 */
export function checkProof(event: StoryEvent, proof: EventProof): Check[] {
  const read = attempt(() => ({
    entry: fromBase64(proof.entry),
    key: parseVerifierKey(proof.verifierKey),
    witnesses: proof.witnessKeys.map(parseVerifierKey),
  }));
  if (!read.ok) return [{ id: 'signature', ok: false, reason: read.reason }];
  const { entry, key, witnesses } = read.value;
  const included = verifyTlogProof(
    proof.tlogProof,
    hashLeaf(entry),
    kOfN([key], witnesses.length, witnesses),
  );
  const opened = verifyDisclosure(entry, proof.disclosure as Disclosure); // checked field by field there
  const signature: Check = included.ok
    ? { id: 'signature', ok: true }
    : { id: 'signature', ok: false, reason: included.reason };
  if (!opened.ok) return [signature, { id: 'opening', ok: false, reason: opened.reason }];
  const { eventID: _, ...shown } = event.event as JsonObject; // parsed JSON
  const { eventID: __, recordTime: ___, '@context': ____, ...shownThere } = opened.event;
  const same =
    canonicalJson(shown) === canonicalJson(shownThere) && opened.leaf.eventID === event.eventId;
  return [signature, { id: 'opening', ok: true }, { id: 'content', ok: same }];
}
