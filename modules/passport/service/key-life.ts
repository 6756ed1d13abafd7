import { type EpcisEvent, objectEvent } from '@zaizao/epcis';
import { disclosuresOf, record } from '@zaizao/modules/ledger';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result, unwrap } from '@zaizao/platform/kernel';
import { passportErrors } from '../contract.ts';
import { cutFor } from '../domain/audience.ts';
import { fragmentOf, registeredKey } from '../domain/keys.ts';
import * as repo from '../repo.ts';
import { didOf, type Issuer, issuerWith, makeSealedKey } from './issuer-key.ts';

/*
 * A key is a thing in the ledger, under the identifier of its verification method: made, retired,
 * revoked are its events, and the log proves when each was entered and that none is left out. That is
 * what tells a signature made before a key leaked from one made after.
 */

type KeyState = 'made' | 'retired' | 'revoked';

/** Who signs for this organisation; its first key is made at first need. Call under the issuer lock. */
export async function issuerOf(ctx: Ctx): Promise<Issuer> {
  const did = didOf(ctx.app.config, ctx.org.id);
  const keys = await repo.issuerKeys(ctx, did);
  const active = keys.find((key) => key.retired_at === null);
  return issuerWith(ctx.app.config, ctx.org.id, active ?? (await makeKey(ctx, did)));
}

/** Retires the key in use and makes one that the installation keeps. What the old one signed stays valid. */
export async function replaceKey(ctx: Ctx): Promise<void> {
  await repo.lockIssuer(ctx);
  const did = didOf(ctx.app.config, ctx.org.id);
  await retireActive(ctx, did);
  await makeKey(ctx, did);
  // What waited for the key before is made anew when it is asked for again.
  await repo.dropUnsigned(ctx);
}

export interface KeyToRegister {
  readonly name: string;
  readonly publicKey: string;
  /** Base64 of the signature over the registration text: whoever registers a key holds it. */
  readonly signature: string;
}

/**
 * Puts a key in use that the organisation keeps itself. Refusals: PASSPORT_KEY_NOT_HELD,
 * PASSPORT_KEY_KNOWN.
 */
export async function registerKey(ctx: Ctx, input: KeyToRegister): Promise<Result<void>> {
  await repo.lockIssuer(ctx);
  const did = didOf(ctx.app.config, ctx.org.id);
  const key = registeredKey(did, input.publicKey, input.signature);
  if (!key) return err(passportErrors.PASSPORT_KEY_NOT_HELD());
  const fragment = fragmentOf(key);
  const known = await repo.issuerKeys(ctx, did);
  if (known.some((k) => k.fragment === fragment)) return err(passportErrors.PASSPORT_KEY_KNOWN());
  await retireActive(ctx, did);
  await enter(ctx, did, {
    fragment,
    publicKey: input.publicKey,
    custody: 'own',
    name: input.name,
  });
  return ok(undefined);
}

/** Takes a key back from a time on. The key in use is replaced by one that the installation keeps. */
export async function revokeKey(
  ctx: Ctx,
  fragment: string,
  from: Date,
  reason: string,
): Promise<Result<void>> {
  await repo.lockIssuer(ctx);
  const did = didOf(ctx.app.config, ctx.org.id);
  const key = (await repo.issuerKeys(ctx, did)).find((k) => k.fragment === fragment);
  if (!key) return err(passportErrors.PASSPORT_KEY_NOT_FOUND());
  if (from > ctx.now || from < key.made_at) return err(passportErrors.PASSPORT_KEY_TIME_WRONG());
  if (!(await repo.revokeIssuerKey(ctx, fragment, from, reason))) {
    return err(passportErrors.PASSPORT_KEY_REVOKED());
  }
  await tell(ctx, did, fragment, 'revoked', { revokedFrom: from.toISOString(), reason });
  if (key.retired_at === null) {
    await repo.dropUnsigned(ctx);
    await makeKey(ctx, did);
  }
  await ctx.audit('passport.key-revoked', fragment, { from: from.toISOString(), reason });
  return ok(undefined);
}

async function retireActive(ctx: Ctx, did: string): Promise<void> {
  const active = (await repo.issuerKeys(ctx, did)).find((key) => key.retired_at === null);
  if (!active) return;
  await repo.retireKeys(ctx, did);
  await tell(ctx, did, active.fragment, 'retired');
}

async function makeKey(ctx: Ctx, did: string): Promise<repo.IssuerKeyRow> {
  const made = makeSealedKey(ctx.app.config, ctx.org.id);
  return enter(ctx, did, { ...made, custody: 'server', name: null });
}

async function enter(
  ctx: Ctx,
  did: string,
  key: { fragment: string; publicKey: string; custody: 'server' | 'own'; name: string | null },
): Promise<repo.IssuerKeyRow> {
  const { fragment, publicKey, custody, name } = key;
  await repo.insertIssuerKey(ctx, { did, fragment, public_key: publicKey, custody, name });
  await tell(ctx, did, fragment, 'made', { publicKey, custody });
  const row = (await repo.issuerKeys(ctx, did)).find((k) => k.fragment === fragment);
  if (!row) throw new Error(`key ${fragment} was not kept`);
  return row;
}

/** Enters a change of a key in the ledger, and keeps what anyone may see of it. */
async function tell(
  ctx: Ctx,
  did: string,
  fragment: string,
  keyState: KeyState,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const method = `${did}#${fragment}`;
  const event: EpcisEvent = objectEvent({
    eventTime: ctx.now,
    action: keyState === 'made' ? 'ADD' : keyState === 'retired' ? 'OBSERVE' : 'DELETE',
    epcList: [method],
    zz: { keyState, ...more },
  });
  const [recorded] = unwrap(await record(ctx, [event]));
  const opened = (await disclosuresOf(ctx, method)).find(
    (known) => known.eventId === recorded?.eventId && known.recordTime === recorded.recordTime,
  );
  if (!opened) throw new Error(`event of ${method} was not kept`);
  await repo.saveKeyDisclosure(ctx, {
    fragment,
    event_id: opened.eventId,
    record_time: opened.recordTime,
    opened: cutFor('public', opened.disclosure, undefined, () => true),
  });
}
