import { equalBytes, fromBase64, parseDecimal, toBase64 } from './encoding.ts';
import { attempt, type Refusal, refused, TlogError } from './error.ts';
import { HASH_SIZE } from './merkle.ts';
import {
  encodeNote,
  type Note,
  parseNote,
  SIGNATURE_TYPE,
  type SigningKey,
  signNote,
  type VerifiedSignature,
  type VerifierKey,
  verifyNote,
} from './note.ts';

/** The head of a log's tree (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Identity of the log, e.g. `ledger.example.com/log`. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** Opaque lines; the specification advises against them. */
  readonly extensions: readonly string[];
}

export function encodeCheckpoint(checkpoint: {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly extensions?: readonly string[];
}): string {
  const { origin, size, root, extensions = [] } = checkpoint;
  if (root.length !== HASH_SIZE) throw new TlogError('BAD_CHECKPOINT', 'root is not 32 bytes');
  const lines = [origin, String(size), toBase64(root), ...extensions];
  if (lines.some((line) => line === '' || line.includes('\n'))) {
    throw new TlogError('BAD_CHECKPOINT', 'a checkpoint line is empty or holds a newline');
  }
  const text = `${lines.join('\n')}\n`;
  parseCheckpoint(text);
  return text;
}

/** Reads the text of a checkpoint note; one tree head has exactly one spelling. */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.length < 3 || lines.includes('')) {
    throw new TlogError('BAD_CHECKPOINT', 'a checkpoint is three or more non-empty lines');
  }
  const [origin = '', size = '', root = '', ...extensions] = lines;
  const parsed = { origin, size: parseDecimal(size), root: fromBase64(root), extensions };
  if (parsed.root.length !== HASH_SIZE) {
    throw new TlogError('BAD_CHECKPOINT', 'root hash is not 32 bytes');
  }
  return parsed;
}

/**
 * Signs a tree head; the origin is the key's name. Signing is final: never sign two heads that are
 * not consistent. `issueCheckpoint` keeps that promise; call this only where a database does.
 *
 * @param also further keys of the log that sign this head, when one follows another
 */
export function signCheckpoint(
  head: { readonly size: number; readonly root: Uint8Array },
  key: SigningKey,
  also: readonly SigningKey[] = [],
): string {
  return encodeNote(signNote(encodeCheckpoint({ origin: key.name, ...head }), [key, ...also]));
}

/** The same note with the signature lines of these keys only. Verifies nothing. */
export function withSignaturesOf(note: string, keys: readonly VerifierKey[]): string {
  const { text, signatures } = parseNote(note);
  const kept = signatures.filter((line) =>
    keys.some(({ name, id }) => name === line.name && equalBytes(id, line.id)),
  );
  return encodeNote({ text, signatures: kept });
}

export interface OpenedCheckpoint {
  readonly ok: true;
  readonly checkpoint: Checkpoint;
  readonly note: Note;
  /** The log's signature. */
  readonly signedBy: VerifierKey;
  /** Signatures of known witnesses. */
  readonly cosigned: readonly VerifiedSignature[];
}

/**
 * Reads a checkpoint and requires the signature of a log key whose name is the checkpoint's origin;
 * the signatures of known witnesses are verified as well.
 */
export function openCheckpoint(
  note: string | Uint8Array,
  logKeys: readonly VerifierKey[],
  witnessKeys: readonly VerifierKey[] = [],
): OpenedCheckpoint | Refusal {
  const parsed = attempt(() => {
    const parsedNote = parseNote(note);
    return { note: parsedNote, checkpoint: parseCheckpoint(parsedNote.text) };
  });
  if (!parsed.ok) return parsed;
  const { checkpoint } = parsed.value;
  const logs = logKeys.filter(
    ({ name, type }) => name === checkpoint.origin && type === SIGNATURE_TYPE.ed25519,
  );
  const witnesses = witnessKeys.filter(({ type }) => type === SIGNATURE_TYPE.cosignatureV1);
  const verdict = verifyNote(parsed.value.note, [...logs, ...witnesses]);
  if (!verdict.ok) return verdict;
  const signed = verdict.verified.find(({ key }) => logs.includes(key));
  if (!signed) return refused('UNTRUSTED', `no trusted key of ${checkpoint.origin} signed this`);
  return {
    ok: true,
    ...parsed.value,
    signedBy: signed.key,
    cosigned: verdict.verified.filter(({ key }) => witnesses.includes(key)),
  };
}
