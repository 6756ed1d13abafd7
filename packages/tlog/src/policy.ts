import { type OpenedCheckpoint, openCheckpoint } from './checkpoint.ts';
import { equalBytes } from './encoding.ts';
import { type Refusal, refused, TlogError } from './error.ts';
import { parseVerifierKey, SIGNATURE_TYPE, type VerifierKey } from './note.ts';

/** Who must have cosigned: a witness, or at least `threshold` of some members. */
export type Quorum =
  | { readonly kind: 'none' }
  | { readonly kind: 'witness'; readonly key: VerifierKey }
  | { readonly kind: 'group'; readonly threshold: number; readonly members: readonly Quorum[] };

/** Which logs and which witnesses make a checkpoint trusted (C2SP tlog-policy). */
export interface TrustPolicy {
  readonly logs: readonly VerifierKey[];
  readonly witnesses: readonly VerifierKey[];
  readonly quorum: Quorum;
}

/** The common policy: these logs, and k of these witnesses (k may be 0). */
export function kOfN(
  logs: readonly VerifierKey[],
  k: number,
  witnesses: readonly VerifierKey[],
): TrustPolicy {
  if (!Number.isInteger(k) || k < 0 || k > witnesses.length) {
    throw new TlogError('BAD_POLICY', `${k} of ${witnesses.length} witnesses`);
  }
  refuseDuplicates(logs, 'log');
  refuseDuplicates(witnesses, 'witness');
  const members = witnesses.map((key): Quorum => ({ kind: 'witness', key }));
  return {
    logs,
    witnesses,
    quorum: k === 0 ? { kind: 'none' } : { kind: 'group', threshold: k, members },
  };
}

/** Opens a checkpoint and requires the policy's quorum. */
export function checkPolicy(
  note: string | Uint8Array,
  policy: TrustPolicy,
): OpenedCheckpoint | Refusal {
  const opened = openCheckpoint(note, policy.logs, policy.witnesses);
  if (!opened.ok) return opened;
  const cosigners = new Set(opened.cosigned.map(({ key }) => key));
  return isMet(policy.quorum, cosigners)
    ? opened
    : refused(
        'QUORUM_MISSING',
        `${cosigners.size} known witnesses cosigned; the quorum is not met`,
      );
}

function isMet(quorum: Quorum, cosigners: ReadonlySet<VerifierKey>): boolean {
  switch (quorum.kind) {
    case 'none':
      return true;
    case 'witness':
      return cosigners.has(quorum.key);
    case 'group':
      return quorum.members.filter((member) => isMet(member, cosigners)).length >= quorum.threshold;
  }
}

/** Reads a policy file (C2SP tlog-policy): `log`, `witness`, `group` and one `quorum` line. */
export function parsePolicy(text: string): TrustPolicy {
  const logs: VerifierKey[] = [];
  const witnesses: VerifierKey[] = [];
  /** Names defined so far, minus those already used in a group. */
  const named = new Map<string, Quorum>();
  const used = new Set<string>();
  let quorum: Quorum | null = null;

  const define = (name: string | undefined, value: Quorum): void => {
    if (name === undefined || name === 'none' || named.has(name)) {
      throw new TlogError('BAD_POLICY', `name "${name ?? ''}" is missing, reserved or taken`);
    }
    named.set(name, value);
  };
  const lookUp = (name: string | undefined): Quorum => {
    const found = named.get(name ?? '');
    if (!found) throw new TlogError('BAD_POLICY', `"${name ?? ''}" is not defined above`);
    return found;
  };

  for (const line of text.split('\n')) {
    const [word, ...rest] = line.split(/[ \t]+/).filter((part) => part !== '');
    if (word === undefined || word.startsWith('#')) continue;
    switch (word) {
      case 'log':
        requireCount(rest, 1, 2, line);
        logs.push(keyOfType(rest[0], SIGNATURE_TYPE.ed25519));
        break;
      case 'witness': {
        requireCount(rest, 2, 3, line);
        const key = keyOfType(rest[1], SIGNATURE_TYPE.cosignatureV1);
        witnesses.push(key);
        define(rest[0], { kind: 'witness', key });
        break;
      }
      case 'group': {
        const [name, count, ...members] = rest;
        if (members.length === 0) throw new TlogError('BAD_POLICY', `empty group: ${line}`);
        for (const member of members) {
          if (used.has(member)) throw new TlogError('BAD_POLICY', `"${member}" is in two groups`);
          used.add(member);
        }
        define(name, {
          kind: 'group',
          threshold: threshold(count, members.length),
          members: members.map(lookUp),
        });
        break;
      }
      case 'quorum':
        requireCount(rest, 1, 1, line);
        if (quorum) throw new TlogError('BAD_POLICY', 'two quorum lines');
        quorum = rest[0] === 'none' ? { kind: 'none' } : lookUp(rest[0]);
        break;
      default:
        throw new TlogError('BAD_POLICY', `unknown line: ${line}`);
    }
  }
  if (!quorum) throw new TlogError('BAD_POLICY', 'no quorum line');
  refuseDuplicates(logs, 'log');
  refuseDuplicates(witnesses, 'witness');
  return { logs, witnesses, quorum };
}

function requireCount(parts: readonly string[], min: number, max: number, line: string): void {
  if (parts.length < min || parts.length > max) {
    throw new TlogError('BAD_POLICY', `malformed line: ${line}`);
  }
}

function threshold(word: string | undefined, members: number): number {
  if (word === 'all') return members;
  if (word === 'any') return 1;
  const k = /^[1-9][0-9]*$/.test(word ?? '') ? Number(word) : 0;
  if (k < 1 || k > members) throw new TlogError('BAD_POLICY', `${word} of ${members} members`);
  return k;
}

function keyOfType(vkey: string | undefined, type: number): VerifierKey {
  const key = parseVerifierKey(vkey ?? '');
  if (key.type !== type) throw new TlogError('BAD_POLICY', `${key.name} has the wrong key type`);
  return key;
}

/** One key under two names would count twice. */
function refuseDuplicates(keys: readonly VerifierKey[], what: string): void {
  keys.forEach((key, i) => {
    if (keys.slice(0, i).some(({ publicKey }) => equalBytes(publicKey, key.publicKey))) {
      throw new TlogError('BAD_POLICY', `${what} ${key.name} repeats a public key`);
    }
  });
}
