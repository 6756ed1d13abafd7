import { addProof, credentialDigest, eddsaJcs2022, statusEntry } from '@zaizao/credential';
import { objectEvent, ZAIZAO_NAMESPACE } from '@zaizao/epcis';
import { logState, record } from '@zaizao/modules/ledger';
import type { Ctx } from '@zaizao/platform/http';
import { newId, unwrap } from '@zaizao/platform/kernel';
import { canonicalJson, type JsonObject, sha256, toHex, utf8 } from '@zaizao/tlog';
import type { PassportFacts } from '../contract.ts';
import { attestationOf } from '../domain/attestation.ts';
import { contextsOf, DCC_CONTEXT, DPP_CONTEXT } from '../domain/contexts.ts';
import { subjectOf } from '../domain/subject.ts';
import * as repo from '../repo.ts';
import type { Issuer } from './issuer-key.ts';
import { issuerOf } from './key-life.ts';
import { listUrl, setRevoked, takePlace, validFrom } from './status.ts';

/** Why a credential was revoked when a newer one took its place. */
const SUPERSEDED = 'superseded';
/** Why one was revoked whose key was revoked: it is signed anew as if it had been superseded. */
export const KEY_REVOKED = 'key revoked';

const TYPES = {
  passport: { context: DPP_CONTEXT, type: 'DigitalProductPassport' },
  conformity: { context: DCC_CONTEXT, type: 'DigitalConformityCredential' },
} as const;

/**
 * Signs what the facts say, where that differs from the credentials in force: the conformity credential
 * first, because the passport names it. Older ones are revoked as superseded. A passport that a person
 * revoked is not replaced unless `again` says so. With a key that the organisation keeps itself the
 * documents wait until they are signed outside.
 */
export async function issueCredentials(
  ctx: Ctx,
  facts: PassportFacts,
  again: boolean,
): Promise<void> {
  await repo.lockIssuer(ctx);
  const issuer = await issuerOf(ctx);
  const { verifierKey: logKey } = await logState(ctx);
  const attestation = attestationOf(facts);
  const conformity = attestation
    ? await issueOne(ctx, issuer, facts, {
        kind: 'conformity',
        subject: attestation,
        logKey,
        again,
      })
    : undefined;
  const { publicUrl } = ctx.app.config;
  const subject = subjectOf(facts, {
    eventsUrl: `${publicUrl}/api/v1/passport/events?epc=${encodeURIComponent(facts.epc)}`,
    conformityUrl: conformity && credentialUrl(ctx, conformity),
  });
  await issueOne(ctx, issuer, facts, { kind: 'passport', subject, logKey, again });
}

interface ToIssue {
  readonly kind: repo.CredentialKind;
  readonly subject: JsonObject;
  readonly logKey: string;
  readonly again: boolean;
}

/** Answers the id of the credential that says this: in force, new, or waiting for its signature. */
async function issueOne(
  ctx: Ctx,
  issuer: Issuer,
  facts: PassportFacts,
  { kind, subject, logKey, again }: ToIssue,
): Promise<string | undefined> {
  const [newest] = await repo.credentialsOf(ctx, facts.epc, kind);
  const contentHash = hashOf({ subject, issuer: issuer.did, logKey });
  const waiting = await repo.unsignedOf(ctx, kind, facts.epc);
  if (newest && newest.revoked_at === null && newest.content_hash === contentHash) {
    if (waiting) await repo.dropUnsigned(ctx, [waiting.id]);
    return newest.id;
  }
  if (newest?.revoked_at && !isReplaced(newest.revoked_for) && !again) return newest.id;
  if (waiting?.content_hash === contentHash && waiting.fragment === issuer.fragment) {
    return idIn(waiting.document);
  }
  const place = await takePlace(ctx, issuer);
  const id = newId('vc', ctx.now.getTime());
  const document = documentOf(ctx, issuer, facts, { kind, subject, logKey, id, place });
  if (issuer.custody === 'own') {
    await repo.saveUnsigned(ctx, {
      id: newId('doc', ctx.now.getTime()),
      kind,
      subject: facts.epc,
      fragment: issuer.fragment,
      document,
      content_hash: contentHash,
      status_list: place.list,
      status_index: place.index,
    });
    return id;
  }
  const signed = await addProof(document, eddsaJcs2022, issuer.key, {
    verificationMethod: issuer.method,
    created: ctx.now.toISOString(),
  });
  await enterCredential(ctx, {
    id,
    epc: facts.epc,
    kind,
    status_list: place.list,
    status_index: place.index,
    content_hash: contentHash,
    credential: signed,
    forms: {},
  });
  return id;
}

