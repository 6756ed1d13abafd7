import { createBundle, encodeBundle, type IssuerKey } from '@zaizao/credential';
import { openLog, thingEntries } from '@zaizao/modules/ledger';
import type { PublicCtx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import {
  type Disclosure,
  decodeLeaf,
  type HistoryEntry,
  isEventLeaf,
  TileTree,
} from '@zaizao/tlog';
import { passportErrors } from '../contract.ts';
import * as repo from '../repo.ts';

/**
 * The passport as one file that verifies with the network off: the credential and the list that says
 * it is not revoked, the public part of every event of the product and of the cores it was made of,
 * and the proofs that they are in the log and that none is missing. Made of public rows only.
 *
 * Refusals: PASSPORT_NOT_FOUND; PASSPORT_NOT_CERTIFIED; PASSPORT_NOT_LOGGED_YET within seconds of
 * the last event.
 */
export async function bundleOf(ctx: PublicCtx, epc: string): Promise<Result<string>> {
  const passport = await repo.publicPassport(ctx, epc);
  if (!passport) return err(passportErrors.PASSPORT_NOT_FOUND());
  const row = await repo.publicCredentialOf(ctx, passport);
  if (!row) return err(passportErrors.PASSPORT_NOT_CERTIFIED());
  const list = await repo.publicStatusList(ctx, row.org_id, row.status_list);
  const log = await openLog(ctx.tx, ctx.app);
  if (!log || !list) return err(passportErrors.PASSPORT_NOT_LOGGED_YET());

  const opened = new Map(
    (await repo.publicDisclosures(ctx, passport)).map((d) => [keyOf(d.event_id, d.record_time), d]),
  );
  const tree = new TileTree(log.tiles, log.size);
  const histories: { thing: string; entries: HistoryEntry[] }[] = [];
  const disclosures = new Map<number, Disclosure>();
  const { facts } = passport.document;
  for (const thing of [...new Set([epc, ...facts.lives.map((life) => life.epc)])]) {
    const entries = await thingEntries(ctx.tx, thing, log.size);
    histories.push({ thing, entries });
    for (const { index } of entries) {
      const entry = await tree.entry(index);
      const leaf = isEventLeaf(entry) ? decodeLeaf(entry) : undefined;
      const shown = leaf && opened.get(keyOf(leaf.eventID, leaf.recordTime));
      if (shown) disclosures.set(index, shown.opened);
    }
  }
  if (histories[0]?.entries.length === 0) return err(passportErrors.PASSPORT_NOT_LOGGED_YET());
  const bundle = await createBundle({
    thing: epc,
    credential: row.credential,
    issuerKeys: await keysOf(ctx, [row.credential, list.credential]),
    statusLists: [list.credential],
    logKey: log.logKey,
    witnessKeys: log.witnessKeys,
    checkpoint: log.checkpoint,
    tiles: log.tiles,
    map: log.map,
    histories,
    disclosures,
  });
  return ok(encodeBundle(bundle));
}

const keyOf = (eventId: string, recordTime: string) => `${eventId} ${recordTime}`;

/** The public keys that signed these credentials, and no others. */
async function keysOf(
  ctx: PublicCtx,
  credentials: readonly repo.CredentialRow['credential'][],
): Promise<IssuerKey[]> {
  const methods = new Set(credentials.map(methodOf));
  const keys: IssuerKey[] = [];
  for (const did of new Set([...methods].map((method) => method.split('#')[0] ?? ''))) {
    for (const { fragment, public_key } of await repo.publicKeys(ctx, did)) {
      const id = `${did}#${fragment}`;
      if (methods.has(id)) keys.push({ id, controller: did, publicKeyMultibase: public_key });
    }
  }
  return keys;
}

function methodOf({ proof }: repo.CredentialRow['credential']): string {
  const signed = proof as { verificationMethod?: unknown } | undefined; // addProof wrote it
  return String(signed?.verificationMethod ?? '');
}
