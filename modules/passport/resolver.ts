import { decodePublicKey, didDocument } from '@zaizao/credential';
import { canonicalUri } from '@zaizao/gs1';
import type { Caller, PublicCtx, RawRoute } from '@zaizao/platform/http';
import { problemOf } from '@zaizao/platform/http';
import { type AppError, text } from '@zaizao/platform/kernel';
import { CREDENTIAL_FORMS, type CredentialForm, passportErrors } from './contract.ts';
import { epcOfPath, keyPath, pagePath } from './domain/address.ts';
import {
  linkHeaderOf,
  linkOf,
  linksetOf,
  type Resolved,
  resolverDescription,
} from './domain/linkset.ts';
import * as repo from './repo.ts';
import { inForm, mediaTypeOf } from './service/forms.ts';
import { didOf } from './service/issuer-key.ts';
import { passportViewOf } from './service/views.ts';

type Request = Parameters<RawRoute['handle']>[0];
type Reply = Parameters<RawRoute['handle']>[1];

/** Media types under which the credential itself is asked for. */
const CREDENTIAL_TYPES = [
  ...['application/vc', 'application/vc+ld+json', 'application/ld+json'],
  ...['application/vc+jwt', 'application/vc-ld+jwt'],
];

/** What a request accepts: named media types, without the weights and the wildcards. */
function acceptedBy({ headers }: Request): ReadonlySet<string> {
  const named = (headers.accept ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => !/;\s*q=0(?:\.0*)?$/.test(part))
    .map((part) => part.split(';')[0]?.trim().toLowerCase() ?? '');
  return new Set(named);
}

/** Which form of a credential is asked for: by `form`, by media type, by the cryptosuite named in it. */
function formAsked(request: Request, accepts: ReadonlySet<string>): CredentialForm {
  const { form } = request.query as { form?: unknown }; // one value, or nothing we know
  const named = CREDENTIAL_FORMS.find((known) => known === form);
  if (named) return named;
  if (accepts.has('application/vc+jwt') || accepts.has('application/vc-ld+jwt')) return 'jwt';
  return /eddsa-rdfc-2022/.test(request.headers.accept ?? '') ? 'rdfc' : 'jcs';
}

function refuse(reply: Reply, caller: Caller, error: AppError) {
  const problem = problemOf(error, caller.lang, caller.requestId);
  return reply.status(problem.status).type('application/problem+json').send(problem);
}

/** A credential in the form that is asked for. */
async function sendCredential(
  request: Request,
  reply: Reply,
  caller: Caller,
  row: repo.CredentialRow,
) {
  const accepts = acceptedBy(request);
  const form = formAsked(request, accepts);
  const made = await caller.inPublic((ctx) => inForm(ctx, row, form));
  if (!made.ok) return refuse(reply, caller, made.error);
  const { value } = made;
  const isLd =
    form !== 'jwt' && !accepts.has('application/vc') && accepts.has('application/ld+json');
  return reply
    .header('vary', 'accept')
    .type(isLd ? 'application/ld+json' : mediaTypeOf(form))
    .send(typeof value === 'string' ? value : JSON.stringify(value));
}

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
  reply.header('access-control-expose-headers', 'Link, Location');
  const accepts = acceptedBy(request);
  const wantsPage = accepts.has('text/html') || accepts.has('application/xhtml+xml');
  // The page says what is wrong in the reader's language; a machine gets the problem itself.
  if (!found && !wantsPage) return refuse(reply, caller, passportErrors.PASSPORT_NOT_FOUND());
  const resolved = resolvedOf(caller, { path, epc, found });
  reply.header('link', linkHeaderOf(resolved));
  const { linkType } = request.query as { linkType?: unknown }; // one value, or nothing we know
  const wantsSet = accepts.has('application/linkset+json') || accepts.has('application/linkset');
  if (linkType === 'linkset' || linkType === 'all' || wantsSet) {
    return reply.type('application/linkset+json').send(JSON.stringify(linksetOf(resolved)));
  }
  if (typeof linkType === 'string') {
    const target = linkOf(resolved, linkType, (type) => accepts.has(type));
    if (target !== undefined) return reply.redirect(target, 307);
    // An unknown type leads to the default, as the resolver standard asks.
  }
  // What the label or the sender put behind the key goes along, the reader's language for one.
  const page = search === undefined ? resolved.pagePath : `${resolved.pagePath}?${search}`;
  if (!found || wantsPage) return reply.redirect(page, 307);
  if (CREDENTIAL_TYPES.some((type) => accepts.has(type)) && found.credential) {
    return sendCredential(request, reply, caller, found.credential);
  }
  if ([...accepts].some((type) => type.endsWith('json'))) {
    return reply.type('application/json').send(passportViewOf(found.row, found.credential));
  }
  return reply.redirect(page, 307);
};

