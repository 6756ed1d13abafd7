import { type BundleVerdict, type Cryptosuite, verifyBundle } from '@zaizao/credential';
import { type EpcisEvent, eventHash } from '@zaizao/epcis';
import type { JsonObject, TrustPolicy } from '@zaizao/tlog';

export interface VerifyPassportOptions {
  readonly now: Date;
  /** Verifier keys of logs that the reader trusts. */
  readonly trustedLogKeys?: readonly string[] | undefined;
  /** DIDs of issuers that the reader trusts. */
  readonly trustedIssuers?: readonly string[] | undefined;
  /** Logs and witnesses (k of n) that the checkpoint must satisfy. */
  readonly policy?: TrustPolicy | undefined;
}

/**
 * Verifies a passport file with nothing but its own bytes: in the browser, on the command line, with
 * the network off. Never throws on what it is given; the first check that fails is named.
 */
export async function verifyPassport(
  bundle: string,
  options: VerifyPassportOptions,
): Promise<BundleVerdict> {
  return verifyBundle(bundle, { ...options, hashEvent, suites: await suitesFor(bundle) });
}

/** JSON-LD is large: it is there only for a bundle whose credential asks for it. */
async function suitesFor(bundle: string): Promise<Cryptosuite[]> {
  if (!bundle.includes('"eddsa-rdfc-2022"')) return [];
  const [{ eddsaRdfc2022 }, { PINNED_CONTEXTS }] = await Promise.all([
    import('@zaizao/credential/rdfc'),
    import('./contexts.ts'),
  ]);
  return [eddsaRdfc2022(PINNED_CONTEXTS)];
}

/** The CBV 2.0 event hash of an event that the bundle shows whole, with its own context. */
function hashEvent({ eventID: _, recordTime: __, ...event }: JsonObject): string {
  return eventHash(event as unknown as EpcisEvent); // a logged event was validated before
}
