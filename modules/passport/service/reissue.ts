import type { Ctx } from '@zaizao/platform/http';
import { ok, type Result } from '@zaizao/platform/kernel';
import * as repo from '../repo.ts';
import { KEY_REVOKED, revoke } from './issue.ts';
import { didOf } from './issuer-key.ts';
import { issuerOf, type KeyToRegister, registerKey, replaceKey, revokeKey } from './key-life.ts';
import { publish } from './publish.ts';
import { signLists } from './status.ts';

/** Passports published anew at once after a change of key; the others follow when they next change. */
const MOST_AT_ONCE = 100;

/** Makes a new key that the installation keeps, and signs with it what waited for the one before. */
export async function rotate(ctx: Ctx): Promise<Result<void>> {
  const waiting = await waitingNow(ctx);
  await replaceKey(ctx);
  await signLists(ctx, await issuerOf(ctx), { waiting: waiting.lists });
  return publishAll(ctx, waiting.products);
}

/** Puts a key of the organisation's own in use; what waited for another waits for it. */
export async function bring(ctx: Ctx, input: KeyToRegister): Promise<Result<void>> {
  const waiting = await waitingNow(ctx);
  const done = await registerKey(ctx, input);
  if (!done.ok) return done;
  await repo.dropUnsigned(ctx);
  await signLists(ctx, await issuerOf(ctx), { waiting: waiting.lists });
  return publishAll(ctx, waiting.products);
}

/**
 * Takes a key back from a time on: the status lists that it signed are signed by the key in use, and
 * credentials that it signed since then are revoked and signed anew. What was logged before stays good.
 */
export async function takeBack(
  ctx: Ctx,
  fragment: string,
  from: Date,
  reason: string,
): Promise<Result<void>> {
  const waiting = await waitingNow(ctx);
  const done = await revokeKey(ctx, fragment, from, reason);
  if (!done.ok) return done;
  const method = `${didOf(ctx.app.config, ctx.org.id)}#${fragment}`;
  // While an own key stays in use nothing that waits for it was dropped.
  const wasInUse = (await repo.countUnsigned(ctx)) === 0;
  const lists = wasInUse ? waiting.lists : new Set<string>();
  await signLists(ctx, await issuerOf(ctx), { by: method, waiting: lists });
  const after = (await repo.inForceBy(ctx, method)).filter((row) => row.issued_at >= from);
  for (const row of after) await revoke(ctx, row, KEY_REVOKED);
  return publishAll(ctx, [...waiting.products, ...after.map(({ epc }) => epc)]);
}

/** What waits for a signature made outside, before a change of key sweeps it away. */
async function waitingNow(
  ctx: Ctx,
): Promise<{ readonly products: string[]; readonly lists: ReadonlySet<string> }> {
  const rows = await repo.listUnsigned(ctx, { limit: MOST_AT_ONCE });
  const of = (isList: boolean) =>
    rows.filter(({ kind }) => (kind === 'status-list') === isList).map(({ subject }) => subject);
  return { products: of(false), lists: new Set(of(true)) };
}

async function publishAll(ctx: Ctx, epcs: readonly string[]): Promise<Result<void>> {
  for (const epc of [...new Set(epcs)].slice(0, MOST_AT_ONCE)) {
    const row = await repo.findPublished(ctx, epc);
    if (!row) continue;
    // Somebody asked for each of these before, even where a person had revoked the one in force.
    const done = await publish(ctx, row.unit_id, { again: true });
    if (!done.ok) return done;
  }
  return ok(undefined);
}
