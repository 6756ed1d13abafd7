import type { EpcisEvent } from '@zaizao/epcis';
import { canonicalUri } from '@zaizao/gs1';
import type { Ctx } from '@zaizao/platform/http';
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
import { hashNameOf } from '../domain/event-digest.ts';
import { LINK_KIND, linksOf } from '../domain/link.ts';
import { cutTo, higherLevel, type ShownLevel, showsOrigins } from '../domain/share-level.ts';
import { bareWord } from '../domain/term.ts';
import { ROLE_NUMBER, touchedBy } from '../domain/thing-role.ts';
import { committedEvent, leafFrom } from '../log/leaf.ts';
import { sourceOf } from '../log/sequencer.ts';
import * as repo from '../repo/share.ts';
import { levelFor } from './custody-level.ts';
import { genealogy } from './genealogy.ts';

/** Events shown within the request that hands a thing over; more are shown by a job. */
const AT_ONCE = 200;
/** Origins of a thing whose events are shown with its own, nearest first. */
const MOST_ORIGINS = 200;

interface Showing {
  readonly thing: string;
  readonly holder: number;
  readonly level: ShownLevel;
  /** End of the custody, by event time. */
  readonly untilUs: number | undefined;
}

/** Shows a holder what was recorded about a thing and, by level, about what it was made of. */
export async function showHistory(
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
export async function show(
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
