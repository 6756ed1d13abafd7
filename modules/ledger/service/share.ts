import { sourceDestType } from '@zaizao/epcis';
import { canonicalUri } from '@zaizao/gs1';
import type { Ctx, OrgRef } from '@zaizao/platform/http';
import type { AcceptedEvent } from '../domain/accept.ts';
import { bareWord } from '../domain/term.ts';
import * as repo from '../repo/share.ts';
import { giveLate, giveWithContents, isOpen } from './custody.ts';
import { show } from './show-history.ts';

/** Numbers of the roles in which an event is about single things that somebody can hold. */
const HELD: ReadonlySet<string> = new Set(['epc', 'parent', 'child']);

const PARTY_TYPES: ReadonlySet<string> = new Set([
  sourceDestType.owningParty,
  sourceDestType.possessingParty,
]);

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
      if (to) await giveWithContents(ctx, thing, to, a.eventUs);
      else if (
        custodies.some((c) => c.thing === thing && isOpen(c) && Number(c.since_us) <= a.eventUs)
      ) {
        await repo.closeCustody(tx, org.no, thing, a.eventUs);
      }
    }
    custodies = await repo.custodiesOf(tx, org.no, touched);
  }
  if (await packedLate(ctx, stored, custodies)) {
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

/** Whether any of the events fills a container that had changed hands by then; its contents follow it. */
async function packedLate(
  ctx: Ctx,
  stored: readonly AcceptedEvent[],
  custodies: readonly repo.CustodyRow[],
): Promise<boolean> {
  let isAny = false;
  for (const { columns, declaredUs, eventUs, things } of stored) {
    if (columns.type !== 'AggregationEvent' || declaredUs !== 0) continue;
    if (columns.action === 'DELETE') continue;
    const container = things.find(({ role }) => role === 'parent')?.thing;
    const gone = custodies.some(
      (c) => c.thing === container && isOpen(c) && Number(c.since_us) >= eventUs,
    );
    if (container === undefined || !gone) continue;
    const added = things.filter(({ role }) => role === 'child').map(({ thing }) => thing);
    await giveLate(ctx, container, new Set(added));
    isAny = true;
  }
  return isAny;
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
