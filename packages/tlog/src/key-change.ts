import { parseDecimal } from './encoding.ts';
import { attempt, type Refusal, refused, TlogError } from './error.ts';
import {
  encodeNote,
  encodeVerifierKey,
  parseNote,
  parseVerifierKey,
  SIGNATURE_TYPE,
  type SigningKey,
  signNote,
  type VerifierKey,
  verifyNote,
} from './note.ts';

const HEADER = 'zaizao-log-key/1';

/** A log's statement that it signs with another key from a tree size on. */
export interface KeyChange {
  readonly origin: string;
  /** The first head that the new key signs; the old one signs this one still, and none after it. */
  readonly size: number;
  readonly from: VerifierKey;
  readonly to: VerifierKey;
}

/**
 * Names the successor of a log's key in a note that both sign: the old key vouches for the new one,
 * and the new one shows that somebody holds it. It goes into the log as an entry of its own, so that
 * a change which the log does not show to everybody is noticed.
 */
export function announceKey(from: SigningKey, to: SigningKey, size: number): string {
  if (from.name !== to.name) throw new TlogError('BAD_KEY', 'a log keeps its name');
  const text = [HEADER, from.name, String(size), encodeVerifierKey(from), encodeVerifierKey(to)];
  return encodeNote(signNote(`${text.join('\n')}\n`, [from, to]));
}

/** Whether a log entry announces a key. */
export function isKeyChange(entry: Uint8Array): boolean {
  return [...`${HEADER}\n`].every((char, i) => entry[i] === char.charCodeAt(0));
}

/** Reads an announcement and requires the signatures of both keys it names, and no other. */
export function openKeyChange(
  note: string | Uint8Array,
): { readonly ok: true; readonly change: KeyChange } | Refusal {
  const read = attempt(() => {
    const parsed = parseNote(note);
    const [header, origin, size, from, to, ...more] = parsed.text.split('\n');
    if (header !== HEADER || more.length !== 1 || more[0] !== '') {
      throw new TlogError('BAD_NOTE', 'not an announcement of a log key');
    }
    const change = {
      origin: origin ?? '',
      size: parseDecimal(size ?? ''),
      from: parseVerifierKey(from ?? ''),
      to: parseVerifierKey(to ?? ''),
    };
    return { parsed, change };
  });
  if (!read.ok) return read;
  const { parsed, change } = read.value;
  const keys = [change.from, change.to];
  if (keys.some(({ name, type }) => name !== change.origin || type !== SIGNATURE_TYPE.ed25519)) {
    return refused('BAD_KEY', 'the keys are not of the log that is named');
  }
  const verdict = verifyNote(parsed, keys);
  if (!verdict.ok) return verdict;
  if (verdict.verified.length !== 2 || parsed.signatures.length !== 2) {
    return refused('BAD_SIGNATURE', 'a change of key is signed by the old key and the new one');
  }
  return { ok: true, change };
}

/**
 * The earlier keys that a log key speaks for, by announcements that lead to it; newest first. An
 * announcement that leads nowhere, or does not verify, is a refusal.
 */
export function predecessors(
  key: VerifierKey,
  announcements: readonly string[],
): { readonly ok: true; readonly keys: readonly VerifierKey[] } | Refusal {
  const keys: VerifierKey[] = [];
  let current = encodeVerifierKey(key);
  for (const note of announcements.toReversed()) {
    const opened = openKeyChange(note);
    if (!opened.ok) return opened;
    const { from, to } = opened.change;
    if (encodeVerifierKey(to) !== current) {
      return refused('UNTRUSTED', 'an announcement does not lead to the key of the log');
    }
    keys.push(from);
    current = encodeVerifierKey(from);
  }
  return { ok: true, keys };
}
