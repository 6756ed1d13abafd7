import { randomBytes } from 'node:crypto';
import { canonicalUri } from '@zaizao/gs1';
import { kindOf, resolveOrganisation } from '@zaizao/modules/parties';
import { httpErrors } from '@zaizao/platform/contract';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { type GrantedAudience, type grantAccess, passportErrors } from '../contract.ts';
import { pagePath } from '../domain/address.ts';
import * as repo from '../repo.ts';
import { tokenHash } from './audience-view.ts';

/** Longest that a view stays open without being opened again. */
const LONGEST_MS = 2 * 366 * 24 * 3600 * 1000;

/** Views that are for organisations of a kind: what one says of itself opens nothing, but may not contradict. */
const KIND_OF: Readonly<Partial<Record<GrantedAudience, string>>> = {
  certifier: 'certifier',
  regulator: 'regulator',
};

type Input = z.output<(typeof grantAccess)['body']>;
type View = z.input<(typeof grantAccess)['response']>;

/**
 * Opens a view to an organisation, or makes a link for whoever holds it. The link is told once.
 * Refusals: PASSPORT_ACCESS_TIME_WRONG, PASSPORT_NOT_FOUND, ORGANISATION_NOT_FOUND,
 * PASSPORT_ACCESS_KIND_WRONG.
 */
export async function openView(ctx: Ctx, input: Input): Promise<Result<View>> {
  const expires = new Date(input.expiresAt);
  const away = expires.getTime() - ctx.now.getTime();
  if (away <= 0 || away > LONGEST_MS) return err(passportErrors.PASSPORT_ACCESS_TIME_WRONG());
  const epc = input.epc === undefined ? null : canonicalUri(input.epc);
  if (epc !== null && !(await repo.findPublished(ctx, epc))) {
    return err(passportErrors.PASSPORT_NOT_FOUND());
  }
  // A link leads to one page.
  if (epc === null && input.orgId === undefined) {
    return err(
      httpErrors.INPUT_INVALID({}, [
        {
          path: 'body/epc',
          code: 'missing',
          message: { zh: '链接须指明一件产品', en: 'a link is for one product' },
        },
      ]),
    );
  }
  const whom = await holderOf(ctx, input);
  if (!whom.ok) return whom;
  const { token, ...holder } = whom.value;
  const row = await repo.insertAccess(ctx, {
    id: newId('acc', ctx.now.getTime()),
    audience: input.audience,
    epc,
    ...holder,
    note: input.note ?? null,
    made_by: ctx.principal.name,
    expires_at: expires,
  });
  const view = accessView(ctx, row);
  if (token === undefined || epc === null) return ok(view);
  const link = new URL(pagePath(epc), ctx.app.config.publicUrl);
  link.searchParams.set('share', token);
  return ok({ ...view, link: link.href });
}

interface Holder {
  readonly partner_org: number | null;
  readonly partner_name: string | null;
  readonly token_sha256: string | null;
  readonly token?: string;
}

async function holderOf(ctx: Ctx, { orgId, audience }: Input): Promise<Result<Holder>> {
  if (orgId === undefined) {
    const token = randomBytes(24).toString('base64url');
    const token_sha256 = tokenHash(token);
    return ok({ partner_org: null, partner_name: null, token_sha256, token });
  }
  const partner = await resolveOrganisation(ctx, orgId);
  if (!partner.ok) return partner;
  const { no, name, id } = partner.value;
  const kind = KIND_OF[audience];
  if (kind !== undefined && (await kindOf(ctx, id)) !== kind) {
    return err(passportErrors.PASSPORT_ACCESS_KIND_WRONG({ audience, name }));
  }
  return ok({ partner_org: no, partner_name: name, token_sha256: null });
}

/** Ends a grant or a link at once. Refusals: PASSPORT_ACCESS_NOT_FOUND, PASSPORT_ACCESS_ENDED. */
export async function withdraw(ctx: Ctx, accessId: string): Promise<Result<View>> {
  if (!(await repo.findAccess(ctx, accessId))) {
    return err(passportErrors.PASSPORT_ACCESS_NOT_FOUND());
  }
  const row = await repo.withdrawAccess(ctx, accessId);
  return row ? ok(accessView(ctx, row)) : err(passportErrors.PASSPORT_ACCESS_ENDED());
}

export function accessView(ctx: Ctx, row: repo.AccessRow): View {
  return {
    id: row.id,
    audience: row.audience,
    ...(row.epc === null ? {} : { epc: row.epc }),
    kind: row.partner_org === null ? 'link' : 'organisation',
    ...(row.partner_name === null ? {} : { partner: row.partner_name }),
    ...(row.note === null ? {} : { note: row.note }),
    madeBy: row.made_by,
    madeAt: row.made_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    ...(row.withdrawn_at ? { withdrawnAt: row.withdrawn_at.toISOString() } : {}),
    state: row.withdrawn_at ? 'withdrawn' : row.expires_at <= ctx.now ? 'expired' : 'open',
    uses: row.uses,
    ...(row.last_used_at ? { lastUsedAt: row.last_used_at.toISOString() } : {}),
  };
}
