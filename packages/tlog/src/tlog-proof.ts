import type { OpenedCheckpoint } from './checkpoint.ts';
import { fromBase64, fromUtf8, parseDecimal, toBase64 } from './encoding.ts';
import { attempt, type Refusal, TlogError } from './error.ts';
import { HASH_SIZE } from './merkle.ts';
import { checkPolicy, type TrustPolicy } from './policy.ts';
import { verifyInclusion } from './verify.ts';

const HEADER = 'c2sp.org/tlog-proof@v1';

/** A proof that travels as a file, `.tlog-proof` (C2SP tlog-proof). */
export interface TlogProof {
  readonly index: number;
  readonly path: readonly Uint8Array[];
  /** The signed, and maybe cosigned, checkpoint note. */
  readonly checkpoint: string;
  /** Not authenticated: a hint for the application, such as the leaf. */
  readonly extra?: Uint8Array | undefined;
}

export function encodeTlogProof({ index, path, checkpoint, extra }: TlogProof): string {
  const lines = [
    HEADER,
    ...(extra ? [`extra ${toBase64(extra)}`] : []),
    `index ${index}`,
    ...path.map(toBase64),
  ];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

export function parseTlogProof(file: string | Uint8Array): TlogProof {
  const text = typeof file === 'string' ? file : fromUtf8(file);
  const split = text.indexOf('\n\n');
  const lines = text.slice(0, Math.max(split, 0)).split('\n');
  if (lines.shift() !== HEADER) throw new TlogError('BAD_ENCODING', `not a ${HEADER}`);
  const extra = lines[0]?.startsWith('extra ')
    ? fromBase64((lines.shift() ?? '').slice('extra '.length))
    : undefined;
  const index = lines.shift() ?? '';
  if (!index.startsWith('index ')) throw new TlogError('BAD_ENCODING', 'no index line');
  const path = lines.map(fromBase64);
  if (path.length > 63 || path.some((hash) => hash.length !== HASH_SIZE)) {
    throw new TlogError('BAD_ENCODING', 'malformed inclusion proof');
  }
  return {
    index: parseDecimal(index.slice('index '.length)),
    path,
    checkpoint: text.slice(split + 2),
    ...(extra ? { extra } : {}),
  };
}

/**
 * Checks, with nothing but the policy's keys, that a leaf is in a log: the checkpoint meets the
 * policy and the path leads from the leaf to its root.
 */
export function verifyTlogProof(
  file: string | Uint8Array,
  leafHash: Uint8Array,
  policy: TrustPolicy,
): (OpenedCheckpoint & { readonly index: number }) | Refusal {
  const parsed = attempt(() => parseTlogProof(file));
  if (!parsed.ok) return parsed;
  const { index, path, checkpoint } = parsed.value;
  const opened = checkPolicy(checkpoint, policy);
  if (!opened.ok) return opened;
  const { size, root } = opened.checkpoint;
  const verdict = verifyInclusion(index, size, leafHash, path, root);
  return verdict.ok ? { ...opened, index } : verdict;
}
