import { canonicalUri } from '@zaizao/gs1';
import { httpErrors } from '@zaizao/platform/contract';
import { cutPage, decodeCursor } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { organisationById } from '@zaizao/platform/identity';
import { startJob } from '@zaizao/platform/jobs';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import { type CustodyView, ledgerErrors, type SharingView } from '../contract.ts';
import { stampOf } from '../domain/micros.ts';
import type { ShareLevel } from '../domain/share-level.ts';
import { holdClock } from '../repo/event.ts';
import * as repo from '../repo/share.ts';
import { thingsByEpc } from '../repo/thing.ts';
import { DIRECT, LATER } from './custody-level.ts';
import { shareJob } from './show-history.ts';

/** What the organisation shows to whom. */
export async function sharing(ctx: Ctx): Promise<SharingView> {
  const rows = await repo.policies(ctx.tx, ctx.org.no);
  const parties = Map.groupBy(await repo.allParties(ctx.tx, ctx.org.no), (p) => p.holder);
  const levels = new Map(rows.filter((p) => p.scope === 'partner').map((p) => [p.holder, p.level]));
  const partners: SharingView['partners'] = [];
  for (const no of new Set([...levels.keys(), ...parties.keys()])) {
    const org = await ctx.app.organisation(no);
    const level = levels.get(no);
    if (!org) continue;
    partners.push({
      organisation: { id: org.id, name: org.name },
      ...(level === undefined ? {} : { level }),
      parties: (parties.get(no) ?? []).map((p) => p.party),
    });
  }
  return {
    direct: rows.find((p) => p.scope === 'direct')?.level ?? DIRECT,
    later: rows.find((p) => p.scope === 'later')?.level ?? LATER,
    partners,
  };
}

/** Sets what those see to whom no level of their own is given. */
export async function setDefaults(
  ctx: Ctx,
  levels: { readonly direct: ShareLevel; readonly later: ShareLevel },
): Promise<Result<SharingView>> {
  const { tx, org, now } = ctx;
  for (const scope of ['direct', 'later'] as const) {
    await repo.putPolicy(tx, org.no, { scope, holder: 0, level: levels[scope] }, now);
  }
  const named = new Set(
    (await repo.policies(tx, org.no)).filter((p) => p.scope === 'partner').map((p) => p.holder),
  );
  for (const holder of await repo.holders(tx, org.no)) {
    if (!named.has(holder)) await showAnew(ctx, holder);
  }
  return ok(await sharing(ctx));
}

/** Sets what one organisation sees (undefined: what everybody does), and by which identifiers events name it. */
export async function setPartner(
  ctx: Ctx,
  orgId: string,
  {
    level,
    parties,
  }: { readonly level: ShareLevel | undefined; readonly parties: readonly string[] },
): Promise<Result<SharingView>> {
  const { tx, org, now } = ctx;
  const partner = await organisationById(ctx.app, orgId);
  if (!partner || partner.no === org.no) return err(ledgerErrors.LEDGER_PARTNER_UNKNOWN());
  if (level === undefined) await repo.removePolicy(tx, org.no, partner.no);
  else await repo.putPolicy(tx, org.no, { scope: 'partner', holder: partner.no, level }, now);
  await repo.putParties(
    tx,
    org.no,
    partner.no,
    parties.map((p) => canonicalUri(p)),
  );
  if ((await repo.holders(tx, org.no)).includes(partner.no)) await showAnew(ctx, partner.no);
  return ok(await sharing(ctx));
}

/** From this transaction on nothing is shown; a job then shows what the new policy gives. */
async function showAnew(ctx: Ctx, holder: number): Promise<void> {
  // Events that are being recorded read the level they are shown at: they end before, or begin after.
  await holdClock(ctx.tx, ctx.org.no);
  await repo.hideFrom(ctx.tx, ctx.org.no, holder);
  await repo.dropShared(ctx.tx, ctx.org.no, holder);
  await startJob(ctx, shareJob, { holder, drop: true });
}

interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Who holds or held what of this organisation (`given`), or what it holds of others (`held`). */
export async function custodyPage(
  ctx: Ctx,
  side: 'given' | 'held',
  { limit, cursor }: Page,
): Promise<Result<{ items: CustodyView[]; next?: string }>> {
  const [us, thing] = cursor === undefined ? [] : (decodeCursor(cursor) ?? []);
  const isPlace = Number.isSafeInteger(us) && typeof thing === 'string';
  if (cursor !== undefined && !isPlace) return err(httpErrors.CURSOR_INVALID());
  const after = isPlace ? { us: Number(us), thing: String(thing) } : undefined;
  const { tx, org } = ctx;
  const rows =
    side === 'given'
      ? await repo.custodies(tx, org.no, { after, limit: limit + 1 })
      : await repo.held(tx, org.no, after, limit + 1);
  const { items, ...next } = cutPage(rows, limit, (c) => [Number(c.since_us), c.thing]);
  const names = new Map(
    (await thingsByEpc(tx, org.no, [...new Set(items.map((c) => c.thing))])).map((t) => [t.epc, t]),
  );
  const told: CustodyView[] = [];
  for (const c of items) {
    const other = await ctx.app.organisation(side === 'given' ? c.holder : c.org_id);
    const known = names.get(c.thing);
    told.push({
      epc: c.thing,
      ...(known ? { thing: known } : {}),
      organisation: { id: other?.id ?? '', name: other?.name ?? '' },
      since: stampOf(Number(c.since_us)),
      ...(c.until_us === null ? {} : { until: stampOf(Number(c.until_us)) }),
      level: c.level,
      isDirect: c.given_by === c.org_id,
    });
  }
  return ok({ items: told, ...next });
}
