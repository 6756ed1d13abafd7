import { type EpcisEvent, sourceDestType } from '@zaizao/epcis';
import { canonicalUri } from '@zaizao/gs1';
import type { Ctx, OrgRef } from '@zaizao/platform/http';
import { defineJob, startJob } from '@zaizao/platform/jobs';
import { ok } from '@zaizao/platform/kernel';
import {
  type Disclosure,
  hashLeaf,
  openGroups,
  saltsFrom,
  toHex,
  verifyDisclosure,
} from '@zaizao/tlog';
import type { AcceptedEvent } from '../domain/accept.ts';
import { hashNameOf } from '../domain/event-digest.ts';
import { LINK_KIND, linksOf } from '../domain/link.ts';
import {
  cutTo,
  higherLevel,
  lowerLevel,
  type ShareLevel,
  type ShownLevel,
  showsOrigins,
} from '../domain/share-level.ts';
import { bareWord } from '../domain/term.ts';
import { ROLE_NUMBER, touchedBy } from '../domain/thing-role.ts';
import { committedEvent, leafFrom } from '../log/leaf.ts';
import { sourceOf } from '../log/sequencer.ts';
import * as repo from '../repo/share.ts';
import { genealogy } from './genealogy.ts';

/** Levels until the organisation says otherwise. */
export const DIRECT: ShareLevel = 'steps';
export const LATER: ShareLevel = 'summary';

/** Events shown within the request that hands a thing over; more are shown by a job. */
const AT_ONCE = 200;
/** Origins of a thing whose events are shown with its own, nearest first. */
const MOST_ORIGINS = 200;

/** Numbers of the roles in which an event is about single things that somebody can hold. */
const HELD: ReadonlySet<string> = new Set(['epc', 'parent', 'child']);

const PARTY_TYPES: ReadonlySet<string> = new Set([
  sourceDestType.owningParty,
  sourceDestType.possessingParty,
]);

export interface Handover {
  /** Identifiers of single things, in any spelling. */
  readonly things: readonly string[];
  readonly to: OrgRef;
  /** When it changed hands, by event time. */
  readonly at: Date;
}

/**
 * Hands things over to another organisation, in the transaction of the use case that does so: from
 * now on they may see of this organisation's records about them what its policy gives them. Those
 * who gave the things to this organisation are told in the same transaction, and show the new
 * holder what their own policies give. Whoever does not hold a thing opens nobody's records but
 * their own.
 */
export async function giveCustody(ctx: Ctx, { things, to, at }: Handover): Promise<void> {
  if (to.no === ctx.org.no) return;
  const us = at.getTime() * 1000;
  for (const thing of new Set(things.map((t) => canonicalUri(t)))) await give(ctx, thing, to, us);
}

async function give(ctx: Ctx, thing: string, to: OrgRef, us: number): Promise<void> {
  const [own] = (await repo.custodiesOf(ctx.tx, ctx.org.no, [thing])).filter(isOpen);
  if (own?.holder !== to.no) await begin(ctx, thing, to, us, ctx.org.no);
  // Those in whose books we hold it: they gave it to us, or the holder before us did.
  for (const { org_id } of await repo.givenTo(ctx.tx, ctx.org.no, thing)) {
    const giver = org_id === ctx.org.no ? undefined : await ctx.app.organisation(org_id);
    if (!giver) continue;
    const from = ctx.org.no;
    await ctx.inOrg(giver, 'ledger.custody-passed', async (there) => {
      // Read again in their own books: only who holds it there can pass it on.
      const [open] = (await repo.custodiesOf(there.tx, giver.no, [thing])).filter(isOpen);
      if (open?.holder !== from) return;
      if (to.no === giver.no) await repo.closeCustody(there.tx, giver.no, thing, us);
      else await begin(there, thing, to, us, from);
    });
  }
}

const isOpen = (c: repo.CustodyRow) => c.until_us === null;

/** A custody begins in the books of `ctx`; the one before it ends. */
async function begin(ctx: Ctx, thing: string, to: OrgRef, us: number, givenBy: number) {
  const { tx, org } = ctx;
  await repo.closeCustody(tx, org.no, thing, us);
  const level = await levelFor(ctx, thing, to.no, givenBy);
  await repo.openCustody(tx, {
    ...{ org_id: org.no, thing, since_us: us, holder: to.no, given_by: givenBy, level },
  });
  if (level !== 'none')
    await showHistory(ctx, { thing, holder: to.no, level, untilUs: undefined }, us);
}

/**
 * What a custody opens: the holder's own level, or the one for those handed a thing directly, or for
 * later holders; these never see more than the one who passed it on.
 */
