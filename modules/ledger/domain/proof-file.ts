import {
  attempt,
  canonicalJson,
  checkPolicy,
  type Disclosure,
  encodeVerifierKey,
  hashLeaf,
  isObject,
  type JsonObject,
  type JsonValue,
  openCheckpoint,
  parseTlogProof,
  parseVerifierKey,
  predecessors,
  TlogError,
  type TlogProof,
  type TrustPolicy,
  type VerifierKey,
  verifyDisclosure,
  verifyInclusion,
} from '@zaizao/tlog';

/** The proof of one event as a file: checked anywhere, with the network off. */
export interface ProofFile {
  readonly format: typeof PROOF_FORMAT;
  /** C2SP tlog-proof whose extra data is the log entry. */
  readonly tlogProof: string;
  /** What is shown of the event. */
  readonly disclosure: Disclosure;
  readonly logKey: string;
  /** Announcements by which earlier keys of the log lead to `logKey`; absent where it never changed. */
  readonly logKeyChanges?: readonly string[];
  readonly witnessKeys: readonly string[];
}

export const PROOF_FORMAT = 'zaizao-event-proof/1';

/** RFC 8785 canonical JSON: one content, one spelling. */
export function encodeProofFile(file: ProofFile): string {
  return `${canonicalJson(file as unknown as JsonObject)}\n`; // JSON values only
}

export type ProofCheckId =
  | 'format'
  | 'checkpoint'
  | 'trust'
  | 'inclusion'
  | 'disclosure'
  | 'event-hash';

export interface ProofCheck {
  readonly id: ProofCheckId;
  readonly ok: boolean;
  /** Nothing to check it against. */
  readonly skipped: boolean;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly detail: string;
}

export interface ProofVerdict {
  readonly ok: boolean;
  readonly checks: readonly ProofCheck[];
  readonly failed: ProofCheck | undefined;
  /** The event as far as it is shown and verified; undefined where it is not. */
  readonly event: JsonObject | undefined;
  readonly index: number | undefined;
}

export interface ProofOptions {
  /** Keys of logs that the reader trusts. Needed for a bare `.tlog-proof`, which carries none. */
  readonly trustedLogKeys?: readonly string[] | undefined;
  readonly policy?: TrustPolicy | undefined;
  /** CBV event hash of an event that is shown whole. */
  readonly hashEvent?: ((event: JsonObject) => string) | undefined;
}

const TITLES: Readonly<Record<ProofCheckId, readonly [string, string]>> = {
  format: ['文件格式完整', 'The file is well formed'],
  checkpoint: ['检查点由日志和见证方签名', 'The checkpoint is signed by the log and its witnesses'],
  trust: ['日志受信任', 'The log is trusted'],
  inclusion: ['该条目在日志中', 'The entry is in the log'],
  disclosure: ['事件内容与条目一致', 'The event is what the entry committed to'],
  'event-hash': ['事件哈希符合 CBV 2.0', 'The event hash is right (CBV 2.0)'],
};

type Step = { readonly detail: string; readonly skipped?: boolean } | { readonly fault: string };

interface Read {
  readonly proof: TlogProof & { readonly extra: Uint8Array };
  readonly file: ProofFile | undefined;
}

/**
 * Checks a proof file, or a bare `.tlog-proof`, with nothing but its own bytes and the keys given. A
 * byte changed anywhere fails a check, and the check says which part it is about.
 */
