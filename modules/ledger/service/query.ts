import {
  type Context,
  canonicalEvent,
  type EpcisEvent,
  parseJson,
  ZAIZAO_CONTEXT,
  ZAIZAO_NAMESPACE,
} from '@zaizao/epcis';
import type { Ctx } from '@zaizao/platform/http';
import { stampOf } from '../domain/micros.ts';
import type { Query } from '../domain/query/query.ts';
import { candidates, lookUp, type Position } from '../repo/query.ts';
import { ownAndShared, ownOnly } from '../repo/seen.ts';
import type { EventRow } from '../repo/story.ts';

/** Rows read at a time. */
const CHUNK = 500;
/** Working time of one page; beyond it the query is too complex. */
const BUDGET_MS = 10_000;

export type QueryOutcome =
  | {
      readonly kind: 'page';
      readonly events: readonly EpcisEvent[];
      readonly next: Position | undefined;
    }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'too-complex' };

/** The stored event with its record time and its context. */
export function eventOf(row: EventRow): { event: EpcisEvent; context: Context } {
  // Both were validated before they were stored.
  const event = parseJson(row.event) as unknown as EpcisEvent;
  const context = row.context === null ? ZAIZAO_CONTEXT : (parseJson(row.context) as Context);
  return { event: { ...event, recordTime: stampOf(Number(row.record_us)) }, context };
}

/** As `eventOf`; another organisation's event says whose it is and how much of it is shown. */
export async function seenEvent(
  ctx: Ctx,
  row: EventRow,
): Promise<{ event: EpcisEvent; context: Context }> {
  const { event, context } = eventOf(row);
  if (!row.level || row.owner === undefined) return { event, context };
  const owner = await ctx.app.organisation(row.owner);
  const whose = { 'zz:sharedBy': owner?.id ?? '', 'zz:shareLevel': row.level };
  return {
    event: { ...event, ...whose },
    context:
      row.context === null ? context : ([context, { zz: ZAIZAO_NAMESPACE }].flat() as Context), // a list of contexts is one
  };
}

/**
 * Runs a query: the database narrows by what it has indexes for, the tests decide the rest. One page
 * of `perPage` events from `after` on; `taken` events were given on earlier pages.
 */
export async function runQuery(
  ctx: Ctx,
  query: Query,
  page: {
    readonly perPage: number;
    readonly after?: Position | undefined;
    readonly taken?: number;
    /** Also what other organisations show; a standing query delivers one's own events only. */
    readonly shared?: boolean;
  },
): Promise<QueryOutcome> {
  const { tx, org } = ctx;
  const seen = page.shared === true ? await ownAndShared(tx, org.no) : ownOnly(org.no);
  const found = new Map<string, Set<string>>();
  for (const lookup of query.lookups) found.set(lookup.key, await lookUp(tx, org.no, lookup));
  const left =
    query.limit === undefined ? Number.POSITIVE_INFINITY : query.limit - (page.taken ?? 0);
  const wanted = Math.min(page.perPage, left);
  const counting = query.max !== undefined && !page.after;
  const events: EpcisEvent[] = [];
  let matched = 0;
  let last: Position | undefined;
  let more = false;
  let position = page.after;
  const started = performance.now();
  const plain = query.tests.length === 0 && !counting;
  const chunk = plain ? Math.min(CHUNK, wanted + 1) : CHUNK;
  scan: for (;;) {
    const rows = await candidates(tx, seen, query, found, position, chunk);
    for (const row of rows) {
      const us = Number(query.order.by === 'record_us' ? row.record_us : row.event_us);
      position = { us, seq: Number(row.seq), owner: row.owner };
      const { event, context } = await seenEvent(ctx, row);
      if (query.tests.length > 0) {
        const candidate = { event, canonical: canonicalEvent(event, context), found };
        if (!query.tests.every((test) => test(candidate))) continue;
      }
      matched++;
      if (counting && matched > (query.max ?? 0)) return { kind: 'too-large' };
      if (events.length < wanted) {
        events.push({ ...event, '@context': context });
        last = position;
      } else {
        more = events.length < left;
        if (!counting) break scan;
      }
    }
    if (rows.length < chunk) break;
    if (performance.now() - started > BUDGET_MS) return { kind: 'too-complex' };
  }
  return { kind: 'page', events, next: more ? last : undefined };
}
