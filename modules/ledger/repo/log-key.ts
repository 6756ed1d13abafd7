import type { Tx } from '@zaizao/platform/db';
import { sql } from 'kysely';

export interface LogKeyRow {
  readonly vkey: string;
  readonly from_size: bigint;
  readonly until_size: bigint | null;
  readonly announcement: string | null;
  readonly since: Date;
}

/** Keys of the log, oldest first; none while the first key signs. */
export async function logKeyRows(tx: Tx): Promise<LogKeyRow[]> {
  const r = await sql<LogKeyRow>`select vkey, from_size, until_size, announcement, since
    from ledger.log_key order by from_size, until_size`.execute(tx);
  return r.rows;
}

/** Notes that `next` signs from this size on, and that `last` signed this head as its last one. */
export async function insertKeyChange(
  tx: Tx,
  change: {
    readonly last: { readonly vkey: string; readonly since: Date };
    readonly next: string;
    readonly size: number;
    readonly announcement: string;
    readonly at: Date;
  },
): Promise<void> {
  const { last, next, size, announcement, at } = change;
  await sql`insert into ledger.log_key (vkey, from_size, until_size, since)
    values (${last.vkey}, 0, ${size}, ${last.since})
    on conflict (vkey) do update set until_size = excluded.until_size`.execute(tx);
  await sql`insert into ledger.log_key (vkey, from_size, announcement, since)
    values (${next}, ${size}, ${announcement}, ${at})`.execute(tx);
}