export function checkProofFile(text: string, options: ProofOptions): ProofVerdict {
  const checks: ProofCheck[] = [];
  const run = (id: ProofCheckId, step: () => Step): boolean => {
    const blocked = checks.some((c) => !c.ok);
    const done: Step = blocked ? { detail: 'not reached', skipped: true } : guarded(step);
    const ok = !('fault' in done);
    const [titleZh, titleEn] = TITLES[id];
    const skipped = ok && (done.skipped ?? false);
    checks.push({ id, ok, skipped, titleZh, titleEn, detail: ok ? done.detail : done.fault });
    return ok && !blocked;
  };

  let read: Read | undefined;
  run('format', () => {
    read = readFile(text);
    return { detail: `entry ${read.proof.index}` };
  });
  const known = () => {
    if (!read) throw new TlogError('BAD_ENCODING', 'not read');
    return read;
  };
  run('checkpoint', () => checkHead(known(), options));
  run('trust', () => checkTrust(known(), options));
  run('inclusion', () => {
    const { index, path, checkpoint, extra } = known().proof;
    const opened = openCheckpoint(checkpoint, logKeysOf(known(), options));
    if (!opened.ok) return { fault: opened.reason };
    const { size, root } = opened.checkpoint;
    const verdict = verifyInclusion(index, size, hashLeaf(extra), path, root);
    return verdict.ok ? { detail: `entry ${index} of ${size}` } : { fault: verdict.reason };
  });
  let event: JsonObject | undefined;
  let shown: { complete: boolean; eventHash: string | null } | undefined;
  run('disclosure', () => {
    const { file, proof } = known();
    if (!file) return { detail: 'the file shows nothing of the event', skipped: true };
    const verdict = verifyDisclosure(proof.extra, file.disclosure);
    if (!verdict.ok) return { fault: verdict.reason };
    event = verdict.event;
    shown = verdict;
    return {
      detail: verdict.complete ? 'shown whole' : `withheld: ${verdict.withheld.join(', ')}`,
    };
  });
  run('event-hash', () => {
    if (!shown?.complete || !event || !options.hashEvent) {
      return { detail: 'not shown whole', skipped: true };
    }
    const { eventID: _, recordTime: __, ...hashed } = event;
    const actual = options.hashEvent(hashed);
    return actual === shown.eventHash
      ? { detail: actual }
      : { fault: `the event hashes to ${actual}, the log has ${shown.eventHash}` };
  });
  const failed = checks.find((c) => !c.ok);
  return {
    ok: failed === undefined,
    checks,
    failed,
    event: failed ? undefined : event,
    index: failed ? undefined : read?.proof.index,
  };
}

function guarded(step: () => Step): Step {
  const done = attempt(step);
  return done.ok ? done.value : { fault: done.reason };
}

function readFile(text: string): Read {
  if (!text.startsWith('{')) return { proof: withEntry(parseTlogProof(text)), file: undefined };
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TlogError('BAD_ENCODING', 'the file is not JSON');
  }
  if (`${canonicalJson(value)}\n` !== text) {
    throw new TlogError('BAD_ENCODING', 'the file is not in canonical form');
  }
  const file = membersOf(value);
  return { proof: withEntry(parseTlogProof(file.tlogProof)), file };
}

function withEntry(proof: TlogProof): TlogProof & { readonly extra: Uint8Array } {
  const { extra } = proof;
  if (!extra) throw new TlogError('BAD_ENCODING', 'the proof does not carry its entry');
  return { ...proof, extra };
}

/** Exactly the members of the format; what they hold is checked where it is used. */
function membersOf(value: JsonValue): ProofFile {
  const required = ['format', 'tlogProof', 'disclosure', 'logKey', 'witnessKeys'];
  const names = isObject(value) ? Object.keys(value) : [];
  const isShaped =
    isObject(value) &&
    required.every((name) => names.includes(name)) &&
    names.every((name) => required.includes(name) || name === 'logKeyChanges') &&
    typeof value.tlogProof === 'string' &&
    typeof value.logKey === 'string' &&
    isTexts(value.witnessKeys) &&
    (!names.includes('logKeyChanges') ||
      (isTexts(value.logKeyChanges) && value.logKeyChanges.length > 0)) &&
    isDisclosure(value.disclosure);
  if (!isShaped) throw new TlogError('BAD_ENCODING', 'the file lacks members, or has others');
  if (value.format !== PROOF_FORMAT)
    throw new TlogError('BAD_ENCODING', `format is not ${PROOF_FORMAT}`);
  return value as unknown as ProofFile; // just checked
}

