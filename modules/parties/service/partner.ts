import { httpErrors } from '@zaizao/platform/contract';
import type { Ctx, OrgRef } from '@zaizao/platform/http';
import { err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type addPartner,
  type editPartner,
  type OrganisationKind,
  type PartnerView,
  partiesErrors,
} from '../contract.ts';
import { isCreditCode } from '../domain/credit-code.ts';
import { organisationById } from '../repo/organisation.ts';
import * as repo from '../repo/partner.ts';
import type { PartnerRow } from '../repo/tables.ts';
import { allocateCode, resolveOrganisation } from './organisation.ts';

export function partnerView(r: PartnerRow): PartnerView {
  return {
    id: r.id,
    code: r.code,
    name: r.name,
    kind: r.kind,
    ...(r.linked_org ? { orgId: r.linked_org } : {}),
    ...(r.credit_code ? { creditCode: r.credit_code } : {}),
    ...(r.contact ? { contact: r.contact } : {}),
    ...(r.phone ? { phone: r.phone } : {}),
    ...(r.region ? { region: r.region } : {}),
    ...(r.address ? { address: r.address } : {}),
    ...(r.note ? { note: r.note } : {}),
    active: r.active,
    version: r.version,
  };
}

export async function getPartner(ctx: Ctx, partnerId: string): Promise<Result<PartnerView>> {
  const row = await repo.findPartner(ctx, partnerId);
  return row ? ok(partnerView(row)) : err(partiesErrors.PARTNER_NOT_FOUND());
}

/** Names of many partners at once, by id; unknown ids are absent. */
export function partnerNames(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  return repo.namesOf(ctx, ids);
}

/** A partner with whom new business may be done. */
export async function requirePartner(ctx: Ctx, partnerId: string): Promise<Result<PartnerView>> {
  const partner = await getPartner(ctx, partnerId);
  if (partner.ok && !partner.value.active) {
    return err(partiesErrors.PARTNER_INACTIVE({ name: partner.value.name }));
  }
  return partner;
}

type Adding = z.output<(typeof addPartner)['body']>;

export async function addPartnerFor(ctx: Ctx, partner: Adding): Promise<Result<PartnerView>> {
  if (partner.creditCode && !isCreditCode(partner.creditCode)) {
    return err(partiesErrors.CREDIT_CODE_WRONG());
  }
  let linked: OrgRef | undefined;
  if (partner.orgId !== undefined) {
    const org = await resolveOrganisation(ctx, partner.orgId);
    if (!org.ok) return org;
    if (org.value.no === ctx.org.no) return err(partiesErrors.PARTNER_IS_ONESELF());
    linked = org.value;
  }
  const row = await newRow(ctx, partner, linked);
  if (!(await repo.insertPartner(ctx, row))) return err(httpErrors.ALREADY_EXISTS());
  return ok(partnerView(row));
}

async function newRow(
  ctx: Ctx,
  partner: Omit<Adding, 'orgId'>,
  linked: OrgRef | undefined,
): Promise<PartnerRow> {
  return {
    org_id: ctx.org.no,
    id: newId('partner', ctx.now.getTime()),
    code: await allocateCode(ctx, 'partner'),
    name: partner.name,
    kind: partner.kind,
    linked_org: linked?.id ?? null,
    linked_no: linked?.no ?? null,
    credit_code: partner.creditCode ?? null,
    contact: partner.contact ?? null,
    phone: partner.phone ?? null,
    region: partner.region ?? null,
    address: partner.address ?? null,
    note: partner.note ?? null,
    active: true,
    version: 1,
    created_at: ctx.now,
  };
}

/**
 * The partner that stands for another organisation of this installation in this one’s books;
 * entered at the first dealing.
 */
export async function partnerOfOrg(ctx: Ctx, other: OrgRef | string): Promise<Result<PartnerView>> {
  const org = typeof other === 'string' ? await resolveOrganisation(ctx, other) : ok(other);
  if (!org.ok) return org;
  if (org.value.no === ctx.org.no) return err(partiesErrors.PARTNER_IS_ONESELF());
  const known = await repo.findPartnerOfOrg(ctx, org.value.no);
  if (known) return ok(partnerView(known));
  const kind: OrganisationKind = (await organisationById(ctx, org.value.id))?.kind ?? 'other';
  const row = await newRow(ctx, { name: org.value.name, kind }, org.value);
  await repo.insertPartner(ctx, row);
  return ok(partnerView((await repo.findPartnerOfOrg(ctx, org.value.no)) ?? row));
}

/** The collector of this organisation, when there is just one that has an account here. */
export async function onlyCollector(ctx: Ctx): Promise<PartnerView | undefined> {
  const filter = { kind: 'collector', active: 'yes' } as const;
  const rows = await repo.partnersAfter(ctx, filter, undefined, 20);
  const linked = rows.filter((r) => r.linked_no !== null);
  return linked.length === 1 && linked[0] ? partnerView(linked[0]) : undefined;
}

type Edit = z.output<(typeof editPartner)['body']>;

export async function changePartner(
  ctx: Ctx,
  partnerId: string,
  version: number,
  edit: Edit,
): Promise<Result<PartnerView>> {
  if (!(await repo.findPartner(ctx, partnerId))) return err(partiesErrors.PARTNER_NOT_FOUND());
  if (edit.creditCode && !isCreditCode(edit.creditCode)) {
    return err(partiesErrors.CREDIT_CODE_WRONG());
  }
  const changed = await repo.updatePartner(ctx, partnerId, version, {
    name: edit.name,
    kind: edit.kind,
    credit_code: edit.creditCode ?? null,
    contact: edit.contact ?? null,
    phone: edit.phone ?? null,
    region: edit.region ?? null,
    address: edit.address ?? null,
    note: edit.note ?? null,
    active: edit.active,
  });
  return changed ? getPartner(ctx, partnerId) : err(httpErrors.STALE_VERSION());
}
