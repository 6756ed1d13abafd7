import { createHash } from 'node:crypto';
import { saleOfUnit } from '@zaizao/modules/market';
import { kindOf } from '@zaizao/modules/parties';
import { inOtherOrg } from '@zaizao/platform/db';
import { type Ctx, makeCtx, type OrgRef, type PublicCtx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { Disclosure } from '@zaizao/tlog';
import type { z } from 'zod';
import {
  AUDIENCES,
  type Audience,
  type passportAudienceView,
  passportErrors,
} from '../contract.ts';
import { cutFor, stepName, withheldBy } from '../domain/audience.ts';
import * as repo from '../repo.ts';
import type { Openings } from './bundle.ts';
import { eventsOfThings, madeOf, namesOurs } from './things.ts';

/*
 * A reader who may see more than the public sees it in the maker's own organisation, read only, and only
 * after one of five grounds was found: it is the maker; it bought the product; it is a workshop; the maker
 * named it; it holds a link that the maker made. Everything else of the row-level security stays.
 */

type By = z.infer<typeof passportAudienceView>['by'];

export interface Reader {
  readonly view: Audience;
  readonly by: By;
  readonly open: readonly Audience[];
  readonly until: Date | undefined;
}

interface Ground {
  readonly audience: Audience;
  readonly by: By;
  readonly until?: Date;
  readonly accessId?: string;
}

interface Asked {
  readonly epc: string;
  readonly view?: Audience | undefined;
  readonly share?: string | undefined;
}

export interface AudienceView {
  readonly reader: Reader;
  readonly shown: Openings;
  readonly events: z.input<typeof passportAudienceView>['events'];
}

/**
 * The events of a passport as far as this reader may see them, ready for a page and for a bundle.
 * Refusals: PASSPORT_NOT_FOUND, PASSPORT_VIEW_CLOSED.
 */
export async function audienceView(ctx: PublicCtx, asked: Asked): Promise<Result<AudienceView>> {
  const passport = await repo.publicPassport(ctx, asked.epc);
  const maker = passport && (await ctx.app.organisation(passport.org_id));
  if (!passport || !maker) return err(passportErrors.PASSPORT_NOT_FOUND());
  return asMaker(ctx, maker, async (there) => {
    const reader = await readerOf(ctx, there, passport, asked);
    if (!reader) return err(passportErrors.PASSPORT_VIEW_CLOSED());
    return ok({ reader, ...(await eventsFor(there, passport, reader.view)) });
  });
}

/** Reads in the maker's organisation inside the reader's own transaction. */
function asMaker<T>(ctx: PublicCtx, maker: OrgRef, work: (there: Ctx) => Promise<T>): Promise<T> {
  const { app, tx, lang, requestId, now } = ctx;
  const principal = { kind: 'system', id: 'passport', name: 'passport.audience' } as const;
  const parts = { app, tx, org: maker, principal, lang, requestId, now, afterCommit: () => {} };
  // Number 0 is of no organisation: a public transaction goes back to seeing what is published.
  return inOtherOrg(tx, 0, maker.no, () => work(makeCtx(parts)));
}

async function readerOf(
  ctx: PublicCtx,
  there: Ctx,
  passport: repo.PublishedRow,
  asked: Asked,
): Promise<Reader | undefined> {
  const grounds = await groundsOf(ctx, there, passport, asked.share);
  const open = AUDIENCES.filter((audience) => grounds.some((g) => g.audience === audience));
  // A link that has ended must not look like one that shows what everybody sees.
  if (asked.share !== undefined && !grounds.some(({ by }) => by === 'share')) return undefined;
  const wanted = asked.view ?? widest(grounds);
  const ground = grounds.find(({ audience }) => audience === wanted);
  if (!ground) return undefined;
  if (ground.accessId) {
    await repo.noteUse(there, ground.accessId);
    await there.audit('passport.view', passport.epc, { view: wanted, access: ground.accessId });
  }
  return { view: wanted, by: ground.by, open, until: ground.until };
}

/** What a reader sees when it does not say: a link shows what it was made for, the maker what everybody sees. */
function widest(grounds: readonly Ground[]): Audience {
  const share = grounds.find(({ by }) => by === 'share');
  if (share) return share.audience;
  const others = grounds.filter(({ by }) => by !== 'maker').map(({ audience }) => audience);
  return AUDIENCES.findLast((audience) => others.includes(audience)) ?? 'public';
}

async function groundsOf(
  ctx: PublicCtx,
  there: Ctx,
  { epc, unit_id }: repo.PublishedRow,
  share: string | undefined,
): Promise<Ground[]> {
  const grounds: Ground[] = [{ audience: 'public', by: 'anyone' }];
  const { principal } = ctx;
  const org = principal.kind === 'user' || principal.kind === 'key' ? principal.org : undefined;
  if (org) {
    const sale = await saleOfUnit(there, unit_id);
    const isBuyer = sale?.buyer_org === org.no && sale.state !== 'placed';
    if (isBuyer) grounds.push({ audience: 'buyer', by: 'buyer' });
    if ((await kindOf(there, org.id)) === 'repair-shop') {
      grounds.push({ audience: 'service', by: 'kind' });
    }
  }
  const token = share === undefined ? undefined : tokenHash(share);
  for (const row of await repo.accessFor(there, epc, { org: org?.no, token })) {
    grounds.push({
      audience: row.audience,
      by: row.partner_org === null ? 'share' : 'grant',
      until: row.expires_at,
      accessId: row.id,
    });
  }
  if (org?.no === there.org.no && ctx.app.may(principal, 'passport.access:read')) {
    grounds.push(...AUDIENCES.map((audience) => ({ audience, by: 'maker' as const })));
  }
  return grounds;
}

export function tokenHash(token: string): string {
  return createHash('sha256').update(`zaizao passport share\n${token}`).digest('hex');
}

async function eventsFor(there: Ctx, passport: repo.PublishedRow, view: Audience) {
  const { facts } = passport.document;
  const all = await eventsOfThings(there, facts, { components: true });
  const ours = new Set([
    ...all.map(({ thing }) => thing.epc),
    ...all.flatMap(({ opened }) => madeOf(opened)),
  ]);
  const shown = new Map<string, Disclosure>();
  const events = all.map(({ thing, opened }) => {
    const { eventId, recordTime, event } = opened;
    const { bizStep } = event;
    const whole = opened.disclosure;
    const cut = cutFor(view, whole, bizStep, namesOurs(ours, bizStep));
    shown.set(`${eventId} ${recordTime}`, cut);
    return {
      eventId,
      recordTime,
      at: event.eventTime,
      step: stepName(bizStep),
      about: thing.about,
      code: thing.code,
      shown: tellable(cut),
      withheld: withheldBy(cut, whole, bizStep).map(({ group, openTo }) => ({
        group,
        openTo: [...openTo],
      })),
    };
  });
  events.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return { shown, events };
}

/** Groups that say nothing to a person: what prefixes mean, and the hash of the whole. */
const TECHNICAL: ReadonlySet<string> = new Set(['context', 'eventHash', 'when']);

function tellable(cut: Disclosure) {
  return [
    ...cut.groups
      .filter(({ name, value }) => value !== null && !TECHNICAL.has(name))
      .map(({ name, value }) => ({ group: name, value: value as unknown })),
    ...cut.lists.map(({ name, elements }) => ({
      group: name,
      value: elements.map(({ value }) => value) as unknown,
    })),
  ];
}
