import { httpErrors } from '@zaizao/platform/contract';
import { cutPage, decodeCursor } from '@zaizao/platform/db';
import { type Route, route } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import * as c from './contract.ts';
import { directory } from './repo/organisation.ts';
import { licencesBefore, partnersAfter } from './repo/partner.ts';
import { sitesAfter } from './repo/site.ts';
import * as licence from './service/licence.ts';
import * as organisation from './service/organisation.ts';
import * as partner from './service/partner.ts';
import * as site from './service/site.ts';

/** The sort key in a cursor: `n` texts, or undefined on the first page. */
function keyOf(cursor: string | undefined, n: number): Result<string[] | undefined> {
  if (cursor === undefined) return ok(undefined);
  const key = decodeCursor(cursor);
  const texts = key?.filter((k) => typeof k === 'string');
  return texts?.length === n ? ok(texts) : err(httpErrors.CURSOR_INVALID());
}

const pair = (key: string[] | undefined) =>
  key ? ([key[0] ?? '', key[1] ?? ''] as const) : undefined;

export const routes: readonly Route[] = [
  route(c.getOrganisation, async (ctx) =>
    ok(organisation.organisationView(await organisation.organisationOf(ctx))),
  ),
  route(c.editOrganisation, (ctx, { version, body }) =>
    organisation.changeOrganisation(ctx, version, body),
  ),
  route(c.listDirectory, async (ctx, { query }) => {
    const key = keyOf(query.cursor, 2);
    if (!key.ok) return key;
    const rows = await directory(ctx, query, pair(key.value), query.limit);
    const cut = cutPage(rows, query.limit, (r) => [r.name, r.id]);
    const items = cut.items.map(({ id, name, kind, simulated }) => ({ id, name, kind, simulated }));
    return ok({ ...cut, items });
  }),
  route(c.listSites, async (ctx, { query }) => {
    const key = keyOf(query.cursor, 1);
    if (!key.ok) return key;
    const rows = await sitesAfter(ctx, key.value?.[0], query.limit);
    const cut = cutPage(rows, query.limit, (r) => [r.code]);
    return ok({ ...cut, items: cut.items.map(site.siteView) });
  }),
  route(c.openSite, (ctx, { body }) => site.openSiteFor(ctx, body)),
  route(c.getSite, (ctx, { params }) => site.siteOf(ctx, params.siteId)),
  route(c.editSite, (ctx, { params, version, body }) =>
    site.changeSite(ctx, params.siteId, version, body),
  ),
  route(c.listPartners, async (ctx, { query }) => {
    const key = keyOf(query.cursor, 2);
    if (!key.ok) return key;
    const rows = await partnersAfter(ctx, query, pair(key.value), query.limit);
    const cut = cutPage(rows, query.limit, (r) => [r.name, r.id]);
    return ok({ ...cut, items: cut.items.map(partner.partnerView) });
  }),
  route(c.addPartner, (ctx, { body }) => partner.addPartnerFor(ctx, body)),
  route(c.readPartner, (ctx, { params }) => partner.getPartner(ctx, params.partnerId)),
  route(c.editPartner, (ctx, { params, version, body }) =>
    partner.changePartner(ctx, params.partnerId, version, body),
  ),
  route(c.listLicences, async (ctx, { query }) => {
    const key = keyOf(query.cursor, 1);
    if (!key.ok) return key;
    const rows = await licencesBefore(ctx, query, key.value?.[0], query.limit);
    const cut = cutPage(rows, query.limit, (r) => [r.id]);
    const today = await licence.todayOf(ctx);
    return ok({ ...cut, items: cut.items.map((r) => licence.licenceView(ctx, r, today)) });
  }),
  route(c.recordLicence, (ctx, { body }) => licence.recordLicenceFor(ctx, body)),
  route(c.editLicence, (ctx, { params, version, body }) =>
    licence.changeLicence(ctx, params.licenceId, version, body),
  ),
  route(c.revokeLicence, (ctx, { params, version, body }) =>
    licence.revokeLicenceOn(ctx, params.licenceId, version, body.day),
  ),
];
