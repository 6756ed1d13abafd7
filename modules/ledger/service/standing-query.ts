import type { EpcisEvent } from '@zaizao/epcis';
import type { Ctx } from '@zaizao/platform/http';
import type { Query } from '../domain/query/query.ts';
import { namespacesOf } from '../repo/capture.ts';
import { findQuery } from '../repo/named-query.ts';
import { clockOf, recordUsOf } from '../repo/subscription.ts';
import { knownNamespaces, parseNamed } from './named-query.ts';
import { runQuery } from './query.ts';

/** What a standing query has to tell next. */
export type Installment =
  | {
      readonly kind: 'events';
      readonly events: readonly EpcisEvent[];
      /** Everything up to this number was looked at. */
      readonly toSeq: number;
      /** Record time of the last event looked at, in microseconds. */
      readonly toUs: number;
      readonly isMore: boolean;
    }
  | { readonly kind: 'no-query' }
  | { readonly kind: 'too-complex' };

/**
 * The next events of a named query: those after `lastSeq` in the order of recording, `most` at a time, one's own only.
 * Numbers have no gaps and become visible in order, so none is passed over.
 *
 * @param upTo ends there, so that a delivery that failed can be repeated as it was
 */
export async function nextInstallment(
  ctx: Ctx,
  queryName: string,
  lastSeq: number,
  most: number,
  upTo?: number,
): Promise<Installment> {
  const { tx, org } = ctx;
  const named = await findQuery(tx, org.no, queryName);
  if (!named) return { kind: 'no-query' };
  const clock = await clockOf(tx, org.no);
  const end = Math.min(upTo ?? clock.lastSeq, clock.lastSeq);
  if (end <= lastSeq) {
    return { kind: 'events', events: [], toSeq: lastSeq, toUs: clock.lastUs, isMore: false };
  }
  const endUs = end === clock.lastSeq ? clock.lastUs : ((await recordUsOf(tx, org.no, end)) ?? 0);
  const query = parseNamed(named.query, knownNamespaces(await namespacesOf(tx, org.no)));
  const bounded: Query = {
    ...query,
    narrowing: {
      ...query.narrowing,
      times: [...query.narrowing.times, { column: 'record_us', before: endUs + 1 }],
    },
    order: { by: 'record_us', direction: 'asc' },
    limit: undefined,
    max: undefined,
  };
  const page = await runQuery(ctx, bounded, { perPage: most, after: { us: 0, seq: lastSeq } });
  if (page.kind !== 'page') return { kind: 'too-complex' };
  const { events, next } = page;
  const isMore = end < clock.lastSeq;
  if (!next) return { kind: 'events', events, toSeq: end, toUs: endUs, isMore };
  const toUs = (await recordUsOf(tx, org.no, next.seq)) ?? endUs;
  return { kind: 'events', events, toSeq: next.seq, toUs, isMore: true };
}
