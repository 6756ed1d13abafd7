import {
  addProof,
  CREDENTIALS_V2,
  eddsaJcs2022,
  StatusList,
  statusEntry,
  statusListCredential,
} from '@zaizao/credential';
import { logState } from '@zaizao/modules/ledger';
import type { Ctx } from '@zaizao/platform/http';
import { newId } from '@zaizao/platform/kernel';
import { canonicalJson, type JsonObject, sha256, toHex, utf8 } from '@zaizao/tlog';
import type { PassportFacts } from '../contract.ts';
import { PASSPORT_CONTEXTS, subjectOf } from '../domain/subject.ts';
import * as repo from '../repo.ts';
import { type Issuer, issuerOf } from './issuer-key.ts';

/** Why a credential was revoked when a newer one took its place. */
const SUPERSEDED = 'superseded';

/** A reader's clock may be behind ours by so much before a fresh credential seems to be of the future. */
const CLOCK_SKEW_MS = 10 * 60 * 1000;

/**
 * Signs what the facts say, when that differs from the credential in force; the older one is revoked
 * as superseded. A credential that a person revoked is not replaced unless `again` says so.
 */
export async function issueCredential(
  ctx: Ctx,
  facts: PassportFacts,
  again: boolean,
): Promise<void> {
  await repo.lockIssuer(ctx);
  const [newest] = await repo.credentialsOf(ctx, facts.epc);
  const issuer = await issuerOf(ctx);
  const { verifierKey: logKey } = await logState(ctx);
  const subject = subjectOf(facts);
  const contentHash = hashOf({ subject, issuer: issuer.did, logKey });
  if (newest && newest.revoked_at === null && newest.content_hash === contentHash) return;
  if (newest?.revoked_at && newest.revoked_for !== SUPERSEDED && !again) return;
  if (newest && newest.revoked_at === null) await revoke(ctx, newest, SUPERSEDED);

  const place = await takePlace(ctx, issuer);
  const id = newId('vc', ctx.now.getTime());
  const credential = await addProof(
    {
      '@context': [CREDENTIALS_V2, ...PASSPORT_CONTEXTS],
      id: `${ctx.app.config.publicUrl}/api/v1/passport/credentials/${id}`,
      type: ['DigitalProductPassport', 'VerifiableCredential'],
      issuer: { type: ['CredentialIssuer'], id: issuer.did, name: facts.maker.name },
      validFrom: validFrom(ctx),
      credentialStatus: statusEntry(listUrl(ctx, place.list), place.index, 'revocation'),
      evidence: [{ type: ['TransparencyLog'], logKey }],
      credentialSubject: subject,
    },
    eddsaJcs2022,
    issuer.key,
    { verificationMethod: issuer.method, created: ctx.now.toISOString() },
  );
  await repo.insertCredential(ctx, {
    id,
    epc: facts.epc,
    version: (newest?.version ?? 0) + 1,
    status_list: place.list,
    status_index: place.index,
    content_hash: contentHash,
    credential,
  });
}

/** Revokes a credential: its bit is set in the list, which is signed again. */
export async function revoke(ctx: Ctx, row: repo.CredentialRow, reason: string): Promise<void> {
  await repo.lockIssuer(ctx);
  const list = await repo.findStatusList(ctx, row.status_list);
  if (!list) throw new Error(`status list ${row.status_list} is missing`);
  const raw = new Uint8Array(list.bits); // the list writes into it
  const bits = new StatusList(raw);
  bits.set(row.status_index, true);
  const issuer = await issuerOf(ctx);
  await repo.markRevoked(ctx, row.id, reason);
  await repo.saveStatusList(ctx, {
    ...list,
    bits: raw,
    credential: await signList(ctx, issuer, list.list, bits),
  });
}

/** Revokes whatever credential of a passport is in force; a scrapped product has none. */
export async function revokeInForce(ctx: Ctx, epc: string, reason: string): Promise<void> {
  const [newest] = await repo.credentialsOf(ctx, epc);
  if (newest && newest.revoked_at === null) await revoke(ctx, newest, reason);
}

/** The next free place in the organisation's status list; a full list, or one of another DID, is left behind. */
async function takePlace(ctx: Ctx, issuer: Issuer): Promise<{ list: number; index: number }> {
  const newest = await repo.newestStatusList(ctx);
  const length = newest ? newest.bits.length * 8 : 0;
  if (newest && newest.issuer === issuer.did && newest.next_index < length) {
    await repo.saveStatusList(ctx, { ...newest, next_index: newest.next_index + 1 });
    return { list: newest.list, index: newest.next_index };
  }
  const list = (newest?.list ?? 0) + 1;
  const fresh = new StatusList();
  await repo.saveStatusList(ctx, {
    list,
    issuer: issuer.did,
    next_index: 1,
    bits: new Uint8Array(fresh.length / 8),
    credential: await signList(ctx, issuer, list, fresh),
  });
  return { list, index: 0 };
}

function signList(ctx: Ctx, issuer: Issuer, list: number, bits: StatusList): Promise<JsonObject> {
  return addProof(
    statusListCredential({
      id: listUrl(ctx, list),
      issuer: issuer.did,
      purpose: 'revocation',
      list: bits,
      validFrom: validFrom(ctx),
    }),
    eddsaJcs2022,
    issuer.key,
    { verificationMethod: issuer.method, created: ctx.now.toISOString() },
  );
}

function listUrl(ctx: Ctx, list: number): string {
  return `${ctx.app.config.publicUrl}/api/v1/passport/status/${ctx.org.id}/${list}`;
}

function validFrom(ctx: Ctx): string {
  return new Date(ctx.now.getTime() - CLOCK_SKEW_MS).toISOString();
}

function hashOf(content: JsonObject): string {
  return toHex(sha256(utf8(canonicalJson(content))));
}
