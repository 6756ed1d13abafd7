import {
  type Checkpoint,
  checkPolicy,
  decodeMapProof,
  encodeVerifierKey,
  fromBase64,
  type HistoryEntry,
  hashLeaf,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  openCheckpoint,
  parseVerifierKey,
  predecessors,
  type TrustPolicy,
  toBase64,
  type VerifiedDisclosure,
  verifyDisclosure,
  verifyHistory,
  verifyInclusion,
  verifyMapHead,
} from '@zaizao/tlog';
import type { BundleCheckId } from './bundle-checks.ts';
import { encodeBundle, type PassportBundle, parseBundle } from './bundle-format.ts';
import { type VerifiedCredential, verifyCredential } from './credential.ts';
import type { Cryptosuite } from './data-integrity.ts';
import { didResolver, type KeyResolver } from './did.ts';
import { eddsaJcs2022 } from './eddsa-jcs.ts';
import { decodePublicKey } from './key.ts';
import { keyLifeOf, loggedAt } from './key-history.ts';
import { checkStatus } from './status-list.ts';

export interface BundleOptions {
  readonly now: Date;
  /** CBV event hash of a complete event. Without it that check is skipped. */
  readonly hashEvent?: ((event: JsonObject) => string | Promise<string>) | undefined;
  /** Verifier keys of the logs that the reader trusts. Without them, trust is left to the reader. */
  readonly trustedLogKeys?: readonly string[] | undefined;
  /** DIDs of the issuers that the reader trusts. */
  readonly trustedIssuers?: readonly string[] | undefined;
  /** Logs and witnesses that the checkpoint must satisfy. */
  readonly policy?: TrustPolicy | undefined;
  /** Cryptosuites besides eddsa-jcs-2022, e.g. eddsa-rdfc-2022. */
  readonly suites?: readonly Cryptosuite[] | undefined;
}

/** What a check found: fine, fine but not checked, or the reason against. */
export type Finding =
  | { readonly detail: string; readonly skipped?: boolean }
  | { readonly fault: string };

/** What the checks learn one after another. */
export interface Progress {
  bundle?: PassportBundle;
  resolve?: KeyResolver;
  usedKeys: Set<string>;
  verified?: VerifiedCredential;
  checkpoint?: Checkpoint;
  mapRoot?: Uint8Array;
  included?: { readonly index: number; readonly leaf: Uint8Array }[];
  disclosed?: (VerifiedDisclosure & { readonly index: number })[];
  histories?: { readonly thing: string; readonly entries: readonly HistoryEntry[] }[];
  /** When the ledger recorded that this very credential was issued. */
  loggedAt?: string;
}

/** A value that an earlier check has put there: the table of checks says which needs which. */
function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('checks run out of order');
  return value;
}

/** Each check, by its id: reads what earlier ones learnt, and adds to it. */
export const BUNDLE_STEPS: Readonly<
  Record<
    BundleCheckId,
    (
      progress: Progress,
      input: PassportBundle | string,
      options: BundleOptions,
    ) => Finding | Promise<Finding>
  >
