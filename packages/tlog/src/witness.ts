import { openCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { cosign } from './cosignature.ts';
import {
  equalBytes,
  fromBase64,
  fromUtf8,
  parseDecimal,
  toBase64,
  toHex,
  utf8,
} from './encoding.ts';
import { attempt, TlogError } from './error.ts';
import type { HeadStore, SignedHead } from './head-store.ts';
import { emptyRoot, HASH_SIZE, sha256 } from './merkle.ts';
import {
  encodeNote,
  encodeSignatureLine,
  parseNote,
  type SigningKey,
  type VerifierKey,
} from './note.ts';
import { verifyConsistency } from './verify.ts';

const MAX_PROOF_LINES = 63;

/** Body of `POST <prefix>/add-checkpoint` (C2SP tlog-witness). */
export interface AddCheckpointRequest {
  /** Size of the last head that the witness cosigned; 0 if none, or not known. */
  readonly oldSize: number;
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint note. */
  readonly checkpoint: string;
}

export function encodeAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpointRequest): string {
  return `old ${oldSize}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${checkpoint}`;
}

export function parseAddCheckpoint(body: string): AddCheckpointRequest {
  const split = body.indexOf('\n\n');
  const [old = '', ...proof] = body.slice(0, Math.max(split, 0)).split('\n');
  if (!old.startsWith('old ')) throw new TlogError('BAD_ENCODING', 'no old size line');
  if (proof.length > MAX_PROOF_LINES) {
    throw new TlogError('BAD_ENCODING', `over ${MAX_PROOF_LINES} proof lines`);
  }
  return {
    oldSize: parseDecimal(old.slice(4)),
    proof: proof.map((line) => {
      const hash = fromBase64(line);
      if (hash.length !== HASH_SIZE) throw new TlogError('BAD_ENCODING', 'hash is not 32 bytes');
      return hash;
    }),
    checkpoint: body.slice(split + 2),
  };
}

/** What to answer over HTTP. */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly contentType: string;
  readonly body: string;
}

const answer = (
  status: WitnessAnswer['status'],
  body: string,
  contentType = 'text/plain; charset=utf-8',
): WitnessAnswer => ({ status, contentType, body: body.endsWith('\n') ? body : `${body}\n` });

export interface WitnessOptions {
  /** A cosigning key (type 0x04). */
  readonly key: SigningKey;
  /** The logs watched: keys by origin. */
  readonly logs: ReadonlyMap<string, readonly VerifierKey[]>;
  readonly store: HeadStore;
  /** POSIX seconds. */
  readonly now: () => number;
}

/**
 * A witness: cosigns a log's heads as long as each extends the one before (C2SP tlog-witness). It
 * never cosigns two heads that contradict each other, and stores a head before it answers.
 */
export class Witness {
  readonly #options: WitnessOptions;

  constructor(options: WitnessOptions) {
    this.#options = options;
  }

  /** Answers `add-checkpoint`. Throws only if the store does. */
  async addCheckpoint(body: string | Uint8Array): Promise<WitnessAnswer> {
    const { key, logs, store, now } = this.#options;
    const parsed = attempt(() => {
      const request = parseAddCheckpoint(typeof body === 'string' ? body : fromUtf8(body));
      const { text } = parseNote(request.checkpoint);
      return { request, checkpoint: parseCheckpoint(text) };
    });
    if (!parsed.ok) return answer(400, parsed.reason);
    const { request, checkpoint } = parsed.value;

    const logKeys = logs.get(checkpoint.origin);
    if (!logKeys) return answer(404, 'unknown log');
    const opened = openCheckpoint(request.checkpoint, logKeys);
    if (!opened.ok) return answer(403, opened.reason);
    if (request.oldSize > checkpoint.size) {
      return answer(400, 'old size is above the size of the checkpoint');
    }

    const last = await store.latest(checkpoint.origin);
    if (request.oldSize !== (last?.size ?? 0)) return conflict(last);
    const fault = inconsistency(last, request, checkpoint);
    if (fault !== null) return answer(422, fault);

    const line = cosign(opened.note.text, key, now());
    // Kept for monitors: the log's own signature and ours, nothing that we did not verify.
    const logLines = opened.note.signatures.filter(
      ({ name, id }) => name === opened.signedBy.name && equalBytes(id, opened.signedBy.id),
    );
    const note = encodeNote({ text: opened.note.text, signatures: [...logLines, line] });
    const head = { size: checkpoint.size, root: checkpoint.root, note };
    if (!(await store.advance(checkpoint.origin, last, head))) {
      return conflict(await store.latest(checkpoint.origin));
    }
    return answer(200, encodeSignatureLine(line));
  }

  /** Answers `GET <prefix>/<hex SHA-256 of the origin>/checkpoint` for monitors. */
  async checkpointFor(originHash: string): Promise<WitnessAnswer> {
    for (const origin of this.#options.logs.keys()) {
      if (toHex(sha256(utf8(origin))) !== originHash) continue;
      const head = await this.#options.store.latest(origin);
      if (head) return answer(200, head.note);
    }
    return answer(404, 'no checkpoint of this log was cosigned');
  }
}

function conflict(last: SignedHead | null): WitnessAnswer {
  return answer(409, String(last?.size ?? 0), 'text/x.tlog.size');
}

function inconsistency(
  last: SignedHead | null,
  { proof }: AddCheckpointRequest,
  { size, root }: { readonly size: number; readonly root: Uint8Array },
): string | null {
  if (size === 0 && !equalBytes(root, emptyRoot())) return 'an empty tree has the empty root';
  if (!last || last.size === 0) {
    return proof.length === 0 ? null : 'from an empty tree there is nothing to prove';
  }
  const verdict = verifyConsistency(last.size, size, last.root, root, proof);
  return verdict.ok ? null : verdict.reason;
}
