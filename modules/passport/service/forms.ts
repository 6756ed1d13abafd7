import {
  addProof,
  credentialDigest,
  decodePublicKey,
  eddsaJcs2022,
  type KeyResolver,
  signJwt,
} from '@zaizao/credential';
import { eddsaRdfc2022 } from '@zaizao/credential/rdfc';
import type { PublicCtx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { JsonObject } from '@zaizao/tlog';
import { type CredentialForm, passportErrors } from '../contract.ts';
import { PINNED_CONTEXTS } from '../domain/contexts.ts';
import * as repo from '../repo.ts';
import { issuerWith } from './issuer-key.ts';

/*
 * A credential is kept as it was first signed (`eddsa-jcs-2022`). Its other forms are the same content
 * signed by the same key at the same time another way, made when they are asked for: Ed25519 signatures
 * are deterministic, so each form always has the same bytes. They need no entry of their own in the log,
 * whose digest is of the content. Keys that are revoked or kept outside make none.
 */

const rdfc = eddsaRdfc2022(PINNED_CONTEXTS);

/** Forms made lately: RDF canonicalisation is dear, and a form never changes. */
const made = new Map<string, JsonObject | string>();
const MOST_KEPT = 200;

async function remembered(
  key: string,
  make: () => Promise<JsonObject | string>,
): Promise<JsonObject | string> {
  const kept = made.get(key);
  if (kept !== undefined) return kept;
  const fresh = await make();
  const [oldest] = made.keys();
  if (made.size >= MOST_KEPT && oldest !== undefined) made.delete(oldest);
  made.set(key, fresh);
  return fresh;
}

/** A credential in the form asked for. Refusal: PASSPORT_FORM_UNAVAILABLE. */
export async function inForm(
  ctx: PublicCtx,
  row: Pick<repo.CredentialRow, 'org_id' | 'credential' | 'forms'>,
  form: CredentialForm = 'jcs',
): Promise<Result<JsonObject | string>> {
  if (form === 'jcs') return ok(row.credential);
  const kept = row.forms[form];
  if (kept !== undefined) return ok(kept);
  const { proof, ...content } = row.credential;
  const { verificationMethod = '', created = '' } = proof as Record<string, string>; // addProof wrote it
  return signAgain(ctx, row.org_id, content, { form, method: verificationMethod, created });
}

export interface Signing {
  readonly form: CredentialForm;
  /** Verification method of the key. */
  readonly method: string;
  readonly created: string;
}

/** Signs content with a key that the installation keeps. Refusal: PASSPORT_FORM_UNAVAILABLE. */
export async function signAgain(
  ctx: PublicCtx,
  org: number,
  content: JsonObject,
  { form, method, created }: Signing,
): Promise<Result<JsonObject | string>> {
  const [did = '', fragment] = method.split('#');
  const row = (await repo.publicKeys(ctx, did)).find((key) => key.fragment === fragment);
  const owner = row && row.org_id === org ? await ctx.app.organisation(org) : undefined;
  if (!row || !owner || row.custody === 'own' || row.revoked_at) {
    return err(passportErrors.PASSPORT_FORM_UNAVAILABLE());
  }
  const issuer = issuerWith(ctx.app.config, owner.id, row);
  if (issuer.custody === 'own') return err(passportErrors.PASSPORT_FORM_UNAVAILABLE());
  const { key } = issuer;
  if (form === 'jwt') return ok(signJwt(content, key, method));
  const suite = form === 'rdfc' ? rdfc : eddsaJcs2022;
  const name = `${method} ${created} ${form} ${credentialDigest(content)}`;
  return ok(
    await remembered(name, () =>
      addProof(content, suite, key, { verificationMethod: method, created }),
    ),
  );
}

/** Finds the public key of one fragment of an organisation, whatever DID it is under. */
export async function resolverOf(
  ctx: PublicCtx,
  org: number,
  fragment: string,
): Promise<KeyResolver> {
  const row = await repo.publicKey(ctx, org, fragment);
  return (method) =>
    row && method === `${row.did}#${row.fragment}`
      ? { id: method, controller: row.did, publicKey: decodePublicKey(row.public_key) }
      : null;
}

/** What a form is sent as. */
export function mediaTypeOf(form: CredentialForm): string {
  return form === 'jwt' ? 'application/vc+jwt' : 'application/vc';
}
