import { canonicalJson, type JsonObject, sha256, toHex } from '@zaizao/tlog';
import type { PassportFacts } from '../contract/public.ts';

/** SHA-256 (hex) of the facts in canonical JSON: what ties the page to the credential. */
export function factsDigest(facts: PassportFacts): string {
  // The facts are plain JSON by their schema; the round trip drops members that are undefined.
  const plain = JSON.parse(JSON.stringify(facts)) as JsonObject;
  return toHex(sha256(new TextEncoder().encode(canonicalJson(plain))));
}
