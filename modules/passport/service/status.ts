import { addProof, eddsaJcs2022, StatusList, statusListCredential } from '@zaizao/credential';
import type { Ctx } from '@zaizao/platform/http';
import { newId } from '@zaizao/platform/kernel';
import type { JsonObject } from '@zaizao/tlog';
import * as repo from '../repo.ts';
import type { Issuer } from './issuer-key.ts';

/** A reader's clock may be behind ours by so much before a fresh credential seems to be of the future. */
const CLOCK_SKEW_MS = 10 * 60 * 1000;

export function validFrom(ctx: Ctx): string {
  return new Date(ctx.now.getTime() - CLOCK_SKEW_MS).toISOString();
}

export function listUrl(ctx: Ctx, list: number): string {
  return `${ctx.app.config.publicUrl}/api/v1/passport/status/${ctx.org.id}/${list}`;
}

/** The next free place in the organisation's status list; a full list, or one of another DID, is left behind. */
export async function takePlace(
  ctx: Ctx,
  issuer: Issuer,
): Promise<{ list: number; index: number }> {
  const newest = await repo.newestStatusList(ctx);
  const length = newest ? newest.bits.length * 8 : 0;
  if (newest && newest.issuer === issuer.did && newest.next_index < length) {
    await repo.saveStatusList(ctx, { ...newest, next_index: newest.next_index + 1 });
    return { list: newest.list, index: newest.next_index };
  }
  const list = (newest?.list ?? 0) + 1;
  const bits = new Uint8Array(new StatusList().length / 8);
  await saveSigned(ctx, issuer, { list, issuer: issuer.did, next_index: 1, bits });
  return { list, index: 0 };
}

/** Sets the bit of a credential in its list. */
export async function setRevoked(
  ctx: Ctx,
  issuer: Issuer,
  row: Pick<repo.CredentialRow, 'status_list' | 'status_index'>,
): Promise<void> {
  const list = await repo.findStatusList(ctx, row.status_list);
  if (!list) throw new Error(`status list ${row.status_list} is missing`);
  const bits = new Uint8Array(list.bits); // the list writes into it
  new StatusList(bits).set(row.status_index, true);
  await saveSigned(ctx, issuer, { ...list, bits });
}

/**
 * Signs again every list that a key signed, since a list is good only while its key is, and the lists
 * that waited for a signature.
 */
export async function signLists(
  ctx: Ctx,
  issuer: Issuer,
  which: { readonly by?: string | undefined; readonly waiting: ReadonlySet<string> },
): Promise<void> {
  for (const list of await repo.statusLists(ctx)) {
    const proof = list.credential.proof as { verificationMethod?: unknown } | undefined; // addProof wrote it
    const isBy = which.by !== undefined && proof?.verificationMethod === which.by;
    if (!isBy && !which.waiting.has(String(list.list))) continue;
    await saveSigned(ctx, issuer, { ...list, bits: new Uint8Array(list.bits) });
  }
}

/**
 * Keeps a list with its bits, and signs it. With a key kept outside the list as last signed stays until
 * the new one is: a revocation counts from then.
 */
async function saveSigned(
  ctx: Ctx,
  issuer: Issuer,
  row: Omit<repo.StatusListRow, 'org_id' | 'updated_at' | 'credential'> & {
    readonly credential?: JsonObject;
  },
): Promise<void> {
  const document = statusListCredential({
    id: listUrl(ctx, row.list),
    issuer: row.issuer,
    purpose: 'revocation',
    list: new StatusList(row.bits),
    validFrom: validFrom(ctx),
  });
  if (issuer.custody === 'own') {
    await repo.saveStatusList(ctx, { ...row, credential: row.credential ?? document });
    await repo.saveUnsigned(ctx, {
      id: newId('doc', ctx.now.getTime()),
      kind: 'status-list',
      subject: String(row.list),
      fragment: issuer.fragment,
      document,
      content_hash: null,
      status_list: null,
      status_index: null,
    });
    return;
  }
  const credential = await addProof(document, eddsaJcs2022, issuer.key, {
    verificationMethod: issuer.method,
    created: ctx.now.toISOString(),
  });
  await repo.saveStatusList(ctx, { ...row, credential });
}
