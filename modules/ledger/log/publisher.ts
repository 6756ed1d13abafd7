import { transact } from '@zaizao/platform/db';
import type { App } from '@zaizao/platform/http';
import {
  addCosignatures,
  encodeAddCheckpoint,
  parseNote,
  parseVerifierKey,
  TileTree,
  toHex,
  type VerifierKey,
} from '@zaizao/tlog';
import { type CheckpointRow, latestCheckpoint } from '../repo/log.ts';
import * as repo from '../repo/witness.ts';
import { sequencerOf } from './sequencer.ts';
import { TileTable } from './tile-table.ts';

/** New heads gather this long before the witnesses are asked for the newest. */
const GATHER_MS = 1_000;
/** A witness that was away is asked again after this time. */
const AGAIN_MS = 15_000;
const TIMEOUT_MS = 10_000;
const MAX_ANSWER = 64 * 1024;

type Failure = { readonly reason: string; readonly isAlarm: boolean };
type Answer = { readonly line: string } | { readonly seen: number } | Failure;

/**
 * Asks the witnesses to cosign the newest head and publishes it when enough of them have. The plant
 * and the log go on without them; what the world is shown stays at the last head that they signed,
 * or, after the time that the policy allows, goes on without them and says so.
 */
export class Publisher {
  readonly #app: App;
  #running: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #again: NodeJS.Timeout | undefined;
  #stopped = false;
  #unlisten: (() => void) | undefined;

  constructor(app: App) {
    this.#app = app;
  }

  start(): void {
    this.#unlisten = sequencerOf(this.#app).onGrown(() => this.#wake());
    this.#again = setInterval(() => this.#wake(), AGAIN_MS);
    this.#again.unref();
    this.#wake();
  }

