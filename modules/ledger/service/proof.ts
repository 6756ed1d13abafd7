import type { Tx } from '@zaizao/platform/db';
import type { App, Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import {
  type Disclosure,
  emptyRoot,
  hashLeaf,
  openGroups,
  saltsFrom,
  toBase64,
} from '@zaizao/tlog';
import { type EventProof, type LogState, ledgerErrors } from '../contract.ts';
import { hashNameOf } from '../domain/event-digest.ts';
import { proveEntry } from '../log/entry-proof.ts';
import { keyRing } from '../log/key-ring.ts';
import { committedEvent, leafFrom } from '../log/leaf.ts';
import { sourceOf } from '../log/sequencer.ts';
import { latestCheckpoint, leavesOfId, recentCheckpoints } from '../repo/log.ts';
import { countEvents } from '../repo/story.ts';
import { sharedProof } from './shared-proof.ts';

/** What a proof is about: the event itself, or one of its error declarations. */
export interface ProofTarget {
  /** Number of the record within the organisation; without it, the event itself. */
  readonly seq?: number;
}

/**
 * The proof that an event is in the transparency log: a `.tlog-proof` file, the leaf, and what opens
 * all of its commitments. Verifies with `@zaizao/tlog` alone.
 * Refusals: LEDGER_EVENT_NOT_FOUND; LEDGER_NOT_LOGGED_YET within seconds of recording.
 */
export async function proofOf(
  ctx: Ctx,
  eventId: string,
  target: ProofTarget = {},
): Promise<Result<EventProof>> {
  const { tx, org, app } = ctx;
  const records = await leavesOfId(tx, org.no, eventId);
  const leaf = records.find((r) => target.seq === undefined || Number(r.seq) === target.seq);
  if (!leaf) return proofOfShared(ctx, eventId, target);
  if (leaf.log_index === null) return err(ledgerErrors.LEDGER_NOT_LOGGED_YET());
  const source = sourceOf(leaf, org.id);
  const disclosure = openGroups(
    committedEvent(source),
    hashNameOf(leaf.hash),
    saltsFrom(new Uint8Array(leaf.secret)),
  );
  return prove(tx, app, Number(leaf.log_index), disclosure, leafFrom(source).entry);
}

/** The proof of an entry under the head that covers it, with what is shown of its event. */
async function prove(
  tx: Tx,
  app: App,
  index: number,
  disclosure: Disclosure,
  made?: Uint8Array,
): Promise<Result<EventProof>> {
  const proof = await proveEntry(tx, app, index, made);
  if (!proof) return err(ledgerErrors.LEDGER_NOT_LOGGED_YET());
  const { head, entry } = proof;
  return ok({
    tlogProof: proof.file,
    logIndex: index,
    treeSize: proof.size,
    leafHash: toBase64(hashLeaf(entry)),
    entry: toBase64(entry),
    disclosure,
    verifierKey: head.logKey,
    witnessKeys: head.witnessKeys,
    keyChanges: head.keyChanges,
  });
}

/** The proof of what another organisation shows of an event. */
async function proofOfShared(
  ctx: Ctx,
  eventId: string,
  target: ProofTarget,
): Promise<Result<EventProof>> {
  const { tx, app } = ctx;
  const shared = await sharedProof(ctx, eventId, target.seq);
  if (!shared) return err(ledgerErrors.LEDGER_EVENT_NOT_FOUND());
  if (shared.index === undefined) return err(ledgerErrors.LEDGER_NOT_LOGGED_YET());
  return prove(tx, app, shared.index, shared.disclosure);
}

/** How the log stands, and how much of this organisation is in it. */
export async function logState(ctx: Ctx): Promise<LogState> {
  const { tx, org, app } = ctx;
  const key = (await keyRing(tx, app)).at(-1);
  const latest = await latestCheckpoint(tx);
  const { events, logged } = await countEvents(tx, org.no);
  const recent = await recentCheckpoints(tx, 10);
  return {
    origin: key?.key.name ?? '',
    verifierKey: key?.vkey ?? '',
    size: Number(latest?.size ?? 0),
    root: toBase64(latest ? new Uint8Array(latest.root) : emptyRoot()),
    checkpoint: latest?.note ?? '',
    ...(latest ? { signedAt: latest.signed_at.toISOString() } : {}),
    events,
    waiting: events - logged,
    checkpoints: recent.map((c) => ({
      size: Number(c.size),
      root: toBase64(new Uint8Array(c.root)),
      signedAt: c.signed_at.toISOString(),
    })),
  };
}
