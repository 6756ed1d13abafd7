import { canonicalUri } from '@zaizao/gs1';
import type { Binary } from '@zaizao/platform/contract';
import { httpErrors } from '@zaizao/platform/contract';
import { cutPage } from '@zaizao/platform/db';
import { readStored } from '@zaizao/platform/files';
import { type Ctx, publicRoute, type Route, route } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { JsonObject } from '@zaizao/tlog';
import * as c from './contract.ts';
import { OWN_CONTEXT, PINNED_CONTEXTS } from './domain/contexts.ts';
import * as repo from './repo.ts';
import { accessView, openView, withdraw } from './service/access.ts';
import { audienceView } from './service/audience-view.ts';
import { badgeOf, badgePicture } from './service/badge.ts';
import { bundleOf } from './service/bundle.ts';
import { catenaXOf, shellFor } from './service/exports.ts';
import { inForm, mediaTypeOf } from './service/forms.ts';
import { revoke } from './service/issue.ts';
import { didOf } from './service/issuer-key.ts';
import { issuerView } from './service/issuer-view.ts';
import { issuerOf } from './service/key-life.ts';
import { handIn, type Signatures } from './service/outside.ts';
import { publish } from './service/publish.ts';
import { bring, rotate, takeBack } from './service/reissue.ts';
import { traceabilityOf } from './service/traceability.ts';
import { credentialState, passportViewOf, unitPassportOf } from './service/views.ts';

const { passportErrors } = c;

/** Media type of W3C verifiable credentials (VC Data Model 2.0 appendix C). */
const VC = 'application/vc';

export const routes: readonly Route[] = [
  publicRoute(c.getPassport, async (ctx, { query }) => {
    const row = await repo.publicPassport(ctx, canonicalUri(query.epc));
    if (!row) return err(passportErrors.PASSPORT_NOT_FOUND());
    const credential = await repo.publicCredentialOf(ctx, row);
    const conformity = await repo.publicCredentialOf(ctx, row, 'conformity');
    return ok(passportViewOf(row, credential, conformity));
  }),
  publicRoute(c.getBundle, async (ctx, { query }) => {
    const epc = canonicalUri(query.epc);
    const { form } = query;
    const isPublic = query.share === undefined && (query.view ?? 'public') === 'public';
    const more = isPublic ? undefined : await audienceView(ctx, { ...query, epc });
    if (more && !more.ok) return more;
    const bundle = await bundleOf(ctx, epc, { form, shown: more?.value.shown });
    if (!bundle.ok) return bundle;
    const view = more ? `-${more.value.reader.view}` : '';
    return ok(jsonFile(bundle.value, `zaizao-passport-${nameOf(epc)}${view}.json`));
  }),
  publicRoute(c.getAudienceView, async (ctx, { query }) => {
    const found = await audienceView(ctx, { ...query, epc: canonicalUri(query.epc) });
    if (!found.ok) return found;
    const { reader, events } = found.value;
    const { view, by, until } = reader;
    const ends = until ? { until: until.toISOString() } : {};
    return ok({ view, by, open: [...reader.open], ...ends, events });
  }),
  publicRoute(c.getConformity, async (ctx, { query }) => {
    const epc = canonicalUri(query.epc);
    const passport = await repo.publicPassport(ctx, epc);
    if (!passport) return err(passportErrors.PASSPORT_NOT_FOUND());
    const row = await repo.publicCredentialOf(ctx, passport, 'conformity');
    if (!row) return err(passportErrors.PASSPORT_NOT_CERTIFIED());
    return secured(await inForm(ctx, row, query.form), query.form, `conformity-${nameOf(epc)}`);
  }),
  publicRoute(c.getTraceability, async (ctx, { query }) => {
    const epc = canonicalUri(query.epc);
    const credential = await traceabilityOf(ctx, epc, query.form);
    return secured(credential, query.form, `events-${nameOf(epc)}`);
  }),
  publicRoute(c.exportCatenaX, async (ctx, { query }) => {
    const epc = canonicalUri(query.epc);
    const made = await catenaXOf(ctx, epc);
    return made.ok
      ? ok(pretty(made.value, `RemanufacturingCertificate-${nameOf(epc)}.json`))
      : made;
  }),
  publicRoute(c.exportShell, async (ctx, { query }) => {
    const epc = canonicalUri(query.epc);
    const made = await shellFor(ctx, epc);
    return made.ok ? ok(pretty(made.value, `aas-${nameOf(epc)}.json`)) : made;
  }),
  publicRoute(c.getContext, async () =>
    ok({
      mediaType: 'application/ld+json',
      body: JSON.stringify(PINNED_CONTEXTS[OWN_CONTEXT]),
      maxAge: 86_400,
    }),
  ),
  publicRoute(c.getBadge, async (ctx, { query }) => {
    const badge = await badgePicture(ctx, canonicalUri(query.epc), query.lang ?? ctx.lang);
    return badge.ok ? ok({ mediaType: 'image/svg+xml', body: badge.value }) : badge;
  }),
  publicRoute(c.getBadgeState, (ctx, { query }) => badgeOf(ctx, canonicalUri(query.epc))),
  publicRoute(c.getPicture, async (ctx, { query }) => {
    const row = await repo.publicPassport(ctx, canonicalUri(query.epc));
    const bytes = row?.picture ? await readStored(ctx.app, row.picture) : undefined;
    if (!bytes) return err(passportErrors.PASSPORT_PICTURE_MISSING());
    return ok({ mediaType: pictureType(bytes), body: bytes, maxAge: 3600 });
  }),
  publicRoute(c.getStatusList, async (ctx, { params }) => {
    const issuer = didOf(ctx.app.config, params.orgId);
    const row = await repo.publicStatusListOf(ctx, issuer, params.list);
    if (!row) return err(passportErrors.PASSPORT_CREDENTIAL_NOT_FOUND());
    return ok({ mediaType: VC, body: JSON.stringify(row.credential) });
  }),
  route(c.getPassportOfUnit, async (ctx, { params }) => {
    const row = await repo.publishedOfUnit(ctx, params.unitId);
    return row ? ok(await unitView(ctx, row)) : err(passportErrors.PASSPORT_NOT_FOUND());
  }),
  route(c.publishPassport, async (ctx, { params }) => {
    const row = await publish(ctx, params.unitId, { again: true });
    return row.ok ? ok(await unitView(ctx, row.value)) : row;
  }),
  route(c.listPassports, async (ctx, { query }) => {
    const cut = cutPage(await repo.listPublished(ctx, query), query.limit, (r) => [r.unit_id]);
    const newest = await repo.newestCredentials(
      ctx,
      cut.items.map(({ epc }) => epc),
    );
    return ok({ ...cut, items: cut.items.map((row) => listed(row, newest.get(row.epc))) });
  }),
  route(c.revokeCredential, async (ctx, { params, body }) => {
    const row = await repo.findCredential(ctx, params.credentialId);
    if (!row) return err(passportErrors.PASSPORT_CREDENTIAL_NOT_FOUND());
    if (row.revoked_at) return err(passportErrors.PASSPORT_CREDENTIAL_REVOKED());
    await revoke(ctx, row, body.reason);
    const revoked = await repo.findCredential(ctx, row.id);
    return ok(credentialState(revoked ?? row));
  }),
  route(c.getIssuer, async (ctx) => {
    await repo.lockIssuer(ctx);
    await issuerOf(ctx);
    return ok(await issuerView(ctx));
  }),
  route(c.rotateKey, async (ctx) => {
    const done = await rotate(ctx);
    return done.ok ? ok(await issuerView(ctx)) : done;
  }),
  route(c.registerKey, async (ctx, { body }) => {
    const done = await bring(ctx, body);
    return done.ok ? ok(await issuerView(ctx)) : done;
  }),
  route(c.revokeKey, async (ctx, { params, body }) => {
    const from = body.from === undefined ? ctx.now : new Date(body.from);
    const done = await takeBack(ctx, params.fragment, from, body.reason);
    return done.ok ? ok(await issuerView(ctx)) : done;
  }),
  route(c.editSetting, async (ctx, { body, version }) => {
    const saved = await repo.saveSetting(ctx, version, body.bpn ?? null);
    return saved ? ok(await issuerView(ctx)) : err(httpErrors.STALE_VERSION());
  }),
  route(c.listUnsigned, async (ctx, { query }) => {
    const did = didOf(ctx.app.config, ctx.org.id);
    const cut = cutPage(await repo.listUnsigned(ctx, query), query.limit, (r) => [r.id]);
    return ok({
      ...cut,
      items: cut.items.map(({ id, kind, subject, fragment, document, made_at }) => ({
        ...{ id, kind, subject, method: `${did}#${fragment}` },
        document: { ...document },
        madeAt: made_at.toISOString(),
      })),
    });
  }),
  route(c.handInSignature, (ctx, { params, body }) =>
    // Parsed JSON is JSON; what it holds is checked against the document that waits.
    handIn(ctx, params.documentId, body as Signatures),
  ),
  route(c.listAccess, async (ctx, { query }) => {
    const epc = query.epc === undefined ? undefined : canonicalUri(query.epc);
    const rows = await repo.listAccess(ctx, { ...query, epc });
    const cut = cutPage(rows, query.limit, (r) => [r.id]);
    return ok({ ...cut, items: cut.items.map((row) => accessView(ctx, row)) });
  }),
  route(c.grantAccess, async (ctx, { body }) => {
    const made = await openView(ctx, body);
    if (!made.ok || made.value.link === undefined) return made;
    // A link is shown once: as a bare answer it does not pass through the store of answers.
    const { response, status } = c.grantAccess;
    const answer = JSON.stringify(response.parse(made.value));
    return ok({ mediaType: 'application/json', body: answer, status });
  }),
  route(c.withdrawAccess, (ctx, { params }) => withdraw(ctx, params.accessId)),
];

