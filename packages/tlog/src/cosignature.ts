import { ed25519 } from '@noble/curves/ed25519.js';
import { parseCheckpoint } from './checkpoint.ts';
import { concat, uint64 } from './encoding.ts';
import { attempt, type Refusal, refused, TlogError } from './error.ts';
import {
  cosignedMessage,
  encodeNote,
  type NoteSignature,
  parseNote,
  parseSignatureLine,
  SIGNATURE_TYPE,
  type SigningKey,
  type VerifierKey,
  verifyNote,
} from './note.ts';

/**
 * A witness's statement that at `time` (POSIX seconds) this was the largest consistent head it had
 * seen (C2SP tlog-cosignature, `cosignature/v1`). One key serves one witness name only: the signed
 * message does not hold the name.
 */
export function cosign(checkpointText: string, key: SigningKey, time: number): NoteSignature {
  if (key.type !== SIGNATURE_TYPE.cosignatureV1) {
    throw new TlogError('BAD_KEY', `${key.name} is not a cosigning key`);
  }
  parseCheckpoint(checkpointText);
  const signature = ed25519.sign(cosignedMessage(checkpointText, time), key.seed);
  return { name: key.name, id: key.id, signature: concat(uint64(time), signature) };
}

/**
 * Adds a witness's answer (signature lines) to a checkpoint note: only what known witnesses signed
 * and verifies, each witness once, the newest kept.
 */
export function addCosignatures(
  note: string,
  answer: string,
  witnesses: readonly VerifierKey[],
): { readonly ok: true; readonly note: string; readonly added: readonly string[] } | Refusal {
  const parsed = attempt(() => {
    if (!answer.endsWith('\n')) throw new TlogError('BAD_NOTE', 'answer does not end in a newline');
    return {
      note: parseNote(note),
      lines: answer.slice(0, -1).split('\n').map(parseSignatureLine),
    };
  });
  if (!parsed.ok) return parsed;
  const { text, signatures } = parsed.value.note;
  const good = parsed.value.lines.filter(
    (line) => verifyNote({ text, signatures: [line] }, witnesses).ok,
  );
  if (good.length === 0) return refused('UNTRUSTED', 'the answer has no known cosignature');
  const same = (a: NoteSignature, b: NoteSignature) =>
    a.name === b.name && a.id.every((byte, i) => byte === b.id[i]);
  const kept = signatures.filter((old) => !good.some((fresh) => same(old, fresh)));
  return {
    ok: true,
    note: encodeNote({ text, signatures: [...kept, ...good] }),
    added: good.map(({ name }) => name),
  };
}
