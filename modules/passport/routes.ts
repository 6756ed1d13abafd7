import { canonicalUri } from '@zaizao/gs1';
import { cutPage } from '@zaizao/platform/db';
import { readStored } from '@zaizao/platform/files';
import { type Ctx, publicRoute, type Route, route } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import * as c from './contract.ts';
import * as repo from './repo.ts';
import { bundleOf } from './service/bundle.ts';
import { revoke } from './service/issue.ts';
import { didOf, issuerOf, replaceKey } from './service/issuer-key.ts';
import { publish } from './service/publish.ts';
import { credentialState, passportViewOf, unitPassportOf } from './service/views.ts';

const { passportErrors } = c;

/** Media type of W3C verifiable credentials (VC Data Model 2.0 appendix C). */
const VC = 'application/vc';

export const routes: readonly Route[] = [
  publicRoute(c.getPassport, async (ctx, { query }) => {
    const row = await repo.publicPassport(ctx, canonicalUri(query.epc));
    if (!row) return err(passportErrors.PASSPORT_NOT_FOUND());
    return ok(passportViewOf(row, await repo.publicCredentialOf(ctx, row)));
  }),
  publicRoute(c.getBundle, async (ctx, { query }) => {
    const bundle = await bundleOf(ctx, canonicalUri(query.epc));
    if (!bundle.ok) return bundle;
    const name = canonicalUri(query.epc).replace(/^.*\//, '');
    return ok({
      mediaType: 'application/json; charset=utf-8',
      body: bundle.value,
      fileName: `zaizao-passport-${name}.json`,
    });
  }),
  publicRoute(c.getPicture, async (ctx, { query }) => {
    const row = await repo.publicPassport(ctx, canonicalUri(query.epc));
    const bytes = row?.picture ? await readStored(ctx.app, row.picture) : undefined;
    if (!bytes) return err(passportErrors.PASSPORT_PICTURE_MISSING());
    return ok({ mediaType: pictureType(bytes), body: bytes, maxAge: 3600 });
  }),
  publicRoute(c.getCredential, async (ctx, { params }) => {
    const row = await repo.publicCredential(ctx, params.credentialId);
    if (!row) return err(passportErrors.PASSPORT_CREDENTIAL_NOT_FOUND());
    return ok({ mediaType: VC, body: JSON.stringify(row.credential) });
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
    return issuerView(ctx);
  }),
  route(c.rotateKey, async (ctx) => {
    await replaceKey(ctx);
    return issuerView(ctx);
  }),
];

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

async function issuerView(ctx: Ctx): Promise<Result<z.input<typeof c.getIssuer.response>>> {
  const did = didOf(ctx.app.config, ctx.org.id);
  const keys = await repo.issuerKeys(ctx, did);
  return ok({
    did,
    keys: keys.map((key) => ({
      id: `${did}#${key.fragment}`,
      publicKey: key.public_key,
      madeAt: key.made_at.toISOString(),
      ...(key.retired_at ? { retiredAt: key.retired_at.toISOString() } : {}),
    })),
  });
}

/** Stored pictures were sniffed when they came in: their first bytes tell which kind they are. */
function pictureType(bytes: Uint8Array): string {
  if (bytes[0] === 0xff) return 'image/jpeg';
  return bytes[0] === 0x89 ? 'image/png' : 'image/webp';
}
