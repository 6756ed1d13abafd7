import {
  type Context,
  canonicalEvent,
  type EpcisEvent,
  parseJson,
  ZAIZAO_CONTEXT,
} from '@zaizao/epcis';
import type { Ctx } from '@zaizao/platform/http';
import { stampOf } from '../domain/micros.ts';
import type { Query } from '../domain/query/query.ts';
import { candidates, lookUp, type Position } from '../repo/query.ts';
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
  },
): Promise<QueryOutcome> {
  const { tx, org } = ctx;
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
    const rows = await candidates(tx, org.no, query, found, position, chunk);
    for (const row of rows) {
      position = { us: Number(row.event_us), seq: Number(row.seq) };
      const { event, context } = eventOf(row);
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
