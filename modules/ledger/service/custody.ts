import { canonicalUri } from '@zaizao/gs1';
import type { Ctx, OrgRef } from '@zaizao/platform/http';
import * as repo from '../repo/share.ts';
import { contentsOf, stillInside } from './contents.ts';
import { levelFor } from './custody-level.ts';
import { showHistory } from './show-history.ts';

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
 * their own. With a container goes what is packed in it at that moment.
 */
export async function giveCustody(ctx: Ctx, { things, to, at }: Handover): Promise<void> {
  if (to.no === ctx.org.no) return;
  const us = at.getTime() * 1000;
  for (const thing of new Set(things.map((t) => canonicalUri(t)))) {
    await giveWithContents(ctx, thing, to, us);
  }
}

/** As {@link giveCustody}, for one thing in canonical form; `us` in microseconds. */
export async function giveWithContents(
  ctx: Ctx,
  thing: string,
  to: OrgRef,
  us: number,
): Promise<void> {
  const inside = await contentsOf(ctx, thing, us);
  await give(ctx, thing, to, us);
  for (const content of inside) await give(ctx, content.thing, to, us);
}

async function give(ctx: Ctx, thing: string, to: OrgRef, us: number): Promise<void> {
  const [own] = (await repo.custodiesOf(ctx.tx, ctx.org.no, [thing])).filter(isOpen);
  if (own?.holder !== to.no) await begin(ctx, thing, to, us, ctx.org.no);
  // Those in whose books we hold it: they gave it to us, or the holder before us did.
  for (const { org_id } of await repo.givenTo(ctx.tx, ctx.org.no, thing)) {
    const giver = org_id === ctx.org.no ? undefined : await ctx.app.organisation(org_id);
    if (giver) await passOn(ctx, giver, thing, to, us);
  }
}

/**
 * Passes a thing on in the books of one who gave it, with what those books say is packed in it: we
 * may never have opened it. What our own books say has left it stays with us. Nothing of ours is
 * opened here: of things that only another says are in it, our own records stay our own.
 */
async function passOn(
  ctx: Ctx,
  giver: OrgRef,
  thing: string,
  to: OrgRef,
  us: number,
): Promise<void> {
  const from = ctx.org.no;
  // Read in their own books: only who holds it there can pass it on.
  const holds = async (there: Ctx, what: string) => {
    const [open] = (await repo.custodiesOf(there.tx, giver.no, [what])).filter(isOpen);
    return open?.holder === from;
  };
  const inTheirs = <T>(work: (there: Ctx) => Promise<T>) =>
    ctx.inOrg(giver, 'ledger.custody-passed', work);
  const packed = await inTheirs(async (there) =>
    (await holds(there, thing)) ? await contentsOf(there, thing, us) : [],
  );
  const along = packed.length === 0 ? [] : await stillInside(ctx, thing, packed, us);
  await inTheirs(async (there) => {
    for (const what of [thing, ...along]) {
      if (!(await holds(there, what))) continue;
      if (to.no === giver.no) await repo.closeCustody(there.tx, giver.no, what, us);
      else await begin(there, what, to, us, from);
    }
  });
}

/**
 * Things that, as was recorded only now, were packed into a container before it was handed over: they
 * went with it. What has a holder already stays there.
 */
export async function giveLate(ctx: Ctx, container: string, added: ReadonlySet<string>) {
  const [open] = (await repo.custodiesOf(ctx.tx, ctx.org.no, [container])).filter(isOpen);
  const to = open && (await ctx.app.organisation(open.holder));
  if (!to) return;
  const us = Number(open.since_us);
  for (const { thing } of await contentsOf(ctx, container, us)) {
    if (!added.has(thing)) continue;
    const held = await repo.custodiesOf(ctx.tx, ctx.org.no, [thing]);
    if (!held.some(isOpen)) await begin(ctx, thing, to, us, open.given_by);
  }
}

export const isOpen = (c: repo.CustodyRow) => c.until_us === null;

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
