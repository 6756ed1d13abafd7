import { hasValidCheckDigit } from '@zaizao/gs1';
import { httpErrors } from '@zaizao/platform/contract';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result, unwrap } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { type editSite, type openSite, partiesErrors, type SiteView } from '../contract.ts';
import { codeOf } from '../domain/codes.ts';
import { glnOf, locationLink } from '../domain/location.ts';
import * as organisations from '../repo/organisation.ts';
import * as repo from '../repo/site.ts';
import type { SiteRow } from '../repo/tables.ts';
import { gs1Prefix } from './organisation.ts';

export function siteView(r: SiteRow): SiteView {
  return {
    id: r.id,
    code: r.code,
    name: r.name,
    kind: r.kind,
    gln: r.gln,
    epc: locationLink(r.gln),
    ...(r.address ? { address: r.address } : {}),
    ...(r.region ? { region: r.region } : {}),
    isDefault: r.is_default,
    active: r.active,
    version: r.version,
  };
}

type Opening = z.output<(typeof openSite)['body']>;

/** Opens a site; its GLN is the given one or the next under the organisation’s prefix. */
export async function openSiteFor(ctx: Ctx, site: Opening): Promise<Result<SiteView>> {
  const prefix = await gs1Prefix(ctx);
  const n = await organisations.takeNumbers(ctx, 'site', 1);
  if (site.gln && !hasValidCheckDigit(site.gln)) return err(httpErrors.VALUE_OUT_OF_RANGE());
  const gln = site.gln ?? glnOf(prefix, n - 1n);
  if (!gln) return err(partiesErrors.GS1_PREFIX_FULL({ prefix }));
  const row: SiteRow = {
    org_id: ctx.org.no,
    id: newId('site', ctx.now.getTime()),
    code: codeOf('site', n),
    name: site.name,
    kind: site.kind,
    gln,
    address: site.address ?? null,
    region: site.region ?? null,
    is_default: (await repo.findDefaultSite(ctx)) === undefined,
    active: true,
    version: 1,
    created_at: ctx.now,
  };
  await repo.insertSite(ctx, row);
  return ok(siteView(row));
}

export async function siteOf(ctx: Ctx, siteId: string): Promise<Result<SiteView>> {
  const row = await repo.findSite(ctx, siteId);
  return row ? ok(siteView(row)) : err(partiesErrors.SITE_NOT_FOUND());
}

/** The site where work happens unless one says otherwise; opened at first need. */
export async function defaultSite(ctx: Ctx): Promise<SiteView> {
  const row = await repo.findDefaultSite(ctx);
  // The first location fits under every prefix, so opening it cannot be refused.
  return row
    ? siteView(row)
    : unwrap(await openSiteFor(ctx, { name: ctx.org.name, kind: 'plant' }));
}

/**
 * The SGLN of a site (the default one when not named) as a canonical Digital Link.
 * @param extension a place inside it, such as a station’s code
 */
export async function locationEpc(
  ctx: Ctx,
  siteId?: string,
  extension?: string,
): Promise<Result<string>> {
  const site = siteId === undefined ? ok(await defaultSite(ctx)) : await siteOf(ctx, siteId);
  return site.ok ? ok(locationLink(site.value.gln, extension)) : site;
}

type Edit = z.output<(typeof editSite)['body']>;

export async function changeSite(
  ctx: Ctx,
  siteId: string,
  version: number,
  edit: Edit,
): Promise<Result<SiteView>> {
  const row = await repo.findSite(ctx, siteId);
  if (!row) return err(partiesErrors.SITE_NOT_FOUND());
  const becomesDefault = edit.isDefault && !row.is_default;
  if (!edit.active && (row.is_default || edit.isDefault))
    return err(partiesErrors.SITE_IS_DEFAULT());
  if (row.is_default && !edit.isDefault) return err(partiesErrors.SITE_IS_DEFAULT());
  if (becomesDefault) await repo.clearDefaultSite(ctx);
  const changed = await repo.updateSite(ctx, siteId, version, {
    name: edit.name,
    kind: edit.kind,
    address: edit.address ?? null,
    region: edit.region ?? null,
    is_default: edit.isDefault,
    active: edit.active,
  });
  return changed ? siteOf(ctx, siteId) : err(httpErrors.STALE_VERSION());
}
