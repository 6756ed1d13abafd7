import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import {
  emptyRoot,
  encodeTlogProof,
  encodeVerifierKey,
  hashLeaf,
  openGroups,
  saltsFrom,
  TileTree,
  toBase64,
} from '@zaizao/tlog';
import { type EventProof, type LogState, ledgerErrors } from '../contract.ts';
import { hashNameOf } from '../domain/event-digest.ts';
import { committedEvent, leafFrom } from '../log/leaf.ts';
import { sequencerOf, sourceOf } from '../log/sequencer.ts';
import { TileTable } from '../log/tile-table.ts';
import { latestCheckpoint, leafOf, recentCheckpoints } from '../repo/log.ts';
import { ownOnly } from '../repo/seen.ts';
import { countEvents, eventsOfId } from '../repo/story.ts';
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
  const records = await eventsOfId(tx, ownOnly(org.no), eventId);
  const record = records.find((r) => target.seq === undefined || Number(r.seq) === target.seq);
  const leaf = record && (await leafOf(tx, org.no, Number(record.seq)));
  if (!leaf) return proofOfShared(ctx, eventId, target);
  const checkpoint = await latestCheckpoint(tx);
  if (leaf.log_index === null || !checkpoint) return err(ledgerErrors.LEDGER_NOT_LOGGED_YET());
  const index = Number(leaf.log_index);
  const tree = new TileTree(new TileTable(tx), Number(checkpoint.size));
  const entry = leafFrom(sourceOf(leaf, org.id)).entry;
  const path = await tree.inclusionProof(index);
  const event = committedEvent(sourceOf(leaf, org.id));
  const salts = saltsFrom(new Uint8Array(leaf.secret));
  return ok({
    tlogProof: encodeTlogProof({ index, path, checkpoint: checkpoint.note, extra: entry }),
    logIndex: index,
    treeSize: tree.size,
    leafHash: toBase64(hashLeaf(entry)),
    entry: toBase64(entry),
    disclosure: openGroups(event, hashNameOf(leaf.hash), salts),
    verifierKey: encodeVerifierKey(sequencerOf(app).key),
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
  const { index, disclosure } = shared;
  const checkpoint = await latestCheckpoint(tx);
  if (index === undefined || !checkpoint) return err(ledgerErrors.LEDGER_NOT_LOGGED_YET());
  const tree = new TileTree(new TileTable(tx), Number(checkpoint.size));
  const entry = await tree.entry(index);
  const path = await tree.inclusionProof(index);
  return ok({
    tlogProof: encodeTlogProof({ index, path, checkpoint: checkpoint.note, extra: entry }),
    logIndex: index,
    treeSize: tree.size,
    leafHash: toBase64(hashLeaf(entry)),
    entry: toBase64(entry),
    disclosure,
    verifierKey: encodeVerifierKey(sequencerOf(app).key),
  });
}

/** How the log stands, and how much of this organisation is in it. */
export async function logState(ctx: Ctx): Promise<LogState> {
  const { tx, org, app } = ctx;
  const { key } = sequencerOf(app);
  const latest = await latestCheckpoint(tx);
  const { events, logged } = await countEvents(tx, org.no);
  const recent = await recentCheckpoints(tx, 10);
  return {
    origin: key.name,
    verifierKey: encodeVerifierKey(key),
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