  #wake(): void {
    if (this.#timer || this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.round().catch((cause: unknown) => {
        if (!this.#stopped) this.#app.log.error({ err: cause }, 'the witnesses could not be asked');
      });
    }, GATHER_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unlisten?.();
    clearInterval(this.#again);
    clearTimeout(this.#timer);
    await this.#running.catch(() => undefined);
  }

  /** Asks every witness that has not cosigned the newest head, once. */
  round(): Promise<void> {
    const next = this.#running.catch(() => undefined).then(() => this.#ask());
    this.#running = next;
    return next;
  }

  async #ask(): Promise<void> {
    const { db, clock } = this.#app;
    const system = <T>(work: Parameters<typeof transact<T>>[2]) =>
      transact(db, { kind: 'system' }, work);
    const { head, asked, policy } = await system(async (tx) => {
      const latest = await latestCheckpoint(tx);
      const done = latest ? await repo.cosignaturesOf(tx, Number(latest.size)) : [];
      const all = await repo.witnesses(tx);
      return {
        head: latest,
        asked: all.filter((w) => !done.some((c) => c.witness === w.name)),
        policy: await repo.logPolicy(tx),
      };
    });
    if (!head || (asked.length === 0 && policy.quorum === 0)) return;
    await Promise.all(asked.map((witness) => this.#askOne(witness, head)));
    await system(async (tx) => {
      const known = new Map(
        (await repo.witnesses(tx)).map((w) => [w.name, parseVerifierKey(w.vkey)]),
      );
      const size = Number(head.size);
      let note = head.note;
      let count = 0;
      for (const { witness, line } of await repo.cosignaturesOf(tx, size)) {
        const key = known.get(witness);
        const added = key && addCosignatures(note, line, [key]);
        if (!added?.ok) continue;
        note = added.note;
        count++;
      }
      const at = clock.now();
      if (count >= policy.quorum && count > 0) {
        await repo.publish(tx, { size, note, witnesses: count, is_met: true, at });
        return;
      }
      const shown = await repo.lastPublished(tx);
      const since = await repo.waitingSince(tx, Number(shown?.size ?? 0));
      if (policy.quorum === 0 || policy.wait_minutes === null || !since) return;
      if (at.getTime() - since.getTime() < policy.wait_minutes * 60_000) return;
      await repo.publish(tx, { size, note, witnesses: count, is_met: false, at });
    });
  }

  async #askOne(witness: repo.WitnessRow, head: CheckpointRow): Promise<void> {
    const { db, clock } = this.#app;
    const key = parseVerifierKey(witness.vkey);
    const size = Number(head.size);
    let answer = await this.#submit(witness, key, head, Number(witness.seen_size));
    // It tells which head it knows: once more, from there.
    if ('seen' in answer) answer = await this.#submit(witness, key, head, answer.seen);
    const outcome: { readonly line: string } | Failure =
      'seen' in answer
        ? { reason: 'it changes its mind about what it saw', isAlarm: false }
        : answer;
    const at = clock.now();
    await transact(db, { kind: 'system' }, async (tx) => {
      if ('line' in outcome) {
        await repo.insertCosignature(tx, { size, witness: witness.name, line: outcome.line, at });
        await repo.noteAnswer(tx, witness.name, size, at);
      } else await repo.noteFailure(tx, witness.name, outcome, at);
    });
  }

  async #submit(
    witness: repo.WitnessRow,
    key: VerifierKey,
    head: CheckpointRow,
    oldSize: number,
  ): Promise<Answer> {
    const size = Number(head.size);
    if (oldSize > size) {
      return { reason: `it has cosigned ${oldSize} entries, we have ${size}`, isAlarm: true };
    }
    const proof = await transact(this.#app.db, { kind: 'system' }, async (tx) => {
      const tree = new TileTree(new TileTable(tx), size);
      return oldSize === 0 || oldSize === size ? [] : await tree.consistencyProof(oldSize);
    });
    const body = encodeAddCheckpoint({ oldSize, proof, checkpoint: head.note });
    const reply = await post(`${witness.url.replace(/\/$/, '')}/add-checkpoint`, body);
    if ('reason' in reply) return reply;
    const { status, text } = reply;
    if (status === 200) {
      const added = addCosignatures(head.note, text, [key]);
      if (!added.ok)
        return { reason: `its answer is no signature of it: ${added.reason}`, isAlarm: false };
      const line = lineOf(added.note, key);
      return line === undefined ? { reason: 'its answer is empty', isAlarm: false } : { line };
    }
    if (status === 409 && /^\d{1,15}\n?$/.test(text)) return { seen: Number(text) };
    if (status === 422) {
      return {
        reason: `it says that our log contradicts what it saw: ${text.trim()}`,
        isAlarm: true,
      };
    }
    if (status === 404 || status === 403) {
      return {
        reason: `it does not know our log or its key (${status}): send its operator the key of the log`,
        isAlarm: false,
      };
    }
    return { reason: `it answered ${status}`, isAlarm: false };
  }
}

/** The signature line of a key in a note, as the note spells it. */
function lineOf(note: string, key: VerifierKey): string | undefined {
  const { signatures } = parseNote(note);
  const at = signatures.findIndex((s) => s.name === key.name && toHex(s.id) === toHex(key.id));
  const lines = note.slice(note.lastIndexOf('\n\n') + 2).split('\n');
  return at < 0 ? undefined : `${lines[at]}\n`;
}

async function post(
  url: string,
  body: string,
): Promise<{ readonly status: number; readonly text: string } | Failure> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await readAtMost(response, MAX_ANSWER);
    return { status: response.status, text };
  } catch (cause) {
    const why =
      cause instanceof Error
        ? cause.cause instanceof Error
          ? cause.cause.message
          : cause.message
        : String(cause);
    return { reason: `it does not answer: ${why}`, isAlarm: false };
  }
}

async function readAtMost(response: Response, most: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > most) throw new Error(`its answer is over ${most} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

const publishers = new WeakMap<App, Publisher>();

/** The publisher of an application; it works by itself once the module has started. */
export function publisherOf(app: App): Publisher {
  let publisher = publishers.get(app);
  if (!publisher) {
    publisher = new Publisher(app);
    publishers.set(app, publisher);
  }
  return publisher;
}
