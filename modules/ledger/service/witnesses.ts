import type { Tx } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { defineJob, startJob } from '@zaizao/platform/jobs';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import {
  encodeVerifierKey,
  parseVerifierKey,
  SIGNATURE_TYPE,
  TlogError,
  type VerifierKey,
} from '@zaizao/tlog';
import { sql } from 'kysely';
import { ledgerErrors, type WitnessesView } from '../contract.ts';
import { keyRing } from '../log/key-ring.ts';
import { publisherOf } from '../log/publisher.ts';
import { rotateKey } from '../log/rotate.ts';
import { sequencerOf } from '../log/sequencer.ts';
import { witnessKey } from '../log/witness.ts';
import { latestCheckpoint } from '../repo/log.ts';
import * as repo from '../repo/witness.ts';

/** The organisation that set the installation up administers its log. */
const OPERATOR = 1;

function isOperator(ctx: Ctx): boolean {
  return ctx.org.no === OPERATOR;
}

/** Work on tables of the installation, in the same transaction. */
async function asSystem<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await sql`set local role zaizao_system`.execute(tx);
  const value = await work();
  await sql`set local role zaizao_app`.execute(tx);
  return value;
}

/** The keys of the log, its witnesses, and the logs that this installation witnesses. */
export async function witnessesView(ctx: Ctx): Promise<WitnessesView> {
  const { tx, app } = ctx;
  const ring = await keyRing(tx, app);
  const policy = await repo.logPolicy(tx);
  const known = await repo.witnesses(tx);
  const published = await repo.lastPublished(tx);
  const latest = await latestCheckpoint(tx);
  const signed = Number(latest?.size ?? 0);
  const shown = policy.quorum === 0 ? signed : Number(published?.size ?? 0);
  const since = policy.quorum === 0 ? undefined : await repo.waitingSince(tx, shown);
  const own = witnessKey(app.config);
  return {
    mayManage: isOperator(ctx),
    keys: ring.map((k) => ({
      verifierKey: k.vkey,
      from: k.from,
      ...(k.until === undefined ? {} : { until: k.until }),
      ...(k.since === undefined ? {} : { since: k.since.toISOString() }),
    })),
    quorum: policy.quorum,
    ...(policy.wait_minutes === null ? {} : { waitMinutes: policy.wait_minutes }),
    signed,
    shown,
    ...(published ? { shownWith: published.witnesses, isQuorumMet: published.is_met } : {}),
    ...(since === undefined ? {} : { waitingSince: since.toISOString() }),
    witnesses: known.map((w) => ({
      name: w.name,
      verifierKey: w.vkey,
      url: w.url,
      seen: Number(w.seen_size),
      ...(w.answered_at ? { answeredAt: w.answered_at.toISOString() } : {}),
      ...(w.failed_at ? { failedAt: w.failed_at.toISOString(), failure: w.failure ?? '' } : {}),
      isAlarm: w.is_alarm,
    })),
    own: {
      verifierKey: encodeVerifierKey(own),
      url: `${app.config.publicUrl}/witness`,
      logs: (await repo.watchedLogs(tx)).map((l) => ({
        origin: l.origin,
        verifierKeys: l.vkeys,
        size: Number(l.size ?? 0),
        ...(l.at ? { cosignedAt: l.at.toISOString() } : {}),
      })),
    },
  };
}

function keyOf(vkey: string, type: number): VerifierKey | undefined {
  try {
    const key = parseVerifierKey(vkey);
    return key.type === type ? key : undefined;
  } catch (e) {
    if (e instanceof TlogError) return undefined;
    throw e;
  }
}

/** Changes the installation's log settings, if the caller's organisation administers it. */
async function change(ctx: Ctx, work: () => Promise<void>): Promise<Result<WitnessesView>> {
  if (!isOperator(ctx)) return err(ledgerErrors.LEDGER_NOT_OPERATOR());
  await asSystem(ctx.tx, work);
  ctx.afterCommit(() => sequencerOf(ctx.app).grown());
  return ok(await witnessesView(ctx));
}

/** Asks another installation to cosign this log. */
export async function addWitness(
  ctx: Ctx,
  { verifierKey, url }: { readonly verifierKey: string; readonly url: string },
): Promise<Result<WitnessesView>> {
  const key = keyOf(verifierKey, SIGNATURE_TYPE.cosignatureV1);
  if (!key) return err(ledgerErrors.LEDGER_KEY_INVALID());
  return change(ctx, () =>
    repo.putWitness(ctx.tx, { name: key.name, vkey: verifierKey, url }, ctx.now),
  );
}

export async function dropWitness(ctx: Ctx, name: string): Promise<Result<WitnessesView>> {
  const { quorum } = await repo.logPolicy(ctx.tx);
  const left = (await repo.witnesses(ctx.tx)).filter((w) => w.name !== name);
  if (quorum > left.length) return err(ledgerErrors.LEDGER_QUORUM_TOO_HIGH({ n: left.length }));
  return change(ctx, () => repo.removeWitness(ctx.tx, name));
}

/** How many witnesses a checkpoint needs before the world is shown it, and how long to wait for them. */
export async function setLogPolicy(
  ctx: Ctx,
  { quorum, waitMinutes }: { readonly quorum: number; readonly waitMinutes: number | undefined },
): Promise<Result<WitnessesView>> {
  const n = (await repo.witnesses(ctx.tx)).length;
  if (quorum > n) return err(ledgerErrors.LEDGER_QUORUM_TOO_HIGH({ n }));
  return change(ctx, () =>
    repo.putLogPolicy(ctx.tx, { quorum, wait_minutes: waitMinutes ?? null }, ctx.now),
  );
}

/** Cosigns another log from now on, under the keys its operator gave. */
export async function watchLog(
  ctx: Ctx,
  verifierKeys: readonly string[],
): Promise<Result<WitnessesView>> {
  const keys = verifierKeys.map((vkey) => keyOf(vkey, SIGNATURE_TYPE.ed25519));
  const origin = keys[0]?.name;
  const ring = await keyRing(ctx.tx, ctx.app);
  if (origin === undefined || keys.some((key) => key?.name !== origin)) {
    return err(ledgerErrors.LEDGER_KEY_INVALID());
  }
  if (ring.some(({ key }) => key.name === origin)) return err(ledgerErrors.LEDGER_OWN_LOG());
  return change(ctx, () => repo.putWatchedLog(ctx.tx, { origin, vkeys: verifierKeys }, ctx.now));
}

export function unwatchLog(ctx: Ctx, origin: string): Promise<Result<WitnessesView>> {
  return change(ctx, () => repo.removeWatchedLog(ctx.tx, origin));
}

const rotateJob = defineJob<Record<string, never>>({
  kind: 'ledger.rotate-key',
  handle: async ({ app }) => ok({ verifierKey: await rotateKey(app) }),
});

/** Gives the log another key, as a job. */
export async function rotateLogKey(ctx: Ctx): Promise<Result<{ jobId: string }>> {
  if (!isOperator(ctx)) return err(ledgerErrors.LEDGER_NOT_OPERATOR());
  return ok({ jobId: await startJob(ctx, rotateJob, {}) });
}

/** Asks every witness now, outside any transaction. */
export function askWitnesses(app: Ctx['app']): Promise<void> {
  return publisherOf(app).round();
}