function resolvedOf(
  caller: Caller,
  at: {
    readonly path: string;
    readonly epc: string;
    readonly found:
      | { readonly row: repo.PublishedRow; readonly credential: repo.CredentialRow | undefined }
      | undefined;
  },
): Resolved {
  const facts = at.found?.row.document.facts;
  return {
    publicUrl: caller.app.config.publicUrl,
    keyPath: keyPath(at.epc) ?? at.path,
    pagePath: pagePath(at.epc),
    epc: at.epc,
    title: facts && `${facts.product.name[caller.lang]} ${facts.serial}`,
    certificateUrl: facts?.certificate?.url,
    isSigned: at.found?.credential !== undefined,
  };
}

async function didDocumentOf(ctx: PublicCtx, orgId: string) {
  const did = didOf(ctx.app.config, orgId);
  const keys = await repo.publicKeys(ctx, did);
  if (keys.length === 0) return undefined;
  return didDocument(
    did,
    keys.map((key) => ({
      fragment: key.fragment,
      publicKey: decodePublicKey(key.public_key),
      revoked: key.revoked_from?.toISOString(),
    })),
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
    // A label may carry the lot or the variant before the serial number; the thing is the same.
    id: 'passport.resolveQualified',
    method: 'GET',
    url: '/01/:gtin/:qualifier/:value/21/:serial',
    title: text('扫码解析（带批次）', 'Resolve a scan with a lot or variant'),
    access: 'public',
    handle: async (request, reply) => {
      const [path = '/', search] = request.url.split('?');
      const finest = keyPath(canonicalUri(`https://id.gs1.org${path}`));
      const target = finest ?? path.replace(/^(\/01\/[^/]+)\/[^/]+\/[^/]+(\/21\/)/, '$1$2');
      return reply.redirect(search === undefined ? target : `${target}?${search}`, 307);
    },
  },
  {
    id: 'passport.describeResolver',
    method: 'GET',
    url: '/.well-known/gs1resolver',
    title: text('解析器说明（GS1）', 'Description of the resolver (GS1)'),
    access: 'public',
    handle: async (_request, reply, caller) =>
      reply
        .header('access-control-allow-origin', '*')
        .type('application/json')
        .send(JSON.stringify(resolverDescription(caller.app.config.publicUrl))),
  },
  {
    id: 'passport.getCredential',
    method: 'GET',
    url: '/api/v1/passport/credentials/:credentialId',
    title: text(
      '护照凭证（公开）；Accept 或 form 决定签名形式',
      'Credential of a passport (public); Accept or form says how it is signed',
    ),
    access: 'public',
    handle: async (request, reply, caller) => {
      const { credentialId } = request.params as { credentialId: string }; // the route has it
      const row = await caller.inPublic((ctx) => repo.publicCredential(ctx, credentialId));
      if (!row) return refuse(reply, caller, passportErrors.PASSPORT_CREDENTIAL_NOT_FOUND());
      return sendCredential(request, reply, caller, row);
    },
  },
  {
    id: 'passport.didDocument',
    method: 'GET',
    url: '/did/:orgId/did.json',
    title: text('签名身份（did:web）', 'Signing identity (did:web)'),
    access: 'public',
    handle: async (request, reply, caller) => {
      const { orgId } = request.params as { orgId: string }; // the route has it
      const document = await caller.inPublic((ctx) => didDocumentOf(ctx, orgId));
      if (!document) return refuse(reply, caller, passportErrors.PASSPORT_NOT_FOUND());
      return reply
        .header('access-control-allow-origin', '*')
        .type('application/did+json')
        .send(JSON.stringify(document));
    },
  },
];