> = {
  format: (progress, input) => {
    const bundle = parseBundle(typeof input === 'string' ? input : encodeBundle(input));
    progress.bundle = bundle;
    const carried = bundle.issuerKeys.map((key) => ({
      ...key,
      publicKey: decodePublicKey(key.publicKeyMultibase),
    }));
    const dids = didResolver();
    progress.resolve = (method, purpose) => {
      progress.usedKeys.add(method);
      const key = carried.find(({ id }) => id === method);
      if (!key) return dids(method, purpose);
      // A DID's key is under the DID: another controller would let a stranger's key speak for it.
      return key.id.startsWith(`${key.controller}#`) ? key : null;
    };
    return { detail: `${bundle.events.length} events of ${bundle.thing}` };
  },

  credential: async (progress, _, { now, suites = [] }) => {
    const { credential } = known(progress.bundle);
    const verdict = await verifyCredential(credential, {
      suites: [eddsaJcs2022, ...suites],
      resolve: known(progress.resolve),
      now,
    });
    if (!verdict.ok) return { fault: verdict.reason };
    progress.verified = verdict;
    return { detail: `signed by ${verdict.keys.map(({ id }) => id).join(', ')}` };
  },

  subject: ({ bundle, verified }) => {
    const { thing } = known(bundle);
    const ids = listOf(known(verified).credential.credentialSubject).map((subject) =>
      isObject(subject) ? subject.id : undefined,
    );
    return ids.includes(thing)
      ? { detail: thing }
      : { fault: `the credential is about ${ids.join(', ')}, not ${thing}` };
  },

  'issuer-trust': ({ verified }, _, { trustedIssuers }) => {
    const { issuer } = known(verified);
    if (!trustedIssuers) return { detail: `compare the issuer: ${issuer}`, skipped: true };
    return trustedIssuers.includes(issuer)
      ? { detail: issuer }
      : { fault: `${issuer} is not an issuer that you trust` };
  },

  status: async (progress, _, { now, suites = [] }) => {
    const { statusLists } = known(progress.bundle);
    const { credential, issuer } = known(progress.verified);
    const checks = {
      suites: [eddsaJcs2022, ...suites],
      resolve: known(progress.resolve),
      now,
    };
    const verdict = await checkStatus(credential, issuer, statusLists, checks);
    if (!verdict.ok) return { fault: verdict.reason };
    if (credential.credentialStatus === undefined) {
      return statusLists.length === 0
        ? { detail: 'the issuer cannot revoke this credential' }
        : { fault: 'status lists without a status' };
    }
    return verdict.unknown.length === 0
      ? { detail: 'not revoked when the bundle was made' }
      : { detail: `not checked offline: ${verdict.unknown.join(', ')}`, skipped: true };
  },

  keys: ({ bundle, usedKeys }) => {
    const idle = known(bundle).issuerKeys.find(({ id }) => !usedKeys.has(id));
    return idle ? { fault: `key ${idle.id} signs nothing here` } : { detail: 'all keys are used' };
  },

  checkpoint: (progress) => {
    const { checkpoint, logKey, witnessKeys } = known(progress.bundle);
    const witnesses = witnessKeys.map(parseVerifierKey);
    const opened = openCheckpoint(checkpoint, [parseVerifierKey(logKey)], witnesses);
    if (!opened.ok) return { fault: opened.reason };
    // Lines that nobody here verifies could be changed unseen.
    const verified = 1 + opened.cosigned.length;
    if (verified !== opened.note.signatures.length || opened.cosigned.length < witnesses.length) {
      return { fault: 'the checkpoint and the witness keys do not match' };
    }
    progress.checkpoint = opened.checkpoint;
    const { origin, size } = opened.checkpoint;
    return { detail: `${origin}, ${size} entries, ${opened.cosigned.length} witnesses` };
  },

  'log-trust': ({ bundle, verified }, _, { trustedLogKeys, policy }) => {
    const { logKey, logKeyChanges = [], checkpoint } = known(bundle);
    const current = parseVerifierKey(logKey);
    const before = predecessors(current, logKeyChanges);
    if (!before.ok) return { fault: `the log's change of key: ${before.reason}` };
    // Whoever trusts an earlier key of the log trusts the one that it named.
    const speaksFor = [current, ...before.keys];
    const speaks = speaksFor.map(encodeVerifierKey);
    const named = logKeysIn(known(verified).credential);
    if (named.length > 0 && !named.some((key) => speaks.includes(key))) {
      return { fault: 'the credential names another log' };
    }
    if (trustedLogKeys && !trustedLogKeys.some((key) => speaks.includes(key))) {
      return { fault: `${logKey} is not a log that you trust` };
    }
    if (policy) {
      const isHeir = policy.logs.some((log) => speaks.includes(encodeVerifierKey(log)));
      const logs = isHeir ? [current] : policy.logs;
      const verdict = checkPolicy(checkpoint, { ...policy, logs });
      return verdict.ok
        ? { detail: `your policy is met: ${verdict.cosigned.length} witnesses` }
        : { fault: verdict.reason };
    }
    if (trustedLogKeys) return { detail: logKey };
    return named.length > 0
      ? { detail: 'named by the issuer in the credential' }
      : { detail: `compare the log key: ${logKey}`, skipped: true };
  },

  inclusion: (progress) => {
    const { size, root } = known(progress.checkpoint);
    let last = -1;
    const included: { index: number; leaf: Uint8Array }[] = [];
    for (const { index, leaf, path } of known(progress.bundle).events) {
      if (index <= last) return { fault: `event ${index} is out of log order` };
      last = index;
      const bytes = fromBase64(leaf);
      const verdict = verifyInclusion(index, size, hashLeaf(bytes), path.map(fromBase64), root);
      if (!verdict.ok) return { fault: `event ${index}: ${verdict.reason}` };
      included.push({ index, leaf: bytes });
    }
    progress.included = included;
    return { detail: `${included.length} events` };
  },

  disclosure: (progress) => {
    const { events } = known(progress.bundle);
    const disclosed: (VerifiedDisclosure & { index: number })[] = [];
    for (const { index, leaf, disclosure } of events) {
      const verdict = verifyDisclosure(fromBase64(leaf), disclosure);
      if (!verdict.ok) return { fault: `event ${index}: ${verdict.reason}` };
      disclosed.push({ ...verdict, index });
    }
    progress.disclosed = disclosed;
    const whole = disclosed.filter(({ complete }) => complete).length;
    return { detail: `${whole} shown whole, ${disclosed.length - whole} in part` };
  },

  'event-hash': async (progress, _, { hashEvent }) => {
    const whole = known(progress.disclosed).filter(({ complete }) => complete);
    if (!hashEvent) return { detail: 'no hash function at hand', skipped: true };
    for (const { index, event, eventHash } of whole) {
      const actual = await hashEvent(event);
      if (actual !== eventHash) {
        return { fault: `event ${index} hashes to ${actual}, the log has ${eventHash}` };
      }
    }
    return whole.length > 0
      ? { detail: `${whole.length} events` }
      : { detail: 'no event is shown whole', skipped: true };
  },

  index: (progress) => {
    const { entry, path } = known(progress.bundle).mapHead;
    const checkpoint = known(progress.checkpoint);
    const verdict = verifyMapHead(checkpoint, fromBase64(entry), path.map(fromBase64));
    if (!verdict.ok) return { fault: verdict.reason };
    progress.mapRoot = verdict.mapRoot;
    return { detail: `covers ${checkpoint.size - 1} entries` };
  },

  completeness: (progress) => {
    const bundle = known(progress.bundle);
    const mapRoot = known(progress.mapRoot);
    if (bundle.histories[0]?.thing !== bundle.thing) {
      return { fault: `the history of ${bundle.thing} is missing` };
    }
    const histories = bundle.histories.map(({ thing, entries, proof }) => ({
      thing,
      proof: decodeMapProof(fromBase64(proof)),
      entries: entries.map(({ index, leafHash }) => ({ index, leafHash: fromBase64(leafHash) })),
    }));
    const leafHashes = new Map<number, string>();
    for (const { thing, entries, proof } of histories) {
      const verdict = verifyHistory(mapRoot, thing, entries, proof);
      if (!verdict.ok) return { fault: `${thing}: ${verdict.reason}` };
      for (const { index, leafHash } of entries) leafHashes.set(index, toBase64(leafHash));
    }
    for (const { index, leaf } of known(progress.included)) {
      if (leafHashes.get(index) !== toBase64(hashLeaf(leaf))) {
        return { fault: `event ${index} is in no history shown here` };
      }
    }
    progress.histories = histories;
    const withheld = leafHashes.size - known(progress.included).length;
    return { detail: `${leafHashes.size} events in the log, ${withheld} withheld` };
  },

  logged: (progress) => {
    const at = loggedAt(known(progress.verified).credential, known(progress.disclosed));
    if (at === undefined) return { detail: 'no event shown records it', skipped: true };
    progress.loggedAt = at;
    return { detail: `recorded ${at}` };
  },

  'key-history': (progress) => {
    const { issuerKeys } = known(progress.bundle);
    const signed = new Set(known(progress.verified).keys.map(({ id }) => id));
    const untold: string[] = [];
    for (const key of issuerKeys) {
      const life = keyLifeOf(key, known(progress.histories), known(progress.disclosed));
      if ('fault' in life) return life;
      if (life.untold) untold.push(key.id);
      if (life.revokedFrom === undefined) continue;
      if (!signed.has(key.id)) {
        return {
          fault: `${key.id} signed the status list and is revoked from ${life.revokedFrom}`,
        };
      }
      const at = progress.loggedAt;
      if (at === undefined || !(Date.parse(at) < Date.parse(life.revokedFrom))) {
        return {
          fault: `${key.id} is revoked from ${life.revokedFrom}; the ledger has its signature ${at ? `only from ${at}` : 'not at all'}`,
        };
      }
    }
    if (untold.length > 0) {
      return { detail: `the ledger's history is not here: ${untold.join(', ')}`, skipped: true };
    }
    return { detail: `${issuerKeys.length} keys, by their histories in the ledger` };
  },
};

/** Log keys that the issuer vouches for: `evidence` of type TransparencyLog with a `logKey`. */
function logKeysIn({ evidence }: JsonObject): string[] {
  return listOf(evidence).flatMap((item) =>
    isObject(item) &&
    listOf(item.type).includes('TransparencyLog') &&
    typeof item.logKey === 'string'
      ? [item.logKey]
      : [],
  );
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return isArray(value) ? value : [value];
}