async function levelFor(
  ctx: Ctx,
  thing: string,
  holder: number,
  givenBy: number,
): Promise<ShareLevel> {
  const rows = await repo.policies(ctx.tx, ctx.org.no);
  const set = (scope: 'direct' | 'later') => rows.find((p) => p.scope === scope)?.level;
  const chain = await repo.custodiesOf(ctx.tx, ctx.org.no, [thing]);
  let level: ShareLevel = 'full';
  let [who, from] = [holder, givenBy];
  for (let depth = 0; depth <= chain.length; depth++) {
    const named = rows.find((p) => p.scope === 'partner' && p.holder === who)?.level;
    if (named) return lowerLevel(level, named);
    if (from === ctx.org.no) return lowerLevel(level, set('direct') ?? DIRECT);
    level = lowerLevel(level, set('later') ?? LATER);
    const before = chain.findLast((c) => c.holder === from);
    if (!before) return level;
    [who, from] = [before.holder, before.given_by];
  }
  return level;
}

interface Showing {
  readonly thing: string;
  readonly holder: number;
  readonly level: ShownLevel;
  /** End of the custody, by event time. */
  readonly untilUs: number | undefined;
}

/** Shows a holder what was recorded about a thing and, by level, about what it was made of. */
async function showHistory(
  ctx: Ctx,
  showing: Showing,
  sinceUs: number,
  atOnce = AT_ONCE,
): Promise<void> {
  const { tx, org } = ctx;
  const { thing, holder, level, untilUs } = showing;
  const origins = showsOrigins(level) ? await originsOf(ctx, thing) : [];
  const own = await repo.sourcesOfThings(tx, org.no, [thing], untilUs);
  // What happens to the rest of a core after this thing left is no part of this thing's history.
  const before =
    origins.length === 0 ? [] : await repo.sourcesOfThings(tx, org.no, origins, sinceUs);
  const rows = [...new Map([...before, ...own].map((r) => [r.seq, r])).values()];
  if (rows.length > atOnce) {
    await startJob(ctx, shareJob, { holder, drop: false });
    return;
  }
  await show(ctx, holder, level, new Set([thing, ...origins]), rows);
}

async function originsOf(ctx: Ctx, thing: string): Promise<string[]> {
  const graph = await genealogy(ctx, thing, 'components-of');
  if (!graph.ok) return []; // more events than a person can read: its own are shown
  return graph.value.nodes
    .filter(({ depth }) => depth > 0)
    .sort((a, b) => a.depth - b.depth)
    .slice(0, MOST_ORIGINS)
    .map(({ epc }) => epc);
}

/** Writes what a viewer sees of some events; what they saw of them already stays. */
async function show(
  ctx: Ctx,
  viewer: number,
  level: ShownLevel,
  things: ReadonlySet<string>,
  rows: readonly repo.ShareSource[],
): Promise<void> {
  const { tx, org } = ctx;
  if (rows.length === 0) return;
  const before = await repo.shownOf(
    tx,
    org.no,
    viewer,
    rows.map((r) => Number(r.seq)),
  );
  const events: object[] = [];
  const index: object[] = [];
  const links: object[] = [];
  for (const row of rows) {
    const seq = Number(row.seq);
    const known = before.get(seq);
    const may = new Set([...things, ...(known?.things ?? [])]);
    const cut = cutEvent(row, org.id, known ? higherLevel(known.level, level) : level, may);
    if (!cut) continue;
    const { event, context, ...columns } = cut;
    const event_us = Number(row.event_us);
    events.push({
      ...{ seq, record_us: Number(row.record_us), event_id: row.event_id },
      ...{ declared_us: Number(row.declared_us), event_us, event, context, ...columns },
    });
    const touched = touchedBy(event);
    for (const { thing, role } of touched) {
      index.push({ thing, event_us, seq, role: ROLE_NUMBER[role] });
    }
    for (const link of linksOf(event, touched, seq)) {
      const node = `s${org.no}:${link.node}`;
      links.push({ ...link, node, kind: LINK_KIND[link.kind], event_us, seq });
    }
  }
  await repo.putShared(tx, org.no, viewer, {
    events: JSON.stringify(events),
    things: JSON.stringify(index),
    links: JSON.stringify(links),
  });
}

/** An event cut down to a level, with what proves the rest of it against its leaf. */
function cutEvent(
  row: repo.ShareSource,
  organisation: string,
  level: ShownLevel,
  may: ReadonlySet<string>,
) {
  const source = sourceOf(row, organisation);
  const whole = openGroups(
    committedEvent(source),
    hashNameOf(row.hash),
    saltsFrom(new Uint8Array(row.secret)),
  );
  const { shown, isWhole } = cutTo(whole, level, (thing) => may.has(canonicalUri(thing)));
  const { entry } = leafFrom(source);
  const verdict = verifyDisclosure(entry, shown);
  if (!verdict.ok)
    throw new Error(`event ${row.event_id} does not open its leaf: ${verdict.reason}`);
  const { '@context': context, recordTime: _, ...json } = verdict.event;
  const event = json as unknown as EpcisEvent; // a part of an event that was validated
  return {
    event,
    context: row.context === null ? undefined : context,
    type: event.type,
    action: 'action' in event ? event.action : undefined,
    biz_step: event.bizStep && bareWord(event.bizStep),
    disposition: event.disposition && bareWord(event.disposition),
    read_point: event.readPoint && canonicalUri(event.readPoint.id),
    biz_location: event.bizLocation && canonicalUri(event.bizLocation.id),
    hash: isWhole ? row.hash : undefined,
    level,
    opened: shown satisfies Disclosure,
    leaf_hash: toHex(hashLeaf(entry)),
  };
}

