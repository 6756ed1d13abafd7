import {
  type Context,
  canonicalEvent,
  type EpcisEvent,
  isDateTimeStamp,
  ZAIZAO_CONTEXT,
} from '@zaizao/epcis';
import type { Ctx } from '@zaizao/platform/http';
import { microsOf } from '../domain/micros.ts';
import { NUMBER, scalarsOf } from '../domain/query/compare.ts';
import type { Query } from '../domain/query/query.ts';
import type { Position } from '../repo/query.ts';
import { type QueryOutcome, runQuery } from './query.ts';

/** Events that are put in order in memory at most; beyond it the query is too complex. */
const MOST = 20_000;
const CHUNK = 1_000;

interface Page {
  readonly perPage: number;
  readonly after?: Position | undefined;
  readonly taken?: number;
  readonly shared?: boolean;
}

/**
 * Runs a query in whatever order it asks for. By a field of others all its events are gathered first, and a page is
 * counted from the front: new events may move what the next page shows.
 */
export async function runOrdered(ctx: Ctx, query: Query, page: Page): Promise<QueryOutcome> {
  const { field } = query.order;
  if (field === undefined) return runQuery(ctx, query, page);
  const all: EpcisEvent[] = [];
  const { max } = query;
  const plain: Query = {
    ...query,
    limit: undefined,
    max: undefined,
    order: { by: 'record_us', direction: 'asc' },
  };
  let after: Position | undefined;
  for (;;) {
    const part = await runQuery(ctx, plain, { ...page, perPage: CHUNK, after, taken: 0 });
    if (part.kind !== 'page') return part;
    all.push(...part.events);
    if (max !== undefined && all.length > max) return { kind: 'too-large' };
    if (all.length > MOST) return { kind: 'too-complex' };
    after = part.next;
    if (!after) break;
  }
  const keyed = all.map((event) => ({ event, key: keyOf(event, field) }));
  const way = query.order.direction === 'asc' ? 1 : -1;
  keyed.sort((a, b) => {
    // Events without the field may stand anywhere; here they come last.
    if (a.key === undefined || b.key === undefined)
      return a.key === b.key ? 0 : a.key === undefined ? 1 : -1;
    return way * compareKeys(a.key, b.key);
  });
  const ordered = keyed.slice(0, query.limit).map(({ event }) => event);
  const from = page.taken ?? 0;
  const events = ordered.slice(from, from + page.perPage);
  const isMore = from + events.length < ordered.length;
  return { kind: 'page', events, next: isMore ? { us: 0, seq: 0 } : undefined };
}

type Key = string | number;

function keyOf(event: EpcisEvent, names: readonly string[]): Key | undefined {
  const context: Context = event['@context'] ?? ZAIZAO_CONTEXT;
  const canonical = canonicalEvent(event, context);
  const [value] = names.flatMap((name) => scalarsOf(canonical[name]));
  if (value === undefined) return undefined;
  const text = String(value);
  if (isDateTimeStamp(text)) return microsOf(text);
  return NUMBER.test(text) ? Number(text) : text;
}

/** Numbers and times before texts; texts by their code units, which is case-sensitive. */
function compareKeys(a: Key, b: Key): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
