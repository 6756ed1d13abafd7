import { didWebUrl } from '@zaizao/credential';
import type { Ctx } from '@zaizao/platform/http';
import type { z } from 'zod';
import type { getIssuer } from '../contract.ts';
import { exampleBpn } from '../domain/catena-x.ts';
import * as repo from '../repo.ts';
import { didOf } from './issuer-key.ts';

/** Who signs for the organisation, with which keys, and what waits for a signature. */
export async function issuerView(ctx: Ctx): Promise<z.input<(typeof getIssuer)['response']>> {
  const did = didOf(ctx.app.config, ctx.org.id);
  const keys = await repo.issuerKeys(ctx, did);
  const uses = new Map((await repo.keyUses(ctx)).map((use) => [use.method, use]));
  const setting = await repo.publicSetting(ctx, ctx.org.no);
  const example = ctx.org.simulated ? exampleBpn(ctx.org.id) : undefined;
  const bpn = setting?.bpn ?? example;
  return {
    did,
    documentUrl: ctx.app.config.publicUrl.startsWith('https:')
      ? didWebUrl(did)
      : `${ctx.app.config.publicUrl}/did/${ctx.org.id}/did.json`,
    keys: keys.map((key) => {
      const use = uses.get(`${did}#${key.fragment}`);
      return {
        id: `${did}#${key.fragment}`,
        fragment: key.fragment,
        publicKey: key.public_key,
        custody: key.custody,
        ...(key.name ? { name: key.name } : {}),
        madeAt: key.made_at.toISOString(),
        ...(key.retired_at ? { retiredAt: key.retired_at.toISOString() } : {}),
        ...(key.revoked_at ? { revokedAt: key.revoked_at.toISOString() } : {}),
        ...(key.revoked_from ? { revokedFrom: key.revoked_from.toISOString() } : {}),
        ...(key.revoked_for ? { revokedFor: key.revoked_for } : {}),
        signed: use?.n ?? 0,
        ...(use ? { usedSince: new Date(use.first).toISOString() } : {}),
      };
    }),
    unsigned: await repo.countUnsigned(ctx),
    ...(bpn ? { bpn } : {}),
    bpnExample: setting?.bpn == null && bpn !== undefined,
    settingVersion: setting?.version ?? 0,
  };
}
