import { checkStatus, decodePublicKey, eddsaJcs2022, verifyCredential } from '@zaizao/credential';
import type { PublicCtx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { type badgeState, passportErrors } from '../contract.ts';
import { pagePath } from '../domain/address.ts';
import { type BadgeState, badgeSvg } from '../domain/badge.ts';
import * as repo from '../repo.ts';

type Badge = z.input<typeof badgeState>;

/**
 * Whether a passport verifies now: its newest credential is verified by its keys and its status list as
 * they are at this moment, nothing is taken from a flag. Refusal: PASSPORT_NOT_FOUND.
 */
export async function badgeOf(ctx: PublicCtx, epc: string): Promise<Result<Badge>> {
  const passport = await repo.publicPassport(ctx, epc);
  if (!passport) return err(passportErrors.PASSPORT_NOT_FOUND());
  const found = { pagePath: pagePath(epc) };
  const row = await repo.publicCredentialOf(ctx, passport);
  if (!row) return ok({ ...found, state: 'unsigned' });
  const issuer = row.credential.issuer as { id?: string; name?: string } | undefined; // issue.ts wrote it
  const named = {
    ...found,
    ...(issuer?.id ? { issuer: issuer.id } : {}),
    ...(issuer?.name ? { issuerName: issuer.name } : {}),
  };
  // A revocation shows at once, also while the list that will say so waits for its signature.
  if (row.revoked_at) {
    return ok({
      ...named,
      state: 'revoked',
      ...(row.revoked_for ? { reason: row.revoked_for } : {}),
    });
  }
  const outcome = await outcomeOf(ctx, row, issuer?.id ?? '');
  return ok({ ...named, ...outcome });
}

async function outcomeOf(
  ctx: PublicCtx,
  row: repo.CredentialRow,
  did: string,
): Promise<{ state: BadgeState; reason?: string }> {
  const keys = await repo.publicKeys(ctx, did);
  const list = await repo.publicStatusList(ctx, row.org_id, row.status_list);
  const checks = {
    suites: [eddsaJcs2022],
    now: ctx.now,
    resolve: (method: string) => {
      const key = keys.find(({ fragment }) => method === `${did}#${fragment}`);
      // What a revoked key signed before counts; the log proves which that is, and the page shows it.
      const isGood = key && (key.revoked_from === null || row.issued_at < key.revoked_from);
      return isGood
        ? { id: method, controller: did, publicKey: decodePublicKey(key.public_key) }
        : null;
    },
  };
  const verdict = await verifyCredential(row.credential, checks);
  if (!verdict.ok) return { state: 'broken', reason: verdict.reason };
  const lists = list ? [list.credential] : [];
  const status = await checkStatus(verdict.credential, verdict.issuer, lists, checks);
  if (!status.ok) {
    const state = status.code === 'REVOKED' ? 'revoked' : 'broken';
    return { state, reason: status.reason };
  }
  if (status.unknown.length > 0) return { state: 'broken', reason: 'no status list' };
  return { state: 'verified' };
}

/** The badge as a picture, to be put on other pages; it is made when it is asked for. */
export async function badgePicture(
  ctx: PublicCtx,
  epc: string,
  lang: 'zh' | 'en',
): Promise<Result<string>> {
  const badge = await badgeOf(ctx, epc);
  return badge.ok ? ok(badgeSvg(badge.value.state, lang)) : badge;
}
