import { httpErrors } from '@zaizao/platform/contract';
import { requireFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { dayIn, err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type editLicence,
  LICENCE_KINDS,
  type LicenceKind,
  type LicenceView,
  partiesErrors,
  type recordLicence,
} from '../contract.ts';
import { licenceState } from '../domain/licence.ts';
import * as repo from '../repo/partner.ts';
import { organisationOf } from './organisation.ts';
import { getPartner } from './partner.ts';

/** The calendar day in the organisation’s own zone. */
export async function todayOf(ctx: Ctx): Promise<string> {
  return dayIn((await organisationOf(ctx)).zone, ctx.now);
}

export function licenceView(ctx: Ctx, r: repo.HeldLicence, today: string): LicenceView {
  const dates = {
    validFrom: r.valid_from,
    ...(r.valid_to ? { validTo: r.valid_to } : {}),
    ...(r.revoked_on ? { revokedOn: r.revoked_on } : {}),
  };
  return {
    id: r.id,
    ...(r.partner_id ? { partnerId: r.partner_id } : {}),
    holder: r.holder ?? ctx.org.name,
    kind: r.kind,
    number: r.number,
    issuer: r.issuer,
    ...(r.scope ? { scope: r.scope } : {}),
    ...dates,
    ...(r.document ? { document: r.document } : {}),
    state: licenceState(dates, today),
    version: r.version,
  };
}

/**
 * The licence of a kind that a partner holds on a day, or undefined. Without a partner: the
 * organisation’s own.
 */
export async function licenceValid(
  ctx: Ctx,
  partnerId: string | undefined,
  kind: LicenceKind,
  day: string,
): Promise<LicenceView | undefined> {
  const held = await repo.licencesOf(ctx, partnerId, kind);
  const views = held.map((r) => licenceView(ctx, r, day));
  return views.find((l) => l.state === 'valid');
}

/** As {@link licenceValid}, with the refusal that names what is missing. */
export async function requireLicence(
  ctx: Ctx,
  partnerId: string,
  kind: LicenceKind,
  day: string,
): Promise<Result<LicenceView>> {
  const partner = await getPartner(ctx, partnerId);
  if (!partner.ok) return partner;
  const licence = await licenceValid(ctx, partnerId, kind, day);
  if (licence) return ok(licence);
  const name = partner.value.name;
  return err(partiesErrors.LICENCE_REQUIRED({ name, day, kind: LICENCE_KINDS[kind][ctx.lang] }));
}

type Fields = z.output<(typeof editLicence)['body']>;

async function checked(ctx: Ctx, licence: Fields): Promise<Result<undefined>> {
  if (licence.validTo !== undefined && licence.validTo < licence.validFrom) {
    return err(partiesErrors.LICENCE_PERIOD_WRONG());
  }
  if (licence.document !== undefined) {
    const file = await requireFile(ctx, licence.document);
    if (!file.ok) return file;
  }
  return ok();
}

const columns = (l: Fields) => ({
  kind: l.kind,
  number: l.number,
  issuer: l.issuer,
  scope: l.scope ?? null,
  valid_from: l.validFrom,
  valid_to: l.validTo ?? null,
  document: l.document ?? null,
});

async function read(ctx: Ctx, licenceId: string): Promise<Result<LicenceView>> {
  const row = await repo.findLicence(ctx, licenceId);
  if (!row) return err(partiesErrors.LICENCE_NOT_FOUND());
  return ok(licenceView(ctx, row, await todayOf(ctx)));
}

type Recording = z.output<(typeof recordLicence)['body']>;

export async function recordLicenceFor(ctx: Ctx, l: Recording): Promise<Result<LicenceView>> {
  const good = await checked(ctx, l);
  if (!good.ok) return good;
  if (l.partnerId !== undefined) {
    const partner = await getPartner(ctx, l.partnerId);
    if (!partner.ok) return partner;
  }
  const id = newId('lic', ctx.now.getTime());
  await repo.insertLicence(ctx, {
    ...columns(l),
    org_id: ctx.org.no,
    id,
    partner_id: l.partnerId ?? null,
    revoked_on: null,
    version: 1,
    created_at: ctx.now,
  });
  return read(ctx, id);
}

export async function changeLicence(
  ctx: Ctx,
  licenceId: string,
  version: number,
  l: Fields,
): Promise<Result<LicenceView>> {
  if (!(await repo.findLicence(ctx, licenceId))) return err(partiesErrors.LICENCE_NOT_FOUND());
  const good = await checked(ctx, l);
  if (!good.ok) return good;
  const changed = await repo.updateLicence(ctx, licenceId, version, columns(l));
  return changed ? read(ctx, licenceId) : err(httpErrors.STALE_VERSION());
}

export async function revokeLicenceOn(
  ctx: Ctx,
  licenceId: string,
  version: number,
  day: string,
): Promise<Result<LicenceView>> {
  if (!(await repo.findLicence(ctx, licenceId))) return err(partiesErrors.LICENCE_NOT_FOUND());
  const changed = await repo.updateLicence(ctx, licenceId, version, { revoked_on: day });
  return changed ? read(ctx, licenceId) : err(httpErrors.STALE_VERSION());
}
