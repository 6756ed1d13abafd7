import { decodePublicKey, didDocument } from '@zaizao/credential';
import type { PublicCtx, RawRoute } from '@zaizao/platform/http';
import { problemOf } from '@zaizao/platform/http';
import { text } from '@zaizao/platform/kernel';
import { passportErrors } from './contract.ts';
import { epcOfPath, keyPath, pagePath } from './domain/address.ts';
import { linkOf, linksetOf } from './domain/linkset.ts';
import * as repo from './repo.ts';
import { didOf } from './service/issuer-key.ts';
import { passportViewOf } from './service/views.ts';

/** Media types under which the credential itself is asked for. */
const CREDENTIAL_TYPES = ['application/vc', 'application/vc+ld+json', 'application/ld+json'];

/**
 * GS1 Digital Link resolver (GS1-Conformant Resolver 1.1): what a label's QR code says. A browser is
 * sent to the page; machines get the credential, the data or the set of links they ask for.
 */
const resolve: RawRoute['handle'] = async (request, reply, caller) => {
  const [path = '/', search] = request.url.split('?');
  const epc = epcOfPath(path);
  const found = await caller.inPublic(async (ctx) => {
    const row = await repo.publicPassport(ctx, epc);
    return row && { row, credential: await repo.publicCredentialOf(ctx, row) };
  });
  reply.header('vary', 'accept').header('access-control-allow-origin', '*');
  const accept = request.headers.accept ?? '*/*';
  const wantsPage = /text\/html|application\/xhtml/.test(accept);
  // The page says what is wrong in the reader's language; a machine gets the problem itself.
  if (!found && !wantsPage) {
    const problem = problemOf(passportErrors.PASSPORT_NOT_FOUND(), caller.lang, caller.requestId);
    return reply.status(problem.status).type('application/problem+json').send(problem);
  }
  const resolved = {
    publicUrl: caller.app.config.publicUrl,
    keyPath: keyPath(epc) ?? path,
    pagePath: pagePath(epc),
    epc,
    certificateUrl: found?.row.document.facts.certificate?.url,
  };
  const { linkType } = request.query as { linkType?: unknown }; // one value, or nothing we know
  if (linkType === 'linkset' || linkType === 'all' || accept.includes('application/linkset')) {
    return reply.type('application/linkset+json').send(JSON.stringify(linksetOf(resolved)));
  }
  if (typeof linkType === 'string') {
    const target = linkOf(resolved, linkType);
    if (target !== undefined) return reply.redirect(target, 307);
    // An unknown type leads to the default, as the resolver standard asks.
  }
  // What the label or the sender put behind the key goes along, the reader's language for one.
  const page = search === undefined ? resolved.pagePath : `${resolved.pagePath}?${search}`;
  if (!found || wantsPage) return reply.redirect(page, 307);
  if (CREDENTIAL_TYPES.some((type) => accept.includes(type)) && found.credential) {
    const type = accept.includes('application/vc') ? 'application/vc' : 'application/ld+json';
    return reply.type(type).send(JSON.stringify(found.credential.credential));
  }
  if (accept.includes('json')) {
    return reply.type('application/json').send(passportViewOf(found.row, found.credential));
  }
  return reply.redirect(page, 307);
};

async function didDocumentOf(ctx: PublicCtx, orgId: string) {
  const did = didOf(ctx.app.config, orgId);
  const keys = await repo.publicKeys(ctx, did);
  if (keys.length === 0) return undefined;
  return didDocument(
    did,
    keys.map((key) => ({ fragment: key.fragment, publicKey: decodePublicKey(key.public_key) })),
  );
}

const resolver = (id: string, url: string): RawRoute => ({
  id,
  method: 'GET',
  url,
  title: text('扫码解析（GS1 Digital Link）', 'Resolve a scan (GS1 Digital Link)'),
  access: 'public',
  handle: resolve,
});

export const rawRoutes: readonly RawRoute[] = [
  resolver('passport.resolveUnit', '/01/:gtin/21/:serial'),
  resolver('passport.resolveAsset', '/8004/:giai'),
  {
    id: 'passport.didDocument',
    method: 'GET',
    url: '/did/:orgId/did.json',
    title: text('签名身份（did:web）', 'Signing identity (did:web)'),
    access: 'public',
    handle: async (request, reply, caller) => {
      const { orgId } = request.params as { orgId: string }; // the route has it
      const document = await caller.inPublic((ctx) => didDocumentOf(ctx, orgId));
      if (!document) {
        const missing = passportErrors.PASSPORT_NOT_FOUND();
        const problem = problemOf(missing, caller.lang, caller.requestId);
        return reply.status(problem.status).type('application/problem+json').send(problem);
      }
      return reply
        .header('access-control-allow-origin', '*')
        .type('application/did+json')
        .send(JSON.stringify(document));
    },
  },
];
