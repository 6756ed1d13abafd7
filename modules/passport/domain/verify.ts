import { type BundleVerdict, verifyBundle } from '@zaizao/credential';
import { type EpcisEvent, eventHash } from '@zaizao/epcis';
import type { JsonObject } from '@zaizao/tlog';

export interface VerifyPassportOptions {
  readonly now: Date;
  /** Verifier keys of logs that the reader trusts. */
  readonly trustedLogKeys?: readonly string[] | undefined;
  /** DIDs of issuers that the reader trusts. */
  readonly trustedIssuers?: readonly string[] | undefined;
}

/**
 * Verifies a passport file with nothing but its own bytes: in the browser, on the command line, with
 * the network off. Never throws on what it is given; the first check that fails is named.
 */
export function verifyPassport(
  bundle: string,
  options: VerifyPassportOptions,
): Promise<BundleVerdict> {
  return verifyBundle(bundle, { ...options, hashEvent });
}

/** The CBV 2.0 event hash of an event that the bundle shows whole, with its own context. */
function hashEvent({ eventID: _, recordTime: __, ...event }: JsonObject): string {
  return eventHash(event as unknown as EpcisEvent); // a logged event was validated before
}