function isReplaced(reason: string | null): boolean {
  return reason === SUPERSEDED || reason === KEY_REVOKED;
}

function documentOf(
  ctx: Ctx,
  issuer: Issuer,
  facts: PassportFacts,
  made: Omit<ToIssue, 'again'> & {
    readonly id: string;
    readonly place: { readonly list: number; readonly index: number };
  },
): JsonObject {
  const { context, type } = TYPES[made.kind];
  return {
    '@context': contextsOf(context),
    id: credentialUrl(ctx, made.id),
    type: [type, 'VerifiableCredential'],
    issuer: { type: ['CredentialIssuer'], id: issuer.did, name: facts.maker.name },
    validFrom: validFrom(ctx),
    credentialStatus: statusEntry(listUrl(ctx, made.place.list), made.place.index, 'revocation'),
    evidence: [{ type: ['TransparencyLog'], logKey: made.logKey }],
    credentialSubject: made.subject,
  };
}

/**
 * Puts a signed credential in force: what it replaces is revoked, and the ledger is told its digest, so
 * that the log proves when it was issued.
 */
export async function enterCredential(
  ctx: Ctx,
  row: Omit<repo.CredentialRow, 'org_id' | 'version' | 'issued_at' | 'revoked_at' | 'revoked_for'>,
): Promise<void> {
  const [newest] = await repo.credentialsOf(ctx, row.epc, row.kind);
  if (newest && newest.revoked_at === null) await revoke(ctx, newest, SUPERSEDED);
  await repo.insertCredential(ctx, { ...row, version: (newest?.version ?? 0) + 1 });
  const event = objectEvent({
    eventTime: ctx.now,
    action: 'OBSERVE',
    epcList: [row.epc],
    bizStep: `${ZAIZAO_NAMESPACE}BizStep-certifying`,
    zz: {
      credentials: [credentialUrl(ctx, row.id)],
      credentialSha256: [credentialDigest(row.credential)],
    },
  });
  unwrap(await record(ctx, [event]));
}

/** Revokes a credential: its bit is set in the list, which is signed again. */
export async function revoke(ctx: Ctx, row: repo.CredentialRow, reason: string): Promise<void> {
  await repo.lockIssuer(ctx);
  const issuer = await issuerOf(ctx);
  await repo.markRevoked(ctx, row.id, reason);
  await setRevoked(ctx, issuer, row);
}

/** Revokes whatever credentials of a passport are in force; a scrapped product has none. */
export async function revokeInForce(ctx: Ctx, epc: string, reason: string): Promise<void> {
  for (const kind of ['passport', 'conformity'] as const) {
    const [newest] = await repo.credentialsOf(ctx, epc, kind);
    if (newest && newest.revoked_at === null) await revoke(ctx, newest, reason);
  }
}

export function credentialUrl(ctx: Ctx, id: string): string {
  return `${ctx.app.config.publicUrl}/api/v1/passport/credentials/${id}`;
}

/** Our id of a credential, out of its address. */
export function idIn(document: JsonObject): string {
  return String(document.id).replace(/^.*\//, '');
}

function hashOf(content: JsonObject): string {
  return toHex(sha256(utf8(canonicalJson(content))));
}