const nameOf = (epc: string) => epc.replace(/^.*\//, '');

function jsonFile(body: string, fileName: string) {
  return { mediaType: 'application/json; charset=utf-8', body, fileName };
}

function pretty(value: JsonObject, fileName: string) {
  return jsonFile(`${JSON.stringify(value, null, 2)}\n`, fileName);
}

function secured(
  credential: Result<JsonObject | string>,
  form: c.CredentialForm | undefined,
  name: string,
): Result<Binary> {
  if (!credential.ok) return credential;
  const { value } = credential;
  const isToken = typeof value === 'string';
  return ok({
    mediaType: mediaTypeOf(form ?? 'jcs'),
    body: isToken ? value : JSON.stringify(value),
    fileName: `${name}.${isToken ? 'jwt' : 'json'}`,
  });
}

async function unitView(ctx: Ctx, row: repo.PublishedRow) {
  return unitPassportOf(ctx.app.config, row, await repo.credentialsOf(ctx, row.epc));
}

function listed(row: repo.PublishedRow, credential: repo.CredentialRow | undefined) {
  return {
    epc: row.epc,
    unitId: row.unit_id,
    serial: row.serial,
    product: row.document.facts.product,
    stage: row.document.status.stage,
    ...(credential ? { credential: credentialState(credential) } : {}),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** Stored pictures were sniffed when they came in: their first bytes tell which kind they are. */
function pictureType(bytes: Uint8Array): string {
  if (bytes[0] === 0xff) return 'image/jpeg';
  return bytes[0] === 0x89 ? 'image/png' : 'image/webp';
}
