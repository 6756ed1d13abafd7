import { type RawBuilder, sql } from 'kysely';

/** Most events to a row of `ledger.leaf_run`, as its check says. */
export const MOST_IN_RUN = 2_048;

/**
 * Joins events to their places in the log as `l.log_index`, null for those that are not there yet.
 *
 * @param org column of the event with its organisation
 * @param seq column with its number
 */
export function leafPlace(org: RawBuilder<unknown>, seq: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`left join lateral (
    select case when ${seq} < first_seq + count then first_index + ${seq} - first_seq end as log_index
    from ledger.leaf_run where org_id = ${org} and first_seq <= ${seq}
    order by first_seq desc limit 1) l on true`;
}
