import { httpErrors } from '@zaizao/platform/contract';
import { lockName } from '@zaizao/platform/db';
import type { Ctx, OrgRef } from '@zaizao/platform/http';
import { organisationById } from '@zaizao/platform/identity';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type editOrganisation,
  ORGANISATION_KINDS,
  type OrganisationView,
  partiesErrors,
} from '../contract.ts';
import { type CodeKind, codeOf } from '../domain/codes.ts';
import { isCreditCode } from '../domain/credit-code.ts';
import { examplePrefix, isExamplePrefix } from '../domain/location.ts';
import * as repo from '../repo/organisation.ts';
import type { OrganisationRow } from '../repo/tables.ts';

function isKind(kind: string | undefined): kind is OrganisationRow['kind'] {
  return kind !== undefined && Object.hasOwn(ORGANISATION_KINDS, kind);
}

/** Rows read in the transactions that are under way: most requests ask for it more than once. */
const read = new WeakMap<Ctx['tx'], OrganisationRow>();

/**
 * The organisation’s row. It is opened at first need with an example prefix, so that a plant can
 * start before it has its GS1 certificate in hand.
 */
export async function organisationOf(ctx: Ctx): Promise<OrganisationRow> {
  const known = read.get(ctx.tx);
  if (known?.org_id === ctx.org.no) return known;
  const row = await readOrOpen(ctx);
  read.set(ctx.tx, row);
  return row;
}

async function readOrOpen(ctx: Ctx): Promise<OrganisationRow> {
  const found = await repo.findOrganisation(ctx);
  if (found?.name === ctx.org.name && found.simulated === ctx.org.simulated) return found;
  if (found) {
    // Renamed in identity since: the published row follows.
    const { name, simulated } = ctx.org;
    await repo.updateOrganisation(ctx, found.version, { name, simulated });
    return { ...found, name, simulated, version: found.version + 1 };
  }
  const founded = await organisationById(ctx.app, ctx.org.id);
  const row: OrganisationRow = {
    org_id: ctx.org.no,
    id: ctx.org.id,
    name: ctx.org.name,
    legal_name: null,
    kind: isKind(founded?.kind) ? founded.kind : 'remanufacturer',
    credit_code: null,
    gs1_prefix: examplePrefix(ctx.org.no),
    zone: 'Asia/Shanghai',
    contact: null,
    phone: null,
    address: null,
    simulated: ctx.org.simulated,
    version: 1,
    updated_at: ctx.now,
  };
  await repo.insertOrganisation(ctx, row);
  return (await repo.findOrganisation(ctx)) ?? row;
}

export function organisationView(r: OrganisationRow): OrganisationView {
  return {
    id: r.id,
    name: r.name,
    kind: r.kind,
    ...(r.legal_name ? { legalName: r.legal_name } : {}),
    ...(r.credit_code ? { creditCode: r.credit_code } : {}),
    ...(r.contact ? { contact: r.contact } : {}),
    ...(r.phone ? { phone: r.phone } : {}),
    ...(r.address ? { address: r.address } : {}),
    zone: r.zone as OrganisationView['zone'], // only the contract’s zones are ever written
    simulated: r.simulated,
    gs1Prefix: r.gs1_prefix,
    gs1Example: isExamplePrefix(r.gs1_prefix),
    version: r.version,
  };
}

type Edit = z.output<(typeof editOrganisation)['body']>;

export async function changeOrganisation(
  ctx: Ctx,
  version: number,
  edit: Edit,
): Promise<Result<OrganisationView>> {
  const now = await organisationOf(ctx);
  if (edit.creditCode && !isCreditCode(edit.creditCode)) {
    return err(partiesErrors.CREDIT_CODE_WRONG());
  }
  if (edit.gs1Prefix !== now.gs1_prefix) {
    // Prefixes are unique over the whole installation, so the check is serialised over all of it.
    await lockName(ctx.tx, 0, 'parties.gs1-prefix');
    const prefix = edit.gs1Prefix;
    if (await repo.prefixTaken(ctx, prefix)) return err(partiesErrors.GS1_PREFIX_TAKEN({ prefix }));
    if (await repo.anyCodeIssued(ctx)) return err(partiesErrors.GS1_PREFIX_IN_USE());
  }
  const changed = await repo.updateOrganisation(ctx, version, {
    legal_name: edit.legalName ?? null,
    kind: edit.kind,
    credit_code: edit.creditCode ?? null,
    gs1_prefix: edit.gs1Prefix,
    zone: edit.zone,
    contact: edit.contact ?? null,
    phone: edit.phone ?? null,
    address: edit.address ?? null,
  });
  if (!changed) return err(httpErrors.STALE_VERSION());
  read.delete(ctx.tx);
  return ok(organisationView(await organisationOf(ctx)));
}

/** The GS1 company prefix under which this organisation issues its keys. */
export async function gs1Prefix(ctx: Ctx): Promise<string> {
  return (await organisationOf(ctx)).gs1_prefix;
}

/** The next code of a kind, as `C0000042`. Without gaps: a refused request gives its number back. */
export async function allocateCode(ctx: Ctx, kind: CodeKind): Promise<string> {
  return codeOf(kind, await repo.takeNumbers(ctx, kind, 1));
}

/** `n` consecutive codes of a kind (a teardown names twenty components at once). */
export async function allocateCodes(ctx: Ctx, kind: CodeKind, n: number): Promise<string[]> {
  if (n <= 0) return [];
  const last = await repo.takeNumbers(ctx, kind, n);
  return Array.from({ length: n }, (_, i) => codeOf(kind, last - BigInt(n - 1 - i)));
}

/** Another organisation of this installation by its id, whether or not it has used its books yet. */
export async function resolveOrganisation(ctx: Ctx, orgId: string): Promise<Result<OrgRef>> {
  const found = orgId === ctx.org.id ? ctx.org : await organisationById(ctx.app, orgId);
  return found ? ok(found) : err(partiesErrors.ORGANISATION_NOT_FOUND());
}

/** What kind of organisation another says it is; as it was founded while its books are not open. */
export async function kindOf(
  ctx: Ctx,
  orgId: string,
): Promise<OrganisationRow['kind'] | undefined> {
  const row = await repo.organisationById(ctx, orgId);
  if (row) return row.kind;
  const founded = await organisationById(ctx.app, orgId);
  return isKind(founded?.kind) ? founded.kind : undefined;
}