/**
 * Looks at events just stored: those that hand a thing over begin a custody, a receipt ends one, and
 * whatever touches a thing that others hold is shown to them as their policy says.
 */
export async function shareStored(
  ctx: Ctx,
  stored: readonly AcceptedEvent[],
  firstSeq: number,
): Promise<void> {
  const { tx, org } = ctx;
  const heldBy = stored.map((a) =>
    a.event.errorDeclaration ? [] : a.things.filter((t) => HELD.has(t.role)).map((t) => t.thing),
  );
  const receivers = await receiversOf(ctx, stored);
  const isHandover = receivers.some((r) => r !== undefined);
  if (!isHandover && !(await repo.hasCustody(tx, org.no))) return;
  const touched = [...new Set(stored.flatMap((a) => a.things.map((t) => t.thing)))];
  if (touched.length === 0) return;
  let custodies = await repo.custodiesOf(tx, org.no, touched);
  if (custodies.length === 0 && receivers.every((r) => r === undefined)) return;
  for (const [i, a] of stored.entries()) {
    const things = heldBy[i] ?? [];
    const to = receivers[i];
    const isReceipt = a.event.bizStep !== undefined && bareWord(a.event.bizStep) === 'receiving';
    if (!to && !isReceipt) continue;
    for (const thing of things) {
      if (to) await give(ctx, thing, to, a.eventUs);
      else if (
        custodies.some((c) => c.thing === thing && isOpen(c) && Number(c.since_us) <= a.eventUs)
      ) {
        await repo.closeCustody(tx, org.no, thing, a.eventUs);
      }
    }
    custodies = await repo.custodiesOf(tx, org.no, touched);
  }
  const rows = await repo.sourcesBySeq(tx, org.no, firstSeq, firstSeq + stored.length - 1);
  for (const [i, row] of rows.entries()) {
    const about = new Set(stored[i]?.things.map((t) => t.thing));
    for (const c of custodies) {
      if (c.level === 'none' || !about.has(c.thing)) continue;
      if (c.until_us !== null && row.event_us > c.until_us) continue;
      await show(ctx, c.holder, c.level, new Set([c.thing]), [row]);
    }
  }
}

/** To whom each event hands its things, by the destinations that this organisation has named. */
async function receiversOf(
  ctx: Ctx,
  stored: readonly AcceptedEvent[],
): Promise<(OrgRef | undefined)[]> {
  const named = stored.map(({ event }) =>
    event.errorDeclaration
      ? []
      : (event.destinationList ?? [])
          .filter(({ type }) => PARTY_TYPES.has(bareWord(type)))
          .map(({ destination }) => canonicalUri(destination)),
  );
  const all = [...new Set(named.flat())];
  if (all.length === 0) return stored.map(() => undefined);
  const holders = await repo.partiesIn(ctx.tx, ctx.org.no, all);
  const found: (OrgRef | undefined)[] = [];
  for (const parties of named) {
    const nos = new Set(parties.flatMap((p) => holders.get(p) ?? []));
    const [no] = nos;
    // Two organisations named in one event: it does not say who has the thing.
    found.push(nos.size === 1 && no !== undefined ? await ctx.app.organisation(no) : undefined);
  }
  return found;
}

/** Shows a holder anew what the policy gives for everything they hold or held. */
export const shareJob = defineJob<{ holder: number; drop: boolean }>({
  kind: 'ledger.share',
  handle: async ({ inTx, signal }, { holder, drop }) => {
    let after: { us: number; thing: string } | undefined;
    let isFirst = true;
    for (;;) {
      signal.throwIfAborted();
      const at = after;
      const first = isFirst;
      const done = await inTx(async (ctx) => {
        if (first && drop) await repo.dropShared(ctx.tx, ctx.org.no, holder);
        const page = await repo.custodies(ctx.tx, ctx.org.no, { holder, after: at, limit: 20 });
        for (const c of page) {
          const level = await levelFor(ctx, c.thing, holder, c.given_by);
          await repo.setCustodyLevel(ctx.tx, ctx.org.no, c, level);
          if (level === 'none') continue;
          const untilUs = c.until_us === null ? undefined : Number(c.until_us);
          const showing = { thing: c.thing, holder, level, untilUs };
          await showHistory(ctx, showing, Number(c.since_us), Number.POSITIVE_INFINITY);
        }
        return ok(page);
      });
      if (!done.ok) return done;
      const last = done.value.at(-1);
      if (!last || done.value.length < 20) return ok({});
      after = { us: Number(last.since_us), thing: last.thing };
      isFirst = false;
    }
  },
});
