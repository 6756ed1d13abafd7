import {
  canonicalJson,
  type HistoryEntry,
  isArray,
  type JsonObject,
  type JsonValue,
  sha256,
  toHex,
  utf8,
  type VerifiedDisclosure,
} from '@zaizao/tlog';
import type { IssuerKey } from './bundle-format.ts';
import { dateTimeMillis } from './date-time.ts';

/*
 * A signature says who signed, not when. The log says when: an event that names a credential by its
 * digest fixes the time, and the events of a key (a thing like any other, under the identifier of its
 * verification method) tell when it was made and from when it is revoked. The map of things proves
 * that none of them is left out.
 */

/** SHA-256 (hex) of a credential without its proof, in canonical JSON: the same for every form it is signed in. */
export function credentialDigest(credential: JsonObject): string {
  const { proof: _, ...unsecured } = credential;
  return toHex(sha256(utf8(canonicalJson(unsecured))));
}

type Shown = VerifiedDisclosure & { readonly index: number };

/** The record time of the first event shown that names this credential; undefined when none does. */
export function loggedAt(credential: JsonObject, shown: readonly Shown[]): string | undefined {
  const digest = credentialDigest(credential);
  const naming = shown.find(({ event }) => textsOf(event['zz:credentialSha256']).includes(digest));
  return naming?.leaf.recordTime;
}

export interface KeyLife {
  /** Nothing that this key signed is good unless it was logged before. */
  readonly revokedFrom: string | undefined;
  /** The bundle has no history of this key. */
  readonly untold: boolean;
}

/**
 * What the log knows of a key. Only entries of the organisation that entered the key count: a stranger
 * may write about it and changes nothing. Every entry must be there, if only as a leaf.
 */
export function keyLifeOf(
  key: IssuerKey,
  histories: readonly { readonly thing: string; readonly entries: readonly HistoryEntry[] }[],
  shown: readonly Shown[],
): KeyLife | { readonly fault: string } {
  const history = histories.find(({ thing }) => thing === key.id);
  if (!history || history.entries.length === 0) return { revokedFrom: undefined, untold: true };
  const entries: Shown[] = [];
  for (const { index } of history.entries) {
    const entry = shown.find((event) => event.index === index);
    if (!entry) return { fault: `entry ${index} about ${key.id} is kept back` };
    entries.push(entry);
  }
  const made = entries.find(({ event }) => event['zz:keyState'] === 'made');
  if (!made) return { fault: `the ledger has no entry that makes ${key.id}` };
  if (made.event['zz:publicKey'] !== key.publicKeyMultibase) {
    return { fault: `the ledger has another public key for ${key.id}` };
  }
  const own = entries.filter(({ leaf }) => leaf.organisation === made.leaf.organisation);
  const kept = own.find(({ withheld }) => withheld.includes('ext:zz:keyState'));
  if (kept) return { fault: `entry ${kept.index} about ${key.id} is kept back` };
  const revoked = own
    .filter(({ event }) => event['zz:keyState'] === 'revoked')
    .map(({ event, leaf }) => {
      // A time that none can read revokes from the moment it was said.
      const from = event['zz:revokedFrom'];
      return typeof from === 'string' && dateTimeMillis(from) !== null ? from : leaf.recordTime;
    })
    .sort((a, b) => Date.parse(a) - Date.parse(b));
  return { revokedFrom: revoked[0], untold: false };
}

function textsOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return isArray(value) ? value : [value];
}
