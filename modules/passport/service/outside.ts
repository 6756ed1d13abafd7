import { credentialDigest, eddsaJcs2022, verifyJwt, verifyProofs } from '@zaizao/credential';
import { eddsaRdfc2022 } from '@zaizao/credential/rdfc';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { JsonObject } from '@zaizao/tlog';
import { passportErrors } from '../contract.ts';
import { PINNED_CONTEXTS } from '../domain/contexts.ts';
import * as repo from '../repo.ts';
import { resolverOf } from './forms.ts';
import { enterCredential, idIn } from './issue.ts';
import { publish } from './publish.ts';

export interface Signatures {
  readonly signed: JsonObject;
  readonly rdfc?: JsonObject | undefined;
  readonly jwt?: string | undefined;
}

/**
 * Takes the signatures of a document that waited for them: each must be by the key that the document was
 * made for, over exactly that document. A credential then comes into force, a status list is published.
 */
export async function handIn(
  ctx: Ctx,
  documentId: string,
  given: Signatures,
): Promise<Result<{ kind: repo.UnsignedRow['kind']; subject: string }>> {
  await repo.lockIssuer(ctx);
  const row = await repo.findUnsigned(ctx, documentId);
  if (!row) return err(passportErrors.PASSPORT_UNSIGNED_NOT_FOUND());
  const fault = await faultIn(ctx, row, given);
  if (fault) return err(passportErrors.PASSPORT_SIGNATURE_WRONG({ reason: fault }));
  await repo.dropUnsigned(ctx, [row.id]);
  const { kind, subject } = row;
  if (kind === 'status-list') {
    const list = await repo.findStatusList(ctx, Number(subject));
    if (!list) return err(passportErrors.PASSPORT_UNSIGNED_NOT_FOUND());
    await repo.saveStatusList(ctx, { ...list, credential: given.signed });
    return ok({ kind, subject });
  }
  await enterCredential(ctx, {
    id: idIn(row.document),
    epc: subject,
    kind,
    // the table's checks: a credential that waits has both
    status_list: row.status_list ?? 0,
    status_index: row.status_index ?? 0,
    content_hash: row.content_hash ?? '',
    credential: given.signed,
    forms: {
      ...(given.rdfc ? { rdfc: given.rdfc } : {}),
      ...(given.jwt === undefined ? {} : { jwt: given.jwt }),
    },
  });
  // The entry of its issue belongs to what anyone may see.
  const passport = await repo.findPublished(ctx, subject);
  const done = passport ? await publish(ctx, passport.unit_id) : ok(undefined);
  return done.ok ? ok({ kind, subject }) : done;
}

/** Why a signature is not taken; undefined when all are good. */
async function faultIn(
  ctx: Ctx,
  { document, fragment }: repo.UnsignedRow,
  { signed, rdfc, jwt }: Signatures,
): Promise<string | undefined> {
  const resolve = await resolverOf(ctx, ctx.org.no, fragment);
  const expected = credentialDigest(document);
  const suites = [eddsaJcs2022, eddsaRdfc2022(PINNED_CONTEXTS)];
  for (const [suite, secured] of [
    [suites[0], signed],
    [suites[1], rdfc],
  ] as const) {
    if (!secured || !suite) continue;
    if (credentialDigest(secured) !== expected) return 'the content is not the document that waits';
    const verdict = await verifyProofs(secured, { suites: [suite], resolve, now: ctx.now });
    if (!verdict.ok) return verdict.reason;
  }
  if (jwt === undefined) return undefined;
  const verdict = verifyJwt(jwt, resolve);
  if (!verdict.ok) return verdict.reason;
  return credentialDigest(verdict.document) === expected
    ? undefined
    : 'the content of the token is not the document that waits';
}