function isTexts(value: JsonValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** The shape that `verifyDisclosure` relies on. */
function isDisclosure(value: JsonValue | undefined): boolean {
  const items = (list: JsonValue | undefined, test: (item: JsonObject) => boolean) =>
    Array.isArray(list) && list.every((item) => isObject(item) && test(item));
  const has = (item: JsonObject, ...names: string[]) =>
    Object.keys(item).length === names.length && names.every((name) => Object.hasOwn(item, name));
  return (
    isObject(value ?? null) &&
    isObject(value as JsonValue) &&
    has(value as JsonObject, 'groups', 'lists') &&
    items(
      (value as JsonObject).groups,
      (g) =>
        has(g, 'name', 'salt', 'value') && typeof g.name === 'string' && typeof g.salt === 'string',
    ) &&
    items(
      (value as JsonObject).lists,
      (l) =>
        has(l, 'name', 'count', 'root', 'elements') &&
        typeof l.name === 'string' &&
        typeof l.root === 'string' &&
        Number.isSafeInteger(l.count) &&
        items(
          l.elements,
          (e) =>
            has(e, 'index', 'salt', 'value', 'path') &&
            Number.isSafeInteger(e.index) &&
            typeof e.salt === 'string' &&
            isTexts(e.path),
        ),
    )
  );
}

function logKeysOf({ file }: Read, { trustedLogKeys = [], policy }: ProofOptions): VerifierKey[] {
  if (file) return [parseVerifierKey(file.logKey)];
  return [...trustedLogKeys.map(parseVerifierKey), ...(policy?.logs ?? [])];
}

/** Every signature line is one that somebody here verifies: others could be changed unseen. */
function checkHead(read: Read, options: ProofOptions): Step {
  const logs = logKeysOf(read, options);
  if (logs.length === 0) {
    return { fault: 'a bare proof carries no key: give the key of the log' };
  }
  const witnesses = read.file
    ? read.file.witnessKeys.map(parseVerifierKey)
    : (options.policy?.witnesses ?? []);
  const opened = openCheckpoint(read.proof.checkpoint, logs, witnesses);
  if (!opened.ok) return { fault: opened.reason };
  const count = opened.note.signatures.length;
  if (count !== 1 + opened.cosigned.length) {
    return {
      fault: `${count - 1 - opened.cosigned.length} signatures are by keys that are not here`,
    };
  }
  if (read.file && opened.cosigned.length !== witnesses.length) {
    return { fault: 'a witness key signs nothing here' };
  }
  const { origin, size } = opened.checkpoint;
  return { detail: `${origin}, ${size} entries, ${opened.cosigned.length} witnesses` };
}

function checkTrust(read: Read, { trustedLogKeys, policy }: ProofOptions): Step {
  const { file, proof } = read;
  if (!file && !policy) return { detail: 'the key that you gave' };
  const current = file ? parseVerifierKey(file.logKey) : undefined;
  const before = current ? predecessors(current, file?.logKeyChanges ?? []) : undefined;
  if (before && !before.ok) return { fault: `the log's change of key: ${before.reason}` };
  const speaksFor = current && before ? [current, ...before.keys].map(encodeVerifierKey) : [];
  if (policy) {
    const isHeir = policy.logs.some((log) => speaksFor.includes(encodeVerifierKey(log)));
    const logs = isHeir && current ? [current] : policy.logs;
    const verdict = checkPolicy(proof.checkpoint, { ...policy, logs });
    return verdict.ok
      ? { detail: `your policy is met: ${verdict.cosigned.length} witnesses` }
      : { fault: verdict.reason };
  }
  if (!trustedLogKeys || trustedLogKeys.length === 0) {
    return { detail: `compare the log key: ${file?.logKey}`, skipped: true };
  }
  return trustedLogKeys.some((key) => speaksFor.includes(key))
    ? { detail: file?.logKey ?? '' }
    : { fault: `${file?.logKey} is not a log that you trust` };
}
