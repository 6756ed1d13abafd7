import type { BundleVerdict } from '@zaizao/credential';
import { isObject } from '@zaizao/tlog';
import type { PassportFacts } from '../contract/public.ts';
import { factsDigest } from '../domain/facts-digest.ts';
import { verifyPassport } from '../domain/verify.ts';

/*
 * Everything that verifies, in one piece that is loaded after the page is there: nothing of it is
 * needed to read the page, and once loaded it needs no network.
 */

export interface Proof {
  readonly verdict: BundleVerdict;
  /** Whether what the page shows is what was signed; absent where there is no page to compare. */
  readonly isPage: boolean | undefined;
  /** Milliseconds that verifying took on this device. */
  readonly took: number;
}

/** Verifies a passport file on this device and compares the page with what was signed. */
export async function prove(bundle: string, facts?: PassportFacts): Promise<Proof> {
  const began = performance.now();
  const verdict = await verifyPassport(bundle, { now: new Date() });
  const subject = verdict.credential?.credentialSubject;
  const signed = subject !== undefined && isObject(subject) ? subject['zz:factsSha256'] : undefined;
  return {
    verdict,
    isPage: facts ? signed === factsDigest(facts) : undefined,
    took: performance.now() - began,
  };
}

/** A proof holds when no check failed and the page says what was signed. */
export function holds({ verdict, isPage }: Proof): boolean {
  return verdict.ok && isPage !== false;
}
